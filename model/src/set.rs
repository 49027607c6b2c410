//! A set of schemas: all that transcribes one document of a vendor, in canonical form.

pub(crate) mod bundle;
pub(crate) mod check;
pub(crate) mod cycle;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::draft::Draft;
use crate::fault::Fault;
use crate::json::{self, Json};
use crate::location::Location;
use crate::manifest::{Document, MANIFEST, Manifest};

/// The schemas that transcribe one document of a vendor, in canonical form: draft 2020-12, and
/// every `$ref` a relative path and a JSON Pointer that lead to a schema.
///
/// A vendor and the document's date tell one set from another.
#[derive(Debug)]
pub struct SchemaSet {
    pub(crate) vendor: String,
    /// The name of the folder, or of the file without its extension.
    pub(crate) folder: String,
    pub(crate) manifest: Manifest,
    /// The manifest as it is written; `null` where there is none.
    pub(crate) manifest_json: Json,
    /// By path inside the folder, with `/` between its parts.
    pub(crate) files: BTreeMap<String, SchemaFile>,
    /// The draft that each file was written in.
    pub(crate) drafts: BTreeMap<String, Draft>,
    /// Where canonical schemas stood that stand elsewhere in their source.
    pub(crate) moved: BTreeMap<Location, Location>,
    /// The folder, or the file, that was read.
    pub(crate) source: PathBuf,
    /// The text of example payloads, by path inside the folder.
    pub(crate) examples: BTreeMap<String, String>,
    pub(crate) notes: Vec<String>,
    pub(crate) inexpressible: Vec<Fault>,
    pub(crate) unknown_formats: Vec<Fault>,
}

/// A schema file, parsed when it is first asked for.
#[derive(Debug)]
pub(crate) struct SchemaFile {
    text: Box<str>,
    json: OnceLock<Json>,
}

impl SchemaFile {
    /// A file whose text is known to be JSON.
    pub(crate) fn of_text(text: &str) -> Self {
        Self { text: text.into(), json: OnceLock::new() }
    }

    pub(crate) fn of_json(json: Json) -> Self {
        let file = Self::of_text("");
        // A new cell takes its first value.
        let _ = file.json.set(json);
        file
    }

    pub(crate) fn json(&self) -> &Json {
        self.json.get_or_init(|| json::parse(&self.text).unwrap_or_default())
    }
}

/// A payload that a set has a schema of: an event, or a payload of a vendor that names no events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PayloadSchema<'s> {
    /// The event's name on the wire; without a discriminator, the file's path without `.json`.
    pub name: &'s str,
    /// The file of its schema.
    pub file: &'s str,
}

/// An example payload.
#[derive(Clone, Copy, Debug)]
pub struct Example<'s> {
    /// Its path inside the vendor's folder.
    pub file: &'s str,
    /// Its path inside `examples/`, without `.json`.
    pub name: &'s str,
    /// The payload that it is an example of; `None` if the set has no such payload.
    pub payload: Option<PayloadSchema<'s>>,
    /// Its text, byte for byte.
    pub text: &'s str,
}

impl SchemaSet {
    /// The vendor's name in code.
    pub fn vendor(&self) -> &str {
        &self.vendor
    }

    /// The name of the set's folder: the vendor's name, unless the manifest gives another one.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The date of the document, which tells it from others of the vendor. A schema file on its own
    /// has none.
    pub fn date(&self) -> Option<&str> {
        self.document().map(|document| document.date.as_str())
    }

    /// The document that the schemas transcribe.
    pub fn document(&self) -> Option<&Document> {
        self.manifest.document.as_ref()
    }

    /// What holds for the set as a whole.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the draft that a file was written in.
    pub fn draft(&self, file: &str) -> Draft {
        self.drafts.get(file).copied().unwrap_or(Draft::Draft202012)
    }

    /// The manifest as it is written; `null` where there is none.
    pub fn manifest_json(&self) -> &Json {
        &self.manifest_json
    }

    /// The names of the members that lead to an event's name; `None` if payloads name no event.
    pub fn discriminator(&self) -> Option<&[String]> {
        self.manifest.discriminator.as_deref()
    }

    /// The names of the members that lead to an event's identifier.
    pub fn id(&self) -> Option<&[String]> {
        self.manifest.id.as_deref()
    }

    /// The file of the schema that unknown events must meet, too.
    pub fn envelope(&self) -> Option<&str> {
        self.manifest.envelope.as_deref()
    }

    /// The folder or file that the set was read from.
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// What people should know of the schemas, though it is no fault, a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Why no Rust types can be made of the schemas; the generator alone refuses them for it.
    pub fn inexpressible(&self) -> &[Fault] {
        &self.inexpressible
    }

    /// Formats that nobody knows. They assert nothing, unless a caller refuses them.
    pub fn unknown_formats(&self) -> &[Fault] {
        &self.unknown_formats
    }

    /// Every schema file with its content, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file.json()))
    }

    /// Returns the schema at `location`.
    pub fn get(&self, location: &Location) -> Option<&Json> {
        self.files.get(&location.file)?.json().pointer(&location.pointer)
    }

    /// Returns the value at `location`, `null` if there is none.
    pub fn at(&self, location: &Location) -> &Json {
        const NONE: &Json = &Json::Null;
        self.get(location).unwrap_or(NONE)
    }

    /// Returns where the `$ref` of the schema at `location` leads, if it has one.
    pub fn target(&self, location: &Location) -> Option<Location> {
        let reference = self.get(location)?.get("$ref")?.as_str()?;
        Some(Location::resolve(&location.file, reference))
    }

    /// The files of payloads' schemas, in the order of paths.
    pub fn payload_files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|file| payload_name(file, false).is_some())
    }

    /// The files in `shared/`, in the order of paths.
    pub fn shared_files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|file| payload_name(file, false).is_none())
    }

    /// Returns the name of the payload that `file` is the schema of; of another file, its path.
    pub fn payload_name<'f>(&self, file: &'f str) -> &'f str {
        payload_name(file, self.manifest.discriminator.is_some()).unwrap_or(file)
    }

    /// The payloads that the set has a schema of, in the order of their names.
    pub fn payloads(&self) -> Vec<PayloadSchema<'_>> {
        let is_named = self.manifest.discriminator.is_some();
        let mut payloads: Vec<_> = self
            .files
            .keys()
            .filter_map(|file| Some(PayloadSchema { name: payload_name(file, is_named)?, file }))
            .collect();
        payloads.sort_unstable();
        payloads
    }

    /// Returns the payload of this name.
    pub fn payload(&self, name: &str) -> Option<PayloadSchema<'_>> {
        self.payloads().into_iter().find(|payload| payload.name == name)
    }

    /// Returns the payload that an example of this name is of: `<payload>[.<variant>]`.
    pub fn payload_of_example(&self, example: &str) -> Option<PayloadSchema<'_>> {
        let is_named = self.manifest.discriminator.is_some();
        let name = payload_name(example, is_named)?;
        let is_of = |payload: &PayloadSchema<'_>| {
            let rest = name.strip_prefix(payload.name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.payloads().into_iter().filter(is_of).max_by_key(|payload| payload.name.len())
    }

    /// The example payloads, in the order of their names.
    pub fn examples(&self) -> Vec<Example<'_>> {
        let mut examples: Vec<Example<'_>> = self
            .examples
            .iter()
            .map(|(file, text)| {
                let name = stem(file.strip_prefix("examples/").unwrap_or(file));
                Example { file, name, payload: self.payload_of_example(name), text }
            })
            .collect();
        examples.sort_by_key(|example| example.name);
        examples
    }

    /// Returns a location as reports name it: `dialstack/call.end.json#/required`.
    pub fn location_name(&self, location: &Location, keyword: Option<&str>) -> String {
        let Location { file, pointer } = location;
        let (slash, keyword) = keyword.map_or(("", ""), |keyword| ("/", keyword));
        let parts = [&*self.folder, "/", file, "#", pointer, slash, keyword];
        let mut name = String::with_capacity(parts.iter().map(|part| part.len()).sum());
        for part in parts {
            name.push_str(part);
        }
        name
    }

    /// Returns a fault of the schema at `location`, with its place in the file as it is on disk.
    pub fn fault(&self, location: &Location, message: impl Into<String>) -> Fault {
        let source = self.source_of(location);
        Fault::new(&self.source.join(&source.file), &source.pointer, message)
    }

    /// Returns a fault of the manifest, at `pointer` in it.
    pub fn manifest_fault(&self, pointer: &str, message: impl Into<String>) -> Fault {
        Fault::new(&self.source.join(MANIFEST), pointer, message)
    }

    /// Whether `file` is the schema of a payload.
    pub fn is_payload(&self, file: &str) -> bool {
        self.files.contains_key(file) && payload_name(file, false).is_some()
    }

    /// Returns where a canonical schema, or what is in it, stands in its source.
    pub fn source_of(&self, location: &Location) -> Location {
        let mut schema = Location::clone(location);
        loop {
            if let Some(source) = self.moved.get(&schema) {
                let rest = &location.pointer[schema.pointer.len()..];
                let pointer = [&source.pointer, rest].concat();
                return Location { file: source.file.clone(), pointer };
            }
            if schema.pointer.is_empty() {
                return location.clone();
            }
            schema = schema.parent();
        }
    }
}

/// Returns the name of the payload that a file is the schema of; `None` for shared definitions.
///
/// Where payloads name their event, it is the file's stem, which is that name. Where they do not, it
/// is the file's path.
///
/// ```
/// use offhook_model::payload_name;
///
/// assert_eq!(payload_name("calls/call.end.json", true), Some("call.end"));
/// assert_eq!(payload_name("calls/call.end.json", false), Some("calls/call.end"));
/// assert_eq!(payload_name("call.end.schema.json", true), Some("call.end"));
/// assert_eq!(payload_name("shared/call.json", true), None);
/// ```
pub fn payload_name(file: &str, is_named: bool) -> Option<&str> {
    if file.starts_with("shared/") || file == MANIFEST {
        return None;
    }
    let path = stem(file);
    Some(if is_named { path.rsplit('/').next().unwrap_or(path) } else { path })
}

/// Returns a schema file's path without `.json` or `.schema.json`.
pub fn stem(file: &str) -> &str {
    let path = file.strip_suffix(".json").unwrap_or(file);
    path.strip_suffix(".schema").filter(|path| !path.is_empty()).unwrap_or(path)
}
