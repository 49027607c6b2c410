//! Collects every fault and notice of a payload, each once.

use std::borrow::Cow;
use std::ops::ControlFlow::{self, Continue};
use std::sync::Arc;

use offhook_model::expected::{Count, Expected, Values};
use offhook_model::graph::Union;
use offhook_model::json::quoted;
use offhook_model::location::escape;
use offhook_model::{Json, SchemaId, TypeSet, message};

use super::branch::{self, Meant};
use super::compiled::{CompiledGraph, CompiledSchema, Keyword, Source};
use super::evaluator::{Evaluator, Fault, Inside, Sink};
use super::keyword::Assertion;
use super::suggest;
use super::undecided::Undecided;
use crate::budget::Room;
use crate::json::node::Node;
use crate::json::tape::{Index, Kind, Tape};
use crate::report::finding::Finding;
use crate::report::slip;
use crate::report::violation::Code;
use crate::schemas::Schemas;

/// What a payload is evaluated by.
#[derive(Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) graph: &'a CompiledGraph,
    /// What is not undecided is known to be valid.
    pub(crate) undecided: &'a Undecided,
}

/// Makes findings of faults.
pub(super) struct Collector<'a, 'r> {
    task: Task<'a>,
    pub(super) tape: &'a Tape<'a>,
    pub(super) room: &'r mut Room,
    /// How many members have been compared with others.
    helps: usize,
    findings: Vec<Finding>,
}

impl<'a> Sink<'a> for Collector<'a, '_> {
    const COLLECTS: bool = true;

    fn fault(&mut self, fault: Fault<'a>) -> ControlFlow<()> {
        self.explain(fault);
        Continue(())
    }

    fn is_undecided(&self, node: Node<'a>) -> bool {
        self.task.undecided.touch_own(self.tape.span(node.index).start)
    }
}

impl<'a, 'r> Collector<'a, 'r> {
    pub(super) fn new(task: Task<'a>, tape: &'a Tape<'a>, room: &'r mut Room) -> Self {
        Self { task, tape, room, helps: 0, findings: Vec::new() }
    }

    /// The findings, each once.
    pub(super) fn finish(&mut self) -> Vec<Finding> {
        without_implied(self.tape, each_once(std::mem::take(&mut self.findings)))
    }

    fn explain(&mut self, fault: Fault<'a>) {
        match fault {
            Fault::Keyword { schema, keyword, node } => self.keyword(schema, keyword, node),
            Fault::Dependent { schema, object, name, missing } => {
                let place = ["dependentRequired/", &escape(name)].concat();
                let help = format!("`{name}` is there, and must not be without it");
                self.missing(object, schema.keyword(&place), missing, Some(help));
            }
            Fault::Missing { schema, keyword, object, name } => {
                self.missing(object, schema.keyword(&keyword.name), name, None);
            }
            Fault::Never { node, schema } => self.forbidden(node, schema.source(), None),
            Fault::Unexpected { schema, keyword, member } => {
                let graph = self.task.graph;
                let near = self.helps().then(|| suggest::meant(graph, schema, member));
                let help = near.flatten().map(message::meant_member);
                self.forbidden(member, schema.keyword(keyword), help);
            }
            Fault::Longer { schema, array } => {
                let most = u64::try_from(schema.prefix.len()).unwrap_or(u64::MAX);
                let expected = Expected::Items(Count::AtMost(most));
                self.push(Code::Items, array, schema.keyword("items"), expected);
            }
            Fault::OtherElements { schema, array } => {
                let source = schema.keyword("unevaluatedItems");
                self.push(Code::Items, array, source, Expected::NoOtherItems);
            }
            Fault::Contains { schema, contains, array } => {
                let expected = Expected::Contains { minimum: contains.min, maximum: contains.max };
                self.push(Code::Items, array, schema.keyword("contains"), expected);
            }
            Fault::NoBranch { schema, union, meant, node } => {
                self.no_branch(schema.keyword(union.keyword), union, meant, node);
            }
            Fault::SeveralBranches { schema, union, node } => {
                let expected = message::only_one(&self.task.graph.graph, &union.branches);
                self.push(Code::Union, node, schema.keyword(union.keyword), expected);
            }
            Fault::RuledOut { schema, not, node } => self.ruled_out(schema, not, node),
            Fault::Name { names, object, member } => self.name(names, object, member),
        }
    }

    /// An assertion about a value itself.
    fn keyword(&mut self, schema: &'a CompiledSchema, keyword: &'a Keyword, node: Node<'a>) {
        let source = schema.keyword(&keyword.name);
        match &keyword.assertion {
            Assertion::Types(types) => self.mistyped(node, source, *types),
            Assertion::Words(_) | Assertion::Values(_) => {
                let Some(Expected::Values(all)) = keyword.expected() else {
                    return;
                };
                if &*keyword.name == "const" {
                    let found = other_than(&all.values, node);
                    let finding =
                        self.finding(Code::Const, node, source, Expected::Values(all), found);
                    self.add(finding, None);
                } else {
                    self.unlisted(node, source, all);
                }
            }
            _ => {
                if let Some(expected) = keyword.expected() {
                    self.push(Code::of_keyword(&keyword.name), node, source, expected);
                }
            }
        }
    }

    fn no_branch(
        &mut self,
        source: Source<'_>,
        union: &'a Union,
        meant: Meant<'a>,
        node: Node<'a>,
    ) {
        let graph = &self.task.graph.graph;
        match meant {
            Meant::One(_) => {}
            Meant::OtherType => match graph.types_of(union) {
                TypeSet::NONE => self.forbidden(node, source, None),
                types => self.mistyped(node, source, types),
            },
            Meant::UnknownTag(tag, value) if branch::is_of_tag_type(tag, value) => {
                let values = Values { values: tag.values.clone(), patterns: Vec::new() };
                self.unlisted(value, source, values.into());
            }
            Meant::UnknownTag(tag, value) => self.mistyped(value, source, tag.types()),
            Meant::NoTag(object, name) => self.missing(object, source, name, None),
            Meant::Several(branches) => {
                if let Some(values) = message::vocabulary(graph, &branches) {
                    self.unlisted(node, source, values.into());
                } else {
                    let expected = message::a_branch(graph, &branches);
                    self.push(Code::Union, node, source, expected);
                }
            }
        }
    }

    /// What a `not` has against a value that meets its schema.
    fn ruled_out(&mut self, schema: &'a CompiledSchema, not: SchemaId, node: Node<'a>) {
        let source = schema.keyword("not");
        let absent = message::absent(&self.task.graph.graph, not).unwrap_or_default();
        let members: Vec<_> = absent.iter().filter_map(|name| node.member(name)).collect();
        for member in &members {
            self.forbidden(*member, source, None);
        }
        if members.is_empty() {
            self.push(Code::Union, node, source, Expected::NotRuledOut);
        }
    }

    /// A finding about a value itself.
    fn push(&mut self, code: Code, node: Node<'_>, source: Source<'_>, expected: Expected) {
        let found = match code {
            Code::Properties | Code::Union | Code::Forbidden => node.kind().text(),
            _ => other_of(node.kind()),
        };
        self.add(self.finding(code, node, source, expected, found), None);
    }

    fn finding(
        &self,
        code: Code,
        node: Node<'_>,
        source: Source<'_>,
        expected: Expected,
        found: &'static str,
    ) -> Finding {
        Finding {
            code,
            node: node.index,
            pointer: String::new(),
            span: self.tape.span(node.index),
            expected,
            found: found.into(),
            // Of what is only counted, nobody reads it.
            schema: (!self.room.is_full())
                .then(|| source.schema.location_name(self.task.schemas, source.keyword)),
            help: None,
        }
    }

    /// Adds a finding; of what an object lacks, by its name.
    fn add(&mut self, mut finding: Finding, missing: Option<&str>) {
        if let Some(pointer) = self.room.take(|| self.tape.pointer_below(finding.node, missing)) {
            finding.pointer = pointer;
            self.findings.push(finding);
        }
    }

    fn mistyped(&mut self, node: Node<'_>, source: Source<'_>, types: TypeSet) {
        let integral = types.names().any(|name| name == "integer");
        let found = match node.kind() {
            Kind::Number if integral => "a number with a fraction",
            kind => kind.text(),
        };
        self.add(self.finding(Code::Type, node, source, Expected::Types(types), found), None);
    }

    fn missing(&mut self, object: Node<'_>, source: Source<'_>, name: &str, help: Option<String>) {
        let expected = Expected::Property(name.into());
        let finding =
            self.finding(Code::Required, object, source, expected, "an object without it");
        let help = help.or_else(|| {
            let helps = self.task.undecided.strangers && self.helps();
            let found =
                helps.then(|| suggest::lookalike(self.task.graph, source.schema, object, name));
            found
                .flatten()
                .map(|found| format!("`{found}` is not documented: should it be `{name}`?"))
        });
        self.add(Finding { help, ..finding }, Some(name));
    }

    /// Whether to look for what was meant. Beyond so many, no help is worth its time.
    fn helps(&mut self) -> bool {
        self.helps += 1;
        self.helps <= suggest::MOST_HELP
    }

    fn forbidden(&mut self, member: Node<'_>, source: Source<'_>, help: Option<String>) {
        let Some(span) = self.tape.name_span(member.index).filter(|_| !member.is_name()) else {
            return self.push(Code::Forbidden, member, source, Expected::Nothing);
        };
        let name = member.name().string().unwrap_or_default();
        let expected = Expected::NoProperty(name.into());
        let finding = self.finding(Code::Forbidden, member, source, expected, "one");
        self.add(Finding { span, help, ..finding }, None);
    }

    fn unlisted(&mut self, node: Node<'_>, source: Source<'_>, all: Arc<Values>) {
        let help = node.string().and_then(|text| {
            slip::nearest(&text, all.values.iter().filter_map(Json::as_str))
                .map(message::meant_value)
        });
        let found = other_than(&all.values, node);
        let finding = self.finding(Code::Enum, node, source, Expected::Values(all), found);
        self.add(Finding { help, ..finding }, None);
    }

    /// What the schema of names has against a member's.
    fn name(&mut self, names: SchemaId, object: Node<'a>, member: Node<'a>) {
        let schema = self.task.graph.get(names);
        if schema.is_never {
            let expected = Expected::from("an empty object");
            return self.push(Code::Properties, object, schema.source(), expected);
        }
        // A name is no value and has no pointer, so its faults are found apart.
        let mut room = Room::unlimited();
        let name = member.name().string().unwrap_or_default();
        let undecided = Undecided::everywhere();
        let task = Task { undecided: &undecided, ..self.task };
        let mut collector = Collector::new(task, self.tape, &mut room);
        let mut evaluator = Evaluator::new(task.graph);
        // A collector never ends a walk.
        let _ = evaluator.in_place(names, member.name(), &mut Inside::default(), &mut collector);
        for fault in collector.finish() {
            let finding = Finding {
                code: Code::Properties,
                node: object.index,
                span: self.tape.span(object.index),
                expected: Expected::PropertyNames(Box::new(fault.expected)),
                found: Cow::Owned(format!("the name {}", quoted(&name))),
                help: None,
                ..fault
            };
            self.add(finding, None);
        }
    }
}

/// The findings without those that another schema has had already.
fn each_once(findings: Vec<Finding>) -> Vec<Finding> {
    // Where each is of a later value than the one before, none is there twice.
    if findings.is_sorted_by(|one, other| one.node < other.node) {
        return findings;
    }
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| findings[*at].node);
    let mut again = vec![false; findings.len()];
    for same_node in order.chunk_by(|one, other| findings[*one].node == findings[*other].node) {
        for (position, at) in same_node.iter().enumerate() {
            let mut before = same_node[..position].iter();
            again[*at] = before.any(|before| is_again(&findings[*before], &findings[*at]));
        }
    }
    let all = findings.into_iter().zip(again);
    all.filter(|(_, again)| !again).map(|(finding, _)| finding).collect()
}

/// Whether one of two findings about a value says what the other does. Of two types that are expected,
/// one is enough to say.
fn is_again(one: &Finding, other: &Finding) -> bool {
    one.code == other.code && (one.code == Code::Type || one.expected == other.expected)
}

/// The findings without those that a wrong type implies: it says nothing more about that value, nor
/// about what is in it.
fn without_implied(tape: &Tape<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mistyped = findings.iter().filter(|finding| finding.code == Code::Type);
    let mut mistyped: Vec<Index> = mistyped.map(|finding| finding.node).collect();
    if mistyped.is_empty() {
        return findings;
    }
    mistyped.sort_unstable();
    // Only the outermost: each encloses none before it.
    let mut outer = None;
    mistyped.retain(|node| {
        let is_outer = outer.is_none_or(|outer| outer == *node || !tape.encloses(outer, *node));
        outer = if is_outer { Some(*node) } else { outer };
        is_outer
    });
    findings.retain(|finding| {
        let before = mistyped.partition_point(|node| *node < finding.node);
        let own = mistyped.get(before) == Some(&finding.node);
        let around = mistyped[..before].last();
        let inside = around.is_some_and(|around| tape.encloses(*around, finding.node));
        !inside && (!own || matches!(finding.code, Code::Type | Code::Forbidden))
    });
    findings
}

/// What is there where one of `values` should be.
fn other_than(values: &[Json], node: Node<'_>) -> &'static str {
    // A number with a fraction is another number where an integer should be.
    let ty = match node.kind() {
        Kind::Number => TypeSet::NUMBER,
        _ => node.types(),
    };
    let same = values.iter().any(|value| TypeSet::of_value(value).intersects(ty));
    if same { other_of(node.kind()) } else { node.kind().text() }
}

/// What is there where a value of the right type is not the right one.
fn other_of(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "another string",
        Kind::Number => "another number",
        Kind::Object => "another object",
        Kind::Array => "another array",
        Kind::True | Kind::False => "the other boolean",
        Kind::Null => "null",
    }
}
