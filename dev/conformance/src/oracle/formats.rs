//! Formats where boon's own are wider or narrower than the specification's.

use std::sync::LazyLock;

use boon::{Compiler, Format};
use iri_string::types::{IriReferenceStr, IriStr};
use regex::Regex;
use serde_json::{Value, json};

/// A format's check, as boon takes it.
type Check = fn(&Value) -> Verdict;

/// What it returns.
type Verdict = Result<(), Box<dyn std::error::Error>>;

/// ECMA-262, by another name: boon lets nobody replace its `regex`.
const REGEX: &str = "regex-of-ecma-262";

/// Characters that ECMA-262 lets follow a backslash, as they mean something without it.
const SYNTAX: &str = "^$\\.*+?()[]{}|/-";

/// RFC 6570: literals and expressions. In literals an apostrophe is allowed, by erratum 6937, and
/// so are U+FFF0 to U+FFFD, which offhook lets pass and nobody sends.
static URI_TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    let literal = "[^\\x00-\\x20\"<>\\\\^`{|}%\\x7F-\\x9F\\u{FDD0}-\\u{FDEF}\\u{FFFE}\\u{FFFF}]";
    let encoded = "%[0-9A-Fa-f]{2}";
    let character = format!("([A-Za-z0-9_]|{encoded})");
    let variable = format!("{character}([.]?{character})*(:[1-9][0-9]{{0,3}}|[*])?");
    let expression = format!("[{{][+#./;?&=,!@|]?{variable}(,{variable})*[}}]");
    Regex::new(&format!("^({literal}|{encoded}|{expression})*$")).expect("a regex")
});

/// Replaces formats of boon's.
pub(super) fn register(compiler: &mut Compiler) {
    let formats: [(&str, Check); 5] = [
        // One reading for all: boon takes signs for digits.
        ("date-time", |value| check(value, offhook_runtime::value::timestamp::is_rfc3339)),
        // boon's are those of browsers, which repair what they can.
        ("iri", |value| check(value, |text| IriStr::new(text).is_ok())),
        ("iri-reference", |value| check(value, |text| IriReferenceStr::new(text).is_ok())),
        // boon looks at the braces only.
        ("uri-template", |value| check(value, |text| URI_TEMPLATE.is_match(text))),
        // boon's are those of Rust; with the flag that JSON Schema asks for, a lone `]` is none.
        (REGEX, |value| check(value, is_pattern)),
    ];
    for (name, func) in formats {
        compiler.register_format(Format { name, func });
    }
}

/// Whether a text is a pattern of ECMA-262 with its flag `u`. A backslash may also stand before a
/// character that is no letter and no digit: `jsonschema` accepts it, as Annex B does.
fn is_pattern(text: &str) -> bool {
    let mut strict = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_identity = |next: &char| !next.is_alphanumeric() && !SYNTAX.contains(*next);
        if character == '\\' && !characters.peek().is_some_and(is_identity) {
            strict.push(character);
            strict.extend(characters.next());
        } else if character != '\\' {
            strict.push(character);
        }
    }
    regress::Regex::with_flags(&strict, "u").is_ok()
}

/// What boon is to call `format`.
pub(super) fn name(format: &str) -> &str {
    if format == "regex" { REGEX } else { format }
}

/// What holds of every string of `format`, and boon does not ask for.
pub(super) fn besides(format: &str) -> Option<Value> {
    Some(match format {
        // boon takes signs for digits.
        "date" => json!({ "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        "time" => {
            json!({ "pattern": "^[0-9:]{8}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$" })
        }
        // boon lets a unit be left out between two others.
        "duration" => {
            let time = "T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S)";
            let date = "([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)";
            json!({ "pattern": format!("^P([0-9]+W|{date}({time})?|{time})$") })
        }
        // boon lets the part before the `@` be empty, or anything in quotes.
        "email" => json!({ "pattern": "^[ -?A-~][ -~]*$" }),
        // boon knows no labels that are reserved for other encodings, and takes the root's dot.
        "hostname" => json!({ "not": { "type": "string", "pattern": "(^|[.])..--|[.]$" } }),
        _ => return None,
    })
}

/// Other values than strings are of every format.
fn check(value: &Value, is_of: fn(&str) -> bool) -> Verdict {
    match value.as_str() {
        Some(text) if !is_of(text) => Err("want a string of the format".into()),
        _ => Ok(()),
    }
}
