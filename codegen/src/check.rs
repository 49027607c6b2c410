//! Refuses a bundle that later stages would misread: unknown keywords, bad patterns, two events of
//! one name, examples that do not validate.

use std::collections::BTreeMap;

use jsonschema::{Registry, ValidationError};
use serde_json::{Value, json};

use crate::GenError;
use crate::bundle::Bundle;
use crate::explain::{explain, shown};
use crate::keyword::{self, Holds};
use crate::place::Place;

/// Where a document says what a property's schema says.
const PROVENANCES: [&str; 5] = ["table", "prose", "example", "vendor-code", "name"];

/// Checks all of a vendor.
pub(crate) fn check(bundle: &Bundle) -> Result<(), GenError> {
    for (file, schema) in bundle.schemas() {
        let root = Place::new(file, "");
        check_schema(bundle, &root, schema)?;
        check_meta(bundle, &root, schema)?;
    }
    check_wire_names(bundle)?;
    check_examples(bundle)
}

/// The schema at `place` and all below it.
fn check_schema(bundle: &Bundle, place: &Place, schema: &Value) -> Result<(), GenError> {
    let members = match schema {
        Value::Bool(_) => return Ok(()),
        Value::Object(members) => members,
        _ => return Err(bundle.error(place, "want a schema: an object, true or false")),
    };
    for (name, value) in members {
        let at = place.member(name);
        match keyword::holds(name) {
            None => {
                return Err(bundle.error(&at, format!("want a supported keyword, got {name:?}")));
            }
            Some(Holds::Members) if !value.is_object() => {
                return Err(
                    bundle.error(&at, format!("want an object of schemas, got {}", shown(value)))
                );
            }
            Some(Holds::List) if !value.is_array() => {
                return Err(
                    bundle.error(&at, format!("want an array of schemas, got {}", shown(value)))
                );
            }
            Some(Holds::Data) => check_data(bundle, &at, name, value)?,
            Some(Holds::Schema | Holds::Members | Holds::List) => {}
        }
        for (place, schema) in keyword::schemas_in(&at, name, value) {
            check_schema(bundle, &place, schema)?;
        }
        if name == "x-advice" {
            check_advice(bundle, &at, value)?;
        }
    }
    Ok(())
}

/// The meta-schema takes advice for data, and the validator takes it out of its file.
fn check_advice(bundle: &Bundle, place: &Place, advice: &Value) -> Result<(), GenError> {
    check_meta(bundle, place, advice)?;
    let mut open = vec![(place.clone(), advice)];
    while let Some((place, schema)) = open.pop() {
        if schema.get("$ref").is_some() {
            return Err(bundle.error(
                &place.member("$ref"),
                "want advice without references: write out what this one leads to",
            ));
        }
        open.extend(keyword::subschemas(&place, schema));
    }
    Ok(())
}

/// Holds the schema at `place` against the meta-schema.
fn check_meta(bundle: &Bundle, place: &Place, schema: &Value) -> Result<(), GenError> {
    jsonschema::meta::validate(schema).map_err(|error| at_fault(bundle, place, &error))
}

/// A finding about the JSON at `place`.
fn at_fault(bundle: &Bundle, place: &Place, error: &ValidationError<'_>) -> GenError {
    let pointer = format!("{}{}", place.pointer, error.instance_path().as_str());
    bundle.error(&Place::new(&place.file, &pointer), explain(error))
}

/// What the meta-schema does not check.
fn check_data(bundle: &Bundle, at: &Place, name: &str, value: &Value) -> Result<(), GenError> {
    let fails = |want: &str| Err(bundle.error(at, format!("want {want}, got {}", shown(value))));
    match name {
        "x-source" if !value.as_str().is_some_and(|word| PROVENANCES.contains(&word)) => {
            fails("one of \"table\", \"prose\", \"example\", \"vendor-code\", \"name\"")
        }
        "x-sensitive" if !value.is_boolean() => fails("true or false"),
        "x-rust-name" if !value.is_string() => fails("a string"),
        "x-enum-descriptions"
            if !value.as_object().is_some_and(|texts| texts.values().all(Value::is_string)) =>
        {
            fails("an object of strings")
        }
        "$schema" if value != "https://json-schema.org/draft/2020-12/schema" => {
            fails("\"https://json-schema.org/draft/2020-12/schema\"")
        }
        "format" if value != "date-time" => fails("the format \"date-time\""),
        // In the engine that payloads are judged with.
        "pattern" if value.is_string() => jsonschema::options()
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&json!({ "pattern": value }))
            .map(drop)
            .map_err(|error| bundle.error(at, explain(&error))),
        _ => Ok(()),
    }
}

/// Each event's file is named by the constant at its discriminator, and no two share one.
fn check_wire_names(bundle: &Bundle) -> Result<(), GenError> {
    let mut seen = BTreeMap::new();
    for file in &bundle.events {
        let name = wire_name(file);
        if let Some(other) = seen.insert(name, file) {
            return Err(bundle.error(
                &Place::new(file, ""),
                format!("want one schema for {name:?}, got another one: {other}"),
            ));
        }
        if let Some(path) = bundle.discriminator() {
            check_wire_name(bundle, file, &path)?;
        }
    }
    Ok(())
}

/// Whoever meets the payload must find the name in it: every member on the way is required.
fn check_wire_name(bundle: &Bundle, file: &str, path: &[String]) -> Result<(), GenError> {
    let name = wire_name(file);
    let mut place = bundle.follow(&Place::new(file, ""));
    for member in path {
        let schema = bundle.get(&place);
        let property = place.member("properties").member(member);
        if schema["properties"].get(member).is_none() {
            let message = format!("want the property {member:?}, which names the event");
            return Err(bundle.error(&place, message));
        }
        let required = schema["required"].as_array().into_iter().flatten();
        if !required.into_iter().any(|required| required == member) {
            let message = format!("want {member:?} among the required members: it names the event");
            return Err(bundle.error(&place, message));
        }
        place = bundle.follow(&property);
    }
    let schema = bundle.get(&place);
    if schema["type"] != "string" || schema.get("const").is_none() {
        let message =
            format!("want {{\"type\": \"string\", \"const\": {name:?}}}, the event's name");
        return Err(bundle.error(&place, message));
    }
    if schema["const"] != name {
        let message =
            format!("want {name:?}, as the file is named, got {}", shown(&schema["const"]));
        return Err(bundle.error(&place.member("const"), message));
    }
    Ok(())
}

/// The wire name of the event whose schema is `file`.
pub(crate) fn wire_name(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".json").unwrap_or(name)
}

/// Compiles every schema and holds each example against its event's.
fn check_examples(bundle: &Bundle) -> Result<(), GenError> {
    // What could be wrong here was found before, with its place.
    let broken = |file: &str, error: &dyn std::fmt::Display| {
        bundle.error(&Place::new(file, ""), error.to_string())
    };
    let mut registry = Registry::new();
    for (file, schema) in bundle.schemas() {
        registry = registry.add(uri(file), schema).map_err(|error| broken(file, &error))?;
    }
    let registry = registry.prepare().map_err(|error| broken("vendor.json", &error))?;
    let compile = |file: &str| {
        jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&json!({ "$ref": uri(file) }))
            .map_err(|error| broken(file, &error))
    };
    let validators = bundle
        .events
        .iter()
        .map(|file| Ok((wire_name(file), compile(file)?)))
        .collect::<Result<BTreeMap<_, _>, GenError>>()?;
    for (file, payload) in bundle.examples() {
        let stem = wire_name(file);
        let event = validators
            .iter()
            .filter(|(name, _)| {
                stem.strip_prefix(**name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .max_by_key(|(name, _)| name.len());
        let Some((_, validator)) = event else {
            return Err(bundle.error(
                &Place::new(file, ""),
                "want a name that begins with an event's, as <event>.json or <event>.<variant>.json",
            ));
        };
        if let Some(error) = validator.iter_errors(payload).next() {
            return Err(bundle.error(
                &Place::new(file, error.instance_path().as_str()),
                format!("this example does not validate: {}", explain(&error)),
            ));
        }
    }
    Ok(())
}

fn uri(file: &str) -> String {
    format!("offhook:///{file}")
}
