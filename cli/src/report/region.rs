//! A fault's bytes into lines and columns of its file.

use std::ops::Range;

use memchr::{memchr_iter, memrchr};
use offhook_validator::{Code, Violation};

use crate::archive::Payload;

/// Where a fault is. Lines and columns count from 1, columns in characters; the end is what comes
/// right behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

impl Region {
    pub(crate) fn new(payload: &Payload<'_>, violation: &Violation) -> Self {
        let (line, column) = (payload.line(violation), violation.column);
        let fault = &payload.body[bytes(payload.body, violation)];
        // As columns are counted up to the fault: a byte that goes on with a character is none.
        let characters =
            |text: &[u8]| text.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
        let end_column = match memrchr(b'\n', fault) {
            Some(newline) => 1 + characters(&fault[newline + 1..]),
            None => column + characters(fault),
        };
        let end_line = line + memchr_iter(b'\n', fault).count();
        Self { line, column, end_line, end_column }
    }
}

/// The bytes of a payload that a violation is about. What an object lacks is nowhere in it: its
/// brace stands for it.
pub(crate) fn bytes(body: &[u8], violation: &Violation) -> Range<usize> {
    let is_missing = violation.code == Code::Required;
    let length = if is_missing { violation.length.min(1) } else { violation.length };
    let start = violation.offset.min(body.len());
    start..start.saturating_add(length).min(body.len())
}

#[cfg(test)]
mod tests {
    use offhook::dialstack;
    use offhook_validator::Validator;

    use super::Region;
    use crate::archive::Payload;

    #[test]
    fn lines_and_columns_are_those_of_the_file() {
        let body =
            "{\"type\": \"call.end\", \"é\": 1, \"é\":\n 2, \"data\": [\n\"東\"]}".as_bytes();
        let report = Validator::new(dialstack::SCHEMA).unwrap().validate(body);
        let regions = |record| {
            let payload = Payload { source: "x", file: 0, record, body };
            let regions = report.violations().iter().map(move |violation| {
                let Region { line, column, end_line, end_column } =
                    Region::new(&payload, violation);
                (violation.pointer.clone(), [line, column, end_line, end_column])
            });
            regions.collect::<Vec<_>>()
        };
        let of = |regions: &[(String, [usize; 4])], pointer: &str| {
            regions.iter().find(|(at, _)| at == pointer).unwrap().1
        };
        let alone = regions(None);
        assert_eq!(of(&alone, "/id"), [1, 1, 1, 2], "{report}");
        assert_eq!(of(&alone, "/é"), [1, 30, 1, 33], "{report}");
        assert_eq!(of(&alone, "/data"), [2, 13, 3, 5], "{report}");
        assert_eq!(of(&regions(Some(7)), "/data"), [8, 13, 9, 5]);
    }
}
