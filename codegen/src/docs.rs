//! Annotations into documentation, and what else they say of a property.

use serde_json::Value;

use crate::bundle::Bundle;
use crate::place::Place;

/// How many arrays and maps, one in the other, are looked into for what is sensitive.
const DEEPEST: usize = 8;

/// A type's paragraphs.
pub(crate) fn definition(bundle: &Bundle, place: &Place) -> Vec<String> {
    let document = &bundle.manifest().document;
    let text = summary(bundle, place);
    let mut docs: Vec<String> = if text.is_empty() { Vec::new() } else { vec![text] };
    let event = bundle.events.contains(&place.file) && place.pointer.is_empty();
    docs.push(if event {
        let name = bundle.event_name(&place.file);
        format!("Source: {}, `{name}`, read {}.", document.name, document.read)
    } else {
        format!("Source: {}, read {}.", document.name, document.read)
    });
    docs.iter().map(|text| printable(text)).collect()
}

/// What the schema at `place` says that it is about.
pub(crate) fn summary(bundle: &Bundle, place: &Place) -> String {
    let text = annotation(bundle, place, "description").or(annotation(bundle, place, "title"));
    text.unwrap_or_default()
}

/// A field's paragraph: what it means, and how it is known.
pub(crate) fn field(bundle: &Bundle, at: &Place) -> Vec<String> {
    let description = annotation(bundle, at, "description");
    let provenance = annotation(bundle, at, "x-source").and_then(|source| provenance(&source));
    let docs: Vec<&str> = description.as_deref().into_iter().chain(provenance).collect();
    if docs.is_empty() { Vec::new() } else { vec![printable(&docs.join(" "))] }
}

/// Text as Rust's comments can hold it: neither control characters nor such as turn the direction
/// of writing.
pub(crate) fn printable(text: &str) -> String {
    let unprintable = |found: char| {
        found.is_control() && !found.is_whitespace()
            || matches!(found, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let shown = |found: char| {
        if unprintable(found) { found.escape_unicode().to_string() } else { found.to_string() }
    };
    // Nor code blocks: they would be tests.
    text.replace("```", "`").chars().map(shown).collect()
}

/// Whether `Debug` must not show the value: an array is as sensitive as its elements, a map as its
/// members.
pub(crate) fn sensitive(bundle: &Bundle, at: &Place) -> bool {
    let mut at = at.clone();
    for _ in 0..DEEPEST {
        if let Some(sensitive) = annotation_value(bundle, &at, "x-sensitive") {
            return *sensitive == Value::Bool(true);
        }
        while let Some(target) = bundle.target(&at) {
            at = target;
        }
        let inner = ["items", "additionalProperties"];
        match inner.iter().find(|keyword| bundle.get(&at).get(**keyword).is_some()) {
            Some(keyword) => at = at.member(keyword),
            None => return false,
        }
    }
    false
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
