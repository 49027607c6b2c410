//! One value of payloads, with every schema that applies to it whatever it is.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use crate::catalogue::{Json, Location, Schema};

/// A value of payloads, as one version describes it.
#[derive(Clone, Debug)]
pub(crate) struct Place<'v> {
    /// The schemas of the value itself; several where `allOf` lists several objects.
    pub(crate) roots: Vec<Schema<'v>>,
    /// The roots, and what applies with them because of `$ref`, `allOf` or a union of one branch.
    pub(crate) layers: Vec<Schema<'v>>,
}

impl<'v> Place<'v> {
    pub(crate) fn new(roots: Vec<Schema<'v>>) -> Self {
        let mut layers = Vec::new();
        let mut seen = HashSet::new();
        let mut ahead: Vec<Schema<'v>> = roots.iter().rev().cloned().collect();
        while let Some(schema) = ahead.pop() {
            for layer in schema.layers() {
                if seen.insert((layer.file.clone(), layer.pointer.clone())) {
                    let sure = ["allOf", "anyOf", "oneOf"].iter().flat_map(|keyword| {
                        let branches = layer.children(keyword);
                        if *keyword == "allOf" || branches.len() == 1 {
                            branches
                        } else {
                            Vec::new()
                        }
                    });
                    ahead.extend(sure.collect::<Vec<_>>().into_iter().rev());
                    layers.push(layer);
                }
            }
        }
        Self { roots, layers }
    }

    /// The members that have a schema by their name, in document order.
    pub(crate) fn members(&self) -> IndexMap<&'v str, Self> {
        let mut members: IndexMap<&str, Vec<Schema<'v>>> = IndexMap::new();
        for (name, member) in self.layers.iter().flat_map(|layer| layer.named("properties")) {
            members.entry(name).or_default().push(member);
        }
        members.into_iter().map(|(name, roots)| (name, Self::new(roots))).collect()
    }

    /// The names of members that must be there.
    pub(crate) fn required(&self) -> BTreeSet<&'v str> {
        self.layers.iter().flat_map(required).collect()
    }

    /// What members without a schema of their own must meet; `None` if they may be anything, or
    /// must not be.
    pub(crate) fn other_members(&self) -> Option<Self> {
        self.parts("additionalProperties")
    }

    /// What elements must meet; `None` if they may be anything, or must not be.
    pub(crate) fn elements(&self) -> Option<Self> {
        self.parts("items")
    }

    fn parts(&self, keyword: &str) -> Option<Self> {
        let mut parts = self.all(keyword);
        parts.retain(|part| !part.json().is_boolean());
        (!parts.is_empty()).then(|| Self::new(parts))
    }

    /// Whether `keyword` is `false`, and so refuses the members or elements that it speaks of.
    pub(crate) fn forbids(&self, keyword: &str) -> bool {
        self.layers.iter().any(|layer| layer.own(keyword).is_some_and(Json::is_false))
    }

    /// Whether there must be no member that is not documented.
    pub(crate) fn is_closed(&self) -> bool {
        self.forbids("additionalProperties") || self.forbids("unevaluatedProperties")
    }

    /// The values of a keyword that the layers have, each with its layer.
    pub(crate) fn all(&self, keyword: &str) -> Vec<Schema<'v>> {
        self.layers.iter().filter_map(|layer| layer.child(keyword)).collect()
    }
}

/// The names of members that this very schema requires.
pub(crate) fn required<'v>(layer: &Schema<'v>) -> impl Iterator<Item = &'v str> + use<'v> {
    let names = layer.own("required").and_then(Json::as_array).unwrap_or_default();
    names.iter().filter_map(Json::as_str)
}

/// Returns where a schema stands.
pub(crate) fn location(schema: &Schema<'_>) -> Location {
    Location::new(&schema.file, &schema.pointer)
}
