//! Reports for scripts: one JSON object a payload, one a line.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use offhook_validator::{OtherDocument, Report, Validator, Violation};
use serde::Serialize;

use crate::archive::Payload;
use crate::outcome::Outcome;
use crate::report::{Render, Sink};
use crate::totals::Totals;

/// A line a payload.
pub(crate) fn report(show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    (Arc::new(Json { show_values }), Box::new(Lines))
}

struct Json {
    show_values: bool,
}

/// Lines stand for themselves.
struct Lines;

impl Sink for Lines {
    fn end(&mut self, _: &mut dyn Write, _: &Totals, _: Outcome) -> io::Result<()> {
        Ok(())
    }
}

/// A line. Scripts rely on the names, people on the order; both only ever grow.
#[derive(Serialize)]
struct Line<'a> {
    source: &'a str,
    record: Option<usize>,
    vendor: Option<&'a str>,
    event: Option<&'a str>,
    valid: bool,
    violations: Vec<Finding<'a>>,
    notices: Vec<Finding<'a>>,
    /// How many of both are left out; not written where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    omitted: usize,
    /// The date of the vendor's document.
    document: Option<&'a str>,
    /// Not written where there are none.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    other_documents: &'a [OtherDocument],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct Finding<'a> {
    #[serde(flatten)]
    violation: Violation,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'a, str>>,
}

impl Json {
    fn findings<'a>(&self, payload: &'a Payload<'_>, findings: &[Violation]) -> Vec<Finding<'a>> {
        let finding = |violation: &Violation| {
            let value = self.show_values.then(|| payload.found(violation));
            let mut violation = violation.clone();
            violation.line = payload.line(&violation);
            Finding { violation, value }
        };
        findings.iter().map(finding).collect()
    }
}

impl Render for Json {
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report) {
        let line = Line {
            valid: report.is_valid(),
            violations: self.findings(payload, report.violations()),
            notices: self.findings(payload, report.notices()),
            omitted: report.omitted(),
            other_documents: report.other_documents(),
            ..Line::of(payload, report.vendor(), report.document(), report.event())
        };
        line.push(out);
    }

    /// As [`Line`] would be written, in less time: most lines are such.
    fn clean(&self, out: &mut Vec<u8>, payload: &Payload<'_>, validator: &Validator, event: &str) {
        out.extend_from_slice(br#"{"source":"#);
        push(out, payload.source);
        out.extend_from_slice(br#","record":"#);
        push(out, &payload.record);
        out.extend_from_slice(br#","vendor":"#);
        push(out, validator.vendor());
        out.extend_from_slice(br#","event":"#);
        push(out, event);
        out.extend_from_slice(br#","valid":true,"violations":[],"notices":[],"document":"#);
        push(out, &validator.document());
        out.extend_from_slice(b"}\n");
    }
}

impl<'a> Line<'a> {
    /// Of a payload of which there is nothing to say.
    fn of(
        payload: &Payload<'a>,
        vendor: Option<&'a str>,
        document: Option<&'a str>,
        event: Option<&'a str>,
    ) -> Self {
        let Payload { source, record, .. } = *payload;
        Self {
            source,
            record,
            vendor,
            event,
            valid: true,
            violations: Vec::new(),
            notices: Vec::new(),
            omitted: 0,
            document,
            other_documents: &[],
        }
    }

    fn push(&self, out: &mut Vec<u8>) {
        push(out, self);
        out.push(b'\n');
    }
}

fn push(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // Writing to memory does not fail, and nothing in a line is without a form in JSON.
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests {
    use offhook_validator::Validator;

    use super::{Json, Line};
    use crate::archive::Payload;
    use crate::report::Render;

    #[test]
    fn the_quick_way_writes_the_same_line() {
        let schema =
            r#"{"vendor":"acme","document":{"name":"Acme","read":"2026-01-02"},"schemas":{}}"#;
        let validator = Validator::new(schema).unwrap();
        for (source, record) in [("calls.ndjson", Some(7)), ("a\\b \"c\"\n.json", None)] {
            let payload = Payload { source, file: 0, record, body: b"{}" };
            let (mut quick, mut line) = (Vec::new(), Vec::new());
            let event = "call.\"end\"";
            Json { show_values: false }.clean(&mut quick, &payload, &validator, event);
            Line::of(&payload, Some("acme"), Some("2026-01-02"), Some(event)).push(&mut line);
            assert_eq!(String::from_utf8(quick), String::from_utf8(line));
        }
    }
}
