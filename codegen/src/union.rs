//! `oneOf` and `anyOf`: which branches make a difference to the type, and what tells them apart.

use std::collections::BTreeSet;

use crate::ir::Guard;
use crate::names;
use crate::whole::{Key, Union, Whole};
use offhook_model::graph::{Pins, Tag};
use offhook_model::{Graph, Json, SchemaSet, TypeSet};

/// The most alternatives that several unions may make together; beyond, they make no type.
const MOST: usize = 64;

/// The longest name that is made of the values of a tag.
const LONGEST_LABEL: usize = 40;

/// How deep a guard looks, and a comparison of members.
const DEEPEST: usize = 4;

/// The ways through all unions of `whole` that a value may take.
pub(crate) fn alternatives(set: &SchemaSet, whole: Whole) -> Vec<Whole> {
    let mut done: Vec<Whole> = Vec::new();
    // Two ways may come to the same, and go on alike from there.
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    let mut open = vec![whole];
    while let Some(whole) = open.pop() {
        if !seen.insert(whole.key(set)) {
            continue;
        }
        let Some(union) = whole.unions(set).into_iter().next() else {
            if !whole.kinds(set).is_empty() {
                done.push(whole);
            }
            continue;
        };
        let branches: Vec<Whole> =
            union.branches.iter().map(|branch| whole.with_branch(set, &union, branch)).collect();
        let others = open.len() + done.len();
        let room = others == 0 || others + branches.len() <= MOST;
        if room && shapes(set, &whole, &union, &branches) {
            open.extend(branches.into_iter().rev());
        } else {
            open.push(whole.without_union(&union));
        }
    }
    done
}

/// Whether a union says more of a value's structure than the whole does without it.
fn shapes(set: &SchemaSet, whole: &Whole, union: &Union, branches: &[Whole]) -> bool {
    let base = whole.without_union(union);
    let kinds = base.kinds(set);
    let listed = base.listed(set).is_some();
    branches.iter().any(|branch| {
        branch.kinds(set) != kinds
            || !listed && kinds.intersects(TypeSet::STRING) && branch.listed(set).is_some()
            || adds_structure(set, &base, branch, DEEPEST)
    })
}

/// Whether `branch`, which is `base` and more, describes members or elements that `base` does not.
fn adds_structure(set: &SchemaSet, base: &Whole, branch: &Whole, depth: usize) -> bool {
    let members = base.members(set);
    let more = branch.members(set).into_iter().any(|(name, of_branch)| {
        match members.iter().find(|(known, _)| *known == name) {
            None => !of_branch.kinds(set).is_empty(),
            Some((_, of_base)) => {
                depth > 0
                    && of_branch.places.len() > of_base.places.len()
                    && adds_structure(set, of_base, &of_branch, depth - 1)
            }
        }
    });
    more || [TypeSet::ARRAY, TypeSet::OBJECT]
        .into_iter()
        .any(|kind| branch.has_structure(set, kind) && !base.has_structure(set, kind))
        || branch.prefix(set).len() != base.prefix(set).len()
        || !branch.unions(set).is_empty() && branch.unions(set).len() > base.unions(set).len()
}

/// What the objects of each alternative are called among themselves.
pub(crate) fn labels(set: &SchemaSet, graph: &Graph, alternatives: &[&Whole]) -> Vec<String> {
    let tag = tag(graph, alternatives);
    alternatives
        .iter()
        .enumerate()
        .map(|(i, whole)| {
            let branch = whole.taken.last().map(|place| set.at(place));
            let title = branch.and_then(|branch| branch.get("title")).and_then(Json::as_str);
            // A tag further down tells less of the object than a title.
            let tag = tag.as_ref().filter(|tag| tag.path.len() == 1 || title.is_none());
            let tag = tag.map(|tag| {
                let words = tag.values_of(i).map(|value| match value {
                    Json::String(text) => names::pascal(text),
                    other => names::pascal(&other.to_string()),
                });
                words.collect::<Vec<_>>().join("Or")
            });
            let tag = tag.filter(|tag| tag.len() <= LONGEST_LABEL);
            tag.or(title.map(names::pascal)).unwrap_or_else(|| format!("Branch{}", i + 1))
        })
        .collect()
}

/// Whether no value can fit two branches of a union of `whole`, as its kind or its tag tells which one
/// it fits.
pub(crate) fn tells_apart(set: &SchemaSet, graph: &Graph, whole: &Whole, union: &Union) -> bool {
    let branches: Vec<(TypeSet, Pins)> = union
        .branches
        .iter()
        .map(|branch| whole.with_branch(set, union, branch))
        .map(|branch| (branch.kinds(set), pins(graph, &branch)))
        .collect();
    let objects = branches.iter().filter(|(kinds, _)| kinds.intersects(TypeSet::OBJECT));
    let objects: Vec<&Pins> = objects.map(|(_, pins)| pins).collect();
    let one_tag_tells_all = complete_tag(graph, &objects).is_some();
    if !one_tag_tells_all && branches.len() > MOST {
        return false;
    }
    branches.iter().enumerate().all(|(i, (kinds, one))| {
        branches[i + 1..].iter().all(|(others, other)| {
            let both = *kinds & *others;
            let told = || one_tag_tells_all || complete_tag(graph, &[one, other]).is_some();
            both.is_empty() || both == TypeSet::OBJECT && told()
        })
    })
}

/// The tag that tells the objects of each alternative apart, if all of them have one.
pub(crate) fn tag(graph: &Graph, alternatives: &[&Whole]) -> Option<Tag> {
    let pins: Vec<Pins> = alternatives.iter().map(|whole| pins(graph, whole)).collect();
    complete_tag(graph, &pins.iter().collect::<Vec<_>>())
}

/// The tag that tells objects apart, if it stands in every one.
fn complete_tag(graph: &Graph, alternatives: &[&Pins]) -> Option<Tag> {
    graph.tag(alternatives).filter(|tag| tag.tells_one() && tag.is_required)
}

/// The members of the objects of `whole`, here and below, whose values are listed.
fn pins(graph: &Graph, whole: &Whole) -> Pins {
    let schemas: Vec<_> = whole.places.iter().filter_map(|place| graph.at(place)).collect();
    graph.pins(&schemas, DEEPEST)
}

/// What tells the objects of `whole` from others.
pub(crate) fn guard(set: &SchemaSet, graph: &Graph, whole: &Whole) -> Guard {
    let pins = pins(graph, whole).into_iter();
    let members = whole.members(set);
    let keeps_all = members.is_empty() || !whole.rest(set).is_empty();
    let known = members.into_iter().map(|(name, _)| name);
    Guard {
        required: whole.required(set),
        only: pins.map(|(path, pin)| (path, pin.values)).collect(),
        known: (!keeps_all).then(|| known.collect()),
        // `unevaluatedProperties` lets members be that are described under a condition alone.
        closed: whole.forbids_more(set, &["additionalProperties"]) && !keeps_all,
    }
}
