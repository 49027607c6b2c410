//! Schemas into the types that a user would write for them: `#[derive(Deserialize)]` on structs with
//! owned strings, an enum a vocabulary, and a `#[serde(tag = "type")]` enum a vendor.

use std::error::Error;
use std::fmt::Write;

use heck::ToUpperCamelCase;
use serde_json::Value;

use offhook_bench_schemas::Vendor;

/// The module of a vendor.
pub(crate) fn module(vendor: &Vendor) -> Result<String, Box<dyn Error>> {
    let mut items = String::new();
    let mut variants = String::new();
    for event in &vendor.events {
        let name = event.type_name();
        structure(&name, &event.schema, &mut items)?;
        writeln!(variants, "    #[serde(rename = {:?})]\n    {name}({name}),", event.name)?;
    }
    Ok(format!(
        "pub(crate) mod {} {{
use serde::Deserialize;

{items}#[derive(Debug, Deserialize)]
#[serde(tag = \"type\")]
pub(crate) enum Event {{
{variants}}}
}}
",
        vendor.name
    ))
}

/// Adds the struct `name`, and before it the types of its members.
fn structure(name: &str, schema: &Value, items: &mut String) -> Result<(), Box<dyn Error>> {
    let mut fields = String::new();
    for (member, property) in schema["properties"].as_object().into_iter().flatten() {
        // The discriminator has done its work when the struct is chosen.
        if member == "type" && property.get("const").is_some() {
            continue;
        }
        let mut kind = kind(&format!("{name}{}", member.to_upper_camel_case()), property, items)?;
        if !lists(&schema["required"], member) || lists(&property["type"], "null") {
            kind = format!("Option<{kind}>");
        }
        writeln!(fields, "    #[serde(rename = {member:?})]\n    r#{member}: {kind},")?;
    }
    writeln!(items, "#[derive(Debug, Deserialize)]\npub(crate) struct {name} {{\n{fields}}}\n")?;
    Ok(())
}

/// The Rust type of what `schema` describes; a type that it needs is added under `name`.
fn kind(name: &str, schema: &Value, items: &mut String) -> Result<String, Box<dyn Error>> {
    let mut kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    kinds.retain(|kind| *kind != "null");
    Ok(match kinds[..] {
        ["boolean"] => "bool".to_owned(),
        ["integer"] => "i64".to_owned(),
        ["number"] => "f64".to_owned(),
        ["string"] if schema.get("enum").is_some() => {
            vocabulary(name, &schema["enum"], items)?;
            name.to_owned()
        }
        ["string"] => "String".to_owned(),
        ["array"] => format!("Vec<{}>", kind(&format!("{name}Item"), &schema["items"], items)?),
        ["object"] if schema.get("properties").is_some() => {
            structure(name, schema, items)?;
            name.to_owned()
        }
        ["object"] => {
            let value = kind(name, &schema["additionalProperties"], items)?;
            format!("std::collections::HashMap<String, {value}>")
        }
        _ => "serde_json::Value".to_owned(),
    })
}

fn vocabulary(name: &str, values: &Value, items: &mut String) -> Result<(), Box<dyn Error>> {
    let mut variants = String::new();
    for value in values.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let variant = value.to_upper_camel_case();
        writeln!(variants, "    #[serde(rename = {value:?})]\n    {variant},")?;
    }
    writeln!(items, "#[derive(Debug, Deserialize)]\npub(crate) enum {name} {{\n{variants}}}\n")?;
    Ok(())
}

/// Whether `values` is `value`, or a list with it.
fn lists(values: &Value, value: &str) -> bool {
    values == value || values.as_array().is_some_and(|values| values.iter().any(|v| v == value))
}
