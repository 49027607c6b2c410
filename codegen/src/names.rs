//! Wire names into Rust names: mechanically, and the same way everywhere.

use heck::{ToPascalCase, ToSnakeCase};
use offhook_model::stem;
use proc_macro2::{Ident, Span};

/// Type names that generated code uses, its own and the prelude's.
pub(crate) const RESERVED: [&str; 46] = [
    "A",
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "D",
    "Debug",
    "Deserialize",
    "Deserializer",
    "Display",
    "Eq",
    "Err",
    "Event",
    "EventType",
    "From",
    "FromStr",
    "Hash",
    "Integer",
    "Into",
    "Kind",
    "Map",
    "Maybe",
    "None",
    "Number",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Payload",
    "RawPayload",
    "Redacted",
    "Result",
    "S",
    "Self",
    "Serialize",
    "Serializer",
    "Some",
    "String",
    "Timestamp",
    "UnknownEvent",
    "UnknownEventType",
    "Value",
    "Vec",
    "Visitor",
];

/// Words that Rust does not take as they are, in any edition, nor with `r#` before them.
const NEVER: [&str; 4] = ["crate", "self", "super", "_"];

/// Crates that generated code names: a module of this name would hide them.
const CRATES: [&str; 6] = ["alloc", "core", "offhook_runtime", "serde", "serde_json", "std"];

/// The name of a type or variant: `call.end` is `CallEnd`, `no-answer` is `NoAnswer`.
///
/// Every text has one: letters beyond ASCII are spelt with those of ASCII, a digit in front gets an
/// `N`, and where only symbols stand they are spelt out. It may be a name that is taken, or `Self`.
pub(crate) fn pascal(wire: &str) -> String {
    let name = letters(wire).to_pascal_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("N{name}") } else { name }
}

/// The name of a variant. `Unknown` is the one for what is not listed, and `Self` is none.
pub(crate) fn variant(wire: &str) -> String {
    let name = pascal(wire);
    if name == "Unknown" || name == "Self" { format!("{name}Value") } else { name }
}

/// The name of a field: `call_id` stays, `type` is `r#type`, `X-Mode` is `x_mode`, `2fa` is `n2fa`.
pub(crate) fn snake(wire: &str) -> String {
    let name = plain_snake(wire);
    match (NEVER.contains(&name.as_str()), is_identifier(&name)) {
        (true, _) => format!("{name}_"),
        (_, true) => name,
        _ => format!("r#{name}"),
    }
}

/// The name of a module and its file: `shared/call.json` is `shared_call`, `type.json` is `type_`.
pub(crate) fn module(file: &str) -> String {
    let name = plain_snake(stem(file));
    if is_identifier(&name) && !CRATES.contains(&name.as_str()) { name } else { format!("{name}_") }
}

/// Whether `name` is written as Rust writes its types: `CallEnd`, `SIPCall`.
pub(crate) fn is_type(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && is_identifier(name)
}

/// Whether `name` is written as Rust writes its fields.
pub(crate) fn is_field(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && is_identifier(name)
}

/// `name`, or else `name2`, `name3` and so on: the first that is not taken. Fields take the number
/// after a `_`.
pub(crate) fn free(name: &str, separator: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let stem = name.strip_prefix("r#").unwrap_or(name);
    let stem = stem.trim_end_matches('_');
    let mut numbered = (2..).map(|number: u32| format!("{stem}{separator}{number}"));
    numbered.find(|name| !taken(name)).unwrap_or_default()
}

fn plain_snake(wire: &str) -> String {
    let name = letters(wire).to_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { name }
}

/// A wire name in letters, digits and symbols of ASCII, with at least one letter or digit.
fn letters(wire: &str) -> String {
    let ascii = deunicode::deunicode_with_tofu(wire, " ");
    // A sign makes another name of a number: `+1`, `-1`.
    let signed = ascii
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    if signed {
        return format!("{} {}", symbol(ascii.chars().next().unwrap_or('+')), &ascii[1..]);
    }
    if ascii.contains(|found: char| found.is_ascii_alphanumeric()) {
        return ascii;
    }
    if wire.is_empty() {
        return "empty".to_owned();
    }
    let spelt: Vec<String> = wire.chars().map(symbol).collect();
    spelt.join(" ")
}

/// What a symbol is called.
fn symbol(symbol: char) -> String {
    let name = match symbol {
        ' ' => "space",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' | ')' => "parenthesis",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' | ']' => "bracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' | '}' => "brace",
        '|' => "bar",
        '~' => "tilde",
        other => return format!("u{:04x}", u32::from(other)),
    };
    name.to_owned()
}

/// The identifier that a name of ours is, raw or not.
pub(crate) fn identifier(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Whether Rust takes `name` as an identifier.
fn is_identifier(name: &str) -> bool {
    // A keyword since the 2024 edition, of which syn does not know.
    name.is_ascii() && name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// `text` without line breaks, as a heading or a table needs it.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before the first full stop that ends a sentence.
pub(crate) fn first_sentence(text: &str) -> &str {
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

/// A title inside a sentence: `Call ended` is `call ended`, `SIP call` stays.
pub(crate) fn decapitalise(title: &str) -> String {
    let mut characters = title.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{free, module, pascal, snake};

    #[test]
    fn wire_names_become_what_a_person_would_write() {
        assert_eq!(pascal("queue.call.timed_out"), "QueueCallTimedOut");
        assert_eq!(pascal("no-answer"), "NoAnswer");
        assert_eq!(pascal("sip_inbound"), "SipInbound");
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("e911_provisioned"), "e911_provisioned");
        assert_eq!(snake("callId"), "call_id");
        assert_eq!(module("shared/call.json"), "shared_call");
        assert_eq!(module("call.end.json"), "call_end");
    }

    #[test]
    fn every_text_has_a_name() {
        let table = [
            ("", "Empty", "empty"),
            ("911", "N911", "n911"),
            ("2fa_enabled", "N2faEnabled", "n2fa_enabled"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("+", "Plus", "plus"),
            ("*/*", "StarSlashStar", "star_slash_star"),
            ("self", "Self", "self_"),
            ("_", "Underscore", "underscore"),
            ("gen", "Gen", "r#gen"),
            ("größe", "Grosse", "grosse"),
            ("Имя", "Imia", "imia"),
            ("\u{1}", "U0001", "u0001"),
        ];
        for (wire, ty, field) in table {
            assert_eq!((pascal(wire).as_str(), snake(wire).as_str()), (ty, field), "{wire:?}");
        }
        assert_eq!(module("type.json"), "type_");
        assert_eq!(module("std.json"), "std_");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let taken = |name: &str| ["foo_bar", "foo_bar_2", "r#type"].contains(&name);
        assert_eq!(free("foo_bar", "_", taken), "foo_bar_3");
        assert_eq!(free("r#type", "_", taken), "type_2");
        assert_eq!(free("other", "_", taken), "other");
    }
}
