//! A vendor's schemas in one piece: what every later stage reads, and what `SCHEMA` holds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::GenError;
use crate::canonical::Canonical;
use crate::load::{File, Sources};
use crate::manifest::Manifest;
use crate::names::stem;
use crate::place::Place;

/// A vendor's canonical schemas, all of whose references are known to lead somewhere.
pub(crate) struct Bundle {
    sources: Sources,
    canonical: Canonical,
    /// The vendor's event schemas, by file, in name order.
    pub(crate) events: Vec<String>,
    /// Schemas in `shared/`, by file, in name order.
    pub(crate) shared: Vec<String>,
}

/// One of the vendor's example payloads.
pub(crate) struct Example<'b> {
    /// Its path inside the vendor's folder.
    pub(crate) file: &'b str,
    /// Its path inside `examples/`, without `.json`.
    pub(crate) name: &'b str,
    /// The schema file of its event; none if there is no such event.
    pub(crate) event: Option<&'b str>,
    pub(crate) content: &'b File,
}

impl Bundle {
    /// Sorts a vendor's schemas into events and what they share.
    pub(crate) fn new(sources: Sources, canonical: Canonical) -> Result<Self, GenError> {
        let (shared, events) =
            canonical.schemas.keys().cloned().partition(|file| file.starts_with("shared/"));
        let bundle = Self { sources, canonical, events, shared };
        let manifest = bundle.path("vendor.json");
        if bundle.events.is_empty() {
            let message = "want the schema of at least one event beside this file, got none";
            return Err(GenError::at(&manifest, "", message));
        }
        match &bundle.manifest().envelope {
            Some(envelope) if !bundle.shared.contains(envelope) => Err(GenError::at(
                &manifest,
                "/envelope",
                format!("want the path of a schema in shared/, got {envelope:?}"),
            )),
            _ => bundle.refuse_twins().map(|()| bundle),
        }
    }

    /// No two files are schemas of one event.
    fn refuse_twins(&self) -> Result<(), GenError> {
        let mut seen = BTreeMap::new();
        for file in &self.events {
            let name = self.event_name(file);
            if let Some(other) = seen.insert(name, file) {
                return Err(self.error(
                    &Place::new(file, ""),
                    format!("want one schema for {name:?}, got another one: {other}"),
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn name(&self) -> &str {
        &self.sources.name
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        &self.sources.manifest
    }

    /// The vendor's example payloads, in name order.
    pub(crate) fn examples(&self) -> Vec<Example<'_>> {
        let files = self.sources.examples.iter();
        let mut examples: Vec<_> = files
            .map(|(file, content)| {
                let name = stem(file.strip_prefix("examples/").unwrap_or(file));
                Example { file, name, event: self.event_of(name), content }
            })
            .collect();
        examples.sort_by_key(|example| example.name);
        examples
    }

    /// The schema file of the event that an example of this name is of: `<event>[.<variant>]`.
    fn event_of(&self, example: &str) -> Option<&str> {
        let example = self.event_name(example);
        let is_of = |file: &&String| {
            let rest = example.strip_prefix(self.event_name(file));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let events = self.events.iter().filter(is_of);
        events.max_by_key(|file| self.event_name(file).len()).map(String::as_str)
    }

    /// Every schema file with its content, in name order.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.canonical.schemas.iter().map(|(file, schema)| (file.as_str(), schema))
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.sources.path(file)
    }

    /// What the event is called whose schema is `file`: its wire name, or where payloads do not
    /// name their event, the file's path without `.json` or `.schema.json`.
    pub(crate) fn event_name<'f>(&self, file: &'f str) -> &'f str {
        let path = stem(file);
        match self.manifest().discriminator {
            Some(_) => path.rsplit('/').next().unwrap_or(path),
            None => path,
        }
    }

    /// The schema at `place`, which an earlier stage has seen.
    pub(crate) fn get(&self, place: &Place) -> &Value {
        let schema = self.canonical.schemas.get(&place.file);
        schema.and_then(|schema| schema.pointer(&place.pointer)).unwrap_or(&Value::Null)
    }

    /// An error about what stands at `place`; it names the place in the file as it is on disk.
    pub(crate) fn error(&self, place: &Place, message: impl Into<String>) -> GenError {
        let mut schema = place.pointer.as_str();
        let (mut file, mut pointer) = (place.file.as_str(), place.pointer.clone());
        loop {
            if let Some(source) = self.canonical.moved.get(&Place::new(&place.file, schema)) {
                file = &source.file;
                pointer = format!("{}{}", source.pointer, &place.pointer[schema.len()..]);
                break;
            }
            match schema.rfind('/') {
                Some(end) => schema = &schema[..end],
                None => break,
            }
        }
        GenError::at(&self.sources.path(file), &pointer, message)
    }

    /// Where the `$ref` of the schema at `place` leads, if it has one.
    pub(crate) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.get(place).get("$ref")?.as_str()?;
        Some(Place::referred(&place.file, reference))
    }

    /// The path of members to the string that names an event.
    pub(crate) fn discriminator(&self) -> Option<Vec<String>> {
        self.manifest().discriminator.as_deref().map(members)
    }

    /// The path of members to the string that is the same on every delivery of an event.
    pub(crate) fn id(&self) -> Option<Vec<String>> {
        self.manifest().id.as_deref().map(members)
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

/// The names that a JSON Pointer consists of.
fn members(pointer: &str) -> Vec<String> {
    let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
    pointer.split('/').skip(1).map(unescape).collect()
}
