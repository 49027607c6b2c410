//! A schema with what it refers to in place and with assertions alone, if that is not too large.

use offhook_model::keyword::{Shape, canonical};

use crate::catalogue::{Json, Members, Schema};
use crate::diff::equality::{is_asserting, referred};

/// How many JSON values a schema may have with everything in place.
const MOST_VALUES: usize = 3_000;

/// How deep schemas may be nested.
const DEEPEST: usize = 48;

/// Returns a schema that all of `schemas` are; `None` if it is too large, or contains itself.
pub(crate) fn all(schemas: &[Schema<'_>]) -> Option<Json> {
    let mut inliner = Inliner { values_left: MOST_VALUES };
    let all: Option<Vec<Json>> = schemas.iter().map(|schema| inliner.schema(schema, 0)).collect();
    Some(conjunction(all?))
}

/// Returns the value of a keyword; `None` if it is too large, or contains itself.
pub(crate) fn value(keyword: &str, value: &Schema<'_>) -> Option<Json> {
    Inliner { values_left: MOST_VALUES }.value(keyword, value, 0)
}

/// Returns an object with one member.
pub(crate) fn object(name: &str, value: Json) -> Json {
    Json::Object(Members::from_iter([(name.to_owned(), value)]))
}

/// Returns the schema of what meets all of `schemas`.
pub(crate) fn conjunction(mut schemas: Vec<Json>) -> Json {
    match schemas.len() {
        0 => Json::Bool(true),
        1 => schemas.swap_remove(0),
        _ => object("allOf", Json::Array(schemas)),
    }
}

struct Inliner {
    values_left: usize,
}

impl Inliner {
    fn schema(&mut self, schema: &Schema<'_>, depth: usize) -> Option<Json> {
        self.take(1)?;
        if depth > DEEPEST {
            return None;
        }
        let schema = &referred(schema);
        let Some(own) = schema.json().as_object() else {
            return Some(schema.json().clone());
        };
        let mut members = Members::new();
        for (keyword, value) in own.iter().filter(|(keyword, it)| is_asserting(keyword, it)) {
            if let Some(part) = schema.child(keyword).filter(|_| keyword != "$ref") {
                debug_assert_eq!(part.json(), value);
                members.insert(keyword.clone(), self.value(keyword, &part, depth + 1)?);
            }
        }
        if let Some(target) = schema.target() {
            let target = self.schema(&target, depth + 1)?;
            if members.is_empty() {
                return Some(target);
            }
            let all = members.entry("allOf".to_owned()).or_insert(Json::Array(Vec::new()));
            let listed = all.as_array().unwrap_or_default();
            *all = listed.iter().cloned().chain([target]).collect();
        }
        // A list of one branch is that branch.
        if let [("allOf" | "anyOf" | "oneOf", Json::Array(only))] =
            &members.iter().map(|(name, value)| (name.as_str(), value)).collect::<Vec<_>>()[..]
            && let [only] = &only[..]
        {
            return Some(only.clone());
        }
        members.sort_keys();
        Some(Json::Object(members))
    }

    fn value(&mut self, keyword: &str, value: &Schema<'_>, depth: usize) -> Option<Json> {
        let mut schema = |it: &Schema<'_>| self.schema(it, depth);
        match canonical(keyword).map(|keyword| keyword.shape) {
            Some(Shape::Schema) => schema(value),
            Some(Shape::SchemaList) => value.elements().iter().map(schema).collect(),
            Some(Shape::SchemaMap | Shape::PatternMap) => {
                let mut members = value
                    .members()
                    .into_iter()
                    .map(|(name, it)| Some((name.to_owned(), schema(&it)?)))
                    .collect::<Option<Members>>()?;
                members.sort_keys();
                Some(Json::Object(members))
            }
            // Lists of values are easily compared.
            _ => {
                self.take(1 + size(value.json()) / 4)?;
                Some(value.json().clone())
            }
        }
    }

    fn take(&mut self, values: usize) -> Option<()> {
        self.values_left = self.values_left.checked_sub(values)?;
        Some(())
    }
}

/// Returns how many JSON values there are in one, itself among them.
pub(crate) fn size(json: &Json) -> usize {
    1 + match json {
        Json::Array(elements) => elements.iter().map(size).sum(),
        Json::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}
