//! Refuses schemas that are right as such, and that no Rust type could be true to.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::GenError;
use crate::bundle::Bundle;
use crate::ir::{Definition, Shape, Type};
use crate::keyword;
use crate::place::Place;

/// Every member that an object requires, or that a condition or a branch of it describes, is among
/// its own `properties`: the struct is made of these alone, and would lose the others.
pub(crate) fn hidden_members(bundle: &Bundle, object: &Place) -> Result<(), GenError> {
    let schema = bundle.get(object);
    if schema["properties"].as_object().is_some_and(Map::is_empty) {
        return Err(bundle.error(
            &object.member("properties"),
            "want at least one, or \"additionalProperties\": true in their stead",
        ));
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for (i, name) in required.enumerate() {
        if schema["properties"].get(name).is_none() {
            return Err(bundle.error(
                &object.member("required").member(&i.to_string()),
                format!("want a name that stands in \"properties\", got {name:?}"),
            ));
        }
    }
    if schema.get("additionalProperties").is_some_and(Value::is_object) {
        return Err(bundle.error(
            &object.member("additionalProperties"),
            "want none beside \"properties\": what a struct does not name, it does not keep",
        ));
    }
    let mut open = branches(bundle, object);
    let mut seen = BTreeSet::new();
    while let Some(branch) = open.pop() {
        if !seen.insert(branch.clone()) {
            continue;
        }
        let described = bundle.get(&branch)["properties"].as_object().into_iter().flatten();
        for (name, _) in described {
            if schema["properties"].get(name).is_none() {
                return Err(bundle.error(
                    &branch.member("properties").member(name),
                    format!("want a member that the object's own \"properties\" has, got {name:?}"),
                ));
            }
        }
        open.extend(branches(bundle, &branch));
    }
    Ok(())
}

/// The schemas that the value at `place` has to meet as well, in some cases or in all.
fn branches(bundle: &Bundle, place: &Place) -> Vec<Place> {
    let schema = bundle.get(place);
    let single = ["if", "then", "else", "not"].into_iter();
    let mut places: Vec<Place> = single
        .filter(|keyword| schema.get(keyword).is_some())
        .map(|keyword| place.member(keyword))
        .collect();
    for keyword in ["allOf", "anyOf"] {
        let count = schema[keyword].as_array().map_or(0, Vec::len);
        places.extend((0..count).map(|i| place.member(keyword).member(&i.to_string())));
    }
    places.iter().map(|place| bundle.follow(place)).collect()
}

/// No struct holds itself, however far down, unless in an array: it would have no size.
pub(crate) fn endless_structs(bundle: &Bundle, definitions: &[Definition]) -> Result<(), GenError> {
    for start in definitions {
        let (mut open, mut seen) = (vec![start], BTreeSet::new());
        while let Some(definition) = open.pop() {
            let Shape::Struct(fields) = &definition.shape else {
                continue;
            };
            for field in fields {
                let Type::Named(name) = &field.ty else {
                    continue;
                };
                if *name == start.name {
                    let message = format!(
                        "want a schema that does not lead back to {name}: only an array may"
                    );
                    let at = definition.place.member("properties").member(&field.wire);
                    return Err(bundle.error(&at, message));
                }
                if seen.insert(name) {
                    open.extend(definitions.iter().find(|other| other.name == *name));
                }
            }
        }
    }
    Ok(())
}

/// Every `x-rust-name` names a type: it has no influence on anything else.
pub(crate) fn idle_names(bundle: &Bundle, definitions: &[Definition]) -> Result<(), GenError> {
    for (file, schema) in bundle.schemas() {
        let mut open = vec![(Place::new(file, ""), schema)];
        while let Some((place, schema)) = open.pop() {
            if schema.get("x-rust-name").is_some()
                && !definitions.iter().any(|definition| definition.place == place)
            {
                let message = "want it where a type is made: no type is made of this schema alone";
                return Err(bundle.error(&place.member("x-rust-name"), message));
            }
            open.extend(keyword::subschemas(&place, schema));
        }
    }
    Ok(())
}

/// Beside a `$ref` only annotations may stand: an assertion would need a type of its own.
pub(crate) fn siblings(bundle: &Bundle, place: &Place) -> Result<(), GenError> {
    let annotations = [
        "$ref",
        "$schema",
        "$comment",
        "title",
        "description",
        "x-source",
        "x-advice",
        "x-sensitive",
    ];
    let schema = bundle.get(place).as_object();
    let keywords = schema.into_iter().flat_map(Map::keys);
    match keywords.map(String::as_str).find(|keyword| !annotations.contains(keyword)) {
        None => Ok(()),
        Some(keyword) => Err(bundle.error(
            &place.member(keyword),
            "want nothing beside \"$ref\" but description, x-source, x-advice and x-sensitive",
        )),
    }
}

/// A schema without `type` is any JSON, so nothing may hint at a type.
pub(crate) fn untyped(bundle: &Bundle, place: &Place, schema: &Value) -> Result<(), GenError> {
    let shaping = [
        "properties",
        "items",
        "enum",
        "const",
        "anyOf",
        "allOf",
        "format",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "required",
        "additionalProperties",
    ];
    match shaping.iter().find(|keyword| schema.get(**keyword).is_some()) {
        None => Ok(()),
        Some(keyword) => Err(bundle.error(place, format!("want a \"type\" beside {keyword:?}"))),
    }
}
