//! What a receiver answers into what people want to see of it.

use std::time::Duration;

use offhook_runtime::text::visible;
use serde::Deserialize;
use ureq::http::StatusCode;

/// How many lines of an answer are shown.
const LINES: usize = 20;

/// How many characters of each.
const COLUMNS: usize = 200;

/// What came of an attempt.
#[derive(Debug)]
pub(super) struct Answer {
    /// Until the answer began, or until there was no hope for one.
    pub(super) took: Duration,
    pub(super) outcome: Result<Response, Failure>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: StatusCode,
    /// Of its body.
    pub(super) beginning: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// It took longer than this.
    Late(Duration),
    Other(String),
}

impl Answer {
    pub(super) fn status(&self) -> Option<StatusCode> {
        self.outcome.as_ref().ok().map(|response| response.status)
    }

    /// Whether the vendor takes it for delivered.
    pub(super) fn is_acknowledgement(&self) -> bool {
        self.status().is_some_and(|status| status.is_success())
    }

    /// `204 No Content after 12 ms`
    pub(super) fn line(&self) -> String {
        let took = time(self.took);
        match &self.outcome {
            Ok(Response { status, .. }) => {
                let reason = status.canonical_reason().unwrap_or("");
                let space = if reason.is_empty() { "" } else { " " };
                let code = status.as_u16();
                let redirect =
                    if status.is_redirection() { "; redirects are not followed" } else { "" };
                format!("{code}{space}{reason} after {took}{redirect}")
            }
            Err(Failure::Late(timeout)) => format!("no answer within {}", time(*timeout)),
            Err(Failure::Other(cause)) => format!("no answer: {}, after {took}", visible(cause)),
        }
    }

    /// The beginning of what a receiver says that does not acknowledge, in lines.
    pub(super) fn beginning(&self) -> Vec<String> {
        match &self.outcome {
            Ok(response) if !self.is_acknowledgement() => lines(&response.beginning),
            _ => Vec::new(),
        }
    }
}

/// What a receiver made with offhook says of a payload that it does not take.
#[derive(Deserialize)]
struct Report {
    violations: Vec<Violation>,
}

#[derive(Deserialize)]
struct Violation {
    code: String,
    pointer: String,
    line: u64,
    column: u64,
    message: String,
}

/// A body in some lines, each of them short, with nothing in them that commands a terminal.
fn lines(body: &[u8]) -> Vec<String> {
    let text = if let Ok(report) = serde_json::from_slice::<Report>(body) {
        let line = |it: &Violation| {
            format!("{}:{} {}: {} [{}]", it.line, it.column, it.pointer, it.message, it.code)
        };
        report.violations.iter().map(line).collect::<Vec<_>>().join("\n")
    } else if let Some(laid_out) = laid_out(body).filter(|_| body.len() > COLUMNS) {
        laid_out
    } else {
        String::from_utf8_lossy(body).trim().to_owned()
    };
    let mut lines = text.lines();
    let mut shown: Vec<String> = lines.by_ref().take(LINES).map(short).collect();
    if lines.next().is_some() {
        shown.push("…".to_owned());
    }
    shown
}

/// JSON on lines of its own.
fn laid_out(body: &[u8]) -> Option<String> {
    let json = offhook_model::json::parse(str::from_utf8(body).ok()?).ok()?;
    serde_json::to_string_pretty(&json).ok()
}

fn short(line: &str) -> String {
    let short: String = line.chars().take(COLUMNS).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    format!("{}{more}", visible(&short))
}

/// `12 ms`, `1.5 s`, `60 s`
pub(super) fn time(time: Duration) -> String {
    let (seconds, tenths) = (time.as_secs(), time.subsec_millis() / 100);
    match (seconds, tenths) {
        (0, _) => format!("{} ms", time.as_millis()),
        (seconds, 0) => format!("{seconds} s"),
        (seconds, tenths) => format!("{seconds}.{tenths} s"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{COLUMNS, LINES, lines, time};

    #[test]
    fn a_report_has_a_line_a_violation() {
        let body = br#"{"valid":false,"violations":[
            {"code":"type","pointer":"/a","offset":1,"line":4,"column":11,"message":"expected a number, found a string"},
            {"code":"required","pointer":"/b\u001b[31m","line":1,"column":1,"message":"want it"}]}"#;
        let wanted = [
            "4:11 /a: expected a number, found a string [type]",
            r"1:1 /b\u001b[31m: want it [required]",
        ];
        assert_eq!(lines(body), wanted);
    }

    #[test]
    fn other_answers_are_short_and_harmless() {
        assert_eq!(lines(b""), Vec::<String>::new());
        assert_eq!(lines(b" no\r\n\x1b]0;you\x07\xff \n"), ["no", r"\u001b]0;you\u0007�"]);
        assert_eq!(lines(br#"{"error":"no"}"#), [r#"{"error":"no"}"#]);
        let long = format!(r#"{{"error":{:?}}}"#, "no".repeat(COLUMNS));
        assert_eq!(lines(long.as_bytes()).len(), 3);
        let many = lines("x\n".repeat(1000).as_bytes());
        assert_eq!((many.len(), many.last().unwrap().as_str()), (LINES + 1, "…"));
        let wide = lines("ä".repeat(1000).as_bytes());
        assert_eq!((wide.len(), wide[0].chars().count()), (1, COLUMNS + 1));
        let deep = lines("[".repeat(60_000).as_bytes());
        assert_eq!(deep[0].chars().count(), COLUMNS + 1);
    }

    #[test]
    fn times_are_rounded_down() {
        let all = [0, 12, 999, 1000, 1099, 1500, 60_000].map(Duration::from_millis).map(time);
        assert_eq!(all, ["0 ms", "12 ms", "999 ms", "1 s", "1 s", "1.5 s", "60 s"]);
    }
}
