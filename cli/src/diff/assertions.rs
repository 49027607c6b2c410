//! What two versions assert of a value itself: members and elements are values of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Json, Members, Schema};
use crate::diff::canonical::Judge;
use crate::diff::change::{Effect, Verdict};
use crate::diff::equality::{Equality, is_asserting};
use crate::diff::inline::{self, object};
use crate::diff::place::Place;
use crate::diff::union;
use crate::diff::words::{self, Step};

/// Keywords that are compared elsewhere, or whose schemas are layers of their own.
const ELSEWHERE: [&str; 10] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "items",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that mean something only together, under one name. Types and values come first.
type Aspects<'v> = BTreeMap<(u8, String), Vec<Part<'v>>>;

/// What one layer asserts.
#[derive(Debug, Default)]
struct Part<'v> {
    /// The keywords with what they refer to in place; `None` if that is too large.
    members: Option<Members>,
    values: Vec<(&'v str, Schema<'v>)>,
}

/// What changed, in words, and how that changes what is let through.
pub(crate) fn changes(
    judge: &mut Judge,
    equality: &mut Equality,
    old: &Place<'_>,
    new: &Place<'_>,
) -> Vec<(String, Effect)> {
    let (olds, news) = (aspects(old), aspects(new));
    let mut context: Vec<Json> = required_by_both(old, new).into_iter().collect();
    let mut is_context_whole = true;
    let mut edited = Vec::new();
    let mut changes = Vec::new();
    let names: BTreeSet<_> = olds.keys().chain(news.keys()).collect();
    for name in names {
        let (old, new) = (parts(&olds, name), parts(&news, name));
        let members = [members(old), members(new)];
        match &members {
            [Some(old), Some(new)] if !are_equal(old, new) => {
                edited.push((name.1.as_str(), old.clone(), new.clone()));
            }
            [Some(old), Some(_)] => context.extend(old.iter().cloned().map(Json::Object)),
            _ if are_same(equality, old, new) => is_context_whole = false,
            _ => {
                is_context_whole = false;
                let what =
                    format!("{} changed; it is too large to compare, or contains itself", name.1);
                changes.push((what, Effect::UNDECIDED));
            }
        }
    }
    changes.extend(
        judged(judge, &context, &edited).into_iter().map(|(what, effect)| {
            (what, if is_context_whole { effect } else { effect.unproven() })
        }),
    );
    changes
}

/// Judges each step in the context of what both versions assert.
fn judged(
    judge: &mut Judge,
    context: &[Json],
    edited: &[(&str, Vec<Members>, Vec<Members>)],
) -> Vec<(String, Effect)> {
    if edited.is_empty() {
        return Vec::new();
    }
    let json = |all: Vec<&Vec<Members>>| -> Vec<Json> {
        all.into_iter().flatten().cloned().map(Json::Object).collect()
    };
    let old = json(edited.iter().map(|(_, old, _)| old).collect());
    let new = json(edited.iter().map(|(_, _, new)| new).collect());
    let whole = union::effect(judge, context, &old, &new);
    if whole == Effect::NONE {
        return Vec::new();
    }
    if let Some((name, old, new)) = edited.iter().find(|(name, ..)| *name == "false") {
        let step = words::steps(name, old, new);
        return step.into_iter().map(|step| (step.what, whole)).collect();
    }
    if let Some(what) = union::words(&old, &new) {
        return vec![(what, whole)];
    }
    let steps: Vec<Step> =
        edited.iter().flat_map(|(name, old, new)| words::steps(name, old, new)).collect();
    let [_, _, ..] = &steps[..] else {
        return steps.into_iter().map(|step| (step.what, whole)).collect();
    };
    let mut changes: Vec<(String, Effect)> = steps
        .iter()
        .map(|step| (step.what.clone(), union::effect(judge, context, &step.old, &step.new)))
        .collect();
    let sum = changes.iter().fold(Effect::NONE, |sum, (_, effect)| sum.and(*effect));
    let is_at_odds = |sum: Verdict, whole| whole != Verdict::Undecided && sum != whole;
    if is_at_odds(sum.receivers, whole.receivers) || is_at_odds(sum.senders, whole.senders) {
        // The steps make up for one another, so they are one change.
        let whats: Vec<String> = steps.into_iter().map(|step| step.what).collect();
        return vec![(whats.join("; "), whole)];
    }
    changes.retain(|(_, effect)| *effect != Effect::NONE);
    changes
}

/// The members that both versions require.
fn required_by_both(old: &Place<'_>, new: &Place<'_>) -> Option<Json> {
    let new = new.required();
    let both: Vec<&str> = old.required().into_iter().filter(|name| new.contains(name)).collect();
    (!both.is_empty()).then(|| object("required", both.into_iter().map(Json::from).collect()))
}

/// Whether two layers assert the same of the value itself.
pub(crate) fn is_same_layer(equality: &mut Equality, old: &Schema<'_>, new: &Schema<'_>) -> bool {
    let (olds, news) = (own_keywords(old), own_keywords(new));
    olds.len() == news.len()
        && olds
            .iter()
            .zip(&news)
            .all(|((name, old), (other, new))| name == other && equality.values(name, old, new))
        && old.json().is_false() == new.json().is_false()
}

/// Whether a layer asserts anything of the value itself.
pub(crate) fn asserts(layer: &Schema<'_>) -> bool {
    layer.json().is_false() || !own_keywords(layer).is_empty()
}

/// The keywords that assert something of the value itself, by name.
fn own_keywords<'v>(layer: &Schema<'v>) -> BTreeMap<&'v str, Schema<'v>> {
    let own = layer.json().as_object().into_iter().flatten();
    own.filter_map(|(keyword, _)| {
        let value = layer.child(keyword).filter(|it| is_own(keyword, it))?;
        Some((keyword.as_str(), value))
    })
    .collect()
}

fn aspects<'v>(place: &Place<'v>) -> Aspects<'v> {
    let mut aspects = Aspects::new();
    for layer in &place.layers {
        let mut own: BTreeMap<(u8, String), Part<'v>> = BTreeMap::new();
        for (keyword, value) in own_keywords(layer) {
            let part = own.entry(aspect(keyword, &value)).or_default();
            part.values.push((keyword, value));
        }
        if layer.json().is_false() {
            let never = Members::from_iter([("not".to_owned(), Json::Object(Members::new()))]);
            let part = Part { members: Some(never), values: Vec::new() };
            aspects.entry((0, "false".to_owned())).or_default().push(part);
        }
        for (name, mut part) in own {
            part.members = inlined(&name.1, &part.values);
            aspects.entry(name).or_default().push(part);
        }
    }
    aspects
}

/// Whether a keyword asserts something of the value itself.
fn is_own(keyword: &str, value: &Schema<'_>) -> bool {
    match keyword {
        // The one branch is a layer.
        "anyOf" | "oneOf" => value.elements().len() != 1,
        _ => !ELSEWHERE.contains(&keyword) && is_asserting(keyword, value.json()),
    }
}

fn aspect(keyword: &str, value: &Schema<'_>) -> (u8, String) {
    let (rank, name) = match keyword {
        "type" => (1, "type"),
        "anyOf" if union::types(value).is_some() => (1, "type"),
        "const" | "enum" => (2, "enum"),
        "if" | "then" | "else" => (3, "if"),
        "contains" | "minContains" | "maxContains" => (3, "contains"),
        other => (3, other),
    };
    (rank, name.to_owned())
}

fn inlined(aspect: &str, values: &[(&str, Schema<'_>)]) -> Option<Members> {
    let value = |(keyword, value): &(&str, Schema<'_>)| match union::types(value) {
        // A union of types has an aspect of its own beside `type`.
        Some(types) if aspect == "type" && *keyword == "anyOf" => Some(("type".to_owned(), types)),
        _ => Some(((*keyword).to_owned(), inline::value(keyword, value)?)),
    };
    values.iter().map(value).collect()
}

fn parts<'a, 'v>(aspects: &'a Aspects<'v>, name: &(u8, String)) -> &'a [Part<'v>] {
    aspects.get(name).map(Vec::as_slice).unwrap_or_default()
}

fn members(parts: &[Part<'_>]) -> Option<Vec<Members>> {
    parts.iter().map(|part| part.members.clone()).collect()
}

/// Whether the same is asserted, with no number rounded.
fn are_equal(old: &[Members], new: &[Members]) -> bool {
    let json = |all: &[Members]| all.iter().cloned().map(Json::Object).collect::<Vec<_>>();
    json(old) == json(new)
}

fn are_same(equality: &mut Equality, old: &[Part<'_>], new: &[Part<'_>]) -> bool {
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            old.values.len() == new.values.len()
                && old.values.iter().zip(&new.values).all(|((name, old), (other, new))| {
                    name == other && equality.values(name, old, new)
                })
        })
}
