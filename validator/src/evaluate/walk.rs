//! The walk that collects: it visits every value once, with the schemas that apply to it and those that
//! document it.

use std::borrow::Cow;
use std::ops::Range;

use offhook_model::expected::Expected;
use offhook_model::{SchemaId, TypeSet, message};

use super::branch::{self, Meant};
use super::collector::Collector;
pub(crate) use super::collector::Task;
use super::documented::{Documented, is_open, places_of_member};
use super::evaluator::{Evaluator, Inside, SchemaIds};
use super::suggest::{self, MOST_HELP};
use super::undecided::Undecided;
use crate::budget::Room;
use crate::json::node::Node;
use crate::json::tape::{Index, Kind};
use crate::report::add_personal;
use crate::report::finding::Finding;
use crate::report::violation::Code;

/// What a walk has found.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) violations: Vec<Finding>,
    pub(crate) notices: Vec<Finding>,
    /// The bytes of values that may be personal.
    pub(crate) personal: Vec<Range<usize>>,
}

/// What notices are made of.
#[derive(Clone, Copy)]
pub(crate) struct Notices<'a> {
    pub(crate) documented: &'a Documented,
    /// Whether the schema is the payload's own. Of an unknown event it is not said that its members are
    /// undocumented.
    pub(crate) is_known: bool,
}

/// Finds everything that the schema `id` has against `node`, each fault once, and the notices if they
/// are wanted.
pub(crate) fn collect<'a>(
    task: Task<'a>,
    notices: Option<Notices<'a>>,
    id: SchemaId,
    node: Node<'a>,
    room: &mut Room,
) -> Findings {
    let mut walk = Walk {
        evaluator: Evaluator::new(task.graph),
        task,
        notices,
        notes: Notes::default(),
        collector: Collector::new(task, node.tape, room),
    };
    let judges: &[SchemaId] = if task.undecided.is_empty() { &[] } else { &[id] };
    let places = notices.is_some().then_some([id]);
    walk.value(node, judges, places.as_ref().map(<[SchemaId; 1]>::as_slice));
    walk.finish()
}

/// A walk that visits every value once.
struct Walk<'a, 'r> {
    evaluator: Evaluator<'a>,
    task: Task<'a>,
    notices: Option<Notices<'a>>,
    notes: Notes<'a>,
    collector: Collector<'a, 'r>,
}

impl<'a> Walk<'a, '_> {
    /// One value and all below it; a tape is never deep. `judges` must hold of it. It is documented in
    /// `places`; without such, nothing is said of that.
    fn value(&mut self, node: Node<'a>, judges: &[SchemaId], places: Option<&[SchemaId]>) {
        let mut inside = Inside::default();
        for judge in judges {
            // A collector never ends a walk.
            let _ = self.evaluator.in_place(*judge, node, &mut inside, &mut self.collector);
        }
        let mut documented = places.and_then(|places| self.annotate(node, places));
        let is_object = match node.kind() {
            Kind::Object => true,
            Kind::Array => false,
            _ => return,
        };
        let _ = self.evaluator.add_unevaluated(&mut inside, node, &mut self.collector);
        if inside.is_empty() && documented.is_none() {
            return;
        }
        let task = self.task;
        let mut undecided = task.undecided.from(node.tape.span(node.index).start);
        let (mut judges, mut places) = (SchemaIds::new(), SchemaIds::new());
        for (position, child) in node.children().enumerate() {
            judges.clear();
            places.clear();
            if !inside.is_empty() && undecided.touch(&node.tape.span(child.index)) {
                let collector = &mut self.collector;
                let _ = self.evaluator.of_child(&inside, position, child, &mut judges, collector);
            }
            let is_visited = documented.as_mut().is_some_and(|inside| {
                if is_object {
                    self.places_of_member(inside, child, &mut places)
                } else {
                    self.places_of_element(inside, position, child, &mut places)
                }
            });
            if is_visited || !judges.is_empty() {
                self.value(child, &judges, is_visited.then_some(&*places));
            }
        }
    }

    fn is_known(&self) -> bool {
        self.notices.is_some_and(|notices| notices.is_known)
    }

    fn finish(mut self) -> Findings {
        let violations = self.collector.finish();
        // Violations come first where there is not room for all.
        let (notices, personal) = self.told_notes();
        Findings { violations, notices, personal }
    }
}

/// What a walk has to say beyond violations, while it goes on.
#[derive(Default)]
struct Notes<'a> {
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
struct DocumentedInside<'a> {
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
    fn annotate(&mut self, node: Node<'a>, places: &[SchemaId]) -> Option<DocumentedInside<'a>> {
        let documented = self.notices?.documented;
        let (personal, advice, judging): (bool, Cow<'a, [SchemaId]>, Cow<'a, [SchemaId]>) =
            match places {
                [one] if !documented.spot(*one).branches => {
                    let spot = documented.spot(*one);
                    (spot.personal, Cow::from(&spot.advice), Cow::from(&spot.judging))
                }
                several => {
                    let Merged { personal, advice, judging } =
                        self.merge(documented, node, several);
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
    fn merge(&self, documented: &Documented, node: Node<'a>, places: &[SchemaId]) -> Merged {
        let graph = self.task.graph;
        let mut merged = Merged::default();
        let mut waiting: Vec<(SchemaId, bool)> =
            places.iter().map(|place| (*place, true)).collect();
        while let Some((place, certain)) = waiting.pop() {
            let spot = documented.spot(place);
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
    fn places_of_member(
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
        if !inside.is_open && self.is_known() {
            let object = *inside.number.get_or_insert_with(|| {
                self.notes.objects.push(inside.schemas.clone());
                self.notes.objects.len() - 1
            });
            self.notes.all.push(Note::Undocumented { member: member.index, object });
        }
        !inside.is_open || !self.is_known()
    }

    /// Puts the schemas where an element is documented into `places`. Whether the element is to be
    /// visited.
    fn places_of_element(
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
        !places.is_empty() || !self.is_known()
    }

    /// Makes notices, as far as there is room, and the bytes of personal values.
    fn told_notes(self) -> (Vec<Finding>, Vec<Range<usize>>) {
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
                    let task = Task { undecided: &undecided, ..task };
                    let node = Node::new(tape, node);
                    let found = collect(task, None, advice, node, room).violations;
                    let found = found.into_iter();
                    notices.extend(found.map(|found| Finding { code: Code::Advice, ..found }));
                }
            }
        }
        (notices, personal)
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
