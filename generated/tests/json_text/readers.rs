//! The readers that must agree, and the judge that they agree with: `serde_json`.

use std::collections::HashSet;

use offhook::runtime::{self, Kind, Reader};
use offhook::scan::{Fault, Scanner, Token};
use serde_json::{Map, Value};

/// Whether a reader takes the text for one JSON text.
type Takes = fn(&str) -> bool;

/// Those that look at the form of numbers only.
pub(crate) const READERS_OF_FORM: &[(&str, Takes)] = &[
    ("the scanner", |text| scan(text).is_ok()),
    ("the scanner, skipping", |text| scan_skipping(text).is_ok()),
];

/// Those that read numbers into values.
const READERS_OF_VALUES: &[(&str, Takes)] =
    &[("runtime::read", |text| runtime::read::<Value>(text).is_ok())];

/// Those that read numbers into values, and may give up where a text is not [plain](is_plain).
const READERS_THAT_GIVE_UP: &[(&str, Takes)] = &[
    ("the reader, skipping", |text| read(text, Reader::skip).is_some()),
    ("the reader, reading", |text| read_the_same(text).is_some()),
];

fn scan(text: &str) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text);
    while scanner.next()?.is_some() {}
    scanner.finish()
}

/// Skips what the outermost array or object holds.
fn scan_skipping(text: &str) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text);
    let mut depth = 0;
    while let Some((token, _)) = scanner.next()? {
        match token {
            Token::ObjectStart | Token::ArrayStart if depth == 1 => scanner.skip_container()?,
            Token::ObjectStart | Token::ArrayStart => depth += 1,
            _ => {}
        }
    }
    scanner.finish()
}

fn read<'a, T>(text: &'a str, value: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = value(&mut reader)?;
    reader.is_at_end().then_some(value)
}

/// Reads all, which must be what `serde_json` reads.
fn read_the_same(text: &str) -> Option<()> {
    let value = read(text, read_value)?;
    assert_eq!(Some(value), runtime::read(text).ok(), "{}", text.escape_debug());
    Some(())
}

/// Reads a value by the methods that decoders call; `a` is a name that they expect.
fn read_value(reader: &mut Reader<'_>) -> Option<Value> {
    match reader.peek_kind()? {
        Kind::Object => {
            let (names, mut members) = (reader.names(), Map::new());
            let mut more = reader.first_member()?;
            while more {
                let expected = reader.is_named("\"a\"");
                let name = if expected { "a" } else { reader.name(names)? };
                members.insert(name.to_owned(), read_value(reader)?);
                more = reader.next_member()?;
            }
            reader.forget(names);
            Some(members.into())
        }
        Kind::Array => {
            let mut elements = Vec::new();
            let mut more = reader.first_element()?;
            while more {
                elements.push(read_value(reader)?);
                more = reader.next_element()?;
            }
            Some(elements.into())
        }
        Kind::String => reader.string().map(Into::into),
        Kind::Boolean => reader.boolean().map(Into::into),
        Kind::Null => reader.null().map(Into::into),
        Kind::Number => serde_json::from_str(reader.value()?).ok(),
    }
}

/// Whether no object of a JSON text has a name twice, one with an escape, or very many.
fn is_plain(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    let mut open = Vec::new();
    while let Some((token, span)) = scanner.next().expect("JSON") {
        match token {
            Token::ObjectStart | Token::ArrayStart => open.push(HashSet::new()),
            Token::ObjectEnd | Token::ArrayEnd => drop(open.pop()),
            Token::Name => {
                let name = &text[span];
                let names: &mut HashSet<&str> = open.last_mut().expect("a name is in an object");
                if name.contains('\\') || !names.insert(name) || names.len() > 64 {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Json,
    NotJson,
    /// JSON up to a number at least that is beyond every double.
    OutOfRange,
}

/// What `serde_json` says, up to [`MAX_DEPTH`](offhook::scan::MAX_DEPTH), which its own limit is a
/// level short of.
fn verdict_of_serde_json(bytes: &[u8]) -> Verdict {
    let Err(error) = serde_json::from_slice::<Value>(bytes) else {
        return Verdict::Json;
    };
    let message = error.to_string();
    if message.starts_with("number out of range") {
        return Verdict::OutOfRange;
    }
    let limited = message.starts_with("recursion limit exceeded");
    let read = |text| runtime::read::<Value>(text).is_ok();
    if limited && str::from_utf8(bytes).is_ok_and(read) { Verdict::Json } else { Verdict::NotJson }
}

/// Has every reader agree with `serde_json`, and gives what they all say.
pub(crate) fn agreed(bytes: &[u8]) -> Verdict {
    let verdict = verdict_of_serde_json(bytes);
    let Ok(text) = str::from_utf8(bytes) else {
        // What is no UTF-8 reaches no reader.
        assert_eq!(verdict, Verdict::NotJson, "{}", bytes.escape_ascii());
        return verdict;
    };
    let json = verdict == Verdict::Json;
    for (name, takes) in READERS_OF_VALUES {
        assert_eq!(takes(text), json, "{name}: {}", text.escape_debug());
    }
    for (name, takes) in READERS_THAT_GIVE_UP {
        let agrees = takes(text) == json || json && !is_plain(text);
        assert!(agrees, "{name}: {}", text.escape_debug());
    }
    // `serde_json` read no further than that number.
    if verdict != Verdict::OutOfRange {
        for (name, takes) in READERS_OF_FORM {
            assert_eq!(takes(text), json, "{name}: {}", text.escape_debug());
        }
    }
    verdict
}
