//! Annotations into documentation, and what else they say of a property.

use std::collections::BTreeSet;

use crate::GenError;
use crate::doc_comment::{Paragraph, paragraphs};
use crate::names;
use crate::whole::Whole;
use offhook_model::{Document, Draft, Fault, Json, Location, MANIFEST, SchemaSet, keyword};

/// The document that the types are documented with.
pub(crate) fn document(set: &SchemaSet) -> Result<&Document, GenError> {
    set.document().ok_or_else(|| {
        let message = format!("expected a folder with a {MANIFEST}, which names the document");
        Fault::of_file(set.source(), message).into()
    })
}

/// A type's paragraphs.
pub(crate) fn definition(set: &SchemaSet, place: &Location) -> Vec<Paragraph> {
    let mut docs = paragraphs(&summary(set, place));
    let Some(document) = set.document() else { return docs };
    let source = Paragraph::new("Source: ").prose(&document.name);
    let event = set.is_payload(&place.file) && place.pointer.is_empty();
    let source = if event { source.text(", ").code(set.payload_name(&place.file)) } else { source };
    docs.push(source.text(", read ").prose(&document.read).text("."));
    docs
}

/// What the schema at `place` says that it is about.
pub(crate) fn summary(set: &SchemaSet, place: &Location) -> String {
    let text = annotation(set, place, "description").or(annotation(set, place, "title"));
    text.unwrap_or_default()
}

/// A field's paragraphs: what it means, and how it is known.
pub(crate) fn field(set: &SchemaSet, wholes: &[Whole], wire: &str, name: &str) -> Vec<Paragraph> {
    let at = wholes.iter().find_map(Whole::about);
    let text = at.map(|at| summary(set, at)).unwrap_or_default();
    let source = at.and_then(|at| annotation(set, at, "x-source"));
    // The Rust name does not tell what a number or a name of one's own stands for.
    let spelling = (names::snake(wire) != name)
        .then(|| Paragraph::default().code(wire).text(" in the payload."));
    let provenance = source.and_then(|source| provenance(&source)).map(Paragraph::new);
    let mut docs = paragraphs(&text);
    for note in provenance.into_iter().chain(spelling) {
        match docs.pop() {
            Some(last) => docs.push(last.text(" ").with(&note)),
            None => docs.push(note),
        }
    }
    docs
}

/// Whether `Debug` must not show a value that one of `wholes` holds of.
pub(crate) fn sensitive(set: &SchemaSet, wholes: &[Whole]) -> bool {
    let mut seen = BTreeSet::new();
    let mut places = wholes.iter().filter_map(Whole::about);
    places.any(|place| is_sensitive(set, place, &mut seen))
        || wholes.iter().any(|whole| {
            let mut others = whole.places.iter().skip(1);
            // What a reference leads to has been asked, and may be overruled.
            whole.head(set).is_none()
                && others.any(|place| is_sensitive(set, place, &mut BTreeSet::new()))
        })
}

/// The nearest schema that says so decides; else a value is as sensitive as what is in it, members
/// with a field of their own aside.
fn is_sensitive(set: &SchemaSet, place: &Location, seen: &mut BTreeSet<Location>) -> bool {
    if !seen.insert(place.clone()) {
        return false;
    }
    let schema = set.at(place);
    if let Some(sensitive) = schema.get("x-sensitive") {
        return *sensitive == Json::Bool(true);
    }
    let inner = keyword::subschemas(Draft::Draft202012, place, schema);
    let parts = inner.into_iter().map(|(part, _)| part).filter(|part| {
        let keyword = part.pointer[place.pointer.len()..].split('/').nth(1).unwrap_or_default();
        !matches!(keyword, "properties" | "$defs" | "definitions" | "not" | "x-advice")
    });
    let parts: Vec<Location> = parts.chain(set.target(place)).collect();
    parts.iter().any(|part| is_sensitive(set, part, seen))
}

/// An annotation of the schema at `place`, or else of what it refers to.
fn annotation_value<'b>(set: &'b SchemaSet, place: &Location, keyword: &str) -> Option<&'b Json> {
    let mut place = place.clone();
    loop {
        if let Some(value) = set.at(&place).get(keyword) {
            return Some(value);
        }
        place = set.target(&place)?;
    }
}

fn annotation(set: &SchemaSet, place: &Location, keyword: &str) -> Option<String> {
    annotation_value(set, place, keyword)?.as_str().map(str::to_owned)
}

/// What a reader should know of a field that no table documents.
fn provenance(source: &str) -> Option<&'static str> {
    Some(match source {
        "prose" => "*Documented in running text.*",
        "example" => "*Documented by an example only.*",
        "vendor-code" => "*Documented by the vendor's public code only.*",
        "name" => "*Documented by its name only; the type follows the document's convention.*",
        "observed" => "*Not documented, but seen in traffic.*",
        _ => return None,
    })
}
