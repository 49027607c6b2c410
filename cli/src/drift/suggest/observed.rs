//! What was seen of values, as a schema for them.

use std::collections::BTreeMap;

use crate::catalogue::{Json, Members, Vendor, escape, field_name, field_token};
use crate::drift::cut::is_cut;
use crate::drift::profile::{Kind, Profile};
use offhook_model::Draft;

const ABOUT_FIELD: &str = "Seen in traffic; the document does not have it.";
const ABOUT_EVENT: &str = "Seen in traffic; the document does not have this event.";

/// A schema for the values of the field at `pointer`.
pub(crate) fn value(profile: &Profile, pointer: &str) -> Json {
    let mut schema = Members::new();
    schema.insert("description".to_owned(), text(ABOUT_FIELD));
    shape(&mut schema, profile, pointer);
    schema.insert("x-source".to_owned(), text("observed"));
    Json::Object(schema)
}

/// Makes a schema for an undocumented event. Returns `None` if its payloads do not name it.
pub(crate) fn event(vendor: &Vendor, name: &str, profile: &Profile) -> Option<Json> {
    let discriminator = vendor.discriminator.as_deref()?;
    let mut schema = Members::new();
    schema.insert("$schema".to_owned(), text(Draft::Draft202012.uri()));
    schema.insert("title".to_owned(), text(name));
    schema.insert("description".to_owned(), text(ABOUT_EVENT));
    shape(&mut schema, profile, "");
    let known = vendor.envelope().map(|envelope| envelope.named("properties")).unwrap_or_default();
    if let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) {
        for (name, property) in properties.iter_mut() {
            let pointer = format!("/{}", field_token(name));
            let is_known = known.iter().any(|(own, _)| own == name);
            // An envelope's own object is for whatever an event holds.
            let holds_more = profile.kind(&pointer, Kind::Object) > 0;
            if let (true, false, Some(file)) = (is_known, holds_more, &vendor.envelope) {
                let target = format!("{file}#/properties/{}", escape(name));
                *property =
                    Json::Object([("$ref".to_owned(), text(&target))].into_iter().collect());
            }
        }
    }
    let tokens = discriminator.split('/').skip(1);
    let way = tokens.fold(String::new(), |way, token| way + "/properties/" + token);
    let mut schema = Json::Object(schema);
    let named = schema.pointer_mut(&way)?;
    let named_by = [("type", "string"), ("const", name), ("x-source", "observed")];
    let named_by = named_by.into_iter().map(|(keyword, value)| (keyword.to_owned(), text(value)));
    *named = Json::Object(named_by.collect());
    Some(schema)
}

/// Adds a type for each kind that was seen, so far as no other has it.
pub(crate) fn widen(types: &mut Json, kinds: &[Kind]) {
    let mut all = match &*types {
        Json::Array(own) => own.clone(),
        one => vec![one.clone()],
    };
    for kind in kinds {
        let has = |name: &str| all.contains(&text(name));
        let name = name(*kind);
        if !has(name) && (name != "integer" || !has("number")) {
            all.push(text(name));
        }
    }
    *types = Json::Array(all);
}

/// The keywords that describe the values at `pointer`.
fn shape(schema: &mut Members, profile: &Profile, pointer: &str) {
    let root = [(Kind::Object, profile.payloads())].into();
    let kinds: &BTreeMap<Kind, usize> = match profile.fields.get(pointer) {
        Some(traffic) => &traffic.kinds,
        None => &root,
    };
    let has = |kind| kinds.contains_key(&kind);
    let mut types: Vec<&str> = kinds.keys().map(|kind| name(*kind)).collect();
    if has(Kind::Number) {
        types.retain(|name| *name != "integer");
    }
    types.dedup();
    schema.insert(
        "type".to_owned(),
        match types[..] {
            [one] => text(one),
            _ => Json::Array(types.into_iter().map(text).collect()),
        },
    );
    if has(Kind::DateTime) && !has(Kind::String) {
        schema.insert("format".to_owned(), text("date-time"));
    }
    if has(Kind::Object) {
        members(schema, profile, pointer);
    }
    if has(Kind::Array) {
        let items = format!("{pointer}/*");
        if profile.fields.contains_key(&items) {
            let mut of_items = Members::new();
            shape(&mut of_items, profile, &items);
            schema.insert("items".to_owned(), Json::Object(of_items));
        }
    }
}

/// The members of the objects at `pointer`, and which of them are always there.
fn members(schema: &mut Members, profile: &Profile, pointer: &str) {
    let mut properties = Members::new();
    let mut required = Vec::new();
    let below = format!("{pointer}/");
    for (field, traffic) in profile.fields.range(below.clone()..) {
        let Some(name) = field.strip_prefix(&below) else {
            break;
        };
        if name.contains('/') || name == "*" || is_cut(name) {
            continue;
        }
        let name = field_name(name);
        if traffic.seen.count == profile.chances(field) {
            required.push(text(&name));
        }
        properties.insert(name.into_owned(), value(profile, field));
    }
    schema.insert("properties".to_owned(), Json::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), Json::Array(required));
    }
}

/// The JSON type of a kind.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::DateTime => "string",
        other => other.as_str(),
    }
}

fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}
