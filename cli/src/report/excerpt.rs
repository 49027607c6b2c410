//! A place in a payload into the part of its line that a terminal can show.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::mask::Mask;

/// Part of one line, fit to be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    /// What it is about: a range of bytes of `text`.
    pub(crate) span: Range<usize>,
    /// Whether asterisks stand in place of something.
    pub(crate) masked: bool,
}

impl Excerpt {
    /// The line where `fault` begins, without what a screen of `width` columns could not show
    /// anyway. If the fault goes on below, only its first byte is marked.
    ///
    /// What is no UTF-8 becomes U+FFFD.
    pub(crate) fn new(body: &[u8], fault: Range<usize>, mask: Option<&Mask>, width: usize) -> Self {
        let start = fault.start.min(body.len());
        let reach = width * 4; // No character has more than four bytes.
        let left = left(body, start, reach);
        let (right, whole) = right(body, start, reach);
        let end = if whole && fault.end > right { start + 1 } else { fault.end };

        let mut excerpt = Self::default();
        for (at, char) in characters(&body[left..right]) {
            let at = left + at;
            if at <= start {
                excerpt.span.start = excerpt.text.len();
            }
            excerpt.push(char, mask.is_some_and(|mask| mask.hides(at)));
            if at < end {
                excerpt.span.end = excerpt.text.len();
            }
        }
        if start >= right {
            excerpt.span = excerpt.text.len()..excerpt.text.len();
        }
        excerpt
    }

    /// How many columns the marked part takes.
    pub(crate) fn columns(&self) -> usize {
        self.text[self.span.clone()].width()
    }

    /// Marks at most the first `columns` columns of what is marked.
    pub(crate) fn mark_at_most(&mut self, columns: usize) {
        let mut left = columns;
        let marked = self.text[self.span.clone()].chars().take_while(|char| {
            let fits = left.checked_sub(char.width().unwrap_or(1));
            left = fits.unwrap_or(0);
            fits.is_some()
        });
        self.span.end = self.span.start + marked.map(char::len_utf8).sum::<usize>();
    }

    fn push(&mut self, char: char, hidden: bool) {
        if hidden {
            self.masked = true;
            let columns = char.width().unwrap_or(1);
            self.text.extend(std::iter::repeat_n('*', columns));
        } else {
            self.text.push(if is_invisible(char) { char::REPLACEMENT_CHARACTER } else { char });
        }
    }
}

/// Whether a character takes no place, or is a command to a terminal, and the renderer leaves it.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{80}'..='\u{9f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Where the line of `start` begins, or a place too far to the left to be seen.
fn left(body: &[u8], start: usize, reach: usize) -> usize {
    let far = start.saturating_sub(reach);
    let newline = body[far..start].iter().rposition(|byte| *byte == b'\n');
    newline.map_or(far, |newline| far + newline + 1)
}

/// Where the line of `start` ends, or a place too far to the right to be seen; and whether it is
/// the end.
fn right(body: &[u8], start: usize, reach: usize) -> (usize, bool) {
    let far = body.len().min(start + reach);
    let Some(newline) = body[start..far].iter().position(|byte| *byte == b'\n') else {
        return (far, far == body.len());
    };
    let line = &body[start..start + newline];
    (start + line.strip_suffix(b"\r").unwrap_or(line).len(), true)
}

/// Characters and where they are; one U+FFFD for each run of bytes that are none.
fn characters(bytes: &[u8]) -> impl Iterator<Item = (usize, char)> {
    let mut next = 0;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let start = next;
        let invalid_at = start + chunk.valid().len();
        next = invalid_at + chunk.invalid().len();
        let invalid = (invalid_at < next).then_some((invalid_at, char::REPLACEMENT_CHARACTER));
        let valid = chunk.valid().char_indices();
        valid.map(move |(at, char)| (start + at, char)).chain(invalid)
    })
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    /// The excerpt with brackets around what is marked.
    fn excerpt(body: &[u8], fault: std::ops::Range<usize>) -> String {
        let Excerpt { text, span, .. } = Excerpt::new(body, fault, None, 10);
        format!("{}[{}]{}", &text[..span.start], &text[span.clone()], &text[span.end..])
    }

    #[test]
    fn only_the_line_of_the_fault_is_shown() {
        let body = b"{\r\n\t\"a\": 1,\n\n \"b\": [\n1]}";
        assert_eq!(excerpt(body, 0..1), "[{]");
        assert_eq!(excerpt(body, 9..10), "\t\"a\": [1],");
        assert_eq!(excerpt(body, 9..11), "\t\"a\": [1,]");
        assert_eq!(excerpt(body, 12..12), "[]");
        assert_eq!(excerpt(body, 19..23), " \"b\": [[]", "a fault that goes on");
        assert_eq!(excerpt(body, 1..2), "{[]", "a line's end");
        assert_eq!(excerpt(body, body.len()..body.len()), "1]}[]");
        assert_eq!(excerpt(body, 1000..2000), "1]}[]");
        assert_eq!(excerpt(b"", 0..0), "[]");
        assert_eq!(excerpt(b"1\n", 2..2), "[]");
    }

    #[test]
    fn characters_stay_whole() {
        let body = "é: \"東京\" é".as_bytes();
        assert_eq!(excerpt(body, 4..12), "é: [\"東京\"] é");
        assert_eq!(excerpt(b"\"\xff\xfe\" \xe6\x9d", 1..2), "\"[\u{fffd}]\u{fffd}\" \u{fffd}");
        assert_eq!(excerpt("\u{feff}1\u{9b}2".as_bytes(), 0..3), "[\u{fffd}]1\u{fffd}2");
    }

    #[test]
    fn of_a_long_line_only_the_surroundings_are_taken() {
        let body = "0".repeat(1000);
        let Excerpt { text, span, .. } = Excerpt::new(body.as_bytes(), 500..600, None, 10);
        assert_eq!((text.len(), span), (80, 40..80));
        let mut excerpt = Excerpt::new("東京東京".as_bytes(), 0..12, None, 10);
        assert_eq!(excerpt.columns(), 8);
        excerpt.mark_at_most(5);
        assert_eq!((excerpt.columns(), excerpt.span), (4, 0..6));
    }
}
