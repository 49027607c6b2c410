//! Faults of the text itself into findings: what JSON wants there, and what stands there.

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::Finding;
use crate::parse::{Fault, FaultKind};
use crate::violation::Code;

const BOM: &str = "\u{feff}";

/// The finding of a fault in `text`.
pub(crate) fn finding(fault: Fault, text: &str) -> Finding {
    let rest = &text[fault.span.start..];
    let (code, want, got, help) = match fault.kind {
        FaultKind::Syntax { want } => (Code::Json, want, got(rest), help(text, fault.span.start)),
        FaultKind::Trailing => (Code::Json, "the end of the text", got(rest), None),
        FaultKind::HugeNumber => {
            (Code::Json, "a number that a double can hold", "a larger one".into(), None)
        }
        FaultKind::DuplicateKey => {
            (Code::DuplicateKey, "each member once", "one for the second time".into(), None)
        }
    };
    Finding {
        code,
        node: 0,
        pointer: fault.pointer,
        span: fault.span,
        want: want.into(),
        got,
        schema: None,
        help: help.map(str::to_owned),
    }
}

/// A finding about the whole body.
pub(crate) fn json(
    span: Range<usize>,
    want: impl Into<Cow<'static, str>>,
    got: impl Into<Cow<'static, str>>,
    help: Option<&str>,
) -> Finding {
    Finding {
        code: Code::Json,
        node: 0,
        pointer: String::new(),
        span,
        want: want.into(),
        got: got.into(),
        schema: None,
        help: help.map(str::to_owned),
    }
}

/// The finding about a byte order mark, if `text` begins with one.
pub(crate) fn byte_order_mark(text: &str) -> Option<Finding> {
    let want = "JSON from the first byte on";
    let mark = || json(0..BOM.len(), want, "a byte order mark", Some("remove the mark"));
    text.starts_with(BOM).then(mark)
}

/// Bytes that are no UTF-8, from `start` on.
pub(crate) fn not_utf8(body: &[u8], start: usize) -> Finding {
    let utf16 = body.starts_with(&[0xff, 0xfe]) || body.starts_with(&[0xfe, 0xff]);
    let help = if utf16 { "this looks like UTF-16: send UTF-8" } else { "send UTF-8" };
    json(start..(start + 1).min(body.len()), "text in UTF-8", "bytes that are none", Some(help))
}

/// What stands there, without telling more of it than its kind: single punctuation marks are
/// shown, as no payload's secret is one.
fn got(rest: &str) -> Cow<'static, str> {
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
