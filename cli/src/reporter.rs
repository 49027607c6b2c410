//! What the formats of reports have in common.

use std::borrow::Cow;
use std::io::{self, Write};

use offhook_validator::{Report, Violation};

use crate::input::Payload;

/// One of the formats.
pub(crate) trait Reporter {
    /// Reports on one payload.
    fn payload(
        &mut self,
        out: &mut dyn Write,
        payload: &Payload,
        report: &Report,
    ) -> io::Result<()>;

    /// Reports what is to be said after the last payload.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Says something beside the report.
pub(crate) fn say(message: &str) {
    // If standard error is gone, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{message}");
}

/// A violation as it stands in its file, where a payload may be one line of many.
pub(crate) fn in_file(payload: &Payload, violation: &Violation) -> Violation {
    let mut violation = violation.clone();
    violation.line += payload.record.unwrap_or(1) - 1;
    violation
}

/// The text that a violation is about.
pub(crate) fn found<'a>(payload: &'a Payload, violation: &Violation) -> Cow<'a, str> {
    let start = violation.offset.min(payload.body.len());
    let end = start.saturating_add(violation.length).min(payload.body.len());
    String::from_utf8_lossy(&payload.body[start..end])
}
