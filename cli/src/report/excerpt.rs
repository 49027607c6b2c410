//! A place in a payload into the part of its line that a terminal can show.

use std::ops::Range;

use offhook_runtime::text::is_invisible;
use unicode_width::UnicodeWidthChar;

use crate::report::mask::Mask;

/// What stands where something of a line is left out.
const DOTS: &str = "...";

/// Part of one line as the characters that are shown of it.
#[derive(Debug)]
pub(crate) struct Strip {
    cells: Vec<Cell>,
    /// Where it ends in the payload, in bytes.
    end: usize,
    /// Whether something of the line is left out before it, and behind it.
    cut: (bool, bool),
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Where it stands in the payload, in bytes.
    at: usize,
    char: char,
    /// Whether it is an asterisk in place of something.
    masked: bool,
}

/// Part of one line, fit to be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    /// What it is about: ranges of bytes of `text`.
    pub(crate) spans: Vec<Range<usize>>,
    /// Whether asterisks stand in place of something.
    pub(crate) masked: bool,
}

impl Strip {
    /// The line of `around`, without what is too far away from it to be shown in `width` columns
    /// anyway. What is no UTF-8 becomes U+FFFD.
    pub(crate) fn new(
        body: &[u8],
        around: Range<usize>,
        mask: Option<&Mask>,
        width: usize,
    ) -> Self {
        let around = around.start.min(body.len())..around.end.min(body.len());
        let (left, cut_left) = left(body, around.start, reach(width));
        let (right, cut_right) = right(body, around.end, reach(width));
        let mut cells = Vec::with_capacity(right - left);
        let mut before = None;
        for (at, char) in characters(body.get(left..right).unwrap_or_default()) {
            let at = left + at;
            if mask.is_some_and(|mask| mask.hides(at)) {
                let hidden = Cell { at, char: '*', masked: true };
                cells.extend(std::iter::repeat_n(hidden, columns_of(char)));
            } else {
                // Runners of workflows take two hashes for the beginning of a command.
                let is_unfit = is_unfit(char) || (before, char) == (Some('#'), '#');
                let shown = if is_unfit { char::REPLACEMENT_CHARACTER } else { char };
                cells.push(Cell { at, char: shown, masked: false });
            }
            before = Some(char);
        }
        Self { cells, end: right, cut: (cut_left, cut_right) }
    }

    /// How many columns are left of `offset`.
    pub(crate) fn columns_before(&self, offset: usize) -> usize {
        let before = self.cells.iter().take_while(|cell| cell.at < offset);
        before.map(|cell| columns_of(cell.char)).sum()
    }

    /// As much as `width` columns can show, with `marks` in it, where the first `skip` columns have
    /// no place.
    pub(crate) fn excerpt(&self, marks: &[Range<usize>], skip: usize, width: usize) -> Excerpt {
        let cut_left = skip > 0 || self.cut.0;
        let dots = if cut_left { DOTS } else { "" };
        let mut skipped = 0;
        let after = self.cells.iter().position(|cell| {
            let stays = !cut_left || skipped >= skip + DOTS.len();
            skipped += columns_of(cell.char);
            stays || marks.iter().any(|mark| cell.at >= mark.start)
        });
        let cells = &self.cells[after.unwrap_or(self.cells.len())..];
        let all: usize = cells.iter().map(|cell| columns_of(cell.char)).sum();
        let cut_right = self.cut.1 || dots.len() + all > width;
        let mut left = width.saturating_sub(dots.len() + if cut_right { DOTS.len() } else { 0 });
        let mut excerpt = Excerpt { text: dots.to_owned(), ..Excerpt::default() };
        // Where each character stands in the payload and in the text.
        let mut places = Vec::new();
        for cell in cells {
            let Some(rest) = left.checked_sub(columns_of(cell.char)) else { break };
            left = rest;
            places.push((cell.at, excerpt.text.len()));
            excerpt.text.push(cell.char);
            excerpt.masked |= cell.masked;
        }
        let end = excerpt.text.len();
        if cut_right {
            excerpt.text.push_str(DOTS);
        }
        let span = |mark: &Range<usize>| {
            let in_text = |place: usize| places.get(place).map_or(end, |(_, in_text)| *in_text);
            let after = places.partition_point(|(at, _)| *at < mark.start);
            let is_within =
                mark.start < self.end && places.get(after).is_none_or(|(at, _)| *at > mark.start);
            let start = in_text(if is_within { after.saturating_sub(1) } else { after });
            let after = places.partition_point(|(at, _)| *at < mark.end);
            let hidden = cells.get(places.len()).map_or(self.end, |cell| cell.at);
            let goes_on = cut_right && hidden < mark.end;
            start..if goes_on { excerpt.text.len() } else { in_text(after).max(start) }
        };
        excerpt.spans = marks.iter().map(span).collect();
        excerpt
    }
}

/// How many bytes `width` columns can show, since no character has more than four.
fn reach(width: usize) -> usize {
    width * 4
}

/// How many columns the renderer shows a character in.
pub(crate) fn columns_of(char: char) -> usize {
    match char {
        ' '..='~' => 1,
        '\t' => 4,
        _ if is_invisible(char) => 1,
        _ => char.width().unwrap_or(1),
    }
}

/// How many columns the renderer shows a text in.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// How many columns a part of a payload takes, or none if it has several lines or more of it than
/// `width` can show.
pub(crate) fn columns_within(body: &[u8], part: Range<usize>, width: usize) -> Option<usize> {
    let part = body.get(part).filter(|part| part.len() <= reach(width) && !part.contains(&b'\n'));
    part.map(|part| characters(part).map(|(_, char)| columns_of(char)).sum())
}

/// Whether a character takes no place, or is a command to a terminal, and the renderer leaves it.
fn is_unfit(char: char) -> bool {
    is_invisible(char) && !char.is_ascii_control()
}

/// Where the line of `start` begins, or a place too far to the left to be seen, and whether it is
/// such.
fn left(body: &[u8], start: usize, reach: usize) -> (usize, bool) {
    let mut far = start.saturating_sub(reach);
    if let Some(newline) = memchr::memrchr(b'\n', &body[far..start]) {
        return (far + newline + 1, false);
    }
    let cut = far > 0 && body[far - 1] != b'\n';
    // A character stays whole.
    while cut && far < start && body[far] & 0b1100_0000 == 0b1000_0000 {
        far += 1;
    }
    (far, cut)
}

/// Where the line of `end` ends, or a place too far to the right to be seen, and whether it is such.
fn right(body: &[u8], end: usize, reach: usize) -> (usize, bool) {
    let far = body.len().min(end + reach);
    let Some(newline) = memchr::memchr(b'\n', &body[end..far]) else {
        return (far, far < body.len());
    };
    let line = &body[end..end + newline];
    (end + line.strip_suffix(b"\r").unwrap_or(line).len(), false)
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
    use std::ops::Range;

    use super::{Excerpt, Strip};

    /// The excerpt with brackets around what is marked.
    fn excerpt(body: &[u8], fault: Range<usize>) -> String {
        let Excerpt { text, spans, .. } = cut(body, fault, 0, 20);
        let span = spans[0].clone();
        format!("{}[{}]{}", &text[..span.start], &text[span.clone()], &text[span.end..])
    }

    fn cut(body: &[u8], fault: Range<usize>, skip: usize, width: usize) -> Excerpt {
        let strip = Strip::new(body, fault.start..fault.start, None, width);
        strip.excerpt(&[fault], skip, width)
    }

    #[test]
    fn only_the_line_of_the_fault_is_shown() {
        let body = b"{\r\n\t\"a\": 1,\n\n \"b\": [\n1]}";
        assert_eq!(excerpt(body, 0..1), "[{]");
        assert_eq!(excerpt(body, 9..10), "\t\"a\": [1],");
        assert_eq!(excerpt(body, 9..11), "\t\"a\": [1,]");
        assert_eq!(excerpt(body, 12..12), "[]");
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
    fn nothing_invisible_and_no_command_is_shown() {
        let body = "a\u{200d}\u{fe0f}b ##[c] ### d".as_bytes();
        let shown = "a\u{fffd}\u{fffd}b #\u{fffd}[[c]] #\u{fffd}\u{fffd} d";
        assert_eq!(excerpt(body, 11..14), shown);
    }

    #[test]
    fn dots_stand_for_what_has_no_place() {
        let body = "0123456789".repeat(100);
        let excerpt = |fault, skip, width| {
            let Excerpt { text, spans, .. } = cut(body.as_bytes(), fault, skip, width);
            (text, spans[0].clone())
        };
        assert_eq!(excerpt(0..1, 0, 10), ("0123456...".to_owned(), 0..1));
        assert_eq!(excerpt(20..22, 14, 12), ("...789012...".to_owned(), 6..8));
        assert_eq!(excerpt(20..99, 14, 12), ("...789012...".to_owned(), 6..12));
        assert_eq!(excerpt(999..1000, 37, 12), ("...123456789".to_owned(), 11..12));
        let wide = "東".repeat(10);
        let Excerpt { text, spans, .. } = cut(wide.as_bytes(), 15..18, 4, 12);
        assert_eq!((&*text, &spans[0]), ("...東東東...", &(6..9)));
    }
}
