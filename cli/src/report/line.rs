//! A report into one line: what a picture tells, for payloads that are not drawn.

use std::collections::BTreeMap;

use offhook_runtime::text::visible;
use offhook_validator::{Code, Report, Violation};

use crate::archive::Payload;
use crate::report::alone;
use crate::report::message::message;
use crate::terminal::counted;
use crate::totals::{by_frequency, count};

/// `calls.ndjson:4711:173: error[type]: expected a number, found a string at /data/duration_seconds`, or of
/// several faults how many there are: `calls.ndjson:4712:1: error: 2 violations of dialstack's call.end,
/// 1 notice: 2 required; 1 undocumented`. The place is that of the first violation, or else notice.
///
/// It is one line however wide, for scripts and editors, and has no value of the payload.
pub(crate) fn line(payload: &Payload<'_>, report: &Report) -> String {
    let (violations, notices) = (report.violations(), report.notices());
    let name = level(report);
    let Some(first) = violations.first().or(notices.first()) else {
        return String::new();
    };
    let (source, line, column) = (visible(payload.name()), payload.line(first), first.column);
    if alone(report).is_some() {
        let (code, message) = (first.code, message(payload, first, false));
        return format!("{source}:{line}:{column}: {name}[{code}]: {message}");
    }
    let codes = [violations, notices].map(codes).into_iter().filter(|codes| !codes.is_empty());
    let codes = codes.collect::<Vec<_>>().join("; ");
    let counts = counts(report);
    format!("{source}:{line}:{column}: {name}: {}: {codes}", visible(&counts))
}

/// What a report is, as a whole.
pub(crate) fn level(report: &Report) -> &'static str {
    if report.is_valid() { "notice" } else { "error" }
}

/// `2 violations of dialstack's call.end, 1 notice`
pub(crate) fn counts(report: &Report) -> String {
    let event = match (report.vendor(), report.event()) {
        (Some(vendor), Some(event)) => format!(" of {vendor}'s {event}"),
        _ => String::new(),
    };
    let counts = [(report.violations().len(), "violation"), (report.notices().len(), "notice")];
    let mut counts = counts.iter().filter(|(count, _)| *count > 0);
    let first = counts.next().map(|(count, what)| counted(*count, what) + &event);
    let second = counts.next().map(|(count, what)| counted(*count, what));
    let omitted = (report.omitted() > 0).then(|| format!("{} more left out", report.omitted()));
    first.into_iter().chain(second).chain(omitted).collect::<Vec<_>>().join(", ")
}

/// `2 required, 1 type`
fn codes(findings: &[Violation]) -> String {
    let mut codes = BTreeMap::<Code, usize>::new();
    count(&mut codes, findings);
    by_frequency(&codes)
}

#[cfg(test)]
mod tests {
    use offhook::dialstack;
    use offhook_validator::Validator;

    use super::line;
    use crate::archive::Payload;

    fn of(body: &str) -> String {
        let report = Validator::new(dialstack::SCHEMA).unwrap().validate(body.as_bytes());
        let payload =
            Payload { source: "x\n.json", file: 0, record: Some(9), body: body.as_bytes() };
        line(&payload, &report)
    }

    const VALID: &str = r#"{"id": "evt_01", "type": "recording.available",
        "created_at": "2026-01-15T14:35:35Z", "account_id": "acct_01",
        "data": {"call_id": "call_01", "duration_seconds": 325}}"#;

    #[test]
    fn one_finding_is_told_with_its_pointer() {
        for (from, to, expected) in [
            (
                "325",
                "\"secret\"",
                "11:60: error[type]: expected a number, found a string at /data/duration_seconds",
            ),
            (
                "325",
                "325, \"\u{1b}\\n\": 1",
                "11:66: error[json]: expected a control character written as an escape, found a control character at /data",
            ),
            (
                "325",
                "325, \"cal_id\\n\": 1",
                "11:65: notice[undocumented]: undocumented property \"cal_id\\n\" \
                 at /data/cal_id\\u000a",
            ),
        ] {
            assert_eq!(of(&VALID.replace(from, to)), format!("x\\u000a.json:{expected}"));
        }
    }

    #[test]
    fn several_are_counted() {
        for (from, to, expected) in [
            (
                "\"call_id\": \"call_01\", \"duration_seconds\": 325",
                "\"x\": \"secret\"",
                "11:17: error: 2 violations of dialstack's recording.available, 1 notice: \
                 2 required; 1 undocumented",
            ),
            (
                "325",
                "325, \"x\": 1, \"y\": 2",
                "11:65: notice: 2 notices of dialstack's recording.available: 2 undocumented",
            ),
        ] {
            assert_eq!(of(&VALID.replace(from, to)), format!("x\\u000a.json:{expected}"));
        }
    }
}
