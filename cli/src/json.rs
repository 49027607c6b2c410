//! Reports for scripts: one JSON object a payload, one a line.

use std::io::{self, Write};

use offhook_validator::{Report, Violation};
use serde::Serialize;

use crate::input::Payload;
use crate::reporter::{Reporter, found, in_file};

/// Writes JSON, a line a payload.
pub(crate) struct Json {
    pub(crate) show_values: bool,
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
    value: Option<std::borrow::Cow<'a, str>>,
}

impl Json {
    fn findings<'a>(&self, payload: &'a Payload, findings: &[Violation]) -> Vec<Finding<'a>> {
        let finding = |violation: &Violation| Finding {
            value: self.show_values.then(|| found(payload, violation)),
            violation: in_file(payload, violation),
        };
        findings.iter().map(finding).collect()
    }
}

impl Reporter for Json {
    fn payload(
        &mut self,
        out: &mut dyn Write,
        payload: &Payload,
        report: &Report,
    ) -> io::Result<()> {
        let line = Line {
            source: &payload.source,
            record: payload.record,
            vendor: report.vendor(),
            event: report.event(),
            valid: report.is_valid(),
            violations: self.findings(payload, report.violations()),
            notices: self.findings(payload, report.notices()),
            omitted: report.omitted(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }
}
