//! A payload and where it is from.

use std::borrow::Cow;

use offhook_validator::Violation;

/// How many bytes of a value are shown.
const LONGEST: usize = 1 << 16;

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

    /// The text that a violation is about; of a long one, which may be the whole payload, the beginning.
    pub(crate) fn found(&self, violation: &Violation) -> Cow<'_, str> {
        let start = violation.offset.min(self.body.len());
        let text = &self.body[start..];
        let text = &text[..violation.length.min(text.len())];
        if text.len() <= LONGEST {
            return String::from_utf8_lossy(text);
        }
        // No character is cut in two.
        let goes_on = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
        let back = text[..=LONGEST].iter().rev().take(4).take_while(|byte| goes_on(byte)).count();
        let beginning = String::from_utf8_lossy(&text[..LONGEST - back]);
        Cow::Owned(beginning.into_owned() + "…")
    }
}
