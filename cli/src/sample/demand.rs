//! All that is asked of one value: the schemas that apply to it, one branch chosen of each union.

use std::collections::BTreeSet;

use offhook_model::TypeSet;
use offhook_model::keyword::canonical;

use super::random::Random;
use crate::catalogue::{Json, Members, Schema};

/// Schemas that refer to each other without an end are not followed for longer than this.
const MOST: usize = 256;

/// What is asked of a value.
pub(super) struct Demand<'v> {
    /// Every one of them applies.
    pub(super) layers: Vec<Schema<'v>>,
}

impl<'v> Demand<'v> {
    /// What `schemas` and their advice ask together. Where there are branches, one is chosen; whether
    /// it is compatible with the rest, shows later. None if nothing can meet it.
    pub(super) fn of(schemas: Vec<Schema<'v>>, random: &mut Random) -> Option<Self> {
        let mut layers = Vec::new();
        let mut seen = BTreeSet::new();
        let mut ahead = schemas;
        while let Some(schema) = ahead.pop() {
            for layer in schema.all() {
                if !seen.insert(layer.location()) {
                    continue;
                }
                if layers.len() >= MOST || *layer.json() == Json::Bool(false) {
                    return None;
                }
                ahead.extend(layer.child("x-advice"));
                for keyword in ["anyOf", "oneOf"] {
                    let branches = layer.children(keyword);
                    ahead.extend(random.pick(&branches).cloned());
                }
                if let Some(condition) = layer.child("if") {
                    if random.happens(1, 2) {
                        ahead.extend([condition]);
                        ahead.extend(layer.child("then"));
                    } else {
                        ahead.extend(layer.child("else"));
                    }
                }
                layers.push(layer);
            }
        }
        Some(Self { layers })
    }

    /// The same, with what else is asked.
    pub(super) fn with(self, more: Vec<Schema<'v>>, random: &mut Random) -> Option<Self> {
        if more.is_empty() {
            return Some(self);
        }
        let more = Self::of(more, random)?;
        Some(Self { layers: self.layers.into_iter().chain(more.layers).collect() })
    }

    /// What a keyword holds, wherever it stands.
    pub(super) fn values<'s>(&'s self, keyword: &'s str) -> impl Iterator<Item = &'v Json> + 's {
        self.layers.iter().filter_map(move |layer| layer.own(keyword))
    }

    /// The numbers that a keyword holds.
    pub(super) fn numbers<'s>(&'s self, keyword: &'s str) -> impl Iterator<Item = f64> + 's {
        self.values(keyword).filter_map(Json::as_f64)
    }

    /// The greatest number that a keyword holds, as a count.
    pub(super) fn at_least(&self, keyword: &str) -> usize {
        self.numbers(keyword).filter_map(count).max().unwrap_or_default()
    }

    /// The smallest number that a keyword holds, as a count.
    pub(super) fn at_most(&self, keyword: &str) -> usize {
        self.numbers(keyword).filter_map(count).min().unwrap_or(usize::MAX)
    }

    /// The values among which a list leaves the choice; none if there is no list.
    pub(super) fn listed(&self) -> Option<Vec<&'v Json>> {
        let only = self.values("const").map(|only| vec![only]);
        let lists = self.values("enum").filter_map(Json::as_array);
        let lists: Vec<Vec<&Json>> = only.chain(lists.map(|list| list.iter().collect())).collect();
        let (first, others) = lists.split_first()?;
        let types = self.types().unwrap_or(TypeSet::ALL);
        let is_of_type = |value: &Json| types.contains(TypeSet::of_value(value));
        let in_all =
            |value: &&Json| is_of_type(value) && others.iter().all(|list| list.contains(value));
        Some(first.iter().copied().filter(in_all).collect())
    }

    /// The types that a value may have; none if nothing is said of them.
    pub(super) fn types(&self) -> Option<TypeSet> {
        if self.values("type").next().is_none() {
            let speaks_of = |types: TypeSet| {
                let keywords = self.layers.iter().filter_map(|layer| layer.json().as_object());
                let mut keywords = keywords.flat_map(Members::keys);
                keywords.any(|name| canonical(name).is_some_and(|keyword| keyword.types == types))
            };
            let told = [TypeSet::OBJECT, TypeSet::ARRAY, TypeSet::STRING, TypeSet::NUMBER];
            return told.into_iter().find(|types| speaks_of(*types));
        }
        let types = self.values("type").map(TypeSet::of_keyword);
        Some(types.fold(TypeSet::ALL, |all, types| all & types))
    }
}

/// The strings that a keyword lists, or the only one that it holds.
pub(super) fn names(value: &Json) -> Vec<&str> {
    match value {
        Json::Array(several) => several.iter().filter_map(Json::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// A number as a count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is beyond the range is as good as its end"
)]
fn count(number: f64) -> Option<usize> {
    (number >= 0.0).then_some(number as usize)
}
