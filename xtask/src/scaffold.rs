//! The JSON that a new vendor and a new event begin with.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// A manifest that is true as far as it goes.
pub(crate) fn manifest(vendor: &str, today: Date) -> Value {
    json!({
        "title": capitalise(&words(vendor)),
        "document": { "name": "TODO: the document's name", "read": today.to_string() },
        "discriminator": "/type",
        "id": null,
        "envelope": null,
        "order": "document",
        "signature": null,
    })
}

/// The part of an envelope that describes one object.
#[derive(Clone, Copy)]
struct Known<'e> {
    /// The reference that leads to `schema`.
    reference: &'e str,
    schema: &'e Value,
}

/// An event's schema, as the vendor's `manifest` and the envelope that it names ask for.
pub(crate) fn event(name: &str, manifest: &Value, envelope: &Value) -> Value {
    let discriminator = manifest["discriminator"].as_str().unwrap_or_default();
    let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
    let path: Vec<String> = discriminator.split('/').skip(1).map(unescape).collect();
    let reference = format!("{}#", manifest["envelope"].as_str().unwrap_or_default());
    let known = Known { reference: &reference, schema: envelope };
    let mut properties = properties(name, &path, known);
    if properties.is_empty() {
        let description = "TODO: the member that belongs here in the place of this one.";
        let member = json!({ "description": description, "type": "string", "x-source": "table" });
        properties.insert("todo".to_owned(), member);
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("TODO: {}", words(name)),
        "description": "TODO: what happened, and when the vendor says so.",
        "type": "object",
    });
    add_members(&mut schema, properties, &path, known);
    schema
}

/// What is known of an object: the envelope's members, and the one on the way to the event's name.
fn properties(name: &str, path: &[String], known: Known<'_>) -> Map<String, Value> {
    let mut properties = Map::new();
    if let Some((first, rest)) = path.split_first() {
        let schema = &known.schema["properties"][first];
        let reference = member_of(known, first);
        let known = Known { reference: &reference, schema };
        properties.insert(first.clone(), discriminator(name, rest, known));
    }
    for (member, schema) in known.schema["properties"].as_object().into_iter().flatten() {
        let property = match properties.remove(member) {
            Some(discriminator) => discriminator,
            None if is_slot(schema) => slot(schema),
            None => json!({ "$ref": member_of(known, member) }),
        };
        properties.insert(member.clone(), property);
    }
    properties
}

/// The member that names the event, or the object that `path` leads through to it.
fn discriminator(name: &str, path: &[String], known: Known<'_>) -> Value {
    let text =
        |keyword: &str, other: &str| known.schema[keyword].as_str().unwrap_or(other).to_owned();
    let source = text("x-source", "table");
    if path.is_empty() {
        return json!({
            "description": format!("Wire name of the event: always `{name}`."),
            "type": "string",
            "const": name,
            "x-source": source,
        });
    }
    let mut object = json!({
        "description": text("description", "TODO: what this object holds."),
        "type": "object",
    });
    add_members(&mut object, properties(name, path, known), path, known);
    object["x-source"] = source.into();
    object
}

/// Adds `properties`, and says which are required: as in the envelope, and those at `path`.
fn add_members(
    schema: &mut Value,
    properties: Map<String, Value>,
    path: &[String],
    known: Known<'_>,
) {
    let listed = known.schema["required"].as_array();
    let required: Vec<Value> = properties
        .keys()
        .filter(|name| {
            path.first() == Some(name)
                || listed.is_some_and(|listed| listed.iter().any(|listed| listed == *name))
        })
        .map(|name| name.as_str().into())
        .collect();
    schema["properties"] = properties.into();
    if !required.is_empty() {
        schema["required"] = required.into();
    }
}

/// Whether an envelope's member is the place of what each event has of its own.
fn is_slot(schema: &Value) -> bool {
    schema["type"] == "object" && schema.get("properties").is_none()
}

/// An object whose members are still to be written, and nothing of which `Debug` shows before.
fn slot(schema: &Value) -> Value {
    json!({
        "description": "TODO: what happened; its members are to be listed.",
        "type": "object",
        "additionalProperties": true,
        "x-source": schema.get("x-source").cloned().unwrap_or_else(|| "table".into()),
        "x-sensitive": true,
    })
}

/// The reference to a member: a JSON Pointer, percent-encoded as a URI's fragment must be.
fn member_of(known: Known<'_>, member: &str) -> String {
    let token = member.replace('~', "~0").replace('/', "~1");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
    let encoded: String = token
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).into() } else { format!("%{byte:02X}") })
        .collect();
    format!("{}/properties/{encoded}", known.reference)
}

/// `queue.call_ended` as a person would write it: `queue call ended`.
fn words(name: &str) -> String {
    name.split(['.', '_', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn capitalise(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}
