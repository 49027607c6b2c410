//! What changed of one value, in words, keyword by keyword.

use std::collections::{BTreeSet, HashSet};

use crate::catalogue::{Json, Members};
use crate::diff::inline::object;
use crate::diff::number;

/// A step from the old schema to the new one.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) what: String,
    /// What is asserted before and after it; each member of a list asserts something.
    pub(crate) old: Vec<Json>,
    pub(crate) new: Vec<Json>,
}

/// Returns the steps that lead from some assertions to others, both of the aspect `name`.
pub(crate) fn steps(name: &str, old: &[Members], new: &[Members]) -> Vec<Step> {
    let schemas = |all: &[Members]| all.iter().cloned().map(Json::Object).collect::<Vec<_>>();
    let step = |what: String| Step { what, old: schemas(old), new: schemas(new) };
    match name {
        "false" if old.is_empty() => vec![step("must be absent now".to_owned())],
        "false" if new.is_empty() => vec![step("need not be absent".to_owned())],
        "type" => types(old, new).map(step).into_iter().collect(),
        "enum" => match (listed(old), listed(new)) {
            (Some(old), Some(new)) => values(&old, &new),
            (None, Some(new)) => vec![step(format!("only {} now", joined(&new, ", ")))],
            _ => vec![step("any value now, no longer a list".to_owned())],
        },
        "anyOf" | "oneOf" => {
            let whats = match (branches_in(name, old), branches_in(name, new)) {
                (Some(old), Some(new)) => branches(old, new),
                _ => None,
            };
            vec![step(whats.unwrap_or_else(|| keywords(old, new)))]
        }
        _ => vec![step(keywords(old, new))],
    }
}

/// Returns the branches of a union that is all that is asserted.
pub(crate) fn branches_in<'m>(keyword: &str, assertions: &'m [Members]) -> Option<&'m [Json]> {
    match assertions {
        [only] if only.len() == 1 => only.get(keyword)?.as_array(),
        _ => None,
    }
}

/// What changed of a union, whose branches may be in whatever order.
pub(crate) fn branches(old: &[Json], new: &[Json]) -> Option<String> {
    let (gone, more) = (without(old, new), without(new, old));
    match (&more[..], &gone[..]) {
        ([], []) => None,
        (more, []) => Some(format!("may be {}, too", joined(more, " or "))),
        ([], gone) => Some(format!("no longer {}", joined(gone, " or "))),
        (more, gone) => {
            Some(format!("{} instead of {}", joined(more, " or "), joined(gone, " or ")))
        }
    }
}

/// The types that are let through; `None` if all are.
fn allowed(assertions: &[Members]) -> Option<BTreeSet<String>> {
    let types = assertions.iter().filter_map(|own| own.get("type"));
    let sets = types.map(|types| -> BTreeSet<String> {
        let one = std::slice::from_ref(types);
        let all = types.as_array().unwrap_or(one).iter();
        all.filter_map(Json::as_str).map(str::to_owned).collect()
    });
    sets.reduce(|one, other| one.intersection(&other).cloned().collect())
}

fn types(old: &[Members], new: &[Members]) -> Option<String> {
    let words = |types: &Option<BTreeSet<String>>| match types {
        None => "anything".to_owned(),
        Some(types) => {
            let (null, others): (Vec<_>, Vec<_>) = types.iter().partition(|ty| *ty == "null");
            others.into_iter().chain(null).cloned().collect::<Vec<_>>().join(" or ")
        }
    };
    let (old, new) = (allowed(old), allowed(new));
    (old != new).then(|| format!("{} instead of {}", words(&new), words(&old)))
}

/// The values that are listed, as `enum` or `const`.
fn listed(assertions: &[Members]) -> Option<Vec<Json>> {
    let lists = assertions.iter().flat_map(|own| {
        let only = own.get("const").map(|only| vec![only.clone()]);
        let list = own.get("enum").and_then(Json::as_array).map(<[Json]>::to_vec);
        [only, list].into_iter().flatten()
    });
    lists.reduce(|one, other| {
        let other: HashSet<String> = other.iter().map(key).collect();
        one.into_iter().filter(|value| other.contains(&key(value))).collect()
    })
}

/// The values that are new, then those that are gone.
fn values(old: &[Json], new: &[Json]) -> Vec<Step> {
    let list = |values: &[Json]| vec![object("enum", values.iter().cloned().collect())];
    let (gone, more) = (without(old, new), without(new, old));
    let both: Vec<Json> = old.iter().chain(&more).cloned().collect();
    let mut steps = Vec::new();
    if !more.is_empty() {
        let what = format!("may be {}, too", joined(&more, ", "));
        steps.push(Step { what, old: list(old), new: list(&both) });
    }
    if !gone.is_empty() {
        let what = format!("no longer {}", joined(&gone, ", "));
        steps.push(Step { what, old: list(&both), new: list(new) });
    }
    steps
}

/// What changed of keywords that stand for themselves.
pub(crate) fn keywords(old: &[Members], new: &[Members]) -> String {
    let names: BTreeSet<&String> = old.iter().chain(new).flat_map(Members::keys).collect();
    let changes = names.into_iter().filter_map(|name| {
        let of = |assertions: &[Members]| -> Vec<Json> {
            assertions.iter().filter_map(|own| own.get(name)).cloned().collect()
        };
        let (old, new) = (of(old), of(new));
        if old == new {
            return None;
        }
        Some(match (&old[..], &new[..]) {
            ([], new) => format!("{name} {} is new", joined(new, " and ")),
            (old, []) => format!("{name} {} is gone", joined(old, " and ")),
            (old, new) => {
                format!("{name} {} instead of {}", joined(new, " and "), joined(old, " and "))
            }
        })
    });
    changes.collect::<Vec<_>>().join("; ")
}

fn without(values: &[Json], others: &[Json]) -> Vec<Json> {
    let others: HashSet<String> = others.iter().map(key).collect();
    values.iter().filter(|value| !others.contains(&key(value))).cloned().collect()
}

/// A text that is the same for a number in whatever spelling.
fn key(value: &Json) -> String {
    match value.as_number().and_then(|number| number::exact(number.as_str())) {
        Some(number) => number.to_string(),
        None => value.to_string(),
    }
}

fn joined(values: &[Json], between: &str) -> String {
    values.iter().map(Json::to_string).collect::<Vec<_>>().join(between)
}
