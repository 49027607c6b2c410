//! Which assertions the types of an event do not carry.
//!
//! A type tells members, kinds and vocabularies. The rest is for the validator to look at.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::bundle::Bundle;
use crate::draft::Draft;
use crate::keyword;
use crate::place::Place;
use crate::union;
use crate::whole::{Union, Whole};

/// The keywords in the schemas of the event of `file` that its type does not carry.
pub(crate) fn keywords(bundle: &Bundle, file: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![Place::new(file, "")];
    while let Some(place) = open.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        open.extend(bundle.target(&place));
        let schema = bundle.get(&place);
        if *schema == Value::Bool(false) {
            found.insert("false".to_owned());
        }
        for (name, value) in schema.as_object().into_iter().flatten() {
            // Neither says anything without its `if`.
            if name == "then" || name == "else" {
                continue;
            }
            let end_of_tuple = name == "items" && *value == Value::Bool(false);
            if end_of_tuple && Whole::at(bundle, &place).exact_prefix(bundle).is_some() {
                continue;
            }
            if !carried(bundle, &place, name, value) {
                found.insert(name.clone());
            } else if !keyword::is_annotation(name) {
                let at = place.member(name);
                let below = keyword::schemas_in(Draft::Draft202012, &at, name, value);
                open.extend(below.into_iter().map(|(place, _)| place));
            }
        }
    }
    found.into_iter().collect()
}

/// Whether a type tells all that the keyword `name` of the schema at `place` asserts.
fn carried(bundle: &Bundle, place: &Place, name: &str, value: &Value) -> bool {
    let words = |values: &[Value]| values.iter().all(|value| value.is_string() || value.is_null());
    match name {
        "$ref" | "allOf" | "items" | "properties" | "required" | "type" => true,
        "additionalProperties" => *value != Value::Bool(false),
        "const" => words(std::slice::from_ref(value)),
        "enum" => value.as_array().is_some_and(|values| words(values)),
        "format" => value == "date-time",
        "maxItems" | "minItems" | "prefixItems" => {
            Whole::at(bundle, place).exact_prefix(bundle).is_some()
        }
        "anyOf" | "oneOf" => {
            let at = place.member(name);
            let branches = 0..value.as_array().map_or(0, Vec::len);
            let branches = branches.map(|branch| at.member(&branch.to_string())).collect();
            let union = Union { place: at, branches };
            union::tells_apart(bundle, &Whole::at(bundle, place), &union)
        }
        name => keyword::is_annotation(name),
    }
}
