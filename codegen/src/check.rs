//! Refuses a bundle that later stages would misread: unknown keywords, bad patterns, two events of
//! one name, examples that do not validate.

use std::collections::BTreeMap;

use jsonschema::Registry;
use serde_json::{Value, json};

use crate::GenError;
use crate::bundle::{Bundle, Place};

/// What stands behind a keyword.
enum Holds {
    /// A schema.
    Schema,
    /// An object whose members are schemas.
    Members,
    /// An array of schemas.
    List,
    /// No schema.
    Data,
}

fn keyword(name: &str) -> Option<Holds> {
    Some(match name {
        "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "x-advice" => Holds::Schema,
        "$defs" | "properties" => Holds::Members,
        "allOf" | "anyOf" => Holds::List,
        "$comment"
        | "$ref"
        | "$schema"
        | "const"
        | "dependentRequired"
        | "description"
        | "enum"
        | "exclusiveMaximum"
        | "exclusiveMinimum"
        | "format"
        | "maxItems"
        | "maxLength"
        | "maxProperties"
        | "maximum"
        | "minItems"
        | "minLength"
        | "minProperties"
        | "minimum"
        | "multipleOf"
        | "pattern"
        | "required"
        | "title"
        | "type"
        | "uniqueItems"
        | "x-enum-descriptions"
        | "x-rust-name"
        | "x-sensitive"
        | "x-source" => Holds::Data,
        _ => return None,
    })
}

/// Where a document says what a property's schema says.
const PROVENANCES: [&str; 5] = ["table", "prose", "example", "vendor-code", "name"];

/// Checks all of a vendor.
pub(crate) fn check(bundle: &Bundle) -> Result<(), GenError> {
    for (file, schema) in bundle.schemas() {
        check_schema(bundle, &Place::new(file, ""), schema)?;
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
        match keyword(name) {
            None => {
                return Err(bundle.error(&at, format!("the keyword {name:?} is not supported")));
            }
            Some(Holds::Schema) => check_schema(bundle, &at, value)?,
            Some(Holds::Members) => {
                let Some(members) = value.as_object() else {
                    return Err(bundle.error(&at, "want an object of schemas"));
                };
                for (name, value) in members {
                    check_schema(bundle, &at.member(name), value)?;
                }
            }
            Some(Holds::List) => {
                let Some(elements) = value.as_array() else {
                    return Err(bundle.error(&at, "want an array of schemas"));
                };
                for (i, value) in elements.iter().enumerate() {
                    check_schema(bundle, &at.member(&i.to_string()), value)?;
                }
            }
            Some(Holds::Data) => check_data(bundle, &at, name, value)?,
        }
    }
    Ok(())
}

/// What the meta-schema does not check.
fn check_data(bundle: &Bundle, at: &Place, name: &str, value: &Value) -> Result<(), GenError> {
    let fails = |want: &str| Err(bundle.error(at, format!("want {want}, got {value}")));
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
        _ => Ok(()),
    }
}

/// Each event's file is named by the constant at its discriminator, and no two share one.
fn check_wire_names(bundle: &Bundle) -> Result<(), GenError> {
    let Some(path) = bundle.discriminator() else {
        return Ok(());
    };
    let mut seen = BTreeMap::new();
    for file in &bundle.events {
        let name = wire_name(file);
        if let Some(other) = seen.insert(name, file) {
            return Err(bundle.error(
                &Place::new(file, ""),
                format!("the event {name:?} has a schema already, {other}"),
            ));
        }
        let mut place = bundle.follow(&Place::new(file, ""));
        for member in &path {
            place = bundle.follow(&place.member("properties").member(member));
        }
        let constant = bundle.get(&place).get("const");
        if constant.and_then(Value::as_str) != Some(name) {
            return Err(bundle.error(
                &place,
                format!("want {{\"type\": \"string\", \"const\": {name:?}}}, as the file is named by its event"),
            ));
        }
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
    let compile = |file: &str| -> Result<jsonschema::Validator, GenError> {
        let broken = |error: &dyn std::fmt::Display, pointer: &str| {
            bundle.error(&Place::new(file, pointer), error.to_string())
        };
        let mut registry = Registry::new();
        for (file, schema) in bundle.schemas() {
            registry = registry.add(uri(file), schema).map_err(|error| broken(&error, ""))?;
        }
        let registry = registry.prepare().map_err(|error| broken(&error, ""))?;
        jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&json!({ "$ref": uri(file) }))
            .map_err(|error| broken(&error, error.instance_path().as_str()))
    };
    for (file, schema) in bundle.schemas() {
        if let Err(error) = jsonschema::meta::validate(schema) {
            return Err(
                bundle.error(&Place::new(file, error.instance_path().as_str()), error.to_string())
            );
        }
        check_patterns(bundle, &Place::new(file, ""), schema)?;
    }
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
                format!("this example does not validate: {error}"),
            ));
        }
    }
    Ok(())
}

/// Every pattern compiles in the engine that payloads are judged with.
fn check_patterns(bundle: &Bundle, place: &Place, schema: &Value) -> Result<(), GenError> {
    match schema {
        Value::Object(members) => {
            if let Some(pattern @ Value::String(_)) = members.get("pattern") {
                jsonschema::options()
                    .with_pattern_options(jsonschema::PatternOptions::regex())
                    .build(&json!({ "pattern": pattern }))
                    .map_err(|error| bundle.error(&place.member("pattern"), error.to_string()))?;
            }
            for (name, value) in members {
                if !matches!(keyword(name), Some(Holds::Data)) || value.is_object() {
                    check_patterns(bundle, &place.member(name), value)?;
                }
            }
        }
        Value::Array(elements) => {
            for (i, value) in elements.iter().enumerate() {
                check_patterns(bundle, &place.member(&i.to_string()), value)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn uri(file: &str) -> String {
    format!("offhook:///{file}")
}
