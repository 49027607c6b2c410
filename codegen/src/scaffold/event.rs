//! A manifest and an envelope into the schema that an event begins with.

use offhook_model::location::tokens;
use offhook_model::{Draft, Json, Location, Object, reference};

use super::{object, words};

/// A part of the envelope that describes one object.
#[derive(Clone, Copy)]
struct Part<'e> {
    /// The file of the schema that refers to the envelope.
    file: &'e str,
    /// Where the part stands.
    location: &'e Location,
    schema: &'e Json,
}

impl<'e> Part<'e> {
    /// Where the schema of a member stands.
    fn member(self, name: &str) -> Location {
        self.location.child("properties").child(name)
    }

    fn text(self, keyword: &str) -> Option<&'e str> {
        self.schema[keyword].as_str()
    }
}

/// Returns the schema of the event `name`, as the vendor's `manifest` and its `envelope` ask for it.
pub(super) fn schema(name: &str, manifest: &Json, envelope: &Json) -> Json {
    let discriminator = manifest["discriminator"].as_str().unwrap_or_default();
    let path: Vec<String> = tokens(discriminator).map(String::from).collect();
    let location = Location::root(manifest["envelope"].as_str().unwrap_or_default());
    let part = Part { file: &format!("{name}.json"), location: &location, schema: envelope };
    let mut properties = properties(name, &path, part);
    if properties.is_empty() {
        let todo = object([
            ("description", "TODO: the member that belongs here in the place of this one.".into()),
            ("type", "string".into()),
            ("x-source", "table".into()),
        ]);
        properties.insert("todo".to_owned(), todo);
    }
    let mut schema = object([
        ("$schema", Draft::Draft202012.uri().into()),
        ("title", format!("TODO: {}", words(name)).into()),
        ("description", "TODO: what happened, and when the vendor says so.".into()),
        ("type", "object".into()),
    ]);
    add_members(&mut schema, properties, &path, part);
    schema
}

/// What is known of an object: the envelope's members, and the one on the way to the event's name.
fn properties(name: &str, path: &[String], part: Part<'_>) -> Object {
    let on_the_way = path.split_first().map(|(first, rest)| {
        let schema = &part.schema["properties"][first.as_str()];
        let location = part.member(first);
        (first, discriminator(name, rest, Part { location: &location, schema, ..part }))
    });
    let mut properties = Object::new();
    let members = part.schema["properties"].as_object();
    if let Some((first, schema)) = &on_the_way
        && members.is_none_or(|members| !members.contains_key(*first))
    {
        properties.insert((*first).clone(), schema.clone());
    }
    for (member, schema) in members.into_iter().flatten() {
        let property = match &on_the_way {
            Some((first, discriminator)) if *first == member => discriminator.clone(),
            _ if is_slot(schema) => slot(schema),
            _ => object([("$ref", reference(part.file, &part.member(member)).into())]),
        };
        properties.insert(member.clone(), property);
    }
    properties
}

/// The member that names the event, or the object that `path` leads through to it.
fn discriminator(name: &str, path: &[String], part: Part<'_>) -> Json {
    let source = part.text("x-source").unwrap_or("table");
    if path.is_empty() {
        return object([
            ("description", format!("Wire name of the event: always `{name}`.").into()),
            ("type", "string".into()),
            ("const", name.into()),
            ("x-source", source.into()),
        ]);
    }
    let description = part.text("description").unwrap_or("TODO: what this object holds.");
    let mut schema = object([("description", description.into()), ("type", "object".into())]);
    add_members(&mut schema, properties(name, path, part), path, part);
    add(&mut schema, "x-source", source.into());
    schema
}

/// Adds `properties`, and which are required: those of the envelope, and the one on the `path`.
fn add_members(schema: &mut Json, properties: Object, path: &[String], part: Part<'_>) {
    let listed = part.schema["required"].as_array().unwrap_or_default();
    let is_required = |name: &&String| {
        path.first() == Some(*name) || listed.iter().any(|listed| *listed == name.as_str())
    };
    let required: Vec<Json> =
        properties.keys().filter(is_required).map(|name| name.as_str().into()).collect();
    add(schema, "properties", properties.into());
    if !required.is_empty() {
        add(schema, "required", required.into());
    }
}

fn add(schema: &mut Json, keyword: &str, value: Json) {
    if let Some(members) = schema.as_object_mut() {
        members.insert(keyword.to_owned(), value);
    }
}

/// Whether an envelope's member is the place of what each event has of its own.
fn is_slot(schema: &Json) -> bool {
    schema["type"] == *"object" && schema.get("properties").is_none()
}

/// An object whose members are still to be written. Until then, `Debug` shows nothing of it.
fn slot(schema: &Json) -> Json {
    object([
        ("description", "TODO: what happened; its members are to be listed.".into()),
        ("type", "object".into()),
        ("additionalProperties", true.into()),
        ("x-source", schema.get("x-source").cloned().unwrap_or_else(|| "table".into())),
        ("x-sensitive", true.into()),
    ])
}
