//! A vendor's folder under `schemas/`: its example payloads, and its schemas with
//! every reference resolved. Independent of the generator: it reads the files anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// A vendor's folder.
pub struct SchemaFolder {
    folder: PathBuf,
    /// Schema files by their path in the folder.
    files: BTreeMap<String, Value>,
}

/// A payload that lies under `examples/`.
pub struct Example {
    /// The file's name without its extension: `call.end.no-answer.made-up`.
    pub name: String,
    /// The payload.
    pub text: String,
}

impl SchemaFolder {
    /// Opens the folder; says aloud that the test is skipped if there is none, as in a published
    /// crate.
    pub fn open(vendor: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas").join(vendor);
        if !folder.is_dir() {
            eprintln!("SKIPPED: {} is not here", folder.display());
            return None;
        }
        let mut files = BTreeMap::new();
        read_schemas(&folder, "", &mut files);
        Some(Self { folder, files })
    }

    /// The example payloads, in name order.
    pub fn examples(&self) -> Vec<Example> {
        let read = |path: &PathBuf| Example {
            name: path
                .file_stem()
                .expect("a listed file has a name")
                .to_string_lossy()
                .into_owned(),
            text: fs::read_to_string(path).expect("an example is readable"),
        };
        json_files(&self.folder.join("examples")).iter().map(read).collect()
    }

    /// The wire names of the events: the files beside `vendor.json`.
    pub fn events(&self) -> Vec<String> {
        self.files
            .keys()
            .filter(|file| !file.starts_with("shared/"))
            .filter_map(|file| file.strip_suffix(".json"))
            .map(str::to_owned)
            .collect()
    }

    /// The schema at a place such as `call.end.json#/properties/data`, all references replaced by
    /// what they refer to, under the annotations beside them.
    pub fn schema(&self, place: &str) -> Value {
        let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
        let schema = self.files[file].pointer(pointer).expect("the place is in the file");
        self.inlined(schema, file)
    }

    fn inlined(&self, schema: &Value, file: &str) -> Value {
        match schema {
            Value::Object(members) => {
                let mut result = match members.get("$ref").and_then(Value::as_str) {
                    Some(reference) => match self.schema(&target(file, reference)) {
                        Value::Object(target) => target,
                        other => panic!("{file}: {reference} leads to {other}"),
                    },
                    None => Map::new(),
                };
                for (name, value) in members.iter().filter(|(name, _)| *name != "$ref") {
                    result.insert(name.clone(), self.inlined(value, file));
                }
                Value::Object(result)
            }
            Value::Array(elements) => {
                elements.iter().map(|element| self.inlined(element, file)).collect()
            }
            other => other.clone(),
        }
    }
}

/// The event whose example a file of this name is: `<event>[.<variant>]`.
pub fn event_of<'a>(example: &str, events: &'a [String]) -> &'a str {
    let is_of = |event: &&String| {
        example
            .strip_prefix(event.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    events.iter().filter(is_of).max_by_key(|event| event.len()).expect("an example has an event")
}

/// Where a reference in `file` leads, as `file#pointer`.
fn target(file: &str, reference: &str) -> String {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let mut parts: Vec<&str> = file.split('/').collect();
    if !path.is_empty() {
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
    }
    format!("{}#{pointer}", parts.join("/"))
}

fn read_schemas(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Value>) {
    for path in json_files(&folder.join(prefix)) {
        let name = path.file_name().expect("a listed file has a name").to_string_lossy();
        if prefix.is_empty() && name == "vendor.json" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a schema is readable");
        let schema = serde_json::from_str(&text).expect("a schema is JSON");
        files.insert(format!("{prefix}{name}"), schema);
    }
    if prefix.is_empty() {
        read_schemas(folder, "shared/", files);
    }
}

/// The `.json` files right in `folder`, in name order.
fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is readable")
        .map(|entry| entry.expect("its entries are readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    paths
}
