//! A position in a pattern, which moves forward only.

/// A pattern and the byte offset up to which it has been read.
pub(super) struct Cursor<'a> {
    pattern: &'a str,
    offset: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(pattern: &'a str) -> Self {
        Self { pattern, offset: 0 }
    }

    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// Returns what has not been read.
    pub(super) fn rest(&self) -> &'a str {
        self.pattern.get(self.offset..).unwrap_or_default()
    }

    /// Returns the next character without reading it.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Returns the character after the next one.
    pub(super) fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Reads one character.
    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.offset += next.len_utf8();
        Some(next)
    }

    /// Reads `text` if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.offset += text.len();
        }
        found
    }

    /// Reads one character if it is accepted.
    pub(super) fn eat_if(&mut self, accept: impl FnOnce(char) -> bool) -> Option<char> {
        self.peek().filter(|next| accept(*next))?;
        self.next()
    }

    /// Reads as many characters as are accepted.
    pub(super) fn eat_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|next| !accept(next)).unwrap_or(rest.len());
        self.offset += length;
        rest.get(..length).unwrap_or_default()
    }
}
