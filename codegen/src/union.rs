//! `oneOf` and `anyOf`: which branches make a difference to the type, and what tells them apart.

use std::collections::{BTreeSet, HashSet};

use crate::ir::Guard;
use crate::names;
use crate::whole::{Key, Union, Whole};
use offhook_model::{Json, SchemaSet, TypeSet};

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
pub(crate) fn labels(set: &SchemaSet, alternatives: &[&Whole]) -> Vec<String> {
    let tags = tags(set, alternatives);
    alternatives
        .iter()
        .enumerate()
        .map(|(i, whole)| {
            let branch = whole.taken.last().map(|place| set.at(place));
            let title = branch.and_then(|branch| branch.get("title")).and_then(Json::as_str);
            let tag = tags.as_ref().map(|(_, values)| {
                let words = values[i].iter().map(|value| match value {
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
pub(crate) fn tells_apart(set: &SchemaSet, whole: &Whole, union: &Union) -> bool {
    let branches: Vec<(Whole, TypeSet)> = union
        .branches
        .iter()
        .map(|branch| whole.with_branch(set, union, branch))
        .map(|branch| (branch.clone(), branch.kinds(set)))
        .collect();
    let objects = branches.iter().filter(|(_, kinds)| kinds.intersects(TypeSet::OBJECT));
    let objects: Vec<&Whole> = objects.map(|(branch, _)| branch).collect();
    let one_tag_tells_all = tags(set, &objects).is_some();
    if !one_tag_tells_all && branches.len() > MOST {
        return false;
    }
    branches.iter().enumerate().all(|(i, (one, kinds))| {
        branches[i + 1..].iter().all(|(other, others)| {
            let both = *kinds & *others;
            let told = || one_tag_tells_all || tags(set, &[one, other]).is_some();
            both.is_empty() || both == TypeSet::OBJECT && told()
        })
    })
}

/// A member that every alternative requires, and its values, of which each has some of its own.
pub(crate) fn tags<'b>(
    set: &'b SchemaSet,
    wholes: &[&Whole],
) -> Option<(String, Vec<Vec<&'b Json>>)> {
    let first = wholes.first()?;
    first.members(set).into_iter().find_map(|(name, _)| {
        let mut all: Vec<Vec<&Json>> = Vec::new();
        let mut strings: HashSet<&str> = HashSet::new();
        let mut others: Vec<&Json> = Vec::new();
        for whole in wholes {
            let values = whole.member(set, &name).listed(set)?;
            let known = |value: &&Json| match value {
                Json::String(text) => strings.contains(text.as_str()),
                value => others.contains(value),
            };
            if !whole.required(set).contains(&name) || values.iter().any(known) {
                return None;
            }
            strings.extend(values.iter().filter_map(|value| value.as_str()));
            others.extend(values.iter().filter(|value| !value.is_string()));
            all.push(values);
        }
        Some((name, all))
    })
}

/// What tells the objects of `whole` from others.
pub(crate) fn guard(set: &SchemaSet, whole: &Whole) -> Guard {
    let mut only = Vec::new();
    collect_listed(set, whole, &mut Vec::new(), &mut only);
    let members = whole.members(set);
    let keeps_all = members.is_empty() || !whole.rest(set).is_empty();
    let known = members.into_iter().map(|(name, _)| name);
    Guard {
        required: whole.required(set),
        only,
        known: (!keeps_all).then(|| known.collect()),
        // `unevaluatedProperties` lets members be that are described under a condition alone.
        closed: whole.forbids_more(set, &["additionalProperties"]) && !keeps_all,
    }
}

/// The members, here and below, whose values are listed.
fn collect_listed(
    set: &SchemaSet,
    whole: &Whole,
    path: &mut Vec<String>,
    only: &mut Vec<(Vec<String>, Vec<Json>)>,
) {
    for (name, member) in whole.members(set) {
        path.push(name);
        if let Some(values) = member.listed(set) {
            only.push((path.clone(), values.into_iter().cloned().collect()));
        } else if path.len() < DEEPEST && member.kinds(set) == TypeSet::OBJECT {
            collect_listed(set, &member, path, only);
        }
        path.pop();
    }
}
