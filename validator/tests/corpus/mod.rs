//! The three vendors, for the tests: a validator each, the schemas with every reference resolved,
//! and the example payloads.

#![allow(dead_code, reason = "each test file needs a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use offhook::{daily, dialstack, voiceblender};
use offhook_validator::{AnyVendor, Validator};
use serde_json::{Map, Value};

/// A vendor, ready to check payloads.
pub(crate) struct Vendor {
    pub(crate) name: &'static str,
    pub(crate) validator: Validator,
    pub(crate) strict: Validator,
    /// The generated `SCHEMA`, parsed.
    pub(crate) bundle: Value,
    /// The schema of every event, all references resolved.
    pub(crate) events: BTreeMap<String, Value>,
    /// The schema of what every event has.
    pub(crate) envelope: Value,
}

/// A payload that lies under a vendor's `examples/`.
pub(crate) struct Example {
    pub(crate) vendor: &'static Vendor,
    /// The file's name without its extension.
    pub(crate) name: String,
    pub(crate) event: String,
    pub(crate) text: String,
}

impl Example {
    pub(crate) fn schema(&self) -> &'static Value {
        &self.vendor.events[&self.event]
    }
}

static VENDORS: LazyLock<Vec<Vendor>> = LazyLock::new(|| {
    [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA].map(Vendor::new).into()
});

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    VENDORS.iter().flat_map(|vendor| vendor.read_examples().unwrap_or_default()).collect()
});

pub(crate) fn vendors() -> &'static [Vendor] {
    &VENDORS
}

pub(crate) fn vendor(name: &str) -> &'static Vendor {
    VENDORS.iter().find(|vendor| vendor.name == name).expect(name)
}

/// All examples; none, and that said aloud, where there is no `schemas/`, as in a published crate.
pub(crate) fn examples() -> &'static [Example] {
    if EXAMPLES.is_empty() {
        eprintln!("SKIPPED: {} is not here", schemas().display());
    }
    &EXAMPLES
}

/// A validator that is not told the vendor.
pub(crate) fn any_vendor() -> &'static AnyVendor {
    static ANY: LazyLock<AnyVendor> = LazyLock::new(|| {
        let all = [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA];
        AnyVendor::new(all.map(compile).into())
    });
    &ANY
}

fn compile(schema: &str) -> Validator {
    Validator::new(schema).expect("a generated SCHEMA compiles")
}

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

impl Vendor {
    fn new(schema: &'static str) -> Self {
        let bundle: Value = serde_json::from_str(schema).expect("SCHEMA is JSON");
        let files = bundle["schemas"].as_object().expect("SCHEMA has schemas");
        let whole = |file: &str| inlined(files, file, &files[file]);
        let events = files
            .keys()
            .filter(|file| !file.starts_with("shared/"))
            .map(|file| (file.trim_end_matches(".json").to_owned(), whole(file)))
            .collect();
        let envelope = whole(bundle["envelope"].as_str().expect("SCHEMA has an envelope"));
        let names = ["daily", "dialstack", "voiceblender"];
        Self {
            name: names.into_iter().find(|name| bundle["vendor"] == **name).expect("a vendor"),
            validator: compile(schema),
            strict: compile(schema).strict(),
            events,
            envelope,
            bundle,
        }
    }

    fn read_examples(&'static self) -> Option<Vec<Example>> {
        let folder = fs::read_dir(schemas().join(self.name).join("examples")).ok()?;
        let mut examples: Vec<Example> =
            folder.filter_map(Result::ok).map(|entry| self.read_example(&entry.path())).collect();
        examples.sort_by(|one, other| one.name.cmp(&other.name));
        Some(examples)
    }

    fn read_example(&'static self, path: &Path) -> Example {
        let name = path.file_stem().expect("a listed file has a name").to_string_lossy();
        let is_of = |event: &&String| {
            name.strip_prefix(event.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let event = self.events.keys().filter(is_of).max_by_key(|event| event.len());
        Example {
            vendor: self,
            event: event.expect("an example is of an event").clone(),
            text: fs::read_to_string(path).expect("an example is readable"),
            name: name.into_owned(),
        }
    }
}

/// `schema`, which stands in `file`, with what references lead to in their place, under the
/// annotations beside them.
fn inlined(files: &Map<String, Value>, file: &str, schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut result = Map::new();
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                let (path, pointer) = reference.split_once('#').expect("references have a pointer");
                let target = if path.is_empty() { file } else { path };
                let schema = files[target].pointer(pointer).expect("references lead somewhere");
                if let Value::Object(target) = inlined(files, target, schema) {
                    result = target;
                }
            }
            for (name, value) in members.iter().filter(|(name, _)| *name != "$ref") {
                result.insert(name.clone(), inlined(files, file, value));
            }
            Value::Object(result)
        }
        Value::Array(elements) => {
            elements.iter().map(|element| inlined(files, file, element)).collect()
        }
        other => other.clone(),
    }
}
