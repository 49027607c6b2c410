//! What a vendor's document says beyond assertions: which members exist, what it advises, and which
//! values are personal. The walk makes notices of it.

use std::collections::{BTreeSet, HashSet};

use offhook_model::SchemaId;

use super::compiled::{CompiledGraph, CompiledSchema};
use super::evaluator::SchemaIds;

/// What the schemas say of values beside their assertions.
pub(crate) struct Documented {
    /// By the schemas' numbers.
    spots: Vec<Spot>,
}

/// What the schema of a place says, and those that hold wherever it does.
pub(crate) struct Spot {
    pub(crate) personal: bool,
    pub(crate) advice: Vec<SchemaId>,
    /// Those of them that matter to what is in a value, in whatever case.
    pub(crate) judging: Vec<SchemaId>,
    /// Whether some have branches, which are not among them.
    pub(crate) branches: bool,
    /// Whether a branch says that a value is personal, or advises something.
    pub(crate) branches_say_more: bool,
}

impl Documented {
    /// Reads the annotations of all schemas.
    pub(crate) fn new(graph: &CompiledGraph) -> Self {
        let mut spots: Vec<_> = graph.ids().map(|id| Spot::of(graph, id)).collect();
        let more = spots.iter().enumerate().filter(|(_, spot)| spot.branches);
        let more: Vec<_> = more.filter(|(id, _)| branches_say_more(graph, &spots, *id)).collect();
        let more: Vec<SchemaId> = more.into_iter().map(|(id, _)| id).collect();
        for id in more {
            spots[id].branches_say_more = true;
        }
        Self { spots }
    }

    /// What there is to know of values in the place of the schema `id`.
    pub(crate) fn spot(&self, id: SchemaId) -> &Spot {
        &self.spots[id]
    }
}

impl Spot {
    fn of(graph: &CompiledGraph, id: SchemaId) -> Self {
        let judging = judging(graph, id);
        let branches = judging.iter().any(|id| !graph.get(*id).unions.is_empty());
        let mut spot = Self {
            personal: false,
            advice: Vec::new(),
            judging,
            branches,
            branches_say_more: false,
        };
        let mut seen = BTreeSet::new();
        let mut starts = vec![id];
        while let Some(start) = starts.pop() {
            // Along references, the nearest annotation counts.
            let mut chain = Vec::new();
            let mut next = Some(start);
            while let Some(id) = next.filter(|id| seen.insert(*id)) {
                chain.push(graph.get(id));
                next = graph.get(id).target;
            }
            spot.personal |= chain.iter().find_map(|schema| schema.sensitive) == Some(true);
            spot.advice.extend(chain.iter().find_map(|schema| schema.advice));
            starts.extend(chain.iter().flat_map(|schema| &schema.all_of));
        }
        spot
    }
}

/// Whether a branch of the schema `id`, or one in a branch, says that a value is personal or advises
/// something.
fn branches_say_more(graph: &CompiledGraph, spots: &[Spot], id: SchemaId) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let unions = spots[id].judging.iter().flat_map(|id| &graph.get(*id).unions);
        for branch in unions.flat_map(|union| &union.branches) {
            if spots[*branch].personal || !spots[*branch].advice.is_empty() {
                return true;
            }
            if seen.insert(*branch) {
                waiting.push(*branch);
            }
        }
    }
    false
}

/// The schema `id` and those that judge the same value in some case, but for branches of unions, and
/// for those that have none and say nothing of what is in a value.
fn judging(graph: &CompiledGraph, id: SchemaId) -> Vec<SchemaId> {
    let mut judging = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            let schema = graph.get(id);
            if schema.lists_members || schema.looks_inside() || !schema.unions.is_empty() {
                judging.push(id);
            }
            let conditional =
                [schema.condition, schema.then, schema.otherwise].into_iter().flatten();
            waiting.extend(schema.target.iter().chain(&schema.all_of).copied().chain(conditional));
            waiting.extend(schema.dependents.iter().map(|(_, dependent)| *dependent));
        }
    }
    judging
}

/// Whether any member of an object is as good as documented.
pub(crate) fn is_open(graph: &CompiledGraph, judging: &[SchemaId]) -> bool {
    let judging = || judging.iter().map(|id| graph.get(*id));
    let others = judging().flat_map(|schema| [schema.additional, schema.unevaluated_members]);
    !judging().any(|schema| schema.lists_members)
        || others.flatten().any(|id| graph.get(id).is_any())
}

/// Puts the schemas where a member is documented into `places`; `find` adds those that a schema of
/// its object has for it.
pub(crate) fn places_of_member(
    graph: &CompiledGraph,
    judging: &[SchemaId],
    places: &mut SchemaIds,
    find: impl Fn(&CompiledSchema, &mut SchemaIds),
) {
    places.clear();
    for schema in judging.iter().map(|id| graph.get(*id)) {
        let before = places.len();
        find(schema, places);
        // What lets any member be documents none.
        let mut at = before;
        while let Some(id) = places.get(at) {
            let other = graph.get(*id);
            if other.is_never || schema.additional == Some(*id) && other.is_any() {
                places.remove(at);
            } else {
                at += 1;
            }
        }
    }
    if places.is_empty() {
        let others = judging.iter().filter_map(|id| graph.get(*id).unevaluated_members);
        places.extend(others.filter(|id| {
            let unevaluated = graph.get(*id);
            !unevaluated.is_never && !unevaluated.is_any()
        }));
    }
    if places.len() > 1 {
        places.sort_unstable();
        places.dedup();
    }
}
