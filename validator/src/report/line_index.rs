//! A byte offset into line and column; runs only for what is reported.

use super::finding::Finding;
use super::violation::Violation;

/// Findings in document order, with line and column.
pub(crate) fn located(body: &[u8], mut findings: Vec<Finding>) -> Vec<Violation> {
    findings.sort_by_key(|finding| finding.span.start);
    let mut locator = Locator::new(body);
    let located = findings.into_iter().map(|finding| {
        let (line, column) = locator.locate(finding.span.start);
        Violation {
            code: finding.code,
            pointer: finding.pointer,
            offset: finding.span.start,
            length: finding.span.len(),
            line,
            column,
            expected: finding.expected,
            found: finding.found,
            schema: finding.schema,
            help: finding.help,
        }
    });
    located.collect()
}

/// Finds places in one payload, quickest in ascending order.
struct Locator<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Locator<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1, column: 1 }
    }

    /// Line and column of the character at `offset`, both from 1. Columns count characters; a line
    /// ends with its line feed.
    fn locate(&mut self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.bytes.len());
        if offset < self.at {
            *self = Self::new(self.bytes);
        }
        let passed = &self.bytes[self.at..offset];
        let (lines, characters) = count(passed);
        if lines > 0 {
            self.line += lines;
            let last = passed.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            self.column = 1 + count(last).1;
        } else {
            self.column += characters;
        }
        self.at = offset;
        (self.line, self.column)
    }
}

/// Counts line feeds and characters.
///
/// A register of bytes holds the counts of 240 bytes, so the compiler counts many at a time.
fn count(bytes: &[u8]) -> (usize, usize) {
    let (mut lines, mut characters) = (0, 0);
    for few in bytes.chunks(240) {
        let (mut line_feeds, mut continued) = (0_u8, 0_u8);
        for byte in few {
            line_feeds += u8::from(*byte == b'\n');
            // A byte that goes on with a character is no column of its own.
            continued += u8::from(byte & 0b1100_0000 == 0b1000_0000);
        }
        lines += usize::from(line_feeds);
        characters += few.len() - usize::from(continued);
    }
    (lines, characters)
}

#[cfg(test)]
mod tests {
    use super::Locator;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "{\r\n\t\"é😀\": 1\n}";
        let mut locator = Locator::new(text.as_bytes());
        assert_eq!(locator.locate(0), (1, 1));
        assert_eq!(locator.locate(text.find('\t').unwrap()), (2, 1));
        assert_eq!(locator.locate(text.find('1').unwrap()), (2, 8));
        assert_eq!(locator.locate(text.find('}').unwrap()), (3, 1));
        assert_eq!(locator.locate(text.len()), (3, 2));
        assert_eq!(locator.locate(text.len() + 5), (3, 2));
        assert_eq!(locator.locate(0), (1, 1));
    }
}
