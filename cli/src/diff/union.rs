//! Unions: their branches are compared one by one where the whole is too much to prove.

use crate::catalogue::{Json, Schema};
use crate::diff::canonical::Judge;
use crate::diff::change::{Effect, Verdict};
use crate::diff::equality::is_asserting;
use crate::diff::inline::conjunction;
use crate::diff::words;

/// How many pairs of branches are compared.
const MOST_PAIRS: usize = 2_000;

/// Returns the effect of asserting `new` instead of `old` where `context` is asserted, too.
pub(crate) fn effect(judge: &mut Judge, context: &[Json], old: &[Json], new: &[Json]) -> Effect {
    let all = |own: &[Json]| conjunction(context.iter().chain(own).cloned().collect());
    let (old_whole, new_whole) = (all(old), all(new));
    let whole = judge.effect(&old_whole, &new_whole);
    if whole.receivers != Verdict::Undecided && whole.senders != Verdict::Undecided {
        return whole;
    }
    let by_branch = match (sole_union(old), sole_union(new)) {
        (Some((keyword, old)), Some((other, new))) if keyword == other => {
            compare(judge, context, keyword, old, new)
        }
        (Some((keyword, olds)), None) => {
            compare(judge, context, keyword, olds, &[conjunction(new.to_vec())])
        }
        (None, Some((keyword, news))) => {
            compare(judge, context, keyword, &[conjunction(old.to_vec())], news)
        }
        _ => None,
    };
    let Some(by_branch) = by_branch else { return whole };
    let known = |whole, by_branch| if whole == Verdict::Undecided { by_branch } else { whole };
    Effect {
        receivers: known(whole.receivers, by_branch.receivers),
        senders: known(whole.senders, by_branch.senders),
    }
}

/// Returns what changed in words, if one side is a union and the other has none.
pub(crate) fn words(old: &[Json], new: &[Json]) -> Option<String> {
    let one = |own: &[Json]| -> Option<Json> {
        let mut all = crate::catalogue::Members::new();
        for (name, value) in own.iter().filter_map(Json::as_object).flatten() {
            if all.insert(name.clone(), value.clone()).is_some() {
                return None;
            }
        }
        all.sort_keys();
        Some(Json::Object(all))
    };
    match (sole_union(old), sole_union(new)) {
        (Some((_, branches)), None) if !new.is_empty() => words::branches(branches, &[one(new)?]),
        (None, Some((_, branches))) if !old.is_empty() => words::branches(&[one(old)?], branches),
        _ => None,
    }
}

/// Returns the union that is all that is asserted, with its branches.
fn sole_union(assertions: &[Json]) -> Option<(&'static str, &[Json])> {
    let [only] = assertions else { return None };
    let own = only.as_object().filter(|own| own.len() == 1)?;
    let keyword = ["anyOf", "oneOf"].into_iter().find(|keyword| own.contains_key(*keyword))?;
    Some((keyword, own.get(keyword)?.as_array()?))
}

/// Returns the effect of other branches; `None` if that is too much to prove.
fn compare(
    judge: &mut Judge,
    context: &[Json],
    keyword: &str,
    old: &[Json],
    new: &[Json],
) -> Option<Effect> {
    let has = |all: &[Json], one: &Json| all.contains(one);
    let gone: Vec<&Json> = old.iter().filter(|branch| !has(new, branch)).collect();
    let more: Vec<&Json> = new.iter().filter(|branch| !has(old, branch)).collect();
    if (gone.len() + more.len()).saturating_mul(old.len() + new.len()) > MOST_PAIRS {
        return None;
    }
    // An instance of two branches of `oneOf` is refused, so another branch may narrow.
    if keyword == "oneOf" {
        let repeats = |all: &[Json]| (1..all.len()).any(|at| has(&all[..at], &all[at]));
        if repeats(old) || repeats(new) {
            return None;
        }
        let is_apart = |judge: &mut Judge, one: &Json, others: &[Json]| {
            others.iter().filter(|other| *other != one).all(|other| judge.are_disjoint(one, other))
        };
        if !gone.iter().all(|branch| is_apart(judge, branch, old))
            || !more.iter().all(|branch| is_apart(judge, branch, new))
        {
            return None;
        }
    }
    Some(Effect {
        receivers: beyond(judge, context, &more, old),
        senders: beyond(judge, context, &gone, new),
    })
}

/// Returns whether some branch lets through what none of `others` does.
fn beyond(judge: &mut Judge, context: &[Json], branches: &[&Json], others: &[Json]) -> Verdict {
    let verdicts = branches.iter().map(|branch| {
        let within = conjunction(context.iter().chain([*branch]).cloned().collect());
        if others.iter().any(|other| judge.effect(other, &within).receivers == Verdict::Safe) {
            Verdict::Safe
        } else if judge.is_met(&within) && others.iter().all(|it| judge.are_disjoint(it, &within)) {
            Verdict::Breaks
        } else {
            Verdict::Undecided
        }
    });
    verdicts.max().unwrap_or(Verdict::Safe)
}

/// Returns the `type` that says the same as a union of types.
pub(crate) fn types(union: &Schema<'_>) -> Option<Json> {
    let mut types = Vec::new();
    for branch in union.elements() {
        let own = branch.json().as_object()?;
        if own.iter().any(|(name, value)| name != "type" && is_asserting(name, value)) {
            return None;
        }
        let only = own.get("type")?;
        types.extend_from_slice(only.as_array().unwrap_or(std::slice::from_ref(only)));
    }
    types.sort_by_key(Json::to_string);
    types.dedup();
    (!types.is_empty()).then_some(Json::Array(types))
}
