//! Why a value does not meet a schema: a walk over both that finds every fault, and of a union the
//! faults of the branch that was meant.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use offhook_model::json::quoted;
use offhook_model::{Json, message};

use crate::assertions::{Assertions, Broken};
use crate::doubts::Doubts;
use crate::finding::{Finding, Room};
use crate::instance::Node;
use crate::rules::{Rule, RuleId, Rules};
use crate::scalar::Tests;
use crate::schema::Schemas;
use crate::schema::Source;
use crate::suggest;
use crate::tape::{Index, Kind, Tape};
use crate::union::{self, Meant};
use crate::verdicts::Verdicts;
use crate::violation::Code;
use offhook_model::TypeSet;
use offhook_model::graph::Union;

/// All that the schema `rule` has against the value `node`, each fault once. What is not in doubt is
/// known to be fine.
pub(crate) fn explain(
    schemas: &Schemas,
    rules: &Rules,
    tests: &Tests,
    rule: RuleId,
    node: Node<'_>,
    doubts: &Doubts,
    room: &mut Room,
) -> Vec<Finding> {
    let mut explainer = Explainer {
        schemas,
        rules,
        tests,
        tape: node.tape,
        doubts,
        room,
        verdicts: Verdicts::new(rules, tests),
        asked: BTreeSet::new(),
        helps: 0,
        findings: Vec::new(),
    };
    explainer.explain(rule, node);
    without_implied(node.tape, each_once(explainer.findings))
}

/// The findings without those that another schema has had already.
fn each_once(mut findings: Vec<Finding>) -> Vec<Finding> {
    // Where each is of a later value than the one before, none is there twice.
    if findings.is_sorted_by(|one, other| one.node < other.node) {
        return findings;
    }
    let key = |at: usize| {
        let Finding { node, code, want, .. } = &findings[at];
        // Of two types that are wanted, one is enough to say.
        (*node, *code, if *code == Code::Type { "" } else { want })
    };
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by(|one, other| key(*one).cmp(&key(*other)));
    let alike = order.windows(2).filter(|both| key(both[0]) == key(both[1]));
    let again: HashSet<usize> = alike.map(|both| both[1]).collect();
    if !again.is_empty() {
        let mut numbers = 0..;
        findings.retain(|_| numbers.next().is_some_and(|at| !again.contains(&at)));
    }
    findings
}

/// The findings without those that a wrong type implies: it says nothing more about that value, nor
/// about what is in it.
fn without_implied(tape: &Tape<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mistyped = findings.iter().filter(|finding| finding.code == Code::Type);
    let mut mistyped: Vec<Index> = mistyped.map(|finding| finding.node).collect();
    mistyped.sort_unstable();
    findings.retain(|finding| {
        let before = mistyped.partition_point(|node| *node < finding.node);
        let own = mistyped.get(before) == Some(&finding.node);
        let around = mistyped[..before].last();
        let inside = around.is_some_and(|around| tape.encloses(*around, finding.node));
        !inside && (!own || matches!(finding.code, Code::Type | Code::Forbidden))
    });
    findings
}

/// The kind of a value, as a report names it.
pub(crate) fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "an object",
        Kind::Array => "an array",
        Kind::String => "a string",
        Kind::Number => "a number",
        Kind::True | Kind::False => "a boolean",
        Kind::Null => "null",
    }
}

struct Explainer<'a> {
    schemas: &'a Schemas,
    rules: &'a Rules,
    tests: &'a Tests,
    tape: &'a Tape<'a>,
    doubts: &'a Doubts,
    room: &'a mut Room,
    verdicts: Verdicts<'a>,
    /// What has been walked already.
    asked: BTreeSet<(RuleId, Index)>,
    /// How many members have been compared with others.
    helps: usize,
    findings: Vec<Finding>,
}

impl<'a> Explainer<'a> {
    fn explain(&mut self, id: RuleId, node: Node<'a>) {
        let rule = self.rules.get(id);
        let again = || matches!(node.kind(), Kind::Array | Kind::Object) || rule.combines();
        if rule.is_shared && again() && !self.asked.insert((id, node.index)) {
            return;
        }
        if rule.is_never {
            return self.forbidden(node, rule.source(), None);
        }
        if let Some(assertions) = &rule.assertions
            && self.doubts.touch_own(node.tape.span(node.index).start)
        {
            assertions.each_broken(node, |broken| match broken {
                Broken::Required(missing) => {
                    for name in missing {
                        self.missing(rule, node, rule.keyword("required"), name, None);
                    }
                }
                Broken::Other(keyword, value) => {
                    self.assertion(rule, assertions, node, keyword, value);
                }
            });
        }
        if rule.combines() {
            self.value(rule, node);
        }
        match node.kind() {
            Kind::Object => self.members(rule, node),
            Kind::Array => self.elements(rule, node),
            _ => {}
        }
    }

    /// What others have against the same value.
    fn value(&mut self, rule: &'a Rule, node: Node<'a>) {
        for other in rule.target.iter().chain(&rule.all_of) {
            self.explain(*other, node);
        }
        for union in &rule.unions {
            self.union(rule, union, node);
        }
        if let Some(not) = rule.not
            && self.verdicts.hold(not, node)
        {
            self.ruled_out(rule, not, node);
        }
        if let Some(then) = self.verdicts.consequence(rule, node) {
            self.explain(then, node);
        }
        for (name, dependent) in &rule.dependents {
            let Some(member) = node.member(name) else {
                continue;
            };
            if self.rules.get(*dependent).is_never {
                self.forbidden(member, self.rules.get(*dependent).source(), None);
            } else {
                self.explain(*dependent, node);
            }
        }
    }

    fn members(&mut self, rule: &'a Rule, object: Node<'a>) {
        let tape = self.tape;
        let mut doubts = self.doubts.from(tape.span(object.index).start);
        for member in object.children().filter(|member| doubts.touch(&tape.span(member.index))) {
            for of_member in rule.of_member(member) {
                if Some(of_member) == rule.additional && self.rules.get(of_member).is_never {
                    self.unexpected(rule, "additionalProperties", object, member);
                } else {
                    self.explain(of_member, member);
                }
            }
            if let Some(names) = rule.names {
                self.name(names, object, member);
            }
        }
        for (name, missing) in rule.missing_dependents(object) {
            let location = rule.location.child("dependentRequired").child(name);
            let help = format!("`{name}` is there, and must not be without it");
            let source = Source { location: &location, keyword: None };
            self.missing(rule, object, source, missing, Some(help));
        }
        if let Some(unevaluated) = rule.unevaluated_members {
            let evaluated = self.verdicts.evaluated(rule, object);
            for member in object.children().filter(|member| evaluated.lacks(*member)) {
                if self.rules.get(unevaluated).is_never {
                    self.unexpected(rule, "unevaluatedProperties", object, member);
                } else {
                    self.explain(unevaluated, member);
                }
            }
        }
    }

    fn elements(&mut self, rule: &'a Rule, array: Node<'a>) {
        let most = rule.prefix.len();
        let ends = rule.items.is_some_and(|items| self.rules.get(items).is_never);
        if ends && array.children().nth(most).is_some() {
            let source = rule.keyword("items");
            self.push(Code::Items, array, source, message::elements_at_most(most));
        }
        let tape = self.tape;
        let mut doubts = self.doubts.from(tape.span(array.index).start);
        let elements = array.children().enumerate();
        for (position, element) in
            elements.filter(|(_, element)| doubts.touch(&tape.span(element.index)))
        {
            if let Some(of_element) = rule.of_element(position)
                && (position < most || !ends)
            {
                self.explain(of_element, element);
            }
        }
        if let Some(contains) = &rule.contains
            && !self.verdicts.contained(contains, array)
        {
            let source = rule.keyword("contains");
            self.push(Code::Items, array, source, message::contained(contains));
        }
        if let Some(unevaluated) = rule.unevaluated_elements {
            let evaluated = self.verdicts.evaluated(rule, array);
            let rest = array.children().filter(|element| evaluated.lacks(*element));
            if !self.rules.get(unevaluated).is_never {
                rest.for_each(|element| self.explain(unevaluated, element));
            } else if rest.count() > 0 {
                let source = rule.keyword("unevaluatedItems");
                let want = "an array without further elements";
                self.push(Code::Items, array, source, want);
            }
        }
    }

    /// An assertion that does not hold, and is not about what is required.
    fn assertion(
        &mut self,
        rule: &'a Rule,
        assertions: &Assertions,
        node: Node<'a>,
        keyword: &str,
        value: &Json,
    ) {
        let source = rule.keyword(keyword);
        match keyword {
            "type" => self.mistyped(node, source, TypeSet::of_keyword(value)),
            "enum" => {
                let options = value.as_array().unwrap_or_default();
                self.unlisted(node, source, options, assertions.listed().to_owned());
            }
            "const" => {
                let got = other_than(std::slice::from_ref(value), node);
                self.add(self.finding(Code::Const, node, source, value.to_string(), got), None);
            }
            _ => {
                let want = message::assertion(keyword, value);
                self.push(Code::of_keyword(keyword), node, source, want);
            }
        }
    }

    fn union(&mut self, rule: &'a Rule, union: &'a Union, node: Node<'a>) {
        match self.verdicts.holding(&union.branches, node, 2) {
            0 => {}
            2 if union.keyword == "oneOf" => {
                let want = message::only_one(&self.rules.graph, &union.branches);
                let source = rule.keyword(union.keyword);
                return self.push(Code::Union, node, source, want);
            }
            _ => return,
        }
        let source = rule.keyword(union.keyword);
        match union::meant(union, self.rules, node) {
            Meant::One(branch) => self.explain(branch, node),
            Meant::OtherType => match self.rules.graph.types_of(union) {
                TypeSet::NONE => self.forbidden(node, source, None),
                types => self.mistyped(node, source, types),
            },
            Meant::UnknownTag(tag, value) if union::is_of_tag_type(tag, value) => {
                self.unlisted(value, source, &tag.values, message::listed(&tag.values, &[]));
            }
            Meant::UnknownTag(tag, value) => self.mistyped(value, source, tag.types()),
            Meant::NoTag(object, name) => self.missing(rule, object, source, name, None),
            Meant::Several(branches) => {
                if let Some((options, patterns)) = message::vocabulary(&self.rules.graph, &branches)
                {
                    let want = message::listed(&options, &patterns);
                    return self.unlisted(node, source, &options, want);
                }
                let want = message::a_branch(&self.rules.graph, &branches);
                self.push(Code::Union, node, source, want);
            }
        }
    }

    /// What a `not` has against a value that meets its schema.
    fn ruled_out(&mut self, rule: &'a Rule, not: RuleId, node: Node<'a>) {
        let source = rule.keyword("not");
        let absent = message::absent(&self.rules.graph, not).unwrap_or_default();
        let members: Vec<_> = absent.iter().filter_map(|name| node.member(name)).collect();
        for member in &members {
            self.forbidden(*member, source, None);
        }
        if members.is_empty() {
            let want = "a value that the schema does not rule out";
            self.push(Code::Union, node, source, want);
        }
    }

    /// A finding about a value itself.
    fn push(
        &mut self,
        code: Code,
        node: Node<'_>,
        source: Source<'_>,
        want: impl Into<Cow<'static, str>>,
    ) {
        let got = match code {
            Code::Properties | Code::Union | Code::Forbidden => kind_of(node.kind()),
            _ => other_of(node.kind()),
        };
        self.add(self.finding(code, node, source, want, got), None);
    }

    fn finding(
        &self,
        code: Code,
        node: Node<'_>,
        source: Source<'_>,
        want: impl Into<Cow<'static, str>>,
        got: &'static str,
    ) -> Finding {
        Finding {
            code,
            node: node.index,
            pointer: String::new(),
            span: self.tape.span(node.index),
            want: want.into(),
            got: got.into(),
            // Of what is only counted, nobody reads it.
            schema: (!self.room.is_full()).then(|| self.schemas.name(source)),
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
        let want = message::types(types);
        let integral = types.names().any(|name| name == "integer");
        let got = match node.kind() {
            Kind::Number if integral => "a number with a fraction",
            kind => kind_of(kind),
        };
        self.add(self.finding(Code::Type, node, source, want, got), None);
    }

    fn missing(
        &mut self,
        rule: &Rule,
        object: Node<'_>,
        source: Source<'_>,
        name: &str,
        help: Option<String>,
    ) {
        let want = message::member(name);
        let finding = self.finding(Code::Required, object, source, want, "an object without it");
        let help = help.or_else(|| {
            let helps = self.doubts.strangers && self.helps();
            let found = helps.then(|| suggest::lookalike(self.rules, rule, object, name));
            found
                .flatten()
                .map(|found| format!("`{found}` is not documented: should it be `{name}`?"))
        });
        self.add(Finding { help, ..finding }, Some(name));
    }

    /// A member that a closed object does not have.
    fn unexpected(&mut self, rule: &Rule, keyword: &str, object: Node<'_>, member: Node<'_>) {
        let near = self.helps().then(|| suggest::meant(self.rules, rule, object, member)).flatten();
        let help = near.map(message::meant_member);
        self.forbidden(member, rule.keyword(keyword), help);
    }

    /// Whether to look for what was meant. Beyond so many, no help is worth its time.
    fn helps(&mut self) -> bool {
        self.helps += 1;
        self.helps <= suggest::MOST_HELP
    }

    fn forbidden(&mut self, member: Node<'_>, source: Source<'_>, help: Option<String>) {
        let Some(span) = self.tape.name_span(member.index).filter(|_| !member.is_name()) else {
            return self.push(Code::Forbidden, member, source, "no value here");
        };
        let name = member.name().string().unwrap_or_default();
        let want = format!("no member {}", quoted(&name));
        let finding = self.finding(Code::Forbidden, member, source, want, "one");
        self.add(Finding { span, help, ..finding }, None);
    }

    fn unlisted(&mut self, node: Node<'_>, source: Source<'_>, options: &[Json], want: String) {
        let help = node.string().and_then(|text| {
            suggest::nearest(&text, options.iter().filter_map(Json::as_str))
                .map(message::meant_value)
        });
        let finding = self.finding(Code::Enum, node, source, want, other_than(options, node));
        self.add(Finding { help, ..finding }, None);
    }

    /// What the schema of names has against a member's.
    fn name(&mut self, names: RuleId, object: Node<'_>, member: Node<'_>) {
        if self.verdicts.hold(names, member.name()) {
            return;
        }
        if self.rules.get(names).is_never {
            let want = "an empty object";
            return self.push(Code::Properties, object, self.rules.get(names).source(), want);
        }
        // A walk of its own, as names are no values and have no pointer.
        let mut room = Room::unlimited();
        let name = member.name().string().unwrap_or_default();
        let doubts = Doubts::everywhere();
        let (schemas, rules, tests) = (self.schemas, self.rules, self.tests);
        for fault in explain(schemas, rules, tests, names, member.name(), &doubts, &mut room) {
            let finding = Finding {
                code: Code::Properties,
                node: object.index,
                span: self.tape.span(object.index),
                want: format!("{} for the name of every member", fault.want).into(),
                got: format!("the name {}", quoted(&name)).into(),
                help: None,
                ..fault
            };
            self.add(finding, None);
        }
    }
}

/// What is there where one of `values` should be.
fn other_than(values: &[Json], node: Node<'_>) -> &'static str {
    // A number with a fraction is another number where an integer should be.
    let ty = match node.kind() {
        Kind::Number => TypeSet::NUMBER,
        _ => node.types(),
    };
    let same = values.iter().any(|value| TypeSet::of_value(value).intersects(ty));
    if same { other_of(node.kind()) } else { kind_of(node.kind()) }
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
