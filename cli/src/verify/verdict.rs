//! Whether a delivery is genuine, for people and for scripts. Neither sees a secret or a signature.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::HumanDuration;
use jiff::Timestamp;
use offhook_validator::signature::{Genuine, Scheme, SignatureError, Verifier};
use serde::Serialize;

use crate::outcome::Outcome;
use crate::secrets::Secret;
use crate::style::Marker;
use crate::terminal::Terminal;

use super::advice::{advice, code, header, mistake};
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
        let (signed, fault) = match verify(tolerance) {
            Ok(genuine) => (Some(genuine), None),
            Err(error @ (SignatureError::TooOld { .. } | SignatureError::TooNew { .. })) => {
                (verify(u64::MAX).ok(), Some(Fault::Signature(error)))
            }
            Err(error) => (None, Some(Fault::Signature(error))),
        };
        let (scheme, secrets, oddity) = (Some(verifier.scheme()), Vec::new(), oddity(body));
        Self { times, fault, scheme, signed, secrets, oddity }
    }

    /// That of a delivery that has a header of none of these schemes.
    pub(super) fn unsigned(schemes: Vec<Scheme>, times: Times) -> Self {
        let (signed, scheme, secrets, oddity) = (None, None, Vec::new(), None);
        Self { times, fault: Some(Fault::Unsigned(schemes)), scheme, signed, secrets, oddity }
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
        if fault.is_of_time() {
            let matches = match &self.signed {
                Some(_) => format!("It would be genuine otherwise: {}.", self.signature()),
                None => {
                    "It would not be genuine at any other time: no signature matches.".to_owned()
                }
            };
            writeln!(out, "  {matches}")?;
        }
        if let (Some(oddity), true) = (self.oddity, fault.is_unexplained()) {
            writeln!(out, "  {oddity}")?;
        }
        writeln!(out, "  {}", fault.advice())
    }

    /// `signed as of dialstack, 12 seconds ago (2024-01-15T10:15:30Z), with the secret of X`
    fn signature(&self) -> String {
        let scheme = self.scheme.map(Scheme::name).unwrap_or_default();
        let when = self.signed_at().map_or_else(
            || "nobody knows when, as the scheme signs no time".to_owned(),
            |at| self.when(at),
        );
        let secret = self.secret().unwrap_or_default();
        format!("signed by {scheme}'s scheme, {when}, with the secret from {secret}")
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
            mistake: error.and_then(mistake),
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

    fn is_of_time(&self) -> bool {
        use SignatureError::{TooNew, TooOld};
        matches!(self, Self::Signature(TooOld { .. } | TooNew { .. }))
    }

    /// Whether nothing matches, and nobody knows why.
    fn is_unexplained(&self) -> bool {
        matches!(self, Self::Signature(SignatureError::NoMatch { mistake: None, .. }))
    }

    fn message(&self) -> String {
        match self {
            Self::Signature(error) => error.to_string(),
            Self::Unsigned(schemes) => {
                let headers: Vec<&str> =
                    schemes.iter().map(|scheme| scheme.signature_header()).collect();
                format!("want one of the headers {}, got none", headers.join(", "))
            }
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::Signature(error) => advice(error),
            Self::Unsigned(_) => {
                "Nobody has signed this, or something on the way has taken the header away: a proxy, \
                 or whatever saved it. A receiver must refuse it."
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
