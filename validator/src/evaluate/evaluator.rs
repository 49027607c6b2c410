//! Evaluates the schemas of a payload: applicators, assertions, and what is in a value.
//!
//! A [`Sink`] decides what becomes of a fault. [`Verdict`] ends the walk at the first one, and so answers
//! whether a value is valid. The collector goes on.
//!
//! The evaluator answers each question about a value and a schema once. Recursive schemas therefore take
//! time in proportion to the values of the payload and the parts of the schemas.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow::{self, Break, Continue};

use offhook_model::SchemaId;
use offhook_model::graph::{Contains, Union};
use smallvec::SmallVec;

use super::branch::{self, Meant};
use super::compiled::{CompiledGraph, CompiledSchema, Keyword};
use super::keyword::Assertion;
use super::unevaluated::Evaluated;
use crate::json::node::Node;
use crate::json::tape::{Index, Kind};

/// What becomes of the faults of a walk.
pub(crate) trait Sink<'a> {
    /// Whether the walk goes on after a fault. Then it visits each value once, with all schemas that
    /// apply to it, and the branches that values were meant for.
    const COLLECTS: bool;

    /// Takes a fault.
    fn fault(&mut self, fault: Fault<'a>) -> ControlFlow<()>;

    /// Whether a value may be invalid by itself.
    fn is_undecided(&self, node: Node<'a>) -> bool;
}

/// What a value has against it.
pub(crate) enum Fault<'a> {
    /// A keyword that asserts something of the value itself.
    Keyword { schema: &'a CompiledSchema, keyword: &'a Keyword, node: Node<'a> },
    /// A member that an object lacks.
    Missing { schema: &'a CompiledSchema, keyword: &'a Keyword, object: Node<'a>, name: &'a str },
    /// A member that must be there beside another one.
    Dependent { schema: &'a CompiledSchema, object: Node<'a>, name: &'a str, missing: &'a str },
    /// There must be no value.
    Never { node: Node<'a>, schema: &'a CompiledSchema },
    /// A member that a closed object does not have.
    Unexpected { schema: &'a CompiledSchema, keyword: &'static str, member: Node<'a> },
    /// More elements than a tuple has.
    Longer { schema: &'a CompiledSchema, array: Node<'a> },
    /// Elements beyond those that any schema speaks of.
    OtherElements { schema: &'a CompiledSchema, array: Node<'a> },
    /// Too few or too many elements of a kind.
    Contains { schema: &'a CompiledSchema, contains: &'a Contains, array: Node<'a> },
    /// No branch of a union fits, and none was surely meant.
    NoBranch { schema: &'a CompiledSchema, union: &'a Union, meant: Meant<'a>, node: Node<'a> },
    /// Several branches fit where one must.
    SeveralBranches { schema: &'a CompiledSchema, union: &'a Union, node: Node<'a> },
    /// The schema of a `not` holds.
    RuledOut { schema: &'a CompiledSchema, not: SchemaId, node: Node<'a> },
    /// A name that `propertyNames` does not allow.
    Name { names: SchemaId, object: Node<'a>, member: Node<'a> },
}

/// What a schema asserts of the value itself.
fn assertions<'a, S: Sink<'a>>(
    schema: &'a CompiledSchema,
    node: Node<'a>,
    sink: &mut S,
) -> ControlFlow<()> {
    for keyword in &schema.assertions.all {
        if let Assertion::Required(names) = &keyword.assertion {
            if node.kind() == Kind::Object {
                let mut members = node.lookup();
                for name in names.iter().filter(|name| !members.has(name)) {
                    sink.fault(Fault::Missing { schema, keyword, object: node, name: &name.text })?;
                }
            }
        } else if !keyword.assertion.holds(node) {
            sink.fault(Fault::Keyword { schema, keyword, node })?;
        }
    }
    Continue(())
}

/// Ends a walk at the first fault.
struct Verdict;

impl Sink<'_> for Verdict {
    const COLLECTS: bool = false;

    fn fault(&mut self, _: Fault<'_>) -> ControlFlow<()> {
        Break(())
    }

    fn is_undecided(&self, _: Node<'_>) -> bool {
        true
    }
}

/// Evaluates the schemas of one payload, and knows what it has found out of it.
pub(crate) struct Evaluator<'a> {
    pub(crate) graph: &'a CompiledGraph,
    /// Whether a value, or a name, meets a schema; `None` while that is being found out.
    known: HashMap<(SchemaId, Index, bool), Option<bool>>,
}

/// A few schemas.
pub(crate) type SchemaIds = SmallVec<[SchemaId; 6]>;

/// So many schemas of a value are looked through one by one.
const FEW: usize = 32;

/// The schemas of a value, as far as they speak of what is in it.
#[derive(Default)]
pub(crate) struct Inside {
    schemas: SchemaIds,
    /// The shared ones among them, once there are many.
    shared: BTreeSet<SchemaId>,
    /// Those of what no other has spoken of, each with what is spoken of.
    unevaluated: Vec<(SchemaId, Evaluated)>,
}

impl Inside {
    /// Whether a shared schema is not among them yet.
    fn is_new(&mut self, id: SchemaId) -> bool {
        if self.schemas.len() <= FEW {
            return !self.schemas.contains(&id);
        }
        if self.shared.is_empty() {
            self.shared.extend(self.schemas.iter().copied());
        }
        self.shared.insert(id)
    }

    /// Whether no schema speaks of what is in the value.
    pub(crate) fn is_empty(&self) -> bool {
        self.schemas.is_empty()
    }
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(graph: &'a CompiledGraph) -> Self {
        Self { graph, known: HashMap::new() }
    }

    /// Whether `node` meets the schema `id`.
    pub(crate) fn holds(&mut self, id: SchemaId, node: Node<'a>) -> bool {
        let schema = self.graph.get(id);
        if schema.is_leaf() {
            return schema.assertions.iter().all(|assertion| assertion.holds(node));
        }
        let question = (id, node.index, node.is_name());
        if let Some(known) = self.known.get(&question) {
            // Who asks while the answer is being found goes round in a circle, which adds nothing.
            return known.unwrap_or(true);
        }
        self.known.insert(question, None);
        let holds = self.verdict(id, node).is_continue();
        self.known.insert(question, Some(holds));
        holds
    }

    /// Evaluates a value up to the first fault.
    fn verdict(&mut self, id: SchemaId, node: Node<'a>) -> ControlFlow<()> {
        let mut inside = Inside::default();
        self.in_place(id, node, &mut inside, &mut Verdict)?;
        if inside.is_empty() {
            return Continue(());
        }
        self.add_unevaluated(&mut inside, node, &mut Verdict)?;
        let mut of_child = SchemaIds::new();
        for (position, child) in node.children().enumerate() {
            self.of_child(&inside, position, child, &mut of_child, &mut Verdict)?;
            if !of_child.drain(..).all(|id| self.holds(id, child)) {
                return Break(());
            }
        }
        Continue(())
    }

    /// Evaluates a schema as far as it speaks of the value itself, and gives those that speak of what is
    /// in it to `inside`.
    pub(crate) fn in_place<S: Sink<'a>>(
        &mut self,
        id: SchemaId,
        node: Node<'a>,
        inside: &mut Inside,
        sink: &mut S,
    ) -> ControlFlow<()> {
        let schema = self.graph.get(id);
        if schema.is_never {
            return sink.fault(Fault::Never { node, schema });
        }
        if !schema.assertions.is_empty() && sink.is_undecided(node) {
            assertions(schema, node, sink)?;
        }
        if schema.is_leaf() {
            return Continue(());
        }
        // Every schema is asked once. One that only one other leads to is not asked twice.
        let is_container = matches!(node.kind(), Kind::Array | Kind::Object);
        if is_container || schema.is_shared {
            if schema.is_shared && !inside.is_new(id) {
                return Continue(());
            }
            inside.schemas.push(id);
        }
        if schema.combines() {
            self.applicators(schema, node, inside, sink)?;
        }
        match node.kind() {
            Kind::Object => self.object(schema, node, sink),
            Kind::Array => self.array(schema, node, sink),
            _ => Continue(()),
        }
    }

    /// What others have against the same value.
    fn applicators<S: Sink<'a>>(
        &mut self,
        schema: &'a CompiledSchema,
        node: Node<'a>,
        inside: &mut Inside,
        sink: &mut S,
    ) -> ControlFlow<()> {
        for other in schema.target.iter().chain(&schema.all_of) {
            self.in_place(*other, node, inside, sink)?;
        }
        for union in &schema.unions {
            self.union(schema, union, node, inside, sink)?;
        }
        if let Some(not) = schema.not
            && self.holds(not, node)
        {
            sink.fault(Fault::RuledOut { schema, not, node })?;
        }
        if let Some(then) = self.consequence(schema, node) {
            self.in_place(then, node, inside, sink)?;
        }
        for (name, dependent) in &schema.dependents {
            if let Some(member) = node.member(name) {
                let schema = self.graph.get(*dependent);
                if schema.is_never {
                    sink.fault(Fault::Never { node: member, schema })?;
                } else {
                    self.in_place(*dependent, node, inside, sink)?;
                }
            }
        }
        Continue(())
    }

    fn union<S: Sink<'a>>(
        &mut self,
        schema: &'a CompiledSchema,
        union: &'a Union,
        node: Node<'a>,
        inside: &mut Inside,
        sink: &mut S,
    ) -> ControlFlow<()> {
        match self.holding(&union.branches, node, 2) {
            0 if !S::COLLECTS => Break(()),
            0 => match branch::meant(union, self.graph, node) {
                Meant::One(branch) => self.in_place(branch, node, inside, sink),
                meant => sink.fault(Fault::NoBranch { schema, union, meant, node }),
            },
            2 if union.keyword == "oneOf" => {
                sink.fault(Fault::SeveralBranches { schema, union, node })
            }
            _ => Continue(()),
        }
    }

    /// How many of `branches` hold; no more than `enough` are looked for.
    fn holding(&mut self, branches: &[SchemaId], node: Node<'a>, enough: usize) -> usize {
        branches.iter().filter(|branch| self.holds(**branch, node)).take(enough).count()
    }

    /// The `then` or `else` that applies.
    fn consequence(&mut self, schema: &CompiledSchema, node: Node<'a>) -> Option<SchemaId> {
        let (then, otherwise) = (schema.then, schema.otherwise);
        let condition = schema.condition.filter(|_| then.is_some() || otherwise.is_some())?;
        if self.holds(condition, node) { then } else { otherwise }
    }

    /// What a schema has against an object beside what it has against each member.
    fn object<S: Sink<'a>>(
        &mut self,
        schema: &'a CompiledSchema,
        object: Node<'a>,
        sink: &mut S,
    ) -> ControlFlow<()> {
        if let Some(names) = schema.names {
            for member in object.children() {
                if !self.holds(names, member.name()) {
                    sink.fault(Fault::Name { names, object, member })?;
                }
            }
        }
        for (name, missing) in schema.missing_dependents(object) {
            sink.fault(Fault::Dependent { schema, object, name, missing })?;
        }
        Continue(())
    }

    /// What a schema has against an array beside what it has against each element.
    fn array<S: Sink<'a>>(
        &mut self,
        schema: &'a CompiledSchema,
        array: Node<'a>,
        sink: &mut S,
    ) -> ControlFlow<()> {
        if self.ends(schema) && array.children().nth(schema.prefix.len()).is_some() {
            sink.fault(Fault::Longer { schema, array })?;
        }
        if let Some(contains) = &schema.contains
            && !self.contained(contains, array)
        {
            sink.fault(Fault::Contains { schema, contains, array })?;
        }
        Continue(())
    }

    /// Whether there is no element after those of `prefixItems`.
    fn ends(&self, schema: &CompiledSchema) -> bool {
        schema.items.is_some_and(|items| self.graph.get(items).is_never)
    }

    /// Whether as many elements as are wanted meet the schema.
    fn contained(&mut self, contains: &Contains, array: Node<'a>) -> bool {
        let count =
            array.children().filter(|element| self.holds(contains.schema, *element)).count();
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        contains.min <= count && contains.max.is_none_or(|max| count <= max)
    }

    /// Finds out what schemas have spoken of, for those that speak of all else.
    pub(crate) fn add_unevaluated<S: Sink<'a>>(
        &mut self,
        inside: &mut Inside,
        node: Node<'a>,
        sink: &mut S,
    ) -> ControlFlow<()> {
        let is_object = node.kind() == Kind::Object;
        for id in &inside.schemas {
            let schema = self.graph.get(*id);
            let rest =
                if is_object { schema.unevaluated_members } else { schema.unevaluated_elements };
            let Some(rest) = rest else {
                continue;
            };
            let evaluated =
                Evaluated::by(self.graph, *id, node, &mut |id, node| self.holds(id, node));
            if is_object || !self.graph.get(rest).is_never {
                inside.unevaluated.push((*id, evaluated));
            } else if node.children().any(|element| evaluated.lacks(element)) {
                sink.fault(Fault::OtherElements { schema, array: node })?;
            }
        }
        Continue(())
    }

    /// Adds to `found` the schemas that apply to a member or an element. Where there must be none, that
    /// is a fault.
    pub(crate) fn of_child<S: Sink<'a>>(
        &self,
        inside: &Inside,
        position: usize,
        child: Node<'a>,
        found: &mut SchemaIds,
        sink: &mut S,
    ) -> ControlFlow<()> {
        let parent = child.parent();
        if parent.kind() == Kind::Array {
            for schema in inside.schemas.iter().map(|id| self.graph.get(*id)) {
                // What a tuple has no element for is a fault of the array.
                let is_known = position < schema.prefix.len() || !self.ends(schema);
                found.extend(schema.of_element(position).filter(|_| is_known));
            }
            let unevaluated = inside.unevaluated.iter().filter(|(_, it)| it.lacks(child));
            found
                .extend(unevaluated.filter_map(|(id, _)| self.graph.get(*id).unevaluated_elements));
            return Continue(());
        }
        let unexpected = |schema: &'a CompiledSchema, keyword| Fault::Unexpected {
            schema,
            keyword,
            member: child,
        };
        for schema in inside.schemas.iter().map(|id| self.graph.get(*id)) {
            for of_member in schema.of_member(child) {
                if Some(of_member) == schema.additional && self.graph.get(of_member).is_never {
                    sink.fault(unexpected(schema, "additionalProperties"))?;
                } else {
                    found.push(of_member);
                }
            }
        }
        for (id, _) in inside.unevaluated.iter().filter(|(_, it)| it.lacks(child)) {
            let schema = self.graph.get(*id);
            let rest = schema.unevaluated_members.filter(|rest| !self.graph.get(*rest).is_never);
            match rest {
                Some(rest) => found.push(rest),
                None => sink.fault(unexpected(schema, "unevaluatedProperties"))?,
            }
        }
        Continue(())
    }
}
