//! Steps over JSON text that is only to be looked at: nothing is made of what is read.
//!
//! A step is as strict as the [scanner](offhook::scan), and about names that stand twice and
//! numbers beyond a double as well. It says nothing of why there is none.

use offhook::lex;
use offhook::runtime::{Reader, date_time_end};
use offhook::scan::MAX_DEPTH;

use crate::name;
use crate::plain;

/// The most members of one object that are not listed and compared with one another.
const MOST_NAMES: usize = 64;

/// A name or another string as it is written without escapes, with its quotes.
#[derive(Debug)]
pub(crate) struct Token {
    text: Box<str>,
    /// The number of the [name](crate::name).
    pub(crate) hash: u32,
    /// The first eight bytes and the last eight; both are the whole of a shorter one.
    ends: [Word; 2],
    /// Where the last eight begin.
    last: usize,
    /// The eight bytes after the first ones, if there are so many.
    second: u64,
}

/// Eight bytes, the first of them the lowest, and which bits of them count.
#[derive(Clone, Copy, Debug)]
struct Word {
    bytes: u64,
    mask: u64,
}

impl Word {
    #[inline]
    fn is(self, word: u64) -> bool {
        (word ^ self.bytes) & self.mask == 0
    }
}

impl Token {
    /// Of a string that holds this text. What has need of escapes is never found.
    pub(crate) fn new(text: &str) -> Self {
        let hash = name::hash(text);
        let text = format!("\"{text}\"");
        let mask = (0..text.len().min(8)).fold(0, |mask, byte| mask | 0xff << (8 * byte));
        let last = text.len().saturating_sub(8);
        let word = |at| word_at(text.as_bytes(), at);
        let ends = [0, last].map(|at| Word { bytes: word(at), mask });
        Self { hash, ends, last, second: word(8), text: text.into() }
    }

    /// The text between the quotes.
    pub(crate) fn text(&self) -> &str {
        &self.text[1..self.text.len() - 1]
    }

    /// How many bytes it has.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    /// Whether it stands at `at`, where the eight bytes of `word` are.
    #[inline]
    fn stands(&self, text: &[u8], at: usize, word: u64) -> bool {
        let [first, last] = self.ends;
        first.is(word) && last.is(word_at(text, at + self.last)) && self.middle_stands(text, at)
    }

    /// Whether it stands at `at`, where its ends do.
    #[inline]
    fn middle_stands(&self, text: &[u8], at: usize) -> bool {
        let length = self.text.len();
        length <= 16
            || word_at(text, at + 8) == self.second
                && (length <= 24 || text.get(at..at + length) == Some(self.text.as_bytes()))
    }
}

/// The eight bytes at `at`, the first of them the lowest; zeros after the end of the text.
#[inline]
fn word_at(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => last_word(rest),
    }
}

#[cold]
fn last_word(rest: &[u8]) -> u64 {
    rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// A JSON text to step over. A step goes from where something begins to where it ends, both in
/// bytes; it is none where that something does not stand there.
///
/// The places are handed on rather than kept, so that they stay in registers.
#[derive(Clone, Copy)]
pub(crate) struct Steps<'t> {
    text: &'t str,
}

/// The names, with their quotes, of members that are not listed: those of the objects that are open,
/// the innermost last.
pub(crate) type Names<'t> = Vec<&'t str>;

impl<'t> Steps<'t> {
    pub(crate) fn over(text: &'t str) -> Self {
        Self { text }
    }

    #[inline]
    pub(crate) fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The text from one place to another.
    #[inline]
    pub(crate) fn between(self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Over white space.
    #[inline]
    pub(crate) fn space(self, at: usize) -> usize {
        match self.byte(at) {
            Some(byte) if byte > b' ' => at,
            _ => self.more_space(at),
        }
    }

    #[inline(never)]
    fn more_space(self, at: usize) -> usize {
        lex::white_space_end(self.text.as_bytes(), at)
    }

    /// Whether nothing but white space is left.
    pub(crate) fn is_end(self, at: usize) -> bool {
        self.space(at) == self.text.len()
    }

    /// Over the byte that an array or object begins with, and the white space after it. Inside, the
    /// `depth` is one more.
    #[inline]
    pub(crate) fn open(self, open: u8, depth: u32, at: usize) -> Option<usize> {
        let inside = self.byte(at)? == open && depth < MAX_DEPTH;
        inside.then(|| self.space(at + 1))
    }

    /// From the end of an element or member to the next one, or over the end of its array or object;
    /// whether it is the former.
    #[inline]
    pub(crate) fn next(self, close: u8, at: usize) -> Option<(bool, usize)> {
        let at = self.space(at);
        match self.byte(at)? {
            b',' => Some((true, self.space(at + 1))),
            byte if byte == close => Some((false, at + 1)),
            _ => None,
        }
    }

    /// The string at a path of members in the object that stands at `at`, found by looking ahead; as
    /// [`Reader::find_string`].
    pub(crate) fn find(self, path: &[String], at: usize) -> Option<&'t str> {
        let (reader, rest) = Reader::new(self.text);
        reader.find_string(rest.get(at..)?, path)
    }

    /// Over a colon, and white space on either side.
    #[inline]
    pub(crate) fn colon(self, at: usize) -> Option<usize> {
        let at = self.space(at);
        (self.byte(at)? == b':').then(|| self.space(at + 1))
    }

    /// Which of `tokens` stands there. They are tried from the one at `expected` on.
    #[inline]
    pub(crate) fn listed(self, tokens: &[Token], expected: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let word = word_at(bytes, at);
        if tokens.get(expected).is_some_and(|token| token.stands(bytes, at, word)) {
            return Some(expected);
        }
        self.listed_elsewhere(tokens, expected, at)
    }

    #[inline(never)]
    fn listed_elsewhere(self, tokens: &[Token], expected: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let word = word_at(bytes, at);
        let is_it = |token: &Token| token.stands(bytes, at, word);
        // What may be absent often is, so the next one is near.
        let (before, after) = tokens.split_at(tokens.len().min(expected + 1));
        let found = after.iter().position(is_it).map(|further| before.len() + further);
        found.or_else(|| before.iter().position(is_it))
    }

    /// Over the name of a member that is not listed. It must be none of those since there were
    /// `before`.
    #[inline(never)]
    pub(crate) fn name(self, names: &mut Names<'t>, before: usize, at: usize) -> Option<usize> {
        let end = self.plain_string(at)?;
        let name = self.between(at, end);
        let others = names.get(before..)?;
        if others.len() >= MOST_NAMES || others.contains(&name) {
            return None;
        }
        names.push(name);
        Some(end)
    }

    /// Over one of these strings.
    #[inline]
    pub(crate) fn one_of(self, tokens: &[Token], at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let word = word_at(bytes, at);
        let found = tokens.iter().find(|token| token.stands(bytes, at, word));
        found.map(|token| at + token.text.len())
    }

    /// Over a string that is written without escapes.
    #[inline]
    pub(crate) fn plain_string(self, at: usize) -> Option<usize> {
        if self.byte(at)? != b'"' {
            return None;
        }
        let end = lex::plain_end(self.text.as_bytes(), at + 1);
        (self.byte(end)? == b'"').then_some(end + 1)
    }

    /// Over a date-time that is written without escapes.
    #[inline]
    pub(crate) fn date_time(self, at: usize) -> Option<usize> {
        let string = self.text.as_bytes().get(at..)?.strip_prefix(b"\"")?;
        date_time_end(string).map(|end| at + 1 + end + 1)
    }

    /// Over any string.
    #[inline]
    pub(crate) fn string(self, at: usize) -> Option<usize> {
        if self.byte(at)? != b'"' {
            return None;
        }
        let end = lex::plain_end(self.text.as_bytes(), at + 1);
        match self.byte(end)? {
            b'"' => Some(end + 1),
            _ => self.rest_of_string(end),
        }
    }

    #[inline(never)]
    fn rest_of_string(self, mut at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            match self.byte(at)? {
                b'"' => return Some(at + 1),
                b'\\' => at = lex::plain_end(bytes, lex::escape_end(bytes, at).ok()?),
                _ => return None,
            }
        }
    }

    /// Over a number; whether it is integral, however it is written.
    #[inline]
    pub(crate) fn number(self, at: usize) -> Option<(bool, usize)> {
        let number = lex::number_end(self.text.as_bytes(), at).ok()?;
        // A double holds any number of so few digits.
        if number.integral && number.end - at < 300 {
            return Some((true, number.end));
        }
        let value = plain::number(self.between(at, number.end))?;
        value.is_finite().then_some((value.fract() == 0.0, number.end))
    }

    #[inline]
    pub(crate) fn word(self, word: &str, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..)?;
        rest.starts_with(word.as_bytes()).then_some(at + word.len())
    }

    #[inline]
    pub(crate) fn boolean(self, at: usize) -> Option<usize> {
        self.word(if self.byte(at)? == b't' { "true" } else { "false" }, at)
    }

    /// Over any value that is no array and no object.
    #[inline]
    pub(crate) fn scalar(self, at: usize) -> Option<usize> {
        match self.byte(at)? {
            b'"' => self.string(at),
            b't' | b'f' => self.boolean(at),
            b'n' => self.word("null", at),
            _ => self.number(at).map(|(_, end)| end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Steps, Token};

    #[test]
    fn tokens_are_found_whatever_follows_and_nothing_else_is() {
        for length in 0..40 {
            let name: String = ('a'..='z').cycle().take(length).collect();
            let tokens = [Token::new("other"), Token::new(&name), Token::new("more")];
            for after in ["", " ", "1", "                    "] {
                let text = format!("\"{name}\": {after}");
                for expected in 0..4 {
                    let found = Steps::over(&text).listed(&tokens, expected, 0);
                    assert_eq!(found, Some(1), "{text} {expected}");
                }
            }
            for at in 0..length {
                let mut other = name.clone();
                other.replace_range(at..=at, "_");
                let text = format!("\"{other}\": 1");
                assert_eq!(Steps::over(&text).listed(&tokens, 0, 0), None, "{text}");
            }
        }
    }

    #[test]
    fn white_space_in_strings_is_not_passed_over() {
        for text in ["\"a\n\"", "\"\t\"", "\" \r\""] {
            let steps = Steps::over(text);
            assert_eq!(steps.plain_string(0), None, "{text:?}");
            assert_eq!(steps.string(0), None, "{text:?}");
            assert_eq!(steps.one_of(&[Token::new("a")], 0), None, "{text:?}");
        }
    }
}
