//! Resolves every `$ref`, so that later stages see one document per vendor and open no file.
//!
//! A dangling reference fails here, with its path and pointer; typify would only panic.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::GenError;
use crate::explain::shown;
use crate::keyword;
use crate::load::Sources;
use crate::manifest::Manifest;
use crate::place::Place;

/// A vendor's schemas, all of whose references are known to lead somewhere.
pub(crate) struct Bundle {
    sources: Sources,
    /// The vendor's event schemas, by file, in name order.
    pub(crate) events: Vec<String>,
    /// Schemas in `shared/`, by file, in name order.
    pub(crate) shared: Vec<String>,
}

impl Bundle {
    pub(crate) fn name(&self) -> &str {
        &self.sources.name
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        &self.sources.manifest
    }

    pub(crate) fn examples(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.sources.examples.iter().map(|(file, value)| (file.as_str(), value))
    }

    /// Every schema file with its content, in name order.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.sources.schemas.iter().map(|(file, schema)| (file.as_str(), schema))
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.sources.path(file)
    }

    /// The schema at `place`, which an earlier stage has seen.
    pub(crate) fn get(&self, place: &Place) -> &Value {
        self.find(place).unwrap_or(&Value::Null)
    }

    fn find(&self, place: &Place) -> Option<&Value> {
        self.sources.schemas.get(&place.file)?.pointer(&place.pointer)
    }

    pub(crate) fn error(&self, place: &Place, message: impl Into<String>) -> GenError {
        GenError::at(&self.sources.path(&place.file), &place.pointer, message)
    }

    /// Where the `$ref` of the schema at `place` leads, if it has one.
    pub(crate) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.get(place).get("$ref")?.as_str()?;
        Some(resolve(&place.file, reference))
    }

    /// The end of the chain of references that begins at `place`: `place` itself without a `$ref`.
    pub(crate) fn follow(&self, place: &Place) -> Place {
        let mut place = place.clone();
        while let Some(target) = self.target(&place) {
            place = target;
        }
        place
    }

    /// The path of members to the string that names an event.
    pub(crate) fn discriminator(&self) -> Option<Vec<String>> {
        let pointer = self.sources.manifest.discriminator.as_deref()?;
        let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
        Some(pointer.split('/').skip(1).map(unescape).collect())
    }

    /// The vendor's schemas in one document: the text of the generated `SCHEMA`.
    ///
    /// The manifest's members come first, then a line a schema, so that a difference between two
    /// versions is a line too.
    pub(crate) fn text(&self, types: &Map<String, Value>) -> String {
        let mut head = json!({ "vendor": self.name() });
        if let (Some(head), Some(manifest)) =
            (head.as_object_mut(), self.sources.manifest_json.as_object())
        {
            head.extend(manifest.clone());
            head.insert("types".to_owned(), types.clone().into());
        }
        let mut text = head.to_string();
        text.pop();
        text.push_str(",\"schemas\":{");
        let schemas: Vec<String> = self
            .schemas()
            .map(|(file, schema)| format!("\n{}:{schema}", Value::from(file)))
            .collect();
        text.push_str(&schemas.join(","));
        text.push_str("\n}}\n");
        text
    }
}

/// Sorts a vendor's schemas and follows every reference once.
pub(crate) fn resolve_references(sources: Sources) -> Result<Bundle, GenError> {
    let (shared, events) =
        sources.schemas.keys().cloned().partition(|file| file.starts_with("shared/"));
    let bundle = Bundle { sources, events, shared };
    if bundle.events.is_empty() {
        let message = "want the schema of at least one event beside this file, got none";
        return Err(GenError::at(&bundle.path("vendor.json"), "", message));
    }
    let schemas = schemas(&bundle);
    for place in &schemas {
        check_reference(&bundle, &schemas, place)?;
    }
    if let Some(envelope) = &bundle.sources.manifest.envelope
        && !bundle.shared.contains(envelope)
    {
        return Err(GenError::at(
            &bundle.path("vendor.json"),
            "/envelope",
            format!("want the path of a schema in shared/, got {envelope:?}"),
        ));
    }
    Ok(bundle)
}

/// Where a schema stands, in whatever file and however deep.
fn schemas(bundle: &Bundle) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    let mut open: Vec<_> =
        bundle.schemas().map(|(file, schema)| (Place::new(file, ""), schema)).collect();
    while let Some((place, schema)) = open.pop() {
        open.extend(keyword::subschemas(&place, schema));
        found.insert(place);
    }
    found
}

/// Follows the reference at `start`, if there is one, to its end.
fn check_reference(
    bundle: &Bundle,
    schemas: &BTreeSet<Place>,
    start: &Place,
) -> Result<(), GenError> {
    let mut seen = BTreeSet::new();
    let mut place = start.clone();
    while let Some(reference) = bundle.get(&place).get("$ref") {
        let at = place.member("$ref");
        let fails = |message: String| Err(bundle.error(&at, message));
        let Some(reference) = reference.as_str() else {
            return fails(format!("want a string, got {}", shown(reference)));
        };
        if reference.contains("://") {
            return fails(format!(
                "want a file of this vendor, got the remote reference {reference:?}"
            ));
        }
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"%<>\\^`{|}".contains(&byte);
        if !reference.bytes().all(plain) {
            return fails(format!(
                "want a reference that needs no percent-encoding, got {reference:?}: rename what it leads to"
            ));
        }
        if !seen.insert(place.clone()) {
            return fails(format!(
                "want a reference to a schema, got {reference:?}, which leads back here"
            ));
        }
        let target = resolve(&place.file, reference);
        if !schemas.contains(&target) {
            let found = if bundle.find(&target).is_some() { "no schema" } else { "nothing" };
            return fails(format!(
                "want a reference to a schema, got {reference:?}: there is {found} at {target}"
            ));
        }
        place = target;
    }
    Ok(())
}

/// `reference` as seen from `file`.
fn resolve(file: &str, reference: &str) -> Place {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return Place::new(file, pointer);
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Place::new(&parts.join("/"), pointer)
}
