//! What two schemas assert of a value itself, compared keyword by keyword.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Json, Schema};
use crate::diff::change::Effect;

/// Keywords that others look at: members and elements are fields of their own.
const ELSEWHERE: [&str; 6] =
    ["$ref", "additionalProperties", "allOf", "items", "properties", "required"];

/// Keywords that say nothing of what is valid.
const ANNOTATIONS: [&str; 9] = [
    "$comment",
    "$defs",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "examples",
    "title",
];

/// What stands for a schema that lets nothing through; no keyword is called so.
const NEVER: &str = "false";

/// A schema with nothing but what it asserts, and with what it refers to in place.
type Assertions = BTreeMap<String, Vec<Json>>;

/// What changed, in words, and how that changes what is let through.
pub(crate) fn changes(old: &Schema<'_>, new: &Schema<'_>) -> Vec<(String, Effect)> {
    let (mut old, mut new) = (assertions(old), assertions(new));
    match (old.remove(NEVER), new.remove(NEVER)) {
        (None, None) => {}
        (Some(_), Some(_)) => return Vec::new(),
        (None, Some(_)) => return vec![("must be absent now".to_owned(), Effect::Narrowed)],
        (Some(_), None) => return vec![("need not be absent".to_owned(), Effect::Widened)],
    }
    let mut changes = Vec::new();
    changes.extend(types(old.remove("type"), new.remove("type")));
    changes.extend(values(listed(&mut old).as_deref(), listed(&mut new).as_deref()));
    if advice(&old) != advice(&new) {
        changes.push(("other advice".to_owned(), Effect::None));
    }
    let keywords: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for keyword in keywords.into_iter().filter(|keyword| !keyword.starts_with("x-")) {
        let (old, new) = (old.get(keyword), new.get(keyword));
        match (keyword.as_str(), old.map(Vec::as_slice), new.map(Vec::as_slice)) {
            ("anyOf" | "oneOf", Some([Json::Array(old)]), Some([Json::Array(new)])) => {
                changes.extend(branches(old, new));
            }
            _ => changes.extend(other(keyword, old, new)),
        }
    }
    changes
}

fn advice(assertions: &Assertions) -> Option<&Vec<Json>> {
    assertions.get("x-advice")
}

fn assertions(schema: &Schema<'_>) -> Assertions {
    let mut assertions = Assertions::new();
    for schema in schema.all() {
        let own = schema.json().as_object().into_iter().flatten();
        for (keyword, _) in own.filter(|(keyword, _)| is_of_interest(keyword)) {
            if let Some(value) = schema.child(keyword) {
                assertions.entry(keyword.clone()).or_default().push(bare(&value, keyword, 0));
            }
        }
        if let Json::Bool(false) = schema.json() {
            assertions.entry(NEVER.to_owned()).or_default().push(Json::Bool(false));
        }
    }
    assertions
}

fn is_of_interest(keyword: &str) -> bool {
    !ELSEWHERE.contains(&keyword)
        && !ANNOTATIONS.contains(&keyword)
        && (keyword == "x-advice" || !keyword.starts_with("x-"))
}

/// The value of a keyword without annotations, with references resolved as far as they go.
fn bare(value: &Schema<'_>, keyword: &str, depth: usize) -> Json {
    use offhook_model::keyword::{Shape, canonical};
    const DEEPEST: usize = 16;

    let schema = |schema: &Schema<'_>| -> Json {
        if depth > DEEPEST {
            return Json::Null;
        }
        let mut members = crate::catalogue::Members::new();
        for layer in schema.layers() {
            let Some(own) = layer.json().as_object() else {
                return layer.json().clone();
            };
            for (keyword, _) in own {
                let told = keyword != "$ref"
                    && (is_of_interest(keyword) || ELSEWHERE.contains(&keyword.as_str()));
                if let Some(value) = layer.child(keyword).filter(|_| told) {
                    let value = bare(&value, keyword, depth + 1);
                    members.entry(keyword.clone()).or_insert(value);
                }
            }
        }
        members.sort_keys();
        Json::Object(members)
    };
    match canonical(keyword).map(|keyword| keyword.shape) {
        _ if keyword == "x-advice" => schema(value),
        Some(Shape::Schema) => schema(value),
        Some(Shape::SchemaList) => Json::Array(value.elements().iter().map(schema).collect()),
        Some(Shape::SchemaMap | Shape::PatternMap) => Json::Object(
            value.members().into_iter().map(|(name, it)| (name.to_owned(), schema(&it))).collect(),
        ),
        _ => value.json().clone(),
    }
}

/// The types that are let through; none if any are.
fn of_types(values: Option<Vec<Json>>) -> Option<BTreeSet<String>> {
    let sets = values?.into_iter().map(|types| -> BTreeSet<String> {
        match types {
            Json::Array(types) => {
                types.iter().filter_map(Json::as_str).map(str::to_owned).collect()
            }
            one => one.as_str().map(str::to_owned).into_iter().collect(),
        }
    });
    sets.reduce(|one, other| one.intersection(&other).cloned().collect())
}

fn types(old: Option<Vec<Json>>, new: Option<Vec<Json>>) -> Option<(String, Effect)> {
    let (old, new) = (of_types(old), of_types(new));
    let words = |types: &Option<BTreeSet<String>>| match types {
        None => "anything".to_owned(),
        Some(types) => {
            let (null, others): (Vec<_>, Vec<_>) = types.iter().partition(|ty| *ty == "null");
            others.into_iter().chain(null).cloned().collect::<Vec<_>>().join(" or ")
        }
    };
    let what = format!("{} instead of {}", words(&new), words(&old));
    let within = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.iter().all(|ty| other.contains(ty) || ty == "integer" && other.contains("number"))
    };
    let (narrowed, widened) = match (&old, &new) {
        (None, None) => return None,
        (None, Some(_)) => (true, false),
        (Some(_), None) => (false, true),
        (Some(old), Some(new)) => (!within(old, new), !within(new, old)),
    };
    effect(widened, narrowed).map(|effect| (what, effect))
}

/// The values that are listed, as `enum` or `const`.
fn listed(assertions: &mut Assertions) -> Option<Vec<Json>> {
    if let Some(only) = assertions.remove("const") {
        assertions.remove("enum");
        return Some(only);
    }
    let lists = assertions.remove("enum")?;
    let lists = lists.into_iter().map(|list| list.as_array().unwrap_or_default().to_vec());
    lists.reduce(|one, other| one.into_iter().filter(|value| other.contains(value)).collect())
}

fn values(old: Option<&[Json]>, new: Option<&[Json]>) -> Vec<(String, Effect)> {
    let words =
        |values: &[&Json]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(new)) => {
            let all: Vec<_> = new.iter().collect();
            vec![(format!("only {} now", words(&all)), Effect::Narrowed)]
        }
        (Some(_), None) => vec![("any value now, no longer a list".to_owned(), Effect::Widened)],
        (Some(old), Some(new)) => {
            let (gone, more) = (without(old, new), without(new, old));
            let mut changes = Vec::new();
            if !more.is_empty() {
                changes.push((format!("may be {}, too", words(&more)), Effect::Widened));
            }
            if !gone.is_empty() {
                changes.push((format!("no longer {}", words(&gone)), Effect::Narrowed));
            }
            changes
        }
    }
}

/// The branches of a union, in whatever order. They are taken to have nothing in common: then one
/// more lets more through.
fn branches(old: &[Json], new: &[Json]) -> Vec<(String, Effect)> {
    let (gone, more) = (without(old, new), without(new, old));
    match (&more[..], &gone[..]) {
        ([], []) => Vec::new(),
        (more, []) => vec![(format!("may be {}, too", either(more)), Effect::Widened)],
        ([], gone) => vec![(format!("no longer {}", either(gone)), Effect::Narrowed)],
        (more, gone) => {
            vec![(format!("{} instead of {}", either(more), either(gone)), Effect::Changed)]
        }
    }
}

fn without<'v>(values: &'v [Json], others: &[Json]) -> Vec<&'v Json> {
    values.iter().filter(|value| !others.contains(value)).collect()
}

fn either(values: &[&Json]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

/// A keyword that stands for itself.
fn other(
    keyword: &str,
    old: Option<&Vec<Json>>,
    new: Option<&Vec<Json>>,
) -> Option<(String, Effect)> {
    if old == new {
        return None;
    }
    let words =
        |values: &[Json]| values.iter().map(Json::to_string).collect::<Vec<_>>().join(" and ");
    Some(match (old, new) {
        (None, Some(new)) => (format!("{keyword} {} is new", words(new)), Effect::Narrowed),
        (Some(old), None) => (format!("{keyword} {} is gone", words(old)), Effect::Widened),
        (Some(old), Some(new)) => {
            let what = format!("{keyword} {} instead of {}", words(new), words(old));
            (what, bound(keyword, old, new).unwrap_or(Effect::Changed))
        }
        (None, None) => return None,
    })
}

/// The effect of another bound.
fn bound(keyword: &str, old: &[Json], new: &[Json]) -> Option<Effect> {
    let number = |values: &[Json]| match values {
        [Json::Number(number)] => Some(number.as_f64()),
        _ => None,
    };
    let (old, new) = (number(old)?, number(new)?);
    let is_lower = keyword.starts_with("min") || keyword == "exclusiveMinimum";
    let is_upper = keyword.starts_with("max") || keyword == "exclusiveMaximum";
    if !is_lower && !is_upper {
        return None;
    }
    Some(if (new > old) == is_lower { Effect::Narrowed } else { Effect::Widened })
}

fn effect(widened: bool, narrowed: bool) -> Option<Effect> {
    match (widened, narrowed) {
        (true, true) => Some(Effect::Changed),
        (true, false) => Some(Effect::Widened),
        (false, true) => Some(Effect::Narrowed),
        (false, false) => None,
    }
}
