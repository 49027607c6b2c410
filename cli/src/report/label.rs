//! What is said of a fault, beside or below the carets that mark it, where there is room for it.

use std::iter;

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap};

use crate::report::excerpt::columns;

/// Narrower than this, nothing is shown of a fault.
const NARROWEST: usize = 4;

/// Text for a mark.
#[derive(Debug)]
pub(crate) struct Label {
    /// What is wrong, in parts that stand on one line if there is room, or else each on its own.
    parts: Vec<String>,
    /// What to try, on a line of its own.
    help: Option<String>,
}

/// A label as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// One line beside the mark, or several below it.
    pub(crate) lines: Vec<String>,
    /// How many columns may be marked.
    pub(crate) marked: usize,
}

impl Label {
    pub(crate) fn new(parts: impl IntoIterator<Item = String>, help: Option<String>) -> Self {
        Self { parts: parts.into_iter().filter(|part| !part.is_empty()).collect(), help }
    }

    /// How many columns it needs from the start of its mark, which takes `marked` of them, to the
    /// end of a line of `width`. It is at most three fifths of the line, so that something of the
    /// payload is seen, too.
    pub(crate) fn room(&self, marked: usize, width: usize) -> usize {
        let most = width * 3 / 5;
        let beside = marked.saturating_add(1 + columns(&self.parts.join(" ")));
        let longest = self.parts.iter().chain(&self.help).map(|part| columns(part)).max();
        let room = if beside <= most { beside } else { longest.unwrap_or(0) + 2 };
        room.clamp(NARROWEST.min(most), most)
    }

    /// Whether every character takes one column, so that something can stand to the right of it.
    pub(crate) fn is_plain(&self) -> bool {
        self.parts.iter().chain(&self.help).all(|part| columns(part) == part.chars().count())
    }

    /// What is said, for a mark of `marked` columns with `room` columns from its start on. Only
    /// what is `last` on its line can have its label beside it.
    pub(crate) fn layout(&self, marked: usize, room: usize, last: bool) -> Layout {
        let marked = marked.min(room);
        let joined = self.parts.join(" ");
        let is_beside = last && self.help.is_none();
        let needed = columns(&joined) + if is_beside { marked + 1 } else { 0 };
        let mut lines = if needed <= room {
            vec![joined]
        } else {
            self.parts.iter().flat_map(|part| wrapped(part, room)).collect()
        };
        lines.extend(self.help.iter().flat_map(|help| wrapped(help, room)));
        match &lines[..] {
            // One line stands beside the mark: there is room for it where that is shorter.
            [line] if needed > room => match room.checked_sub(1 + columns(line)) {
                Some(marked @ 1..) => Layout { lines, marked },
                _ => Layout { lines: wrapped(line, columns(line) - 1), marked },
            },
            [] => Layout { lines: vec![String::new()], marked },
            _ => Layout { lines, marked },
        }
    }
}

/// Text in lines of at most `width` columns, broken at spaces, and before a slash.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    wrap(text, options).into_iter().map(String::from).collect()
}

/// The parts of a line between which it may be broken.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut rest = line;
    Box::new(iter::from_fn(move || {
        let first = rest.chars().next()?.len_utf8();
        let end = rest[first..].find([' ', '/']).map_or(rest.len(), |at| first + at);
        let end = end + rest[end..].len() - rest[end..].trim_start_matches(' ').len();
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(Word::from(word))
    }))
}

#[cfg(test)]
mod tests {
    use super::Label;

    fn label() -> Label {
        let parts = ["type: expected a number, found a string", "at /data/seconds"];
        Label::new(parts.map(str::to_owned), None)
    }

    #[test]
    fn a_label_stands_beside_its_mark_if_there_is_room() {
        let layout = label().layout(5, 66, true);
        assert_eq!(layout.lines, ["type: expected a number, found a string at /data/seconds"]);
        let layout = label().layout(5, 61, true);
        assert_eq!(layout.lines, ["type: expected a number, found a string", "at /data/seconds"]);
        let layout = label().layout(5, 61, false);
        assert_eq!(layout.lines, ["type: expected a number, found a string at /data/seconds"]);
        let layout = label().layout(5, 29, true);
        assert_eq!(
            layout.lines,
            ["type: expected a number,", "found a string", "at /data/seconds"]
        );
    }

    #[test]
    fn one_line_is_beside_its_mark_or_becomes_two() {
        let pointer = Label::new([String::new(), "/data/seconds".to_owned()], None);
        for (room, lines, marked) in [
            (40, "/data/seconds", 9),
            (22, "/data/seconds", 8),
            (15, "/data/seconds", 1),
            (14, "/data|/seconds", 9),
            (5, "/data|/seco|nds", 5),
        ] {
            let layout = pointer.layout(9, room, true);
            assert_eq!((&*layout.lines.join("|"), layout.marked), (lines, marked), "{room}");
        }
    }

    #[test]
    fn help_has_a_line_of_its_own() {
        let label = Label { help: Some("help: did you mean `from`?".to_owned()), ..label() };
        let lines = |room| label.layout(1, room, true).lines.join("|");
        let (wrong, help) =
            ("type: expected a number, found a string", "help: did you mean `from`?");
        assert_eq!(lines(60), format!("{wrong} at /data/seconds|{help}"));
        assert_eq!(lines(40), format!("{wrong}|at /data/seconds|{help}"));
    }

    #[test]
    fn a_mark_without_words_stays() {
        assert_eq!(Label::new([], None).layout(3, 2, true).lines, [""]);
    }
}
