//! What a vendor's document says beyond assertions: which members exist, what it advises, and which
//! values are personal. The walk of the collector makes notices of it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use offhook_model::expected::Expected;
use offhook_model::{SchemaId, TypeSet, message};

use super::SchemaIds;
use super::branch::{self, Meant};
use super::collector::{Task, Walk, collect};
use super::compiled::{CompiledGraph, CompiledSchema};
use crate::fast_path::undecided::Undecided;
use crate::json::node::Node;
use crate::json::tape::{Index, Kind};
use crate::report::add_personal;
use crate::report::finding::Finding;
use crate::report::suggest::{self, MOST_HELP};
use crate::report::violation::Code;

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

/// What a walk has to say beyond violations, while it goes on.
#[derive(Default)]
pub(super) struct Notes<'a> {
    all: Vec<Note>,
    /// The schemas that document objects with undocumented members.
    objects: Vec<Cow<'a, [SchemaId]>>,
    personal: Vec<Range<usize>>,
}

/// A notice in the making.
enum Note {
    /// The member, and the number of the schemas of its object.
    Undocumented { member: Index, object: usize },
    /// Advice that a value does not follow.
    Advice { node: Index, advice: SchemaId },
}

/// What is documented of the members or elements of a value.
pub(super) struct DocumentedInside<'a> {
    schemas: Cow<'a, [SchemaId]>,
    /// Whether any member is as good as documented.
    is_open: bool,
    /// The number of its schemas among those of objects with undocumented members.
    number: Option<usize>,
}

/// What the schemas of several places and the branches of their unions say together.
#[derive(Default)]
struct Merged {
    personal: bool,
    advice: Vec<SchemaId>,
    judging: Vec<SchemaId>,
}

impl<'a> Walk<'a, '_> {
    /// Notes what is documented of a value, and returns the schemas that document what is in it. `places`
    /// are the schemas that stand where the value is documented. Without any, nothing is.
    pub(super) fn annotate(
        &mut self,
        node: Node<'a>,
        places: &[SchemaId],
    ) -> Option<DocumentedInside<'a>> {
        let spots = &self.task.documented?.spots;
        let (personal, advice, judging): (bool, Cow<'a, [SchemaId]>, Cow<'a, [SchemaId]>) =
            match places {
                [one] if !spots[*one].branches => {
                    let spot = &spots[*one];
                    (spot.personal, Cow::from(&spot.advice), Cow::from(&spot.judging))
                }
                several => {
                    let Merged { personal, advice, judging } = self.merge(spots, node, several);
                    (personal, Cow::from(advice), Cow::from(judging))
                }
            };
        // A value of another shape may hold anything.
        let graph = self.task.graph;
        let expected = places.iter().any(|id| expects(graph.get(*id).types, node));
        if personal || !expected {
            add_personal(&mut self.notes.personal, node.tape.span(node.index));
        }
        for advice in advice.iter().copied() {
            if !self.evaluator.holds(advice, node) {
                self.notes.all.push(Note::Advice { node: node.index, advice });
            }
        }
        let is_container = matches!(node.kind(), Kind::Array | Kind::Object);
        (is_container && !places.is_empty()).then(|| DocumentedInside {
            is_open: node.kind() == Kind::Object && is_open(graph, &judging),
            schemas: judging,
            number: None,
        })
    }

    /// The places with all the branches that the value may be of. Advice is of branches only that it
    /// is surely of.
    fn merge(&self, spots: &'a [Spot], node: Node<'a>, places: &[SchemaId]) -> Merged {
        let graph = self.task.graph;
        let mut merged = Merged::default();
        let mut waiting: Vec<(SchemaId, bool)> =
            places.iter().map(|place| (*place, true)).collect();
        while let Some((place, certain)) = waiting.pop() {
            let spot = &spots[place];
            merged.personal |= spot.personal;
            if certain {
                merged.advice.extend(&spot.advice);
            }
            for id in &spot.judging {
                if merged.judging.contains(id) {
                    continue;
                }
                merged.judging.push(*id);
                for union in &graph.get(*id).unions {
                    if let Meant::One(branch) = branch::meant(union, graph, node) {
                        waiting.push((branch, certain));
                    } else {
                        let branches = branch::fitting(union, graph, node);
                        waiting.extend(branches.into_iter().map(|branch| (branch, false)));
                    }
                }
            }
        }
        merged
    }

    /// Puts the schemas where a member is documented into `places`. Whether the member is to be visited.
    pub(super) fn places_of_member(
        &mut self,
        inside: &mut DocumentedInside<'a>,
        member: Node<'a>,
        places: &mut SchemaIds,
    ) -> bool {
        places_of_member(self.task.graph, &inside.schemas, places, |schema, places| {
            places.extend(schema.of_member(member));
        });
        if !places.is_empty() {
            return true;
        }
        if !inside.is_open && self.task.is_known {
            let object = *inside.number.get_or_insert_with(|| {
                self.notes.objects.push(inside.schemas.clone());
                self.notes.objects.len() - 1
            });
            self.notes.all.push(Note::Undocumented { member: member.index, object });
        }
        !inside.is_open || !self.task.is_known
    }

    /// Puts the schemas where an element is documented into `places`. Whether the element is to be
    /// visited.
    pub(super) fn places_of_element(
        &mut self,
        inside: &DocumentedInside<'a>,
        position: usize,
        element: Node<'a>,
        places: &mut SchemaIds,
    ) -> bool {
        let graph = self.task.graph;
        let schemas = || inside.schemas.iter().map(|id| graph.get(*id));
        places.extend(schemas().filter_map(|schema| schema.of_element(position)));
        for contains in schemas().filter_map(|schema| schema.contains.as_ref()) {
            let id = Some(contains.schema);
            places.extend(id.filter(|id| self.evaluator.holds(*id, element)));
        }
        if places.is_empty() {
            places.extend(schemas().filter_map(|schema| schema.unevaluated_elements));
        }
        places.retain(|id| !graph.get(*id).is_never);
        !places.is_empty() || !self.task.is_known
    }

    /// Makes notices, as far as there is room, and the bytes of personal values.
    pub(super) fn told_notes(self) -> (Vec<Finding>, Vec<Range<usize>>) {
        let Notes { all, objects, personal } = self.notes;
        let (task, tape, room) = (self.task, self.collector.tape, self.collector.room);
        let mut notices = Vec::new();
        for note in all {
            match note {
                Note::Undocumented { member, object } => {
                    let Some(pointer) = room.take(|| tape.pointer(member)) else {
                        continue;
                    };
                    // Beyond so many, no help is worth its time.
                    let helps = notices.len() < MOST_HELP;
                    let near = helps.then(|| {
                        let schemas = objects[object].iter().map(|id| task.graph.get(*id));
                        suggest::meant_by(task.graph, schemas, Node::new(tape, member))
                    });
                    notices.push(Finding {
                        code: Code::Undocumented,
                        node: member,
                        pointer,
                        span: tape.name_span(member).unwrap_or_default(),
                        expected: Expected::DocumentedProperty,
                        found: "an undocumented one".into(),
                        schema: None,
                        help: near.flatten().map(message::meant_member),
                    });
                }
                Note::Advice { node, advice } => {
                    let undecided = Undecided::everywhere();
                    let task = Task { undecided: &undecided, documented: None, ..task };
                    let found = collect(task, advice, Node::new(tape, node), room).violations;
                    let found = found.into_iter();
                    notices.extend(found.map(|found| Finding { code: Code::Advice, ..found }));
                }
            }
        }
        (notices, personal)
    }
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

/// Whether some of `types` are of the value's shape: an object, an array, or neither.
fn expects(types: TypeSet, node: Node<'_>) -> bool {
    let shape = match node.kind() {
        Kind::Object => TypeSet::OBJECT,
        Kind::Array => TypeSet::ARRAY,
        _ => TypeSet::SCALARS,
    };
    types & shape != TypeSet::NONE
}

/// Drops notices about values that have a violation already.
pub(crate) fn without_violations(notices: Vec<Finding>, violations: &[Finding]) -> Vec<Finding> {
    if notices.is_empty() {
        return notices;
    }
    let mut faulty: Vec<&str> = violations.iter().map(|finding| &*finding.pointer).collect();
    faulty.sort_unstable();
    let is_faulty = |notice: &Finding| faulty.binary_search(&&*notice.pointer).is_ok();
    notices.into_iter().filter(|notice| !is_faulty(notice)).collect()
}
