//! A payload and where it is from.

use std::borrow::Cow;

use offhook_validator::Violation;

/// The bytes of a payload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payload<'a> {
    /// The path as given, below a directory joined to it; `-` for standard input.
    pub(crate) source: &'a str,
    /// The file's number in the input, from 0.
    pub(crate) file: usize,
    /// In a file of many payloads: the line, from 1.
    pub(crate) record: Option<usize>,
    pub(crate) body: &'a [u8],
}

/// A source as people call it.
pub(crate) fn source_name(source: &str) -> &str {
    if source == "-" { "<stdin>" } else { source }
}

impl Payload<'_> {
    /// The source as people call it.
    pub(crate) fn name(&self) -> &str {
        source_name(self.source)
    }

    /// A violation's line in the file, where a payload may be one line of many.
    pub(crate) fn line(&self, violation: &Violation) -> usize {
        violation.line + self.record.unwrap_or(1) - 1
    }

    /// The text that a violation is about.
    pub(crate) fn found(&self, violation: &Violation) -> Cow<'_, str> {
        let start = violation.offset.min(self.body.len());
        let end = start.saturating_add(violation.length).min(self.body.len());
        String::from_utf8_lossy(&self.body[start..end])
    }
}
