//! Lists of strings into the variants of an open enum.

use serde_json::{Map, Value};

use crate::GenError;
use crate::bundle::Bundle;
use crate::explain::shown;
use crate::ir::Variant;
use crate::keyword::json_types;
use crate::names::{self, decapitalise};
use crate::place::Place;

/// The listed values of a string: `const`, `enum`, or `anyOf` with lists and patterns. A null
/// among them is the nullable field's business.
pub(crate) fn listed_strings<'s>(
    bundle: &Bundle,
    place: &Place,
    schema: &'s Value,
) -> Result<Option<Vec<(Place, &'s str)>>, GenError> {
    if let Some(constant) = schema.get("const") {
        return strings(bundle, vec![(place.member("const"), constant)]).map(Some);
    }
    if schema.get("enum").is_some() {
        let (_, nullable) = json_types(schema);
        let mut listed = listed(place, schema);
        listed.retain(|(_, value)| !(nullable && value.is_null()));
        if listed.is_empty() {
            return Err(bundle.error(&place.member("enum"), "want values, got none"));
        }
        return strings(bundle, listed).map(Some);
    }
    let Some(branches) = schema.get("anyOf").and_then(Value::as_array) else {
        return Ok(None);
    };
    let mut values = Vec::new();
    for (i, branch) in branches.iter().enumerate() {
        let at = place.member("anyOf").member(&i.to_string());
        let allowed = ["enum", "const", "pattern", "type", "description", "title"];
        let keywords = branch.as_object().into_iter().flat_map(Map::keys);
        let asserts = ["enum", "const", "pattern"].map(|keyword| branch.get(keyword));
        if !keywords.clone().all(|keyword| allowed.contains(&keyword.as_str()))
            || asserts.iter().flatten().count() != 1
        {
            return Ok(None);
        }
        match asserts[1] {
            Some(constant) => values.push((at.member("const"), constant)),
            None => values.extend(listed(&at, branch)),
        }
    }
    Ok((!values.is_empty()).then_some(strings(bundle, values)?))
}

/// The listed values as variants, documented by `x-enum-descriptions`.
pub(crate) fn variants(
    bundle: &Bundle,
    place: &Place,
    schema: &Value,
    values: &[(Place, &str)],
) -> Result<Vec<Variant>, GenError> {
    let texts = &schema["x-enum-descriptions"];
    for (wire, _) in texts.as_object().into_iter().flatten() {
        if !values.iter().any(|(_, value)| value == wire) {
            return Err(bundle.error(
                &place.member("x-enum-descriptions").member(wire),
                format!("want one of the listed values, got {wire:?}"),
            ));
        }
    }
    let mut variants: Vec<Variant> = Vec::new();
    for (at, wire) in values {
        let Some(name) = names::pascal(wire) else {
            let message = format!("want a value that can name a Rust variant, got {wire:?}");
            return Err(bundle.error(at, message));
        };
        if let Some(other) = variants.iter().find(|variant| variant.name == name) {
            let message = format!(
                "want a value that differs in more than case and punctuation from {:?}, got {wire:?}: both would be the variant {name}",
                other.wire
            );
            return Err(bundle.error(at, message));
        }
        if name == "Unknown" {
            let message = format!(
                "want a value other than {wire:?}: Unknown is the variant for values that are not listed"
            );
            return Err(bundle.error(at, message));
        }
        let text = texts.get(wire).and_then(Value::as_str).map_or_else(
            || format!("`{wire}`"),
            |text| format!("`{wire}`: {}", decapitalise(text)),
        );
        variants.push(Variant { wire: (*wire).to_owned(), name, docs: vec![text] });
    }
    Ok(variants)
}

fn strings<'s>(
    bundle: &Bundle,
    values: Vec<(Place, &'s Value)>,
) -> Result<Vec<(Place, &'s str)>, GenError> {
    let string = |(at, value): (Place, &'s Value)| match value.as_str() {
        Some(text) => Ok((at, text)),
        None => Err(bundle.error(&at, format!("want a string, got {}", shown(value)))),
    };
    values.into_iter().map(string).collect()
}

/// The values of a schema's `enum`, each with its place.
fn listed<'s>(place: &Place, schema: &'s Value) -> Vec<(Place, &'s Value)> {
    let values = schema["enum"].as_array().into_iter().flatten().enumerate();
    values.map(|(i, value)| (place.member("enum").member(&i.to_string()), value)).collect()
}
