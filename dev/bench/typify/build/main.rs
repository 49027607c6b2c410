//! The vendors' schemas through typify, with its default settings, as they are: a definition an
//! event and a definition for whatever a reference leads to.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use heck::ToUpperCamelCase;
use schemars::schema::RootSchema;
use serde_json::{Map, Value, json};
use typify::{TypeSpace, TypeSpaceSettings};

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    for vendor in offhook_bench_schemas::VENDORS {
        let document = json!({ "definitions": definitions(vendor)? });
        let document: RootSchema = serde_json::from_value(document)?;
        let mut types = TypeSpace::new(&TypeSpaceSettings::default());
        types.add_root_schema(document)?;
        fs::write(Path::new(&out).join(format!("{vendor}.rs")), types.to_stream().to_string())?;
    }
    Ok(())
}

/// The schemas of a vendor in one document, by the names that their types shall have.
fn definitions(vendor: &str) -> Result<BTreeMap<String, Value>, Box<dyn Error>> {
    let bundle = offhook_bench_schemas::bundle(vendor)?;
    let files = bundle["schemas"].as_object().ok_or("want schemas by file")?;
    let mut definitions = BTreeMap::new();
    for file in files.keys().filter(|file| !file.starts_with("shared/")) {
        define(file, "", files, &mut definitions)?;
    }
    Ok(definitions)
}

/// Adds what stands at `pointer` of `file`, and what that refers to: its name.
fn define(
    file: &str,
    pointer: &str,
    files: &Map<String, Value>,
    definitions: &mut BTreeMap<String, Value>,
) -> Result<String, Box<dyn Error>> {
    let stem = file.trim_start_matches("shared/").trim_end_matches(".json");
    let last = pointer.rsplit('/').next().unwrap_or_default();
    let name = format!("{stem} {last}").to_upper_camel_case();
    if !definitions.contains_key(&name) {
        let mut schema = files.get(file).and_then(|schema| schema.pointer(pointer)).cloned();
        let schema = schema.as_mut().ok_or_else(|| format!("{file}#{pointer} leads nowhere"))?;
        definitions.insert(name.clone(), Value::Null); // Named, so that it may refer to itself.
        localise(schema, file, files, definitions)?;
        definitions.insert(name.clone(), schema.take());
    }
    Ok(name)
}

/// Makes the references in `schema` lead to definitions.
fn localise(
    schema: &mut Value,
    file: &str,
    files: &Map<String, Value>,
    definitions: &mut BTreeMap<String, Value>,
) -> Result<(), Box<dyn Error>> {
    match schema {
        Value::Object(keywords) => {
            keywords.retain(|keyword, value| !is_left_out(keyword, value));
            if let Some(Value::String(reference)) = keywords.get_mut("$ref") {
                let (file, pointer) = offhook_bench_schemas::target(reference, file, files)?;
                *reference =
                    format!("#/definitions/{}", define(file, pointer, files, definitions)?);
            }
            keywords.values_mut().try_for_each(|value| localise(value, file, files, definitions))
        }
        Value::Array(list) => {
            list.iter_mut().try_for_each(|value| localise(value, file, files, definitions))
        }
        _ => Ok(()),
    }
}

/// Our own annotations, and what typify stumbles over: conditions, which no type expresses.
fn is_left_out(keyword: &str, value: &Value) -> bool {
    match keyword {
        "$schema" | "if" | "then" => true,
        "allOf" => {
            value.as_array().is_some_and(|parts| parts.iter().all(|p| p.get("if").is_some()))
        }
        keyword => keyword.starts_with("x-"),
    }
}
