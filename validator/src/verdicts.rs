//! Whether parts of a payload meet parts of a schema: what an explanation needs to know of the
//! branches of a union, of conditions, and of all that is said of what is otherwise unsaid.
//!
//! Each question is answered once, so that schemas that lead back to themselves in several places
//! take no more time than the payload has values and the schemas have parts.

use std::collections::{HashMap, HashSet};

use crate::instance::Node;
use crate::rules::{Rule, RuleId, Rules};
use crate::scalar::Tests;
use crate::tape::{Index, Kind};
use offhook_model::graph::Contains;

/// Answers about one payload.
pub(crate) struct Verdicts<'a> {
    rules: &'a Rules,
    tests: &'a Tests,
    /// None while the answer is being found.
    known: HashMap<(RuleId, Index, bool), Option<bool>>,
}

/// The members or elements that schemas have said something of.
#[derive(Default)]
pub(crate) struct Evaluated {
    all: bool,
    some: HashSet<Index>,
    asked: HashSet<RuleId>,
}

impl Evaluated {
    pub(crate) fn lacks(&self, child: Node<'_>) -> bool {
        !self.all && !self.some.contains(&child.index)
    }
}

impl<'a> Verdicts<'a> {
    pub(crate) fn new(rules: &'a Rules, tests: &'a Tests) -> Self {
        Self { rules, tests, known: HashMap::new() }
    }

    /// Whether `node` meets the schema `id`.
    pub(crate) fn hold(&mut self, id: RuleId, node: Node<'_>) -> bool {
        if let Some(holds) = self.tests.hold(self.rules, id, node) {
            return holds;
        }
        let rule = self.rules.get(id);
        let question = (id, node.index, node.is_name());
        if let Some(known) = self.known.get(&question) {
            // Who asks while the answer is being found goes round in a circle, which adds nothing.
            return known.unwrap_or(true);
        }
        self.known.insert(question, None);
        let answer = self.find(rule, node);
        self.known.insert(question, Some(answer));
        answer
    }

    fn find(&mut self, rule: &'a Rule, node: Node<'_>) -> bool {
        !rule.is_never
            && rule.assertions.as_ref().is_none_or(|assertions| assertions.hold(node))
            && (!rule.combines() || self.value(rule, node))
            && match node.kind() {
                Kind::Object => self.members(rule, node),
                Kind::Array => self.elements(rule, node),
                _ => true,
            }
    }

    fn value(&mut self, rule: &'a Rule, node: Node<'_>) -> bool {
        rule.target.iter().chain(&rule.all_of).all(|other| self.hold(*other, node))
            && rule.unions.iter().all(|union| {
                let wanted = if union.keyword == "oneOf" { 1..2 } else { 1..usize::MAX };
                wanted.contains(&self.holding(&union.branches, node, wanted.end))
            })
            && rule.not.is_none_or(|not| !self.hold(not, node))
            && self.consequence(rule, node).is_none_or(|then| self.hold(then, node))
            && rule
                .dependents
                .iter()
                .filter(|(name, _)| node.member(name).is_some())
                .all(|(_, dependent)| self.hold(*dependent, node))
    }

    /// How many of `branches` hold; no more than `enough` are looked for.
    pub(crate) fn holding(&mut self, branches: &[RuleId], node: Node<'_>, enough: usize) -> usize {
        branches.iter().filter(|branch| self.hold(**branch, node)).take(enough).count()
    }

    /// The `then` or `else` that applies.
    pub(crate) fn consequence(&mut self, rule: &Rule, node: Node<'_>) -> Option<RuleId> {
        let (then, otherwise) = (rule.then, rule.otherwise);
        let condition = rule.condition.filter(|_| then.is_some() || otherwise.is_some())?;
        if self.hold(condition, node) { then } else { otherwise }
    }

    fn members(&mut self, rule: &'a Rule, object: Node<'_>) -> bool {
        let mut members = object.children();
        members.all(|member| {
            rule.of_member(member).all(|of_member| self.hold(of_member, member))
                && rule.names.is_none_or(|names| self.hold(names, member.name()))
        }) && rule.missing_dependents(object).next().is_none()
            && rule.unevaluated_members.is_none_or(|unevaluated| {
                let evaluated = self.evaluated(rule, object);
                object
                    .children()
                    .filter(|member| evaluated.lacks(*member))
                    .all(|member| self.hold(unevaluated, member))
            })
    }

    fn elements(&mut self, rule: &'a Rule, array: Node<'_>) -> bool {
        array.children().enumerate().all(|(position, element)| {
            rule.of_element(position).is_none_or(|of_element| self.hold(of_element, element))
        }) && rule.contains.as_ref().is_none_or(|contains| self.contained(contains, array))
            && rule.unevaluated_elements.is_none_or(|unevaluated| {
                let evaluated = self.evaluated(rule, array);
                array
                    .children()
                    .filter(|element| evaluated.lacks(*element))
                    .all(|element| self.hold(unevaluated, element))
            })
    }

    /// Whether as many elements as are wanted meet the schema.
    pub(crate) fn contained(&mut self, contains: &Contains, array: Node<'_>) -> bool {
        let count = array.children().filter(|element| self.hold(contains.schema, *element)).count();
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        contains.min <= count && contains.max.is_none_or(|max| count <= max)
    }

    /// The members or elements of `node` of which `rule` and the schemas of the same value speak,
    /// as far as these hold.
    pub(crate) fn evaluated(&mut self, rule: &'a Rule, node: Node<'_>) -> Evaluated {
        let mut evaluated = Evaluated::default();
        self.evaluate(rule, node, &mut evaluated);
        evaluated
    }

    fn evaluate(&mut self, rule: &'a Rule, node: Node<'_>, evaluated: &mut Evaluated) {
        match node.kind() {
            Kind::Object => {
                evaluated.all |= rule.additional.is_some();
                let known =
                    node.children().filter(|member| rule.of_member(*member).next().is_some());
                evaluated.some.extend(known.map(|member| member.index));
            }
            Kind::Array => {
                evaluated.all |= rule.items.is_some();
                let prefix = node.children().take(rule.prefix.len());
                evaluated.some.extend(prefix.map(|element| element.index));
                if let Some(contains) = &rule.contains {
                    let fit =
                        node.children().filter(|element| self.hold(contains.schema, *element));
                    evaluated.some.extend(fit.map(|element| element.index));
                }
            }
            _ => return,
        }
        let mut others: Vec<RuleId> = rule.target.iter().chain(&rule.all_of).copied().collect();
        for union in &rule.unions {
            let branches = &union.branches;
            // If none holds, that is said elsewhere, and nothing of what any of them speaks of.
            let failed = self.holding(branches, node, 1) == 0;
            others.extend(branches.iter().filter(|branch| failed || self.hold(**branch, node)));
        }
        if let Some(condition) = rule.condition {
            others.extend(Some(condition).filter(|condition| self.hold(*condition, node)));
            others.extend(self.consequence(rule, node));
        }
        let dependents = rule.dependents.iter().filter(|(name, _)| node.member(name).is_some());
        others.extend(dependents.map(|(_, dependent)| *dependent));
        for other in others {
            if evaluated.asked.insert(other) {
                let other = self.rules.get(other);
                evaluated.all |= match node.kind() {
                    Kind::Object => other.unevaluated_members.is_some(),
                    _ => other.unevaluated_elements.is_some(),
                };
                self.evaluate(other, node, evaluated);
            }
        }
    }
}
