//! The readers that must agree, and the judge that they agree with: `serde_json`.

use std::collections::HashSet;

use offhook_runtime::decode::Decode;
use offhook_runtime::json::cursor::{GIVEN_UP, Reader, Rest, is_blank, named, peek};
use offhook_runtime::json::scan::{Fault, Scanner, Token};
use offhook_runtime::json::{self, Kind};
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
    &[("json::read", |text| json::read::<Value>(text).is_ok())];

/// Those that read numbers into values, and may give up where a text is not [plain](is_plain).
const READERS_THAT_GIVE_UP: &[(&str, Takes)] = &[
    ("the reader, skipping", |text| {
        read(text, |reader, rest| Some(((), reader.skip(rest)?))).is_some()
    }),
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

fn read<'a, T>(
    text: &'a str,
    value: impl FnOnce(&mut Reader<'a>, Rest<'a>) -> Option<(T, Rest<'a>)>,
) -> Option<T> {
    let (mut reader, rest) = Reader::new(text);
    let (value, rest) = value(&mut reader, rest)?;
    is_blank(rest).then_some(value)
}

/// Reads all, which must be what `serde_json` reads.
fn read_the_same(text: &str) -> Option<()> {
    let value = read(text, read_value)?;
    assert_eq!(Some(value), json::read(text).ok(), "{}", text.escape_debug());
    Some(())
}

/// Reads a value by the methods that decoders call; `a` is a name that they expect.
fn read_value<'a>(reader: &mut Reader<'a>, rest: Rest<'a>) -> Option<(Value, Rest<'a>)> {
    match peek(rest)? {
        Kind::Object => {
            let (names, mut members) = (reader.names(), Map::new());
            let mut rest = reader.enter_object(rest);
            while rest.first() == Some(&b'"') {
                let (name, value) = match named(rest, "\"a\":") {
                    Some(value) => ("a", value),
                    None => reader.name(rest, names)?,
                };
                let mut read = None;
                rest = reader.required(value, &mut read);
                let Any(value) = read?;
                members.insert(name.to_owned(), value);
            }
            reader.forget(names);
            Some((members.into(), reader.leave_object(rest)?))
        }
        Kind::Array => decoded(reader, rest, |elements: Vec<Any>| {
            elements.into_iter().map(|Any(element)| element).collect()
        }),
        Kind::String => decoded(reader, rest, |text: String| text.into()),
        Kind::Boolean => decoded(reader, rest, |value: bool| value.into()),
        Kind::Null => decoded(reader, rest, |()| Value::Null),
        Kind::Number => {
            let (text, rest) = reader.value(rest)?;
            Some((serde_json::from_str(text).ok()?, rest))
        }
    }
}

/// A value that is read member by member and element by element.
struct Any(Value);

impl Decode for Any {
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        let Some((value, rest)) = read_value(reader, rest) else {
            return GIVEN_UP;
        };
        *place = Some(Self(value));
        rest
    }
}

fn decoded<'a, T: Decode>(
    reader: &mut Reader<'a>,
    rest: Rest<'a>,
    make: impl FnOnce(T) -> Value,
) -> Option<(Value, Rest<'a>)> {
    let mut value = None;
    let rest = T::decode(reader, rest, &mut value);
    Some((make(value?), rest))
}

/// Whether no object of a JSON text has a name twice, one with an escape or with white space after it,
/// or very many.
fn is_plain(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    let mut open = Vec::new();
    while let Some((token, span)) = scanner.next().expect("JSON") {
        match token {
            Token::ObjectStart | Token::ArrayStart => open.push(HashSet::new()),
            Token::ObjectEnd | Token::ArrayEnd => drop(open.pop()),
            Token::Name => {
                let name = &text[span.clone()];
                let names: &mut HashSet<&str> = open.last_mut().expect("a name is in an object");
                let colon = text[span.end..].starts_with(':');
                if !colon || name.contains('\\') || !names.insert(name) || names.len() > 64 {
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

/// What `serde_json` says, up to [`MAX_DEPTH`](offhook_runtime::json::scan::MAX_DEPTH), which its own limit is a
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
    let read = |text| json::read::<Value>(text).is_ok();
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
