//! What Bowtie has told so far, and the answer to its next request.

use std::panic::{AssertUnwindSafe, catch_unwind};

use offhook_model::Draft;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::case::{Verdicts, judge};
use crate::request::Request;

/// The version of the protocol.
const VERSION: u64 = 1;

/// The project's page. Bowtie demands one.
const PROJECT: &str = "https://crates.io/crates/offhook";

/// An answer to a request.
pub(crate) enum Answer {
    /// A line for standard output.
    Line(String),
    /// Nothing more is to come.
    Stop,
}

/// The state of a conversation.
pub(crate) struct Harness {
    /// The draft of schemas that declare none.
    draft: Draft,
}

impl Default for Harness {
    fn default() -> Self {
        Self { draft: Draft::Draft202012 }
    }
}

impl Harness {
    /// Answers a line. What is unexpected becomes an error in the answer.
    pub(crate) fn answer(&mut self, line: &[u8]) -> Answer {
        let request: Request<'_> = match serde_json::from_slice(line) {
            Ok(request) => request,
            Err(error) => return errored(None, &format!("expected a request, found {error}")),
        };
        match &*request.cmd {
            "start" => start(request.version),
            "dialect" => self.set_dialect(request.dialect.as_deref()),
            "run" => self.run(&request),
            "stop" => Answer::Stop,
            other => errored(request.seq, &format!("expected a command of IHOP, found {other:?}")),
        }
    }

    fn set_dialect(&mut self, dialect: Option<&str>) -> Answer {
        let draft = dialect.and_then(Draft::named);
        self.draft = draft.unwrap_or(self.draft);
        Answer::Line(json!({ "ok": draft.is_some() }).to_string())
    }

    fn run(&self, request: &Request<'_>) -> Answer {
        let Some(case) = &request.case else {
            return errored(request.seq, "expected a case, found none");
        };
        // A panic is a fault of offhook's. The next case is judged all the same.
        let verdicts = catch_unwind(AssertUnwindSafe(|| judge(case, self.draft)));
        match verdicts {
            Ok(Ok(Verdicts::Judged(verdicts))) => {
                let results: Vec<_> =
                    verdicts.into_iter().map(|valid| json!({ "valid": valid })).collect();
                response(request.seq, &[("results", results.into())])
            }
            Ok(Ok(Verdicts::Refused(message))) => {
                response(request.seq, &[("skipped", true.into()), ("message", message.into())])
            }
            Ok(Err(error)) => errored(request.seq, &error.to_string()),
            Err(_) => errored(request.seq, "offhook panicked; standard error has the message"),
        }
    }
}

/// Says who answers.
fn start(version: Option<u64>) -> Answer {
    if version != Some(VERSION) {
        return errored(None, &format!("expected version {VERSION} of the protocol"));
    }
    let drafts = [Draft::Draft202012, Draft::Draft7, Draft::Draft4];
    let response = json!({
        "version": VERSION,
        "implementation": {
            "language": "rust",
            "name": "offhook",
            "version": env!("CARGO_PKG_VERSION"),
            "homepage": PROJECT,
            "issues": PROJECT,
            "source": PROJECT,
            "dialects": drafts.map(Draft::uri),
            "os": std::env::consts::OS,
        },
    });
    Answer::Line(response.to_string())
}

fn errored(seq: Option<&RawValue>, message: &str) -> Answer {
    response(seq, &[("errored", true.into()), ("context", json!({ "message": message }))])
}

/// A line with `members`, and with `seq` as it came.
fn response(seq: Option<&RawValue>, members: &[(&str, Value)]) -> Answer {
    let members = members.iter().map(|(name, value)| format!(",{}:{value}", Value::from(*name)));
    let (seq, members) = (seq.map_or("null", RawValue::get), members.collect::<Vec<_>>().concat());
    Answer::Line(format!("{{\"seq\":{seq}{members}}}"))
}
