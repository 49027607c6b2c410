//! Annotations into documentation, and what else they say of a property.

use serde_json::Value;

use crate::bundle::Bundle;
use crate::check::wire_name;
use crate::place::Place;

/// A type's paragraphs.
pub(crate) fn definition(bundle: &Bundle, place: &Place, schema: &Value) -> Vec<String> {
    let document = &bundle.manifest().document;
    let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
    let mut docs: Vec<String> =
        text("description").or(text("title")).map(str::to_owned).into_iter().collect();
    let event = bundle.events.contains(&place.file) && place.pointer.is_empty();
    docs.push(if event {
        format!("Source: {}, `{}`, read {}.", document.name, wire_name(&place.file), document.read)
    } else {
        format!("Source: {}, read {}.", document.name, document.read)
    });
    docs
}

/// A field's paragraph: what it means, and how it is known.
pub(crate) fn field(bundle: &Bundle, at: &Place) -> Vec<String> {
    let description = annotation(bundle, at, "description");
    let provenance = annotation(bundle, at, "x-source").and_then(|source| provenance(&source));
    let docs: Vec<&str> = description.as_deref().into_iter().chain(provenance).collect();
    if docs.is_empty() { Vec::new() } else { vec![docs.join(" ")] }
}

/// Whether `Debug` must not show the value: an array is as sensitive as its elements.
pub(crate) fn sensitive(bundle: &Bundle, at: &Place) -> bool {
    if let Some(sensitive) = annotation_value(bundle, at, "x-sensitive") {
        return *sensitive == Value::Bool(true);
    }
    let array = bundle.follow(at);
    bundle.get(&array).get("items").is_some() && sensitive(bundle, &array.member("items"))
}

/// An annotation of the schema at `place`, or else of what it refers to.
fn annotation_value<'b>(bundle: &'b Bundle, place: &Place, keyword: &str) -> Option<&'b Value> {
    let mut place = place.clone();
    loop {
        if let Some(value) = bundle.get(&place).get(keyword) {
            return Some(value);
        }
        place = bundle.target(&place)?;
    }
}

fn annotation(bundle: &Bundle, place: &Place, keyword: &str) -> Option<String> {
    annotation_value(bundle, place, keyword)?.as_str().map(str::to_owned)
}

/// What a reader should know of a field that no table documents.
fn provenance(source: &str) -> Option<&'static str> {
    Some(match source {
        "prose" => "*Documented in running text.*",
        "example" => "*Documented by an example only.*",
        "vendor-code" => "*Documented by the vendor's public code only.*",
        "name" => "*Documented by its name only; the type follows the document's convention.*",
        _ => return None,
    })
}
