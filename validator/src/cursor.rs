//! Steps over JSON text that is only to be looked at: nothing is made of what is read.
//!
//! A cursor is as strict as the [scanner](offhook::scan), and about names that stand twice and
//! numbers beyond a double as well. It says nothing of why it does not go on.

use offhook::lex;
use offhook::scan::MAX_DEPTH;

/// The most members of one object that are not listed and compared with one another.
const MOST_NAMES: usize = 64;

/// A name or another string as it is written without escapes, with its quotes.
#[derive(Debug)]
pub(crate) struct Token {
    text: Box<str>,
    /// Its first eight bytes, the first of them the lowest, and which bits of them count.
    first: u64,
    mask: u64,
    /// The next eight bytes, and the last eight, if there are so many.
    second: u64,
    last: u64,
}

impl Token {
    /// Of a string that holds this text. What has need of escapes is never found.
    pub(crate) fn new(text: &str) -> Self {
        let text = format!("\"{text}\"");
        let mask = (0..text.len().min(8)).fold(0, |mask, byte| mask | 0xff << (8 * byte));
        let word = |at: Option<usize>| at.map_or(0, |at| word_at(text.as_bytes(), at));
        let last = word(text.len().checked_sub(8));
        Self { first: word(Some(0)), mask, second: word(Some(8)), last, text: text.into() }
    }

    /// The text between the quotes.
    pub(crate) fn text(&self) -> &str {
        &self.text[1..self.text.len() - 1]
    }

    /// Whether it may be what begins with the eight bytes of `word`.
    #[inline]
    fn begins(&self, word: u64) -> bool {
        (word ^ self.first) & self.mask == 0
    }

    /// Whether it stands at `at`, where it [begins](Self::begins).
    #[inline]
    fn stands(&self, text: &[u8], at: usize) -> bool {
        let length = self.text.len();
        length <= 8
            || word_at(text, at + length - 8) == self.last
                && (length <= 16 || word_at(text, at + 8) == self.second)
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

/// A place in a JSON text.
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// The names, with their quotes, of members that are not listed: those of the objects that are
    /// open, the innermost last.
    names: Vec<&'t str>,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, names: Vec::new() }
    }

    pub(crate) fn is_at_end(&mut self) -> bool {
        self.peek().is_none() && self.at == self.text.len()
    }

    /// Where the next value begins, once it was looked at.
    #[inline]
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The text from `start` on that has been passed.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte that the next value, or what else is to come, begins with.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.peek_far(),
        }
    }

    #[inline(never)]
    fn peek_far(&mut self) -> Option<u8> {
        self.at = lex::white_space_end(self.text.as_bytes(), self.at);
        self.byte()
    }

    #[inline]
    fn pass(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    #[inline]
    fn pass_word(&mut self, word: &str) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        rest.starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    /// Whether there is something in the object or array that begins with `open`; if not, it is passed.
    #[inline]
    pub(crate) fn enter(&mut self, open: u8, close: u8) -> Option<bool> {
        self.pass(open)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        if self.peek()? != close {
            return Some(true);
        }
        self.leave();
        Some(false)
    }

    /// Whether there is more in the object or array; if not, it is passed.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Option<bool> {
        match self.peek()? {
            b',' => {
                self.at += 1;
                Some(true)
            }
            byte if byte == close => {
                self.leave();
                Some(false)
            }
            _ => None,
        }
    }

    #[inline]
    fn leave(&mut self) {
        self.at += 1;
        self.depth -= 1;
    }

    /// Passes the name of the next member and its colon, if the name is one of `tokens`; which. They
    /// are tried from the one at `expected` on.
    #[inline]
    pub(crate) fn listed(&mut self, tokens: &[Token], expected: usize) -> Option<usize> {
        self.peek()?;
        let bytes = self.text.as_bytes();
        let word = word_at(bytes, self.at);
        let is_it =
            |number: &usize| tokens[*number].begins(word) && tokens[*number].stands(bytes, self.at);
        let after = (expected..tokens.len()).find(is_it);
        let found = after.or_else(|| (0..expected.min(tokens.len())).find(is_it))?;
        self.at += tokens[found].text.len();
        if self.pass(b':').is_none() {
            self.at = self.text.len(); // Nothing goes on from there.
        }
        Some(found)
    }

    /// How many names of open objects there are.
    #[inline]
    pub(crate) fn names(&self) -> usize {
        self.names.len()
    }

    /// Forgets the names of an object that is passed.
    #[inline]
    pub(crate) fn forget(&mut self, names: usize) {
        self.names.truncate(names);
    }

    /// Passes the name of a member that is not listed, and its colon. It must be none of those since
    /// there were `names`.
    #[inline(never)]
    pub(crate) fn name(&mut self, names: usize) -> Option<()> {
        self.peek()?;
        let start = self.at;
        self.plain_string()?;
        let name = self.since(start);
        let before = self.names.get(names..)?;
        if before.len() >= MOST_NAMES || before.contains(&name) {
            return None;
        }
        self.names.push(name);
        self.pass(b':')
    }

    /// Passes one of these strings.
    #[inline]
    pub(crate) fn one_of(&mut self, tokens: &[Token]) -> Option<()> {
        self.peek()?;
        let bytes = self.text.as_bytes();
        let word = word_at(bytes, self.at);
        let is_it = |token: &&Token| token.begins(word) && token.stands(bytes, self.at);
        self.at += tokens.iter().find(is_it)?.text.len();
        Some(())
    }

    /// Passes a string that is written without escapes, and gives its text.
    #[inline]
    pub(crate) fn plain_string(&mut self) -> Option<&'t str> {
        self.pass(b'"')?;
        let start = self.at;
        self.at = lex::plain_end(self.text.as_bytes(), start);
        // Not `pass`, which would skip a line feed in the string.
        (self.byte()? == b'"').then(|| self.at += 1)?;
        self.text.get(start..self.at - 1)
    }

    /// Passes any string.
    #[inline]
    pub(crate) fn string(&mut self) -> Option<()> {
        self.pass(b'"')?;
        loop {
            self.at = lex::plain_end(self.text.as_bytes(), self.at);
            match self.byte()? {
                b'"' => break,
                b'\\' => self.at = lex::escape_end(self.text.as_bytes(), self.at).ok()?,
                _ => return None,
            }
        }
        self.at += 1;
        Some(())
    }

    /// Passes a number; whether it is integral, however it is written.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<bool> {
        self.peek()?;
        let start = self.at;
        let number = lex::number_end(self.text.as_bytes(), start).ok()?;
        self.at = number.end;
        // A double holds any number of so few digits.
        if number.integral && number.end - start < 300 {
            return Some(true);
        }
        let number: f64 = self.since(start).parse().ok()?;
        number.is_finite().then_some(number.fract() == 0.0)
    }

    #[inline]
    pub(crate) fn boolean(&mut self) -> Option<()> {
        match self.peek()? {
            b't' => self.pass_word("true"),
            _ => self.pass_word("false"),
        }
    }

    #[inline]
    pub(crate) fn null(&mut self) -> Option<()> {
        self.peek()?;
        self.pass_word("null")
    }

    /// Passes any value. It is nested no deeper than [`MAX_DEPTH`], so recursion is bounded.
    #[inline(never)]
    pub(crate) fn any(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            b'{' => {
                let names = self.names();
                let mut more = self.enter(b'{', b'}')?;
                while more {
                    self.name(names)?;
                    self.any()?;
                    more = self.more(b'}')?;
                }
                self.forget(names);
                Some(())
            }
            b'[' => {
                let mut more = self.enter(b'[', b']')?;
                while more {
                    self.any()?;
                    more = self.more(b']')?;
                }
                Some(())
            }
            b't' | b'f' => self.boolean(),
            b'n' => self.null(),
            _ => self.number().map(drop),
        }
    }

    /// Looks ahead for the string at a path of members in the object that comes next.
    pub(crate) fn find(&self, path: &[Token]) -> Option<&'t str> {
        let mut ahead = Self { names: Vec::new(), ..*self };
        let mut path = path.iter();
        let mut wanted = std::slice::from_ref(path.next()?);
        let mut more = ahead.enter(b'{', b'}')?;
        while more {
            if ahead.listed(wanted, 0).is_some() {
                match path.next() {
                    None => return ahead.plain_string(),
                    Some(next) => wanted = std::slice::from_ref(next),
                }
                more = ahead.enter(b'{', b'}')?;
            } else {
                ahead.string()?;
                ahead.pass(b':')?;
                ahead.any()?;
                more = ahead.more(b'}')?;
            }
        }
        None
    }

    /// The value of the last member of the text's object, if that is the string `name`. It is a guess,
    /// made from the end of the text.
    pub(crate) fn last(text: &'t str, name: &Token) -> Option<&'t str> {
        let before = |text: &'t str, end| text.trim_ascii_end().strip_suffix(end);
        let (before_value, value) = before(before(text, '}')?, '"')?.rsplit_once('"')?;
        before(before_value, ':')?.trim_ascii_end().ends_with(&*name.text).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Token};

    #[test]
    fn tokens_are_found_whatever_follows_and_nothing_else_is() {
        for length in 0..40 {
            let name: String = ('a'..='z').cycle().take(length).collect();
            let tokens = [Token::new("other"), Token::new(&name)];
            for after in ["", " ", "1", "                    "] {
                let text = format!("{{\"{name}\":{after}");
                let mut cursor = Cursor::new(&text);
                assert_eq!(cursor.enter(b'{', b'}'), Some(true));
                assert_eq!(cursor.listed(&tokens, 1), Some(1), "{text}");
            }
            for at in 0..length {
                let mut other = name.clone();
                other.replace_range(at..=at, "_");
                let text = format!("\"{other}\": 1");
                assert_eq!(Cursor::new(&text).listed(&tokens, 0), None, "{text}");
            }
        }
    }

    #[test]
    fn white_space_in_strings_is_not_passed_over() {
        for text in ["\"a\n\"", "\"\t\"", "\" \r\""] {
            assert_eq!(Cursor::new(text).plain_string(), None, "{text:?}");
            assert_eq!(Cursor::new(text).string(), None, "{text:?}");
            assert_eq!(Cursor::new(text).one_of(&[Token::new("a")]), None, "{text:?}");
        }
    }
}
