//! Steps over JSON text that is only to be looked at: nothing is made of what is read.
//!
//! A step is as strict as the [scanner](offhook_runtime::json::scan), and about names that stand twice and
//! numbers beyond a double as well. It says nothing of why there is none.

use offhook_runtime::json::cursor::Reader;
use offhook_runtime::json::lex;
use offhook_runtime::json::scan::MAX_DEPTH;
use offhook_runtime::value::timestamp::date_time_end;

use crate::json::name_map;
use crate::json::node::{fits_double, is_integer};

/// The most members of one object that are not listed and compared with one another.
const MOST_NAMES: usize = 64;

/// A string, or a member's name with its colon, as it is written without escapes and white space.
#[derive(Debug)]
pub(crate) struct Token {
    text: Box<str>,
    /// The number of the [name](crate::json::name_map).
    pub(crate) hash: u32,
    /// The first sixteen bytes, and which bits of them count.
    start: u128,
    mask: u128,
    /// The last eight bytes of a longer one.
    end: u64,
}

impl Token {
    /// Of a string that holds this text.
    pub(crate) fn string(text: &str) -> Self {
        Self::new(text, "")
    }

    /// Of a member's name.
    pub(crate) fn name(name: &str) -> Self {
        Self::new(name, ":")
    }

    fn new(text: &str, after: &str) -> Self {
        let (hash, plain_end) = (name_map::hash(text), lex::plain_end(text.as_bytes(), 0));
        let is_plain = plain_end == text.len();
        let text = format!("\"{text}\"{after}");
        let bytes = text.as_bytes();
        let mask = (0..bytes.len().min(16)).fold(0, |mask, byte| mask | 0xff << (8 * byte));
        // What has need of escapes is never found: no text has such bytes.
        let (start, mask) =
            if is_plain { (start_at(bytes, 0), mask) } else { (u128::MAX, u128::MAX) };
        let end = bytes.last_chunk().copied().map(u64::from_le_bytes).unwrap_or_default();
        Self { hash, start, mask, end, text: text.into() }
    }

    /// The text between the quotes.
    pub(crate) fn text(&self) -> &str {
        self.text[1..].trim_end_matches(':').strip_suffix('"').unwrap_or_default()
    }

    /// How many bytes it has.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    /// Whether it stands at `at`, where the sixteen bytes of `start` are.
    #[inline]
    fn stands(&self, text: &[u8], at: usize, start: u128) -> bool {
        (start ^ self.start) & self.mask == 0 && (self.length() <= 16 || self.rest_stands(text, at))
    }

    /// Whether it stands at `at`, where its first sixteen bytes do.
    #[inline]
    fn rest_stands(&self, text: &[u8], at: usize) -> bool {
        let Some(bytes) = text.get(at..at + self.length()) else {
            return false;
        };
        bytes.last_chunk().copied().map(u64::from_le_bytes) == Some(self.end)
            && (bytes.len() <= 24 || bytes == self.text.as_bytes())
    }
}

/// The sixteen bytes at `at`, the first of them the lowest; zeros after the end of the text.
#[inline]
fn start_at(text: &[u8], at: usize) -> u128 {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => last_start(text, at),
    }
}

#[inline(never)]
fn last_start(text: &[u8], at: usize) -> u128 {
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |start, byte| start << 8 | u128::from(*byte))
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
        match self.text.as_bytes().get(at..)? {
            [b',', next, ..] if *next > b' ' => Some((true, at + 1)),
            [byte, ..] if *byte == close => Some((false, at + 1)),
            _ => self.next_spaced(close, at),
        }
    }

    /// As [`Steps::next`], where there may be white space.
    #[inline(never)]
    fn next_spaced(self, close: u8, at: usize) -> Option<(bool, usize)> {
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

    /// Which of `tokens` stands there. They are tried from the one at `expected` on.
    #[inline]
    pub(crate) fn listed(self, tokens: &[Token], expected: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match tokens.get(expected) {
            Some(token) if token.stands(bytes, at, start_at(bytes, at)) => Some(expected),
            _ => self.listed_elsewhere(tokens, expected, at),
        }
    }

    #[inline(never)]
    fn listed_elsewhere(self, tokens: &[Token], expected: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let start = start_at(bytes, at);
        let is_it = |token: &Token| token.stands(bytes, at, start);
        // What may be absent often is, so the next one is near.
        let (before, after) = tokens.split_at(tokens.len().min(expected + 1));
        let found = after.iter().position(is_it).map(|further| before.len() + further);
        found.or_else(|| before.iter().position(is_it))
    }

    /// Over the name of a member that is not listed, and its colon. It must be none of those since
    /// there were `before`.
    #[inline(never)]
    pub(crate) fn name(self, names: &mut Names<'t>, before: usize, at: usize) -> Option<usize> {
        let end = self.plain_string(at)?;
        let name = self.between(at, end);
        let others = names.get(before..)?;
        // With white space before its colon, it may be one that is listed.
        if self.byte(end)? != b':' || others.len() >= MOST_NAMES || others.contains(&name) {
            return None;
        }
        names.push(name);
        Some(end + 1)
    }

    /// Over one of these strings.
    #[inline]
    pub(crate) fn one_of(self, tokens: &[Token], at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let start = start_at(bytes, at);
        let found = tokens.iter().find(|token| token.stands(bytes, at, start));
        found.map(|token| at + token.length())
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

    /// Over a number.
    #[inline]
    pub(crate) fn number(self, at: usize) -> Option<usize> {
        let number = lex::number_end(self.text.as_bytes(), at).ok()?;
        let is_short = number.integral && number.end - at < 300;
        (is_short || fits_double(self.between(at, number.end))).then_some(number.end)
    }

    /// Over a number without a fraction.
    #[inline]
    pub(crate) fn integer(self, at: usize) -> Option<usize> {
        let number = lex::number_end(self.text.as_bytes(), at).ok()?;
        let text = self.between(at, number.end);
        let is_integer = number.integral || is_integer(text);
        (is_integer && fits_double(text)).then_some(number.end)
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
            _ => self.number(at),
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
            let tokens = [Token::name("other"), Token::name(&name), Token::name("more")];
            assert_eq!(tokens[1].text(), name);
            for after in ["", " ", "1", "                    "] {
                let text = format!("\"{name}\":{after}");
                for expected in 0..4 {
                    let found = Steps::over(&text).listed(&tokens, expected, 0);
                    assert_eq!(found, Some(1), "{text} {expected}");
                }
            }
            for at in 0..length {
                let mut other = name.clone();
                other.replace_range(at..=at, "_");
                let text = format!("\"{other}\":1");
                assert_eq!(Steps::over(&text).listed(&tokens, 0, 0), None, "{text}");
            }
        }
    }

    #[test]
    fn tokens_with_need_of_escapes_are_never_found() {
        for text in ["\"", "\\", "\n", "a\":1,\"b", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
            for text in [text, &format!("{text}{}", "a".repeat(20))] {
                let written = format!("\"{text}\":1");
                let steps = Steps::over(&written);
                assert_eq!(steps.listed(&[Token::name(text)], 0, 0), None, "{text:?}");
                assert_eq!(steps.one_of(&[Token::string(text)], 0), None, "{text:?}");
            }
        }
    }

    #[test]
    fn white_space_in_strings_is_not_passed_over() {
        for text in ["\"a\n\"", "\"\t\"", "\" \r\""] {
            let steps = Steps::over(text);
            assert_eq!(steps.plain_string(0), None, "{text:?}");
            assert_eq!(steps.string(0), None, "{text:?}");
            assert_eq!(steps.one_of(&[Token::string("a")], 0), None, "{text:?}");
        }
    }
}
