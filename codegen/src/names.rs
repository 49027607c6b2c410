//! Wire names into Rust names: mechanically, and the same way everywhere.

use heck::{ToPascalCase, ToSnakeCase};

/// Type names that generated code uses, its own and the prelude's.
pub(crate) const RESERVED: [&str; 44] = [
    "A",
    "AsRef",
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

/// Crates that generated code names: a module of this name would hide them.
const CRATES: [&str; 6] = ["alloc", "core", "offhook", "serde", "serde_json", "std"];

/// The name of a type or variant: `call.end` is `CallEnd`, `no-answer` is `NoAnswer`.
///
/// `None` if nothing is left that Rust could call a type.
pub(crate) fn pascal(wire: &str) -> Option<String> {
    let name = wire.to_pascal_case();
    identifier(&name).then_some(name)
}

/// The name of a field: `call_id` stays, `type` is `r#type`, `X-Mode` is `x_mode`.
///
/// `None` if nothing is left that Rust could call a field.
pub(crate) fn snake(wire: &str) -> Option<String> {
    let name = wire.to_snake_case();
    if identifier(&name) {
        return Some(name);
    }
    let raw = format!("r#{name}");
    identifier(&raw).then_some(raw)
}

/// The name of a module and its file: `shared/call.json` is `shared_call`.
pub(crate) fn module(file: &str) -> Option<String> {
    let name = file.strip_suffix(".json").unwrap_or(file).to_snake_case();
    (identifier(&name) && !CRATES.contains(&name.as_str())).then_some(name)
}

/// Whether `name` is written as Rust writes its types: `CallEnd`, `SIPCall`.
pub(crate) fn is_type(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && identifier(name)
}

/// Whether Rust takes `name` as an identifier, in any file and however it is composed.
fn identifier(name: &str) -> bool {
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
    use super::{module, pascal, snake};

    #[test]
    fn wire_names_become_what_a_person_would_write() {
        assert_eq!(pascal("queue.call.timed_out").as_deref(), Some("QueueCallTimedOut"));
        assert_eq!(pascal("no-answer").as_deref(), Some("NoAnswer"));
        assert_eq!(pascal("sip_inbound").as_deref(), Some("SipInbound"));
        assert_eq!(snake("type").as_deref(), Some("r#type"));
        assert_eq!(snake("e911_provisioned").as_deref(), Some("e911_provisioned"));
        assert_eq!(snake("callId").as_deref(), Some("call_id"));
        assert_eq!(module("shared/call.json").as_deref(), Some("shared_call"));
        assert_eq!(module("call.end.json").as_deref(), Some("call_end"));
    }

    #[test]
    fn what_is_no_name_is_none() {
        assert_eq!(pascal(""), None);
        assert_eq!(pascal("911"), None);
        assert_eq!(snake("--"), None);
        assert_eq!(snake("self"), None);
    }
}
