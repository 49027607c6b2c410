//! The readers that must agree, and the judge that they agree with: `serde_json`.

use offhook::runtime;
use offhook::scan::{Fault, Scanner, Token};
use serde_json::Value;

/// Whether a reader takes the bytes for one JSON text.
type Takes = fn(&[u8]) -> bool;

/// Those that look at the form of numbers only.
pub(crate) const READERS_OF_FORM: &[(&str, Takes)] = &[
    ("the scanner", |bytes| of_text(bytes, scan)),
    ("the scanner, skipping", |bytes| of_text(bytes, scan_skipping)),
];

/// Those that read numbers into values.
const READERS_OF_VALUES: &[(&str, Takes)] =
    &[("runtime::read", |bytes| of_text(bytes, |text| runtime::read::<Value>(text)))];

/// Bytes that are no UTF-8 reach no reader.
fn of_text<T, E>(bytes: &[u8], read: impl FnOnce(&str) -> Result<T, E>) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| read(text).is_ok())
}

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

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Json,
    NotJson,
    /// JSON up to a number at least that is beyond every double.
    OutOfRange,
}

/// What `serde_json` says, up to [`MAX_DEPTH`], which its own limit is a level short of.
fn verdict_of_serde_json(bytes: &[u8]) -> Verdict {
    let Err(error) = serde_json::from_slice::<Value>(bytes) else {
        return Verdict::Json;
    };
    let message = error.to_string();
    if message.starts_with("number out of range") {
        return Verdict::OutOfRange;
    }
    let limited = message.starts_with("recursion limit exceeded");
    if limited && of_text(bytes, |text| runtime::read::<Value>(text)) {
        Verdict::Json
    } else {
        Verdict::NotJson
    }
}

/// Has every reader agree with `serde_json`, and gives what they all say.
pub(crate) fn agreed(bytes: &[u8]) -> Verdict {
    let verdict = verdict_of_serde_json(bytes);
    for (name, takes) in READERS_OF_VALUES {
        assert_eq!(takes(bytes), verdict == Verdict::Json, "{name}: {}", bytes.escape_ascii());
    }
    // `serde_json` read no further than that number.
    if verdict != Verdict::OutOfRange {
        for (name, takes) in READERS_OF_FORM {
            assert_eq!(takes(bytes), verdict == Verdict::Json, "{name}: {}", bytes.escape_ascii());
        }
    }
    verdict
}
