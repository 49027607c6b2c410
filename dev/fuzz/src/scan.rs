//! Any text: the scanner reads what `serde_json` reads, and finds every token in the same place; the
//! reader of the generated decoders reads nothing else.

use std::fmt;
use std::ops::Range;

use offhook_runtime::json::cursor::{Reader, is_blank};
use offhook_runtime::json::scan::{MAX_DEPTH, Scanner, Token};
use offhook_runtime::json::unescape;
use offhook_runtime::{Integer, Number};
use offhook_test_support::invariants::Shown;
use offhook_test_support::syntax_tree;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// A token and its bytes.
type Tokens = Vec<(Token, Range<usize>)>;

pub(crate) fn run(data: &[u8]) {
    let _shown = Shown(data);
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let value = read(text);
    let tokens = match scan(text) {
        Ok(tokens) => tokens,
        Err(at) => {
            // It ends at the first fault; too deep a nesting is none to `serde_json` here.
            let too_deep = syntax_tree::depth(&text[..at.end]) > MAX_DEPTH as usize;
            assert!(value.is_none() || too_deep, "the scanner ends at {at:?}");
            assert!(!reader_takes(text));
            return;
        }
    };
    let numbers = tokens.iter().filter(|(token, _)| *token == Token::Number);
    let huge = numbers.filter(|(_, span)| !holds_number(&text[span.clone()])).count();
    assert_eq!(value.is_none(), huge > 0, "{huge} numbers are beyond a double");
    if let Some(value) = value {
        let mut theirs = Vec::new();
        walk(text, text.trim_matches([' ', '\n', '\r', '\t']), &mut theirs);
        assert_eq!(tokens, theirs);
        let mut rest = tokens.iter();
        assert_eq!(build(text, &mut rest), Some(value));
        assert_eq!(rest.next(), None);
    }
    let twice = syntax_tree::parse(text).is_none_or(|root| root.has_duplicates());
    assert!(!reader_takes(text) || huge == 0 && !twice, "the reader takes what it must not");
}

/// All tokens, or where there is no token.
fn scan(text: &str) -> Result<Tokens, Range<usize>> {
    let mut scanner = Scanner::new(text);
    let mut tokens = Tokens::new();
    while let Some((token, span)) = scanner.next().map_err(|fault| fault.span)? {
        tokens.push((token, span));
    }
    scanner.finish().map_err(|fault| fault.span)?;
    Ok(tokens)
}

/// A `Value`, of a nesting that the stack has room for.
fn read(text: &str) -> Option<Value> {
    if syntax_tree::depth(text) > 2 * MAX_DEPTH as usize {
        return None;
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let value = Value::deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// Whether a double holds a number; then offhook's own types have it just as it stands.
fn holds_number(text: &str) -> bool {
    let Ok(value) = serde_json::from_str::<f64>(text) else {
        assert!(serde_json::from_str::<Number>(text).is_err(), "{text}");
        return false;
    };
    let number: Number = serde_json::from_str(text).expect("a number");
    assert_eq!(number.as_f64().to_bits(), value.to_bits(), "{text}");
    let written = serde_json::to_string(&number).expect("a number is written");
    let again: Number = serde_json::from_str(&written).expect("what is written is read");
    assert_eq!(again, number, "{text}, written as {written}");
    if let Ok(integer) = serde_json::from_str::<Integer>(text) {
        assert_eq!(integer.as_f64().to_bits(), value.to_bits(), "{text}");
    }
    true
}

/// Whether the reader of the generated decoders goes over all of it.
fn reader_takes(text: &str) -> bool {
    let (mut reader, rest) = Reader::new(text);
    reader.skip(rest).is_some_and(is_blank)
}

/// The tokens of the value that is all of `raw`, a part of `text`, as `serde_json` finds them.
fn walk(text: &str, raw: &str, tokens: &mut Tokens) {
    let start = raw.as_ptr().addr() - text.as_ptr().addr();
    let span = start..start + raw.len();
    let (first, last) = (start..start + 1, span.end - 1..span.end);
    let token = match raw.as_bytes()[0] {
        b'{' => {
            let members: Members<'_> = serde_json::from_str(raw).expect("an object");
            tokens.push((Token::ObjectStart, first));
            for (name, value) in members.0 {
                // The name is what stands before the colon before the value.
                let before = &text[..value.get().as_ptr().addr() - text.as_ptr().addr()];
                let before = before.trim_ascii_end().trim_end_matches(':').trim_ascii_end();
                let begin = tokens.last().map_or(0, |(_, span)| span.end);
                let begin = begin + before[begin..].find('"').expect("a name has quotes");
                assert_eq!(unescape(&text[begin..before.len()]), name);
                tokens.push((Token::Name, begin..before.len()));
                walk(text, value.get(), tokens);
            }
            tokens.push((Token::ObjectEnd, last));
            return;
        }
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(raw).expect("an array");
            tokens.push((Token::ArrayStart, first));
            for element in elements {
                walk(text, element.get(), tokens);
            }
            tokens.push((Token::ArrayEnd, last));
            return;
        }
        b'"' => Token::String,
        b't' => Token::True,
        b'f' => Token::False,
        b'n' => Token::Null,
        _ => Token::Number,
    };
    tokens.push((token, span));
}

/// The members of an object in their order, also those that stand twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(All)
    }
}

/// The value that the tokens make; of members of the same name, the last one.
fn build<'t>(
    text: &str,
    tokens: &mut impl Iterator<Item = &'t (Token, Range<usize>)>,
) -> Option<Value> {
    let (token, span) = tokens.next()?;
    let raw = &text[span.clone()];
    Some(match token {
        Token::ObjectStart => {
            let mut members = serde_json::Map::new();
            while let Some((Token::Name, name)) = tokens.next() {
                members.insert(unescape(&text[name.clone()]).into_owned(), build(text, tokens)?);
            }
            Value::Object(members)
        }
        Token::ArrayStart => {
            let mut elements = Vec::new();
            while let Some(element) = build(text, tokens) {
                elements.push(element);
            }
            Value::Array(elements)
        }
        Token::String => Value::String(unescape(raw).into_owned()),
        Token::Number => serde_json::from_str(raw).ok()?,
        Token::True => Value::Bool(true),
        Token::False => Value::Bool(false),
        Token::Null => Value::Null,
        Token::ObjectEnd | Token::ArrayEnd | Token::Name => return None,
    })
}
