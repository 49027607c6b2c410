//! Why a delivery is not handled -> what to log, and what to answer.

use std::error::Error;
use std::fmt;

use offhook_runtime::text::{visible, visible_json};
use offhook_validator::{Report, Violation};
use serde::Serialize;

use crate::signature::SignatureError;

/// How many violations an answer lists; the log has all.
const LISTED: usize = 100;

/// Why a delivery is not handed over.
///
/// `Display` and `Debug` are for the receiver's log: they show no value of the payload and no
/// secret. The sender gets [`status`](Self::status) and [`body`](Self::body).
///
/// | | status | body |
/// |---|---|---|
/// | [`Incomplete`](Self::Incomplete) | 400 | `{"error":"incomplete"}` |
/// | [`TooLarge`](Self::TooLarge) | 413 | `{"error":"too_large","limit":1048576}` |
/// | [`Unsigned`](Self::Unsigned) | 401 | `{"error":"unsigned"}` |
/// | [`Invalid`](Self::Invalid) | 422 | `{"error":"invalid","vendor":…,"event":…,"violations":[…]}` |
/// | [`UnknownEvent`](Self::UnknownEvent) | 422 | `{"error":"unknown_event","vendor":…,"event":null,"violations":[…]}` |
/// | the same, acknowledged | 200 | `{"ignored":"unknown_event"}` |
#[derive(Debug)]
#[non_exhaustive]
pub enum Rejection {
    /// The body broke off, or could not be read for another reason. Only who reads bodies finds
    /// this; [`Receiver::receive`](super::Receiver::receive) is given whole ones.
    Incomplete(Box<dyn Error + Send + Sync>),
    /// The body is larger than what is received.
    #[non_exhaustive]
    TooLarge {
        /// The largest body that is received, in bytes.
        limit: usize,
    },
    /// That the vendor sent it cannot be said. The sender is told no more than this: the reason, and
    /// the mistake that may explain it, is for the log.
    Unsigned(SignatureError),
    /// It is genuine, and not what the vendor's document has: either its structure, or with
    /// [`Receiver::strict`](super::Receiver::strict) anything else.
    Invalid(Report),
    /// It is genuine, and of an event that the document lacks: see
    /// [`UnknownEvents`](super::UnknownEvents).
    #[non_exhaustive]
    UnknownEvent {
        /// All that is to be said of the payload.
        report: Report,
        /// Whether the vendor is told that all is well.
        acknowledged: bool,
    },
}

impl Rejection {
    /// The status to answer with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Incomplete(_) => 400,
            Self::TooLarge { .. } => 413,
            Self::Unsigned(_) => 401,
            Self::UnknownEvent { acknowledged: true, .. } => 200,
            Self::Invalid(_) | Self::UnknownEvent { .. } => 422,
        }
    }

    /// The body to answer with, an object of JSON without any value of the payload.
    ///
    /// Violations are as in the command's JSON report; a hundred at most are listed, and `omitted`
    /// counts the others.
    #[expect(clippy::missing_panics_doc, reason = "strings and numbers are always JSON")]
    pub fn body(&self) -> String {
        let answer = match self {
            Self::Incomplete(_) => Answer::error("incomplete"),
            Self::TooLarge { limit } => {
                Answer { limit: Some(*limit), ..Answer::error("too_large") }
            }
            Self::Unsigned(_) => Answer::error("unsigned"),
            Self::Invalid(report) => Answer::of_report("invalid", report),
            Self::UnknownEvent { report, acknowledged: false } => {
                Answer::of_report("unknown_event", report)
            }
            Self::UnknownEvent { acknowledged: true, .. } => {
                Answer { ignored: Some("unknown_event"), ..Answer::default() }
            }
        };
        let answer = serde_json::to_string(&answer).expect("strings and numbers are JSON");
        visible_json(&answer).into_owned()
    }
}

/// An answer's body. Names are only ever added.
#[derive(Default, Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignored: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    #[serde(flatten)]
    findings: Option<Findings<'a>>,
}

#[derive(Serialize)]
struct Findings<'a> {
    vendor: Option<&'a str>,
    event: Option<&'a str>,
    violations: &'a [Violation],
    /// How many violations and notices are left out; not written where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<usize>,
}

impl<'a> Answer<'a> {
    fn error(error: &'static str) -> Self {
        Self { error: Some(error), ..Self::default() }
    }

    fn of_report(error: &'static str, report: &'a Report) -> Self {
        let all = report.violations();
        let violations = &all[..all.len().min(LISTED)];
        let omitted = all.len() - violations.len() + report.omitted();
        let findings = Findings {
            vendor: report.vendor(),
            event: report.event(),
            violations,
            omitted: Some(omitted).filter(|&omitted| omitted > 0),
        };
        Self { findings: Some(findings), ..Self::error(error) }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete(error) => {
                write!(f, "want a whole body: {}", visible(&error.to_string()))
            }
            Self::TooLarge { limit } => {
                write!(f, "expected a body of at most {limit} bytes, found more")
            }
            Self::Unsigned(error) => error.fmt(f),
            Self::Invalid(report) => first(f, report),
            Self::UnknownEvent { report, acknowledged } => {
                first(f, report)?;
                f.write_str(if *acknowledged { ", acknowledged" } else { "" })
            }
        }
    }
}

/// The first violation, as one line, and how many more there are.
fn first(f: &mut fmt::Formatter<'_>, report: &Report) -> fmt::Result {
    match report.violations() {
        [] => f.write_str("want what the vendor's document has"),
        [violation] => write!(f, "{violation}"),
        [violation, others @ ..] => write!(f, "{violation} and {} more", others.len()),
    }
}

impl Error for Rejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Incomplete(error) => Some(&**error),
            Self::Unsigned(error) => Some(error),
            Self::Invalid(report) | Self::UnknownEvent { report, .. } => Some(report),
            Self::TooLarge { .. } => None,
        }
    }
}
