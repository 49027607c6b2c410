//! JSON text into tokens with their places: strict, bounded in depth, never recursive.
//!
//! This is the only code of offhook that reads JSON text itself. It is as strict as `serde_json`
//! is towards a `Value`: RFC 8259, no lone surrogates. Numbers are checked for their form here;
//! whether a double holds them is for who reads their value.

use std::ops::Range;

use crate::json::lex;

/// How deep arrays and objects may nest.
pub const MAX_DEPTH: u32 = 128;

/// What a piece of JSON text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// A member's name with its quotes.
    Name,
    /// A string with its quotes.
    String,
    /// A number.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

/// Where and why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes at fault; empty at the end of the text.
    pub span: Range<usize>,
    /// What could have stood there.
    pub want: &'static str,
}

/// Reads one JSON text, a token at a time.
///
/// ```
/// use offhook_runtime::json::scan::{Scanner, Token};
///
/// let mut scanner = Scanner::new("[1, true]");
/// let mut tokens = Vec::new();
/// while let Some((token, span)) = scanner.next()? {
///     tokens.push((token, span.start));
/// }
/// assert_eq!(tokens, [(Token::ArrayStart, 0), (Token::Number, 1), (Token::True, 4), (Token::ArrayEnd, 8)]);
/// # Ok::<(), offhook_runtime::json::scan::Fault>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// A bit a level, the innermost lowest: whether it is an object.
    objects: u128,
    expect: Expect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrArrayEnd,
    NameOrObjectEnd,
    Name,
    CommaOrEnd,
    Nothing,
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, objects: 0, expect: Expect::Value }
    }

    /// Whether the next token can be a value; after an error, whether it broke at one.
    pub fn expects_value(&self) -> bool {
        matches!(self.expect, Expect::Value | Expect::ValueOrArrayEnd)
    }

    /// The next token and its bytes, or `None` after the value's last one.
    ///
    /// # Errors
    ///
    /// The first byte that no JSON text could have there, or nesting beyond [`MAX_DEPTH`]. After
    /// an error the scanner is spent.
    #[expect(
        clippy::should_implement_trait,
        reason = "a Result outside the Option reads better with `?`"
    )]
    pub fn next(&mut self) -> Result<Option<(Token, Range<usize>)>, Fault> {
        if self.expect == Expect::Nothing {
            return Ok(None);
        }
        self.skip_white_space();
        if self.expect == Expect::CommaOrEnd {
            match (self.peek(), self.in_object()) {
                (Some(b','), in_object) => {
                    self.at += 1;
                    self.skip_white_space();
                    self.expect = if in_object { Expect::Name } else { Expect::Value };
                }
                (Some(b'}'), true) => return Ok(Some(self.close(Token::ObjectEnd))),
                (Some(b']'), false) => return Ok(Some(self.close(Token::ArrayEnd))),
                (_, true) => return Err(self.unexpected("`,` or `}`")),
                (_, false) => return Err(self.unexpected("`,` or `]`")),
            }
        }
        match (self.expect, self.peek()) {
            (Expect::NameOrObjectEnd, Some(b'}')) => return Ok(Some(self.close(Token::ObjectEnd))),
            (Expect::ValueOrArrayEnd, Some(b']')) => return Ok(Some(self.close(Token::ArrayEnd))),
            (Expect::NameOrObjectEnd | Expect::Name, Some(b'"')) => return self.name().map(Some),
            (Expect::NameOrObjectEnd, _) => {
                return Err(self.unexpected("a member's name in double quotes, or `}`"));
            }
            (Expect::Name, _) => return Err(self.unexpected("a member's name in double quotes")),
            _ => {}
        }
        self.value().map(Some)
    }

    /// Skips to the end of the array or object whose start was the last token.
    ///
    /// # Errors
    ///
    /// As [`Scanner::next`].
    pub fn skip_container(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// Returns the byte after the last token.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    ///
    /// The first byte that is left.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.skip_white_space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the text")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    fn skip_white_space(&mut self) {
        self.at = lex::white_space_end(self.text.as_bytes(), self.at);
    }

    fn value(&mut self) -> Result<(Token, Range<usize>), Fault> {
        let start = self.at;
        let token = match self.peek() {
            Some(b'{') => return self.open(Token::ObjectStart, true),
            Some(b'[') => return self.open(Token::ArrayStart, false),
            Some(b'"') => {
                self.string()?;
                Token::String
            }
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Token::True)?,
            Some(b'f') => self.word("false", Token::False)?,
            Some(b'n') => self.word("null", Token::Null)?,
            _ if self.expect == Expect::ValueOrArrayEnd => {
                return Err(self.unexpected("a JSON value or `]`"));
            }
            _ => return Err(self.unexpected("a JSON value")),
        };
        self.after_value();
        Ok((token, start..self.at))
    }

    fn after_value(&mut self) {
        self.expect = if self.depth == 0 { Expect::Nothing } else { Expect::CommaOrEnd };
    }

    fn open(&mut self, token: Token, object: bool) -> Result<(Token, Range<usize>), Fault> {
        if self.depth == MAX_DEPTH {
            return Err(self.unexpected("at most 128 levels of nesting"));
        }
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(object);
        self.expect = if object { Expect::NameOrObjectEnd } else { Expect::ValueOrArrayEnd };
        self.at += 1;
        Ok((token, self.at - 1..self.at))
    }

    fn close(&mut self, token: Token) -> (Token, Range<usize>) {
        self.depth -= 1;
        self.objects >>= 1;
        self.at += 1;
        self.after_value();
        (token, self.at - 1..self.at)
    }

    /// A member's name and the colon after it.
    fn name(&mut self) -> Result<(Token, Range<usize>), Fault> {
        let start = self.at;
        self.string()?;
        let end = self.at;
        self.skip_white_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        self.expect = Expect::Value;
        Ok((Token::Name, start..end))
    }

    /// A string from quote to quote.
    fn string(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            self.at = lex::plain_end(self.text.as_bytes(), self.at);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(_) => {
                    return Err(self.unexpected("a control character written as an escape"));
                }
                None => return Err(self.unexpected("`\"` at the end of the string")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match lex::escape_end(self.text.as_bytes(), self.at) {
            Ok(end) => {
                self.at = end;
                Ok(())
            }
            Err(fault) => {
                self.at = fault.at;
                Err(match fault.end {
                    Some(end) => Fault { span: fault.at..end, want: fault.want },
                    None => self.unexpected(fault.want),
                })
            }
        }
    }

    fn number(&mut self) -> Result<Token, Fault> {
        match lex::number_end(self.text.as_bytes(), self.at) {
            Ok(number) => {
                self.at = number.end;
                Ok(Token::Number)
            }
            Err(at) => {
                self.at = at;
                Err(self.unexpected("a digit"))
            }
        }
    }

    fn word(&mut self, word: &'static str, token: Token) -> Result<Token, Fault> {
        for byte in word.bytes() {
            if self.peek() != Some(byte) {
                return Err(self.unexpected("a JSON value"));
            }
            self.at += 1;
        }
        Ok(token)
    }

    /// The character at the scanner's place is not one of those wanted.
    fn unexpected(&self, want: &'static str) -> Fault {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Fault { span: self.at..self.at + length, want }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, MAX_DEPTH, Scanner, Token};

    /// All tokens of a text, or where it breaks.
    fn scan(text: &str) -> Result<Vec<(Token, std::ops::Range<usize>)>, Fault> {
        let mut scanner = Scanner::new(text);
        let mut tokens = Vec::new();
        while let Some(token) = scanner.next()? {
            tokens.push(token);
        }
        scanner.finish()?;
        Ok(tokens)
    }

    #[test]
    fn agrees_with_serde_json_on_what_is_json() {
        let texts = [
            "",
            " ",
            "{",
            "}",
            "{}",
            "[]",
            "[",
            "]",
            "[1]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1}",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{\"a\":}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":1 \"b\":2}",
            "null",
            "nul",
            "nulx",
            "truee",
            "true false",
            "NaN",
            "Infinity",
            "-Infinity",
            "-",
            "-0",
            "-0.0",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "1e5",
            "1E-5",
            "1.5e+10",
            "0x10",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud800\\u0041\"",
            "\"\\ud800\\ud800\"",
            "\"\t\"",
            "\"\u{7f}\"",
            "\"\u{0}\"",
            "\u{feff}{}",
            "// c\n{}",
            "{}x",
            "{}{}",
            "[[[]]]",
            "{\"a\":{\"b\":[]}}",
            "\u{a0}1",
            "1\u{0c}",
            "\"é😀\"",
            "[1,2,3]  \r\n\t",
            "{\"\":\"\"}",
            "[}",
            "{]",
            "{\"a\"}",
        ];
        for text in texts {
            let theirs = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(scan(text).is_ok(), theirs, "{text:?}");
        }
    }

    #[test]
    fn faults_stand_at_the_first_byte_that_cannot_be() {
        for (text, start, want) in [
            ("", 0, "a JSON value"),
            ("{\"a\":1,}", 7, "a member's name in double quotes"),
            ("[1,]", 3, "a JSON value"),
            ("[1", 2, "`,` or `]`"),
            ("{\"a\":tru}", 8, "a JSON value"),
            ("{\"a\":01}", 6, "`,` or `}`"),
            ("{} x", 3, "the end of the text"),
            ("\"\\ud800x\"", 1, "a surrogate only as one of a pair"),
            ("\"a\nb\"", 2, "a control character written as an escape"),
        ] {
            let fault = scan(text).unwrap_err();
            assert_eq!((fault.span.start, fault.want), (start, want), "{text:?}");
        }
    }

    #[test]
    fn depth_is_bounded_and_needs_no_stack() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(scan(&nested(MAX_DEPTH as usize)).is_ok());
        assert_eq!(scan(&nested(MAX_DEPTH as usize + 1)).unwrap_err().span.start, 128);
        assert!(scan(&nested(1_000_000)).is_err());
    }
}
