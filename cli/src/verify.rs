//! `offhook verify`: headers and body of a delivery into whether it is genuine.

mod advice;
mod capture;
mod chunks;
mod headers;
mod verdict;

use std::io;
use std::path::Path;

use jiff::Timestamp;
use offhook_receiver::signature::{Scheme, Verifier};
use offhook_validator::DEFAULT_MAX_SIZE;

use crate::archive::is_stdin;
use crate::args::{Listing, Verify};
use crate::obstacle::Obstacle;
use crate::outcome::Outcome;
use crate::output::{Form, print};
use crate::secrets::{self, Secret};
use crate::sender::schemes;
use crate::terminal::{Terminal, say};
use crate::whole;

use self::capture::Request;
use self::headers::Headers;
use self::verdict::{Times, Verdict};

/// The headers of a delivery, and a capture's beside its body, may take so much; servers take less.
const MOST_HEADERS: usize = 1 << 18;

/// Verifies what the command line names.
pub(crate) fn run(args: &Verify) -> Outcome {
    let verdict = match verdict(args) {
        Ok(verdict) => verdict,
        Err(obstacle) => return obstacle.tell(&["verify"]),
    };
    let told = match args.format {
        Listing::Human => print(Form::Styled, |out| verdict.explain(out, Terminal::of_stdout())),
        Listing::Json => print(Form::Json, |out| writeln!(out, "{}", verdict.line()?)),
    };
    told.max(verdict.outcome())
}

fn verdict(args: &Verify) -> Result<Verdict, Obstacle> {
    let secrets = secrets::read(&args.signing)?;
    let candidates = candidates(args)?;
    let Request { headers, body, notes } = delivery(args)?;
    for note in notes {
        say(&format!("note: {note}"));
    }
    let now = args.now.unwrap_or_else(|| Timestamp::now().as_second());
    let times = Times { now, tolerance: if args.any_time { u64::MAX } else { args.tolerance } };
    let Some(scheme) = scheme(&candidates, &headers)? else {
        return Ok(Verdict::unsigned(candidates, times));
    };
    let verifier = verifier(scheme, &secrets)?;
    let verdict = Verdict::of(&verifier, &headers, &body, times);
    Ok(verdict.with_places(secrets))
}

/// The schemes that the delivery may have.
fn candidates(args: &Verify) -> Result<Vec<Scheme>, Obstacle> {
    let signing = &args.signing;
    if let Some(scheme) = signing.scheme {
        return Ok(vec![scheme]);
    }
    if signing.schemas.are_all_built_in() {
        return Ok(Scheme::ALL.to_vec());
    }
    let vendors = signing.schemas.load().map_err(Obstacle::Schemas)?;
    let schemes = schemes(&vendors).into_iter().filter_map(|(_, scheme)| scheme);
    let mut candidates: Vec<Scheme> = Vec::new();
    for scheme in schemes {
        if !candidates.contains(&scheme) {
            candidates.push(scheme);
        }
    }
    if candidates.is_empty() {
        let message = "the vendor's vendor.json names no scheme: say --scheme";
        return Err(Obstacle::Usage(message.to_owned()));
    }
    Ok(candidates)
}

/// The only candidate, or else the one whose header is there; none if there is no such header.
fn scheme(candidates: &[Scheme], headers: &Headers) -> Result<Option<Scheme>, Obstacle> {
    if let [scheme] = candidates {
        return Ok(Some(*scheme));
    }
    let there = candidates.iter().filter(|scheme| headers.has(scheme.signature_header()));
    let there: Vec<Scheme> = there.copied().collect();
    match there.as_slice() {
        [] => Ok(None),
        [scheme] => Ok(Some(*scheme)),
        several => {
            let names: Vec<&str> = several.iter().map(|scheme| scheme.name()).collect();
            let names = names.join(" and ");
            Err(Obstacle::Usage(format!(
                "expected one scheme, found headers of {names}: say --scheme"
            )))
        }
    }
}

fn verifier(scheme: Scheme, secrets: &[Secret]) -> Result<Verifier, Obstacle> {
    // Each alone first, so that the one that is none can be told.
    for secret in secrets {
        secret.signer(scheme).map_err(Obstacle::Usage)?;
    }
    Verifier::new(scheme, secrets.iter().map(|secret| &**secret.text))
        .map_err(|error| Obstacle::Usage(error.to_string()))
}

/// The delivery that the command line names.
fn delivery(args: &Verify) -> Result<Request, Obstacle> {
    let broken = |path: &Path, message: String| {
        Obstacle::unreadable(path, &io::Error::new(io::ErrorKind::InvalidData, message))
    };
    if let Some(path) = &args.capture {
        let bytes = whole::read(path, DEFAULT_MAX_SIZE + MOST_HEADERS, "a request")?;
        return capture::read(&bytes).map_err(|message| broken(path, message));
    }
    let path = args.headers.as_deref().unwrap_or(Path::new("-"));
    let body = args.body.as_deref().unwrap_or(Path::new("-"));
    if is_stdin(path) && is_stdin(body) {
        let message =
            "standard input can be read only once: want a file of the headers or of the body";
        return Err(Obstacle::Usage(message.to_owned()));
    }
    let bytes = whole::read(path, MOST_HEADERS, "headers")?;
    let (headers, notes) = headers::read(&bytes).map_err(|message| broken(path, message))?;
    let body = whole::read(body, DEFAULT_MAX_SIZE, "the body")?;
    Ok(Request { headers, body, notes })
}
