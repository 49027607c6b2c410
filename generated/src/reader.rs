//! JSON text read straight into values, or given up: what generated decoders stand on.
//!
//! A reader is as strict as the [scanner](crate::scan), and about names that stand twice and numbers
//! beyond a double as well. It says nothing of why it gave up: who wants to know asks the validator.

use std::borrow::Cow;

use crate::lex;
use crate::number::Repr;
use crate::runtime::Kind;
use crate::scan::{MAX_DEPTH, unescape};

/// The most members of one object that are compared with one another. Beyond, a reader gives up.
const MOST_NAMES: usize = 64;

/// Reads one JSON text from front to back.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// The names, with their quotes, of members that no field is for: those of the objects that are
    /// open, the innermost last.
    names: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, names: Vec::new() }
    }

    /// Whether nothing but white space is left.
    pub fn is_at_end(&mut self) -> bool {
        self.skip_white_space();
        self.at == self.text.len()
    }

    /// The byte that the next value begins with.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => {
                self.skip_white_space();
                self.text.as_bytes().get(self.at).copied()
            }
        }
    }

    /// What the next value is.
    pub fn peek_kind(&mut self) -> Option<Kind> {
        self.peek().map(Kind::starting)
    }

    #[inline(never)]
    fn skip_white_space(&mut self) {
        self.at = lex::white_space_end(self.text.as_bytes(), self.at);
    }

    /// Takes `byte`, if it is the next one.
    #[inline]
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Takes `word`, if it is next.
    #[inline]
    fn word(&mut self, word: &str) -> Option<()> {
        self.peek()?;
        let rest = self.text.as_bytes().get(self.at..)?;
        rest.starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    #[inline]
    fn enter(&mut self, open: u8) -> Option<()> {
        self.take(open)?;
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }

    /// Whether, after the start of an array or object, there is anything in it; if not, it is left.
    #[inline]
    fn has_first(&mut self, close: u8) -> Option<bool> {
        if self.peek()? != close {
            return Some(true);
        }
        self.leave();
        Some(false)
    }

    /// Whether, after an element or member, there is another; if not, the array or object is left.
    #[inline]
    fn has_next(&mut self, close: u8) -> Option<bool> {
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

    /// Takes the start of an object; whether it has a member.
    #[inline]
    pub fn first_member(&mut self) -> Option<bool> {
        self.enter(b'{')?;
        self.has_first(b'}')
    }

    /// After a member: whether the object has another. It is left if not.
    #[inline]
    pub fn next_member(&mut self) -> Option<bool> {
        self.has_next(b'}')
    }

    /// Takes the start of an array; whether it has an element.
    #[inline]
    pub fn first_element(&mut self) -> Option<bool> {
        self.enter(b'[')?;
        self.has_first(b']')
    }

    /// After an element: whether the array has another. It is left if not.
    #[inline]
    pub fn next_element(&mut self) -> Option<bool> {
        self.has_next(b']')
    }

    /// Takes the name of the next member and the colon after it, if it is `name`, which is given
    /// with its quotes and has nothing that needs an escape.
    #[inline]
    pub fn is_named(&mut self, name: &str) -> bool {
        self.peek();
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(name.as_bytes()) {
            return false;
        }
        self.at += name.len();
        if self.take(b':').is_none() {
            self.at = self.text.len(); // Which is where every reading gives up.
        }
        true
    }

    /// Where the reader is; it tells whether there was progress.
    #[inline]
    pub fn position(&self) -> usize {
        self.at
    }

    /// How many names of open objects there are, for [`Reader::name`].
    #[inline]
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// Forgets the names of an object that is left.
    #[inline]
    pub fn forget(&mut self, names: usize) {
        self.names.truncate(names);
    }

    /// Takes the name of a member that no field is for, and the colon after it. It must be none of
    /// those since there were `names`.
    #[inline(never)]
    pub fn name(&mut self, names: usize) -> Option<&'a str> {
        let name = self.raw_string()?;
        let before = self.names.get(names..)?;
        // One name may be written in several ways, if some of them have escapes.
        if before.len() >= MOST_NAMES || name.contains('\\') || before.contains(&name) {
            return None;
        }
        self.take(b':')?;
        self.names.push(name);
        name.get(1..name.len() - 1)
    }

    /// Takes a string, with its quotes.
    #[inline]
    fn raw_string(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at - 1;
        loop {
            self.at = lex::plain_end(self.text.as_bytes(), self.at);
            match self.text.as_bytes().get(self.at)? {
                b'"' => break,
                b'\\' => self.at = lex::escape_end(self.text.as_bytes(), self.at).ok()?,
                _ => return None,
            }
        }
        self.at += 1;
        self.text.get(start..self.at)
    }

    /// Takes a string that is written without escapes.
    #[inline]
    pub fn plain_string(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at;
        let end = lex::plain_end(self.text.as_bytes(), start);
        // Not with `take`, which would pass over a line feed in the string.
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// Takes a string.
    #[inline]
    pub fn string(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        if let Some(text) = self.plain_string() {
            return Some(Cow::Borrowed(text));
        }
        self.at = start;
        self.raw_string().map(unescape)
    }

    /// Takes `true` or `false`.
    pub fn boolean(&mut self) -> Option<bool> {
        match self.peek()? {
            b't' => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    /// Takes `null`.
    #[inline]
    pub fn null(&mut self) -> Option<()> {
        self.word("null")
    }

    /// Takes a number.
    pub(crate) fn number(&mut self) -> Option<Repr> {
        self.peek()?;
        let start = self.at;
        let number = lex::number_end(self.text.as_bytes(), start).ok()?;
        self.at = number.end;
        Repr::parse(self.text.get(start..number.end)?, number.integral)
    }

    /// Looks ahead for the string at `path` in the object that comes next; names have their quotes.
    pub fn find_string(&self, path: &[&str]) -> Option<&'a str> {
        let mut ahead = Self { names: Vec::new(), ..*self };
        let mut path = path.iter();
        let mut wanted = path.next()?;
        let mut more = ahead.first_member()?;
        while more {
            if ahead.is_named(wanted) {
                match path.next() {
                    None => return ahead.plain_string(),
                    Some(next) => wanted = next,
                }
                more = ahead.first_member()?;
            } else {
                ahead.raw_string()?;
                ahead.take(b':')?;
                ahead.skip()?;
                more = ahead.next_member()?;
            }
        }
        None
    }

    /// Takes any value, and gives its text.
    pub fn value(&mut self) -> Option<&'a str> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        self.text.get(start..self.at)
    }

    /// Takes any value. It is nested no deeper than [`MAX_DEPTH`], so recursion is bounded.
    #[inline(never)]
    pub fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.raw_string().map(drop),
            b'{' => {
                let names = self.names();
                let mut more = self.first_member()?;
                while more {
                    self.name(names)?;
                    self.skip()?;
                    more = self.next_member()?;
                }
                self.forget(names);
                Some(())
            }
            b'[' => {
                let mut more = self.first_element()?;
                while more {
                    self.skip()?;
                    more = self.next_element()?;
                }
                Some(())
            }
            b't' | b'f' => self.boolean().map(drop),
            b'n' => self.null(),
            _ => self.number().map(drop),
        }
    }
}
