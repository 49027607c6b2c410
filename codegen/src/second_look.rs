//! Which assertions the types of an event do not carry.
//!
//! A type tells members, kinds and vocabularies. The rest is for the validator to look at.

use std::collections::BTreeSet;

use crate::union;
use crate::whole::{Union, Whole};
use offhook_model::{Graph, Json, Location, SchemaSet, keyword};

/// The keywords in the schemas of the event of `file` that its type does not carry.
pub(crate) fn keywords(set: &SchemaSet, graph: &Graph, file: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![Location::new(file, "")];
    while let Some(place) = open.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        open.extend(set.target(&place));
        let schema = set.at(&place);
        if *schema == Json::Bool(false) {
            found.insert("false".to_owned());
        }
        for (name, value) in schema.as_object().into_iter().flatten() {
            // Neither says anything without its `if`.
            if name == "then" || name == "else" {
                continue;
            }
            let end_of_tuple = name == "items" && *value == Json::Bool(false);
            if end_of_tuple && Whole::at(set, &place).exact_prefix(set).is_some() {
                continue;
            }
            if !carried(set, graph, &place, name, value) {
                found.insert(name.clone());
            } else if !keyword::is_annotation(name) {
                let at = place.child(name);
                let below = keyword::schemas_in(name, &at, value);
                open.extend(below.into_iter().map(|(place, _)| place));
            }
        }
    }
    found.into_iter().collect()
}

/// Whether a type tells all that the keyword `name` of the schema at `place` asserts.
fn carried(set: &SchemaSet, graph: &Graph, place: &Location, name: &str, value: &Json) -> bool {
    let words = |values: &[Json]| values.iter().all(|value| value.is_string() || value.is_null());
    match name {
        "$ref" | "allOf" | "items" | "properties" | "required" | "type" => true,
        "additionalProperties" => *value != Json::Bool(false),
        "const" => words(std::slice::from_ref(value)),
        "enum" => value.as_array().is_some_and(words),
        "format" => value == "date-time",
        "maxItems" | "minItems" | "prefixItems" => {
            Whole::at(set, place).exact_prefix(set).is_some()
        }
        "anyOf" | "oneOf" => {
            let at = place.child(name);
            let branches = 0..value.as_array().map_or(0, <[Json]>::len);
            let branches = branches.map(|branch| at.child(&branch.to_string())).collect();
            let union = Union { place: at, branches };
            union::tells_apart(set, graph, &Whole::at(set, place), &union)
        }
        name => keyword::is_annotation(name),
    }
}
