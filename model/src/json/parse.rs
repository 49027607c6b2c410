//! JSON text into a [`Json`]: strict, and no member may stand twice.

use std::fmt;
use std::ops::Range;

use offhook_runtime::json::scan::{Fault, Scanner, Token};
use offhook_runtime::json::unescape;

use super::{Json, Number, Object};
use crate::location::pointer;

/// Why a text is not JSON that a schema may be written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The JSON Pointer of the value at fault, or of the one around the fault.
    pub pointer: String,
    /// The byte at which the fault begins.
    pub offset: usize,
    /// What was expected, and what was found.
    message: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Malformed {}

/// Parses one JSON text.
///
/// # Errors
///
/// Every member that stands twice, or else the first byte that makes the text something else than
/// JSON. A number beyond the range of a double is at fault, too.
pub fn parse(text: &str) -> Result<Json, Vec<Malformed>> {
    let mut parser =
        Parser { text, scanner: Scanner::new(text), path: Vec::new(), faults: Vec::new() };
    let json = parser.value().and_then(|json| {
        parser.scanner.finish().map_err(|fault| parser.syntax(&fault))?;
        Ok(json)
    });
    match json {
        Ok(json) if parser.faults.is_empty() => Ok(json),
        Ok(_) => Err(parser.faults),
        Err(fault) => {
            parser.faults.push(fault);
            Err(parser.faults)
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    /// The reference tokens that lead to the value at hand.
    path: Vec<String>,
    faults: Vec<Malformed>,
}

impl Parser<'_> {
    fn next(&mut self) -> Result<(Token, Range<usize>), Malformed> {
        match self.scanner.next() {
            Ok(Some(token)) => Ok(token),
            Ok(None) => Err(self.fault(self.text.len(), "a value", "the end of the text")),
            Err(fault) => Err(self.syntax(&fault)),
        }
    }

    fn value(&mut self) -> Result<Json, Malformed> {
        let (token, span) = self.next()?;
        self.rest_of(token, span)
    }

    /// The value whose first token has been read. The scanner bounds how deep this goes.
    fn rest_of(&mut self, token: Token, span: Range<usize>) -> Result<Json, Malformed> {
        Ok(match token {
            Token::Null => Json::Null,
            Token::True => Json::Bool(true),
            Token::False => Json::Bool(false),
            Token::Number => {
                let number = &self.text[span.clone()];
                if !number.parse().is_ok_and(f64::is_finite) {
                    let expected = "a number within the range of a double";
                    return Err(self.fault(span.start, expected, "a larger one"));
                }
                Json::Number(Number(number.into()))
            }
            Token::ArrayStart => {
                let mut elements = Vec::new();
                loop {
                    let (token, span) = self.next()?;
                    if token == Token::ArrayEnd {
                        break Json::Array(elements);
                    }
                    self.path.push(elements.len().to_string());
                    elements.push(self.rest_of(token, span)?);
                    self.path.pop();
                }
            }
            Token::ObjectStart => {
                let mut members = Object::new();
                loop {
                    let (token, span) = self.next()?;
                    if token == Token::ObjectEnd {
                        break Json::Object(members);
                    }
                    let name = unescape(&self.text[span.clone()]).into_owned();
                    self.path.push(name.clone());
                    if members.contains_key(&name) {
                        let twice = format!("{name:?} for the second time");
                        let fault = self.fault(span.start, "each member once", &twice);
                        self.faults.push(fault);
                    }
                    let value = self.value()?;
                    self.path.pop();
                    members.insert(name, value);
                }
            }
            // The scanner gives the end of an object or array, and a name, only where we look for it.
            Token::String | Token::Name | Token::ObjectEnd | Token::ArrayEnd => {
                Json::String(unescape(&self.text[span]).into_owned())
            }
        })
    }

    fn syntax(&self, fault: &Fault) -> Malformed {
        let rest = &self.text[fault.span.start..];
        let found = match rest.chars().next() {
            None => "the end of the text".to_owned(),
            Some('\u{feff}') => "a byte order mark".to_owned(),
            Some(character) => format!("{character:?}"),
        };
        self.fault(fault.span.start, fault.want, &found)
    }

    fn fault(&self, offset: usize, expected: &str, found: &str) -> Malformed {
        let before = &self.text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Malformed {
            pointer: pointer(self.path.iter().map(String::as_str)),
            offset,
            message: format!("expected {expected}, found {found} in line {line}, column {column}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (text, pointer, message) in [
            ("", "", "expected a JSON value, found the end of the text in line 1, column 1"),
            ("{\"a\":\n[1,x]}", "/a", "expected a JSON value, found 'x' in line 2, column 4"),
            (
                "\u{feff}{}",
                "",
                "expected a JSON value, found a byte order mark in line 1, column 1",
            ),
            ("{} {}", "", "expected the end of the text, found '{' in line 1, column 4"),
            (
                "[1e999]",
                "/0",
                "expected a number within the range of a double, found a larger one in line 1, column 2",
            ),
        ] {
            let faults = parse(text).expect_err(text);
            let [fault] = &*faults else { panic!("{faults:?}") };
            assert_eq!((&*fault.pointer, &*fault.to_string()), (pointer, message), "{text}");
        }
    }

    #[test]
    fn all_members_that_stand_twice_are_told() {
        let faults = parse(r#"{"a":1,"\u0061":2,"b/c":{"d":1,"d":2}}"#).expect_err("twice");
        let pointers: Vec<_> = faults.iter().map(|fault| &*fault.pointer).collect();
        assert_eq!(pointers, ["/a", "/b~1c/d"]);
    }
}
