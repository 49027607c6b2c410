//! A vendor's `SCHEMA` into one schema an event that needs no other: references replaced by what
//! they lead to, and without annotations, which no verdict depends on.

use std::error::Error;
use std::fs;
use std::path::Path;

use heck::ToUpperCamelCase;
use serde_json::{Map, Value};

/// The names of all vendors, in order.
pub const VENDORS: [&str; 3] = ["daily", "dialstack", "voiceblender"];

/// A vendor and its events.
pub struct Vendor {
    /// The name of its folder and its module.
    pub name: &'static str,
    /// Whether its sender writes members in the order of their names.
    pub sorted: bool,
    /// Its events, in name order.
    pub events: Vec<Event>,
}

/// An event and its schema.
pub struct Event {
    /// Whose it is.
    pub vendor: &'static str,
    /// The wire name.
    pub name: String,
    /// Its schema, which refers to no other.
    pub schema: Value,
}

impl Event {
    /// The name of its type.
    pub fn type_name(&self) -> String {
        self.name.to_upper_camel_case()
    }

    /// The name of its schema's file in `OUT_DIR`.
    pub fn file(&self) -> String {
        format!("{}.{}.json", self.vendor, self.name)
    }
}

/// The vendors with their events, in name order.
///
/// # Errors
///
/// If a vendor's `SCHEMA` cannot be read, or a reference in it leads nowhere.
pub fn vendors() -> Result<Vec<Vendor>, Box<dyn Error>> {
    VENDORS.into_iter().map(vendor).collect()
}

fn vendor(name: &'static str) -> Result<Vendor, Box<dyn Error>> {
    let bundle = bundle(name)?;
    let files = bundle["schemas"].as_object().ok_or("want schemas by file")?;
    let mut events = Vec::new();
    for (file, schema) in files {
        if !file.starts_with("shared/") {
            let event = file.strip_suffix(".json").ok_or("want files that end in .json")?;
            let schema = inlined(schema, file, files)?;
            events.push(Event { vendor: name, name: event.to_owned(), schema });
        }
    }
    Ok(Vendor { name, sorted: bundle["order"] == "sorted", events })
}

/// The `SCHEMA` of a vendor's module, parsed.
///
/// Tells cargo to run the calling build script again when it changes.
///
/// # Errors
///
/// If there is no such file, or it is not JSON.
pub fn bundle(vendor: &str) -> Result<Value, Box<dyn Error>> {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../generated/src");
    let path = modules.join(vendor).join("schema.json");
    println!("cargo:rerun-if-changed={}", path.display());
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

/// `schema` of `file` without references and annotations.
fn inlined(
    schema: &Value,
    file: &str,
    files: &Map<String, Value>,
) -> Result<Value, Box<dyn Error>> {
    Ok(match schema {
        Value::Object(keywords) => {
            if let Some(Value::String(reference)) = keywords.get("$ref") {
                // Beside a reference our schemas have annotations only.
                let (file, pointer) = target(reference, file, files)?;
                let target = files[file].pointer(pointer);
                return inlined(target.ok_or("want a reference to a schema")?, file, files);
            }
            let mut result = Map::new();
            for (keyword, value) in keywords {
                if !is_annotation(keyword) {
                    result.insert(keyword.clone(), under(keyword, value, file, files)?);
                }
            }
            Value::Object(result)
        }
        other => other.clone(),
    })
}

/// What stands under a keyword: schemas by name, a list of them, one, or plain values.
fn under(
    keyword: &str,
    value: &Value,
    file: &str,
    files: &Map<String, Value>,
) -> Result<Value, Box<dyn Error>> {
    Ok(match (keyword, value) {
        ("properties", Value::Object(named)) => {
            let named = named
                .iter()
                .map(|(name, schema)| Ok((name.clone(), inlined(schema, file, files)?)));
            Value::Object(named.collect::<Result<_, Box<dyn Error>>>()?)
        }
        ("allOf" | "anyOf" | "oneOf", Value::Array(list)) => {
            let list = list.iter().map(|schema| inlined(schema, file, files));
            Value::Array(list.collect::<Result<_, _>>()?)
        }
        ("additionalProperties" | "else" | "if" | "items" | "not" | "then", schema) => {
            inlined(schema, file, files)?
        }
        (_, value) => value.clone(),
    })
}

fn is_annotation(keyword: &str) -> bool {
    keyword.starts_with("x-") || matches!(keyword, "$defs" | "$schema" | "description" | "title")
}

/// The file and the pointer that `reference` leads to, as seen from `file`.
///
/// # Errors
///
/// If it leads to none of `files`.
pub fn target<'a>(
    reference: &'a str,
    file: &'a str,
    files: &'a Map<String, Value>,
) -> Result<(&'a str, &'a str), Box<dyn Error>> {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    // What files in `shared/` refer to lies there too.
    let folder = if file.starts_with("shared/") { "shared/" } else { "" };
    let file = match path {
        "" => Some(file),
        path => files
            .keys()
            .map(String::as_str)
            .find(|name| name.strip_prefix(folder).is_some_and(|name| name == path)),
    };
    Ok((file.ok_or_else(|| format!("expected a reference to a file, found {reference}"))?, pointer))
}
