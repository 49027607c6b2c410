//! Whether a delivery is genuine, for people and for scripts. Neither sees a secret or a signature.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::HumanDuration;
use jiff::Timestamp;
use offhook_receiver::signature::{Genuine, Scheme, SignatureError, Verifier};
use serde::Serialize;

use crate::outcome::Outcome;
use crate::secrets::Secret;
use crate::style::Marker;
use crate::terminal::Terminal;

use super::advice::{UNSIGNED, advice, code, header, mistake};
use super::headers::Headers;

/// When it is, and how far from that a delivery may have been signed, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) now: i64,
    pub(super) tolerance: u64,
}

/// What can be said of a delivery.
pub(super) struct Verdict {
    times: Times,
    fault: Option<Fault>,
    /// None if there is no header of any scheme.
    scheme: Option<Scheme>,
    /// Who signed it and when, whether that was long ago or not; none if nobody has.
    signed: Option<Genuine>,
    /// What is wrong besides the time.
    besides: Option<SignatureError>,
    /// Where the secrets are from.
    secrets: Vec<Secret>,
    /// What is odd about the body.
    oddity: Option<&'static str>,
}

/// Why it is not genuine.
enum Fault {
    /// Without a header of any of these schemes.
    Unsigned(Vec<Scheme>),
    Signature(SignatureError),
}

/// A verdict for scripts: the contract with them.
#[derive(Serialize)]
struct Line<'a> {
    genuine: bool,
    scheme: Option<&'a str>,
    secret: Option<String>,
    signed_at: Option<i64>,
    now: i64,
    error: Option<&'a str>,
    header: Option<&'a str>,
    mistake: Option<&'a str>,
    matches: bool,
    message: Option<String>,
}

impl Verdict {
    /// What `verifier` says of a delivery; once more without regard to the time, if that is wrong.
    pub(super) fn of(verifier: &Verifier, headers: &Headers, body: &[u8], times: Times) -> Self {
        let Times { now, tolerance } = times;
        let verify = |tolerance| {
            let verifier = verifier.clone().with_clock(move || now);
            verifier.with_tolerance(Duration::from_secs(tolerance)).verify(headers.iter(), body)
        };
        let (signed, fault, besides) = match verify(tolerance) {
            Ok(genuine) => (Some(genuine), None, None),
            Err(error @ (SignatureError::TooOld { .. } | SignatureError::TooNew { .. })) => {
                let untimed = verify(u64::MAX);
                (untimed.as_ref().ok().copied(), Some(error), untimed.err())
            }
            Err(error) => (None, Some(error), None),
        };
        let fault = fault.map(Fault::Signature);
        let (scheme, secrets, oddity) = (Some(verifier.scheme()), Vec::new(), oddity(body));
        Self { times, fault, scheme, signed, besides, secrets, oddity }
    }

    /// That of a delivery that has a header of none of these schemes.
    pub(super) fn unsigned(schemes: Vec<Scheme>, times: Times) -> Self {
        let (scheme, signed, besides, oddity) = (None, None, None, None);
        let (fault, secrets) = (Some(Fault::Unsigned(schemes)), Vec::new());
        Self { times, fault, scheme, signed, besides, secrets, oddity }
    }

    /// Names the secrets by where they are from.
    pub(super) fn with_places(self, secrets: Vec<Secret>) -> Self {
        Self { secrets, ..self }
    }

    pub(super) fn outcome(&self) -> Outcome {
        if self.fault.is_none() { Outcome::Valid } else { Outcome::Invalid }
    }

    /// For people.
    pub(super) fn explain(&self, out: &mut dyn Write, terminal: Terminal) -> io::Result<()> {
        let marker = Marker::new(terminal);
        let Some(fault) = &self.fault else {
            return writeln!(out, "{}: {}", marker.title("genuine"), self.signature());
        };
        writeln!(out, "{}: {}", marker.title("not genuine"), fault.message())?;
        if self.signed.is_some() {
            writeln!(out, "  It would be genuine otherwise: {}.", self.signature())?;
        }
        if let Some(error) = &self.besides {
            writeln!(out, "  Nor would it be genuine at another time: {error}.")?;
        }
        // The time cannot be mended, the rest perhaps.
        let error = self.besides.as_ref().or(fault.signature());
        if let Some(SignatureError::NoMatch { mistake: None, .. }) = error
            && let Some(oddity) = self.oddity
        {
            writeln!(out, "  {oddity}")?;
        }
        writeln!(out, "  {}", error.map_or(UNSIGNED, advice))
    }

    /// `signed 12 seconds ago (2024-01-15T10:15:30Z) by dialstack's scheme, with the secret from X`
    fn signature(&self) -> String {
        let scheme = self.scheme.map(Scheme::name).unwrap_or_default();
        let secret = self.secret().unwrap_or_default();
        let (when, unknown) = match self.signed_at() {
            Some(at) => (format!(" {}", self.when(at)), ""),
            None => (String::new(), ", which signs no time"),
        };
        format!("signed{when} by {scheme}'s scheme{unknown}, with the secret from {secret}")
    }

    fn when(&self, at: i64) -> String {
        let distance = Duration::from_secs(self.times.now.abs_diff(at));
        let distance = HumanDuration(distance);
        let relation = if at > self.times.now { "ahead" } else { "ago" };
        // Beyond the year 9999 there is no such text.
        let date = Timestamp::from_second(at).map_or(at.to_string(), |time| time.to_string());
        format!("{distance} {relation} ({date})")
    }

    fn signed_at(&self) -> Option<i64> {
        let signed_at = self.signed.as_ref()?.signed_at()?;
        Some(i64::try_from(signed_at).unwrap_or(i64::MAX))
    }

    fn secret(&self) -> Option<String> {
        let secret = self.secrets.get(self.signed.as_ref()?.secret())?;
        Some(secret.place.to_string())
    }

    /// For scripts.
    pub(super) fn line(&self) -> io::Result<String> {
        let error = self.fault.as_ref().and_then(Fault::signature);
        let code = match &self.fault {
            Some(Fault::Unsigned(_)) => Some("missing"),
            _ => error.map(code),
        };
        Ok(serde_json::to_string(&Line {
            genuine: self.fault.is_none(),
            scheme: self.scheme.map(Scheme::name),
            secret: self.secret(),
            signed_at: self.signed_at(),
            now: self.times.now,
            error: code,
            header: error.and_then(header),
            mistake: self.besides.as_ref().or(error).and_then(mistake),
            matches: self.signed.is_some(),
            message: self.fault.as_ref().map(Fault::message),
        })?)
    }
}

impl Fault {
    fn signature(&self) -> Option<&SignatureError> {
        match self {
            Self::Signature(error) => Some(error),
            Self::Unsigned(_) => None,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Signature(error) => error.to_string(),
            Self::Unsigned(schemes) => {
                let headers: Vec<&str> =
                    schemes.iter().map(|scheme| scheme.signature_header()).collect();
                format!("expected one of the headers {}, found none", headers.join(", "))
            }
        }
    }
}

/// What no vendor sends, and explains that nothing matches.
fn oddity(body: &[u8]) -> Option<&'static str> {
    match body {
        [] => Some("The body is empty."),
        [0xef, 0xbb, 0xbf, ..] => {
            Some("The body begins with a byte order mark, which an editor may have put there.")
        }
        [0x1f, 0x8b, ..] => {
            Some("The body is compressed with gzip; was it when it was signed, too?")
        }
        _ => None,
    }
}
