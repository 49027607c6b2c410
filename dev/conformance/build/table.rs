//! Which Rust type reads which schema file, as the generated `SCHEMA` says.

use std::error::Error;

use offhook_codegen::GeneratedFile;
use serde_json::Value;

/// The `PayloadType` of every payload that a vendor's `SCHEMA` has, as Rust text.
///
/// `module` is the path of the vendor's module.
pub(crate) fn payload_types(module: &str, schema: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let bundle: Value = serde_json::from_str(schema)?;
    let files = bundle["schemas"].as_object().ok_or("want a SCHEMA with schemas, got none")?;
    let payloads = files.keys().filter(|file| !file.starts_with("shared/"));
    payloads
        .map(|file| {
            let name = bundle["types"][format!("{file}#")].as_str();
            let name = name.ok_or_else(|| format!("want a type of {module}'s {file}, got none"))?;
            Ok(format!("PayloadType::of::<{module}::{name}>({module}::SCHEMA)"))
        })
        .collect()
}

/// The text of a vendor's `SCHEMA` among its generated files.
pub(crate) fn schema_of(files: &[GeneratedFile]) -> Result<&str, Box<dyn Error>> {
    let schema = files.iter().find(|file| file.path.ends_with("/schema.json"));
    Ok(&schema.ok_or("want a generated schema.json, got none")?.text)
}
