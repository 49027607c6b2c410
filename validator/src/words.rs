//! Names, values and types in words.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::types::Types;

/// The values of a list, or what matches a pattern.
pub(crate) fn listed(values: &[Value], patterns: &[&str]) -> String {
    let length = |value: &Value| value.as_str().map_or(8, str::len) + ", \"\"".len();
    let lengths = values.iter().map(length).sum::<usize>();
    let mut want = String::with_capacity("one of ".len() + lengths);
    match values {
        [] => want.push_str("no value"),
        [one] => push(one, &mut want),
        several => {
            for value in several {
                want.push_str(if want.is_empty() { "one of " } else { ", " });
                push(value, &mut want);
            }
        }
    }
    for pattern in patterns {
        // Writing to a string does not fail.
        let _ = write!(want, ", or a string that matches `{pattern}`");
    }
    want
}

/// Puts a value after other text.
fn push(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => push_quoted(string, text),
        other => text.push_str(&other.to_string()),
    }
}

/// A string as JSON has it.
pub(crate) fn quoted(string: &str) -> String {
    let mut quoted = String::with_capacity(string.len() + 2);
    push_quoted(string, &mut quoted);
    quoted
}

fn push_quoted(string: &str, text: &mut String) {
    let escapes = string.bytes().any(|byte| matches!(byte, b'"' | b'\\' | ..0x20));
    if escapes {
        text.push_str(&Value::from(string).to_string());
    } else {
        text.extend(["\"", string, "\""]);
    }
}

/// What lacks a member wants.
pub(crate) fn member(name: &str) -> String {
    let mut want = String::with_capacity(name.len() + 16);
    want.push_str("the member ");
    push_quoted(name, &mut want);
    want
}

/// Whether another value was meant.
pub(crate) fn meant_value(near: &str) -> String {
    ["did you mean ", &quoted(near), "?"].concat()
}

/// Whether another member was meant.
pub(crate) fn meant_member(near: &str) -> String {
    ["did you mean `", near, "`?"].concat()
}

/// Some types, each with its article.
pub(crate) fn types(types: Types) -> Cow<'static, str> {
    let mut names = types.names();
    match (names.next(), names.next()) {
        (Some(one), None) => article(one).into(),
        _ => join(types.names().map(article)).into(),
    }
}

/// `a`, `a or b`, `a, b or c`; null comes last.
pub(crate) fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_by_key(|part| *part == "null");
    match parts.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// A JSON type with its article.
pub(crate) fn article(json: &str) -> &'static str {
    match json {
        "object" => "an object",
        "array" => "an array",
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "a boolean",
        _ => "null",
    }
}
