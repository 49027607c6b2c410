//! Sets of characters: what ECMA-262 means by `.`, `\d`, `\p{…}` or `[…]`, in Rust's syntax.

use std::fmt::Write as _;

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};
use regex_syntax::utf8::Utf8Sequences;

use super::property::Property;
use super::rust_set::parsed;

/// The empty set, in Rust's syntax.
const NONE: &str = r"\P{any}";

/// The set of all characters, in Rust's syntax.
const ALL: &str = r"\p{any}";

const DIGIT: [(char, char); 1] = [('0', '9')];

/// ECMA-262's `WhiteSpace` and `LineTerminator`.
const SPACE: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];

const WORD: [(char, char); 4] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// `WORD`, and what folds to one of it: LONG S and the KELVIN SIGN.
const FOLDED_WORD: [(char, char); 6] = [
    ('0', '9'),
    ('A', 'Z'),
    ('_', '_'),
    ('a', 'z'),
    ('\u{17f}', '\u{17f}'),
    ('\u{212a}', '\u{212a}'),
];

const LINE_TERMINATOR: [(char, char); 3] = [('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

/// A set that ECMA-262 names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Digit,
    Space,
    Word,
    LineTerminator,
    Property(Property),
}

/// One part of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// All code points from the first to the last, of which surrogates are in no string.
    Range(u32, u32),
    Named {
        named: Named,
        negated: bool,
    },
}

/// The union of items, or all characters but those.
#[derive(Debug)]
pub(super) struct Set {
    ranges: Vec<(u32, u32)>,
    /// Each once, so that a long class of them stays small.
    named: Vec<(Named, bool)>,
    negated: bool,
}

/// A set in Rust's syntax.
pub(super) struct RenderedSet {
    pub(super) text: String,
    /// How many ranges of bytes an automaton needs for the set.
    pub(super) size: u64,
}

impl Set {
    pub(super) fn new(negated: bool) -> Self {
        Self { ranges: Vec::new(), named: Vec::new(), negated }
    }

    pub(super) fn push(&mut self, item: Item) {
        match item {
            Item::Range(first, last) => self.ranges.push((first, last)),
            Item::Named { named, negated } => {
                if !self.named.contains(&(named, negated)) {
                    self.named.push((named, negated));
                }
            }
        }
    }

    /// Renders the set. With `ignore_case`, it holds all characters that fold to one that it holds.
    pub(super) fn render(&self, ignore_case: bool) -> RenderedSet {
        let class = self.class(ignore_case);
        let size = size(&class);
        let text = match class.ranges() {
            [] => NONE.to_owned(),
            [all] if all.start() == '\0' && all.end() == char::MAX => ALL.to_owned(),
            [one] if one.start() == one.end() => literal(one.start()),
            ranges if ignore_case => {
                let mut text = String::from("[");
                for range in ranges {
                    push_range(&mut text, range.start(), range.end());
                }
                text + "]"
            }
            _ => self.text(),
        };
        RenderedSet { text, size }
    }

    /// The set as the pattern has it, which is shorter than its ranges.
    fn text(&self) -> String {
        if let ([], [(named, negated)]) = (self.ranges.as_slice(), self.named.as_slice()) {
            return named.text(*negated != self.negated);
        }
        let mut text = String::from(if self.negated { "[^" } else { "[" });
        for (first, last) in self.scalars() {
            push_range(&mut text, first, last);
        }
        for (named, negated) in &self.named {
            text.push_str(&named.text(*negated));
        }
        text + "]"
    }

    /// The ranges of the set.
    fn class(&self, ignore_case: bool) -> ClassUnicode {
        let mut class = class(self.scalars());
        for (named, negated) in &self.named {
            let mut named = named.class(ignore_case);
            if *negated {
                named.negate();
            }
            class.union(&named);
        }
        if ignore_case {
            // It fails only without the crate's tables for it, which are a default feature.
            let _ = class.try_case_fold_simple();
        }
        if self.negated {
            class.negate();
        }
        class
    }

    fn scalars(&self) -> impl Iterator<Item = (char, char)> {
        self.ranges.iter().flat_map(|(first, last)| scalars(*first, *last))
    }
}

impl From<Item> for Set {
    fn from(item: Item) -> Self {
        let mut set = Self::new(false);
        set.push(item);
        set
    }
}

impl Item {
    /// One code point.
    pub(super) fn one(code_point: u32) -> Self {
        Self::Range(code_point, code_point)
    }
}

impl Named {
    fn text(self, negated: bool) -> String {
        let ranges: &[(char, char)] = match self {
            Self::Digit => &DIGIT,
            Self::Space => &SPACE,
            Self::Word => &WORD,
            Self::LineTerminator => &LINE_TERMINATOR,
            Self::Property(property) => return property.text(negated),
        };
        let mut text = String::from(if negated { "[^" } else { "[" });
        for (first, last) in ranges {
            push_range(&mut text, *first, *last);
        }
        text + "]"
    }

    fn class(self, ignore_case: bool) -> ClassUnicode {
        match self {
            Self::Digit => class(DIGIT),
            Self::Space => class(SPACE),
            // Folded before it is negated: `\W` does not match what folds to a letter.
            Self::Word if ignore_case => class(FOLDED_WORD),
            Self::Word => class(WORD),
            Self::LineTerminator => class(LINE_TERMINATOR),
            // A property is only made if the crate knows it.
            Self::Property(property) => {
                parsed(&property.text(false)).unwrap_or_else(ClassUnicode::empty)
            }
        }
    }
}

/// Writes a character so that Rust reads it as itself, inside brackets and outside.
pub(super) fn literal(character: char) -> String {
    let mut text = String::new();
    push_literal(&mut text, character);
    text
}

fn push_literal(text: &mut String, character: char) {
    if regex_syntax::is_meta_character(character) {
        text.extend(['\\', character]);
    } else if character.is_alphanumeric() || character.is_ascii_graphic() || character == ' ' {
        text.push(character);
    } else {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "\\x{{{:x}}}", u32::from(character));
    }
}

fn push_range(text: &mut String, first: char, last: char) {
    push_literal(text, first);
    if first != last {
        text.push('-');
        push_literal(text, last);
    }
}

fn class(ranges: impl IntoIterator<Item = (char, char)>) -> ClassUnicode {
    ClassUnicode::new(ranges.into_iter().map(|(first, last)| ClassUnicodeRange::new(first, last)))
}

/// The characters of a range of code points: those below the surrogates, and those above.
fn scalars(first: u32, last: u32) -> impl Iterator<Item = (char, char)> {
    let below = (first, last.min(0xd7ff));
    let above = (first.max(0xe000), last);
    let parts = [below, above].into_iter().filter(|(first, last)| first <= last);
    parts.filter_map(|(first, last)| Some((char::from_u32(first)?, char::from_u32(last)?)))
}

/// How many ranges of bytes the encoding of a set has, and some more for the states between.
fn size(class: &ClassUnicode) -> u64 {
    let sequences = class.iter().flat_map(|range| Utf8Sequences::new(range.start(), range.end()));
    let ranges: u64 = sequences.map(|sequence| sequence.len() as u64).sum();
    ranges + if class.is_ascii() { 1 } else { 2 }
}
