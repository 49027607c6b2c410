//! The three vendors: a validator each, the schemas with every reference resolved,
//! and the example payloads.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use offhook::{daily, dialstack, voiceblender};
use offhook_validator::{AnyVendor, Validator};
use serde_json::{Map, Value};

/// A vendor, ready to check payloads.
pub struct Vendor {
    /// The name of its module.
    pub name: &'static str,
    /// Made of its `SCHEMA`.
    pub validator: Validator,
    /// The same, strict.
    pub strict: Validator,
    /// The generated `SCHEMA`, parsed.
    pub bundle: Value,
    /// The schema of every event, all references resolved.
    pub events: BTreeMap<String, Value>,
    /// The schema of what every event has.
    pub envelope: Value,
}

/// One of a vendor's `EXAMPLES`.
pub struct Example {
    /// Whose it is.
    pub vendor: &'static Vendor,
    /// The name of its file, without `.json`.
    pub name: &'static str,
    /// The wire name of its event.
    pub event: &'static str,
    /// The payload.
    pub text: &'static str,
}

impl Example {
    /// The schema of its event, all references resolved.
    pub fn schema(&self) -> &'static Value {
        &self.vendor.events[self.event]
    }
}

static VENDORS: LazyLock<Vec<Vendor>> = LazyLock::new(|| {
    [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA].map(Vendor::new).into()
});

static EXAMPLES: LazyLock<Vec<Example>> =
    LazyLock::new(|| VENDORS.iter().flat_map(Vendor::examples).collect());

/// All vendors.
pub fn vendors() -> &'static [Vendor] {
    &VENDORS
}

/// The vendor of that name.
pub fn vendor(name: &str) -> &'static Vendor {
    VENDORS.iter().find(|vendor| vendor.name == name).expect(name)
}

/// All examples.
pub fn examples() -> &'static [Example] {
    &EXAMPLES
}

/// A validator that is not told the vendor.
pub fn any_vendor() -> &'static AnyVendor {
    static ANY: LazyLock<AnyVendor> = LazyLock::new(|| {
        let all = [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA];
        AnyVendor::new(all.map(compile).into())
    });
    &ANY
}

fn compile(schema: &str) -> Validator {
    Validator::new(schema).expect("a generated SCHEMA compiles")
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

    fn examples(&'static self) -> impl Iterator<Item = Example> {
        let examples = match self.name {
            "daily" => daily::EXAMPLES,
            "dialstack" => dialstack::EXAMPLES,
            _ => voiceblender::EXAMPLES,
        };
        examples.iter().map(move |offhook::Example { name, event, text }| Example {
            vendor: self,
            name,
            event,
            text,
        })
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
