//! Resolves every `$ref`, so that later stages see one document per vendor and open no file.
//!
//! A dangling reference fails here, with its path and pointer; typify would only panic.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::GenError;
use crate::json::escape;
use crate::load::{Manifest, Sources};

/// A vendor's schemas, all of whose references are known to lead somewhere.
pub(crate) struct Bundle {
    sources: Sources,
    /// The vendor's event schemas, by file, in name order.
    pub(crate) events: Vec<String>,
    /// Schemas in `shared/`, by file, in name order.
    pub(crate) shared: Vec<String>,
}

/// A place in a vendor's schemas.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The path inside the vendor's folder.
    pub(crate) file: String,
    /// A JSON Pointer into it.
    pub(crate) pointer: String,
}

impl Place {
    pub(crate) fn new(file: &str, pointer: &str) -> Self {
        Self { file: file.to_owned(), pointer: pointer.to_owned() }
    }

    /// The place of a member of this one.
    pub(crate) fn member(&self, name: &str) -> Self {
        Self { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape(name)) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
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
    for (file, schema) in bundle.schemas() {
        let mut places = vec![(Place::new(file, ""), schema)];
        while let Some((place, value)) = places.pop() {
            if value.get("$ref").is_some() && !place.pointer.ends_with("/properties") {
                check_reference(&bundle, &place)?;
            }
            match value {
                Value::Object(members) => {
                    let members = members.iter().filter(|(name, _)| !holds_data(name));
                    places.extend(members.map(|(name, value)| (place.member(name), value)));
                }
                Value::Array(elements) => places.extend(
                    elements
                        .iter()
                        .enumerate()
                        .map(|(i, value)| (place.member(&i.to_string()), value)),
                ),
                _ => {}
            }
        }
    }
    if let Some(envelope) = &bundle.sources.manifest.envelope
        && !bundle.sources.schemas.contains_key(envelope)
    {
        return Err(GenError::at(
            &bundle.path("vendor.json"),
            "/envelope",
            format!("want a schema of this vendor, got {envelope:?}, which does not exist"),
        ));
    }
    Ok(bundle)
}

/// Whether a keyword's value is data, in which nothing is a schema.
fn holds_data(keyword: &str) -> bool {
    matches!(keyword, "const" | "enum" | "default" | "examples" | "x-enum-descriptions")
}

fn check_reference(bundle: &Bundle, start: &Place) -> Result<(), GenError> {
    let mut seen = BTreeSet::new();
    let mut place = start.clone();
    while let Some(reference) = bundle.get(&place).get("$ref") {
        let at = place.member("$ref");
        let Some(reference) = reference.as_str() else {
            return Err(bundle.error(&at, "want a string, the reference"));
        };
        if reference.contains("://") {
            return Err(bundle.error(
                &at,
                format!("{reference:?} is a remote reference, and only files of this vendor can be referred to"),
            ));
        }
        if !seen.insert(place.clone()) {
            return Err(bundle.error(&at, "this reference leads back to itself"));
        }
        let target = resolve(&place.file, reference);
        if bundle.find(&target).is_none() {
            return Err(
                bundle.error(&at, format!("{reference:?} leads nowhere: there is no {target}"))
            );
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
