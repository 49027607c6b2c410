//! What schemas, and those that they lead to, ask of a value that is no array and no object.

use std::sync::{Arc, OnceLock};

use crate::assertions::Assertions;
use crate::instance::Node;
use crate::plain::{Plain, Scalar};
use crate::rules::{RuleId, Rules};
use offhook_model::TypeSet;

/// How far schemas of one value may nest in one another before no test is made of them.
const MOST_NESTING: usize = 32;

/// How many parts the tests of one value may have.
const MOST_PARTS: usize = 256;

/// What is asked of a scalar. It says yes or no, and just what the schema would.
pub(crate) enum Test {
    Plain(Plain),
    /// What is too rare to be plain.
    Assertions(Arc<Assertions>),
    All(Vec<Test>),
    Any(Vec<Test>),
    One(Vec<Test>),
    Not(Box<Test>),
    /// The first, and the second if it holds, or else the third.
    If(Box<[Test; 3]>),
}

impl Test {
    pub(crate) const TRUE: Self = Self::Plain(Plain::Types(TypeSet::ALL));
    pub(crate) const FALSE: Self = Self::Plain(Plain::Types(TypeSet::NONE));

    /// The test of the schema `id`; none if it is too long.
    pub(crate) fn of(rules: &Rules, id: RuleId) -> Option<Self> {
        of_rule(rules, id, MOST_NESTING, &mut { MOST_PARTS })
    }

    pub(crate) fn holds(&self, scalar: Scalar<'_>) -> bool {
        match self {
            Self::Plain(plain) => plain.holds(scalar),
            Self::Assertions(assertions) => assertions.hold_of(scalar),
            Self::All(tests) => tests.iter().all(|test| test.holds(scalar)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(scalar)),
            Self::One(tests) => tests.iter().filter(|test| test.holds(scalar)).take(2).count() == 1,
            Self::Not(test) => !test.holds(scalar),
            Self::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                if condition.holds(scalar) { then } else { otherwise }.holds(scalar)
            }
        }
    }

    /// All of `tests`: the types that they let through first, then what is left of them.
    pub(crate) fn all(tests: Vec<Self>) -> Self {
        let mut types = TypeSet::ALL;
        let mut others = Vec::new();
        let mut waiting = tests;
        while let Some(test) = waiting.pop() {
            match test {
                Self::Plain(Plain::Types(some)) => types = types & some,
                Self::All(some) => waiting.extend(some),
                other => others.push(other),
            }
        }
        match others.len() {
            0 => Self::Plain(Plain::Types(types)),
            1 if types == TypeSet::ALL => others.remove(0),
            _ if types == TypeSet::ALL => Self::All(others),
            _ => {
                others.insert(0, Self::Plain(Plain::Types(types)));
                Self::All(others)
            }
        }
    }
}

/// The tests of schemas, each made when it is first needed.
pub(crate) struct Tests {
    /// By the schemas' numbers; none where it is too long.
    all: Vec<OnceLock<Option<Test>>>,
}

impl Tests {
    pub(crate) fn new(rules: &Rules) -> Self {
        Self { all: rules.ids().map(|_| OnceLock::new()).collect() }
    }

    /// Whether a value that is no array and no object meets the schema `id`, if a test tells.
    pub(crate) fn hold(&self, rules: &Rules, id: RuleId, node: Node<'_>) -> Option<bool> {
        let scalar = node.scalar()?;
        let test = self.all[id].get_or_init(|| Test::of(rules, id));
        test.as_ref().map(|test| test.holds(scalar))
    }
}

fn of_rule(rules: &Rules, id: RuleId, nesting: usize, parts: &mut usize) -> Option<Test> {
    let nesting = nesting.checked_sub(1)?;
    *parts = parts.checked_sub(1)?;
    let rule = rules.get(id);
    if rule.is_never {
        return Some(Test::FALSE);
    }
    let mut of = |id: &RuleId| of_rule(rules, *id, nesting, parts);
    let mut tests: Vec<Test> = rule.assertions.iter().map(of_assertions).collect();
    for other in rule.target.iter().chain(&rule.all_of) {
        tests.push(of(other)?);
    }
    for union in &rule.unions {
        let branches = union.branches.iter().map(&mut of).collect::<Option<_>>()?;
        let one = union.keyword == "oneOf";
        tests.push(if one { Test::One(branches) } else { Test::Any(branches) });
    }
    if let Some(not) = &rule.not {
        tests.push(Test::Not(Box::new(of(not)?)));
    }
    if let Some(condition) = &rule.condition {
        let mut consequence = |id: Option<RuleId>| id.map_or(Some(Test::TRUE), |id| of(&id));
        let (then, otherwise) = (consequence(rule.then)?, consequence(rule.otherwise)?);
        tests.push(Test::If(Box::new([of(condition)?, then, otherwise])));
    }
    Some(Test::all(tests))
}

fn of_assertions(assertions: &Arc<Assertions>) -> Test {
    match assertions.plain() {
        Some(all) => Test::all(all.iter().cloned().map(Test::Plain).collect()),
        None => Test::Assertions(Arc::clone(assertions)),
    }
}
