//! Faults of the text itself into findings: what JSON wants there, and what stands there.

use std::borrow::Cow;
use std::ops::Range;

use offhook_model::Expected;

use super::finding::Finding;
use super::violation::Code;
use crate::json::parse::{Fault, FaultKind};

const BOM: &str = "\u{feff}";

/// The finding of a fault in `text`.
pub(crate) fn finding(fault: Fault, text: &str) -> Finding {
    let rest = &text[fault.span.start..];
    let (code, expected, found, help) = match fault.kind {
        FaultKind::Syntax { expected } => {
            (Code::Json, expected.into(), found_at(rest), help(text, fault.span.start))
        }
        FaultKind::Trailing => (Code::Json, "the end of the text".into(), found_at(rest), None),
        FaultKind::HugeNumber => {
            (Code::Json, "a number that a double can hold".into(), "a larger one".into(), None)
        }
        FaultKind::DuplicateKey => {
            let found = "one for the second time".into();
            (Code::DuplicateKey, Expected::DifferentProperties, found, None)
        }
    };
    Finding {
        code,
        node: 0,
        pointer: fault.pointer,
        span: fault.span,
        expected,
        found,
        schema: None,
        help: help.map(str::to_owned),
    }
}

/// A finding about the whole body.
pub(crate) fn json(
    span: Range<usize>,
    expected: impl Into<Expected>,
    found: impl Into<Cow<'static, str>>,
    help: Option<&str>,
) -> Finding {
    Finding {
        code: Code::Json,
        node: 0,
        pointer: String::new(),
        span,
        expected: expected.into(),
        found: found.into(),
        schema: None,
        help: help.map(str::to_owned),
    }
}

/// The finding about a byte order mark, if `text` begins with one.
pub(crate) fn byte_order_mark(text: &str) -> Option<Finding> {
    let expected = "JSON from the first byte on";
    let mark = || json(0..BOM.len(), expected, "a byte order mark", Some("remove the mark"));
    text.starts_with(BOM).then(mark)
}

/// Bytes that are no UTF-8, from `start` on.
pub(crate) fn not_utf8(body: &[u8], start: usize) -> Finding {
    let utf16 = body.starts_with(&[0xff, 0xfe]) || body.starts_with(&[0xfe, 0xff]);
    let help = if utf16 { "this looks like UTF-16: send UTF-8" } else { "send UTF-8" };
    json(start..(start + 1).min(body.len()), "text in UTF-8", "bytes that are none", Some(help))
}

/// What is there, without telling more of it than its kind: single punctuation marks are
/// shown, as no payload's secret is one.
fn found_at(rest: &str) -> Cow<'static, str> {
    match rest.chars().next() {
        None => "the end of the text".into(),
        Some(mark) if mark.is_ascii_punctuation() => format!("`{mark}`").into(),
        Some(letter) if letter.is_alphabetic() => "a letter".into(),
        Some(digit) if digit.is_ascii_digit() => "a digit".into(),
        Some(control) if control.is_control() => "a control character".into(),
        Some(_) => "another character".into(),
    }
}

/// What the sender's code probably does wrong.
fn help(text: &str, at: usize) -> Option<&'static str> {
    let (before, rest) = text.split_at(at);
    let follows_comma = before.trim_ascii_end().ends_with(',');
    Some(match rest.chars().next() {
        Some('}' | ']') if follows_comma => "remove the comma before it",
        Some('\'') => "JSON has strings in double quotes",
        Some('/' | '#') => "JSON has no comments",
        Some('N' | 'I') if rest.starts_with("NaN") || rest.starts_with("Infinity") => {
            "JSON has no such number: leave the member out, or send null"
        }
        Some('T' | 'F') if rest.starts_with("True") || rest.starts_with("False") => {
            "JSON spells it in lower case"
        }
        Some('N') if rest.starts_with("None") => "JSON spells it null",
        _ => return None,
    })
}
