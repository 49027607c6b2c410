//! The member that was probably meant.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::compiled::{CompiledGraph, CompiledSchema};
use crate::json::node::Node;
use crate::report::slip::Slip;

/// How many members that a payload should not have are compared with those that it may.
pub(crate) const MOST_HELP: usize = 64;

/// How many of an object's members are looked at for one that was misspelt.
const MOST_MEMBERS: usize = 64;

/// A member of `object` that `schema` does not have, and that is nearly `name`.
pub(crate) fn lookalike(
    graph: &CompiledGraph,
    schema: &CompiledSchema,
    object: Node<'_>,
    name: &str,
) -> Option<String> {
    let mut slip = Slip::of(name)?;
    let mut speaking = None;
    let lists = |schema: &CompiledSchema, name: &str, hash| {
        let listed = schema.properties.get_hashed(hash, name);
        listed.is_some_and(|member| !graph.get(*member).is_never)
    };
    let near = object.children().take(MOST_MEMBERS).filter_map(|member| {
        let (name, hash) = (member.name().string()?, object.tape.hash(member.index));
        // Mostly all are listed there.
        if lists(schema, &name, hash) {
            return None;
        }
        let speaking = speaking.get_or_insert_with(|| self::speaking(graph, schema));
        let is_listed = speaking.iter().any(|schema| lists(schema, &name, hash));
        (!is_listed && slip.is_nearer(&name)).then_some(name)
    });
    near.last().map(Cow::into_owned)
}

/// A member that `schema` has and the object of `member` lacks, and that is nearly the name of
/// `member`.
pub(crate) fn meant<'r>(
    graph: &'r CompiledGraph,
    schema: &'r CompiledSchema,
    member: Node<'_>,
) -> Option<&'r str> {
    meant_by(graph, speaking(graph, schema).into_iter(), member)
}

/// A member that some of `schemas` have and the object of `member` lacks, and that is nearly the name
/// of `member`. Of several as near, it is the first by name.
pub(crate) fn meant_by<'r>(
    graph: &'r CompiledGraph,
    schemas: impl Iterator<Item = &'r CompiledSchema>,
    member: Node<'_>,
) -> Option<&'r str> {
    let object = member.parent();
    let name = member.name().string()?;
    let slip = Slip::of(&name)?;
    let mut nearest: Option<(usize, &str)> = None;
    for candidate in schemas.flat_map(|schema| schema.documented_members(graph)) {
        let most = nearest.map_or(usize::MAX, |(distance, _)| distance);
        if let Some(distance) = slip.distance(candidate, most)
            && nearest.is_none_or(|nearest| (distance, candidate) < nearest)
            && object.member(candidate).is_none()
        {
            nearest = Some((distance, candidate));
        }
    }
    nearest.map(|(_, name)| name)
}

/// `schema` and the schemas of the same value.
fn speaking<'r>(graph: &'r CompiledGraph, schema: &'r CompiledSchema) -> Vec<&'r CompiledSchema> {
    let mut seen = BTreeSet::new();
    let mut all = vec![schema];
    let mut at = 0;
    while let Some(schema) = all.get(at) {
        let others = schema.of_same_instance().filter(|other| seen.insert(*other));
        let others: Vec<&CompiledSchema> = others.map(|other| graph.get(other)).collect();
        all.extend(others);
        at += 1;
    }
    all
}
