//! What schemas ask of a value that is no array and no object, told from its text alone.

use std::sync::Arc;

use offhook::scan::unescape;
use serde_json::Value;

use crate::assertions::Assertions;
use crate::instance::Node;
use crate::rules::{RuleId, Rules};
use crate::tape::{Kind, Tape};
use crate::types::Types;

/// How far schemas of one value may nest in one another before no test is made of them.
const MOST_NESTING: usize = 32;

/// How many parts the tests of one value may have.
const MOST_PARTS: usize = 256;

/// A value that is no array and no object, as it stands in a text.
#[derive(Clone, Copy)]
pub(crate) struct Scalar<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
}

/// What is asked of a scalar. It says yes or no, and just what the schema would.
pub(crate) enum Test {
    Types(Types),
    /// Of a string that it is one of these. Other values are none of them.
    Words(Vec<Box<str>>),
    /// Of strings.
    DateTime,
    /// Of strings, in characters.
    Length(usize, usize),
    /// Of numbers.
    Bound(Bound, f64),
    /// What is too rare to be done here.
    Assertions(Arc<Assertions>),
    All(Vec<Test>),
    Any(Vec<Test>),
    One(Vec<Test>),
    Not(Box<Test>),
    /// The first, and the second if it holds, or else the third.
    If(Box<[Test; 3]>),
}

#[derive(Clone, Copy)]
pub(crate) enum Bound {
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Scalar<'_> {
    fn string(&self) -> Option<std::borrow::Cow<'_, str>> {
        (self.kind == Kind::String).then(|| unescape(self.text))
    }
}

impl Test {
    const TRUE: Self = Self::Types(Types::ALL);

    /// The test of the schema `id`; none if it is too long.
    pub(crate) fn of(rules: &Rules, id: RuleId) -> Option<Self> {
        of_rule(rules, id, MOST_NESTING, &mut { MOST_PARTS })
    }

    pub(crate) fn holds(&self, scalar: Scalar<'_>) -> bool {
        match self {
            Self::Types(types) => types.contain(Types::of_text(scalar.kind, scalar.text)),
            Self::Words(words) => {
                scalar.string().is_some_and(|text| words.iter().any(|word| **word == *text))
            }
            Self::DateTime => {
                scalar.string().is_none_or(|text| offhook::runtime::is_rfc3339(&text))
            }
            Self::Length(least, most) => {
                scalar.string().is_none_or(|text| (*least..=*most).contains(&text.chars().count()))
            }
            Self::Bound(bound, limit) => {
                scalar.kind != Kind::Number
                    || scalar.text.parse().is_ok_and(|number: f64| match bound {
                        Bound::AtLeast => number >= *limit,
                        Bound::AtMost => number <= *limit,
                        Bound::Above => number > *limit,
                        Bound::Below => number < *limit,
                    })
            }
            Self::Assertions(assertions) => {
                assertions.hold(Node::new(&Tape::of_scalar(scalar.text, scalar.kind), 0))
            }
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

    /// All of `tests`, those in lists of them one by one.
    pub(crate) fn all(tests: Vec<Self>) -> Self {
        let mut types = Types::ALL;
        let mut others = Vec::new();
        let mut waiting = tests;
        while let Some(test) = waiting.pop() {
            match test {
                Self::Types(some) => types = types & some,
                Self::All(some) => waiting.extend(some),
                other => others.push(other),
            }
        }
        match others.len() {
            0 => Self::Types(types),
            1 if types == Types::ALL => others.remove(0),
            _ if types == Types::ALL => Self::All(others),
            _ => {
                others.insert(0, Self::Types(types));
                Self::All(others)
            }
        }
    }
}

fn of_rule(rules: &Rules, id: RuleId, nesting: usize, parts: &mut usize) -> Option<Test> {
    let nesting = nesting.checked_sub(1)?;
    *parts = parts.checked_sub(1)?;
    let rule = rules.get(id);
    if rule.never {
        return Some(Test::Types(Types::NONE));
    }
    let mut of = |id: &RuleId| of_rule(rules, *id, nesting, parts);
    let mut tests: Vec<Test> = rule.assertions.iter().map(of_assertions).collect();
    for other in rule.target.iter().chain(&rule.all_of) {
        tests.push(of(other)?);
    }
    for union in &rule.unions {
        let branches = union.branches.iter().map(&mut of).collect::<Option<_>>()?;
        tests.push(if union.keyword == "oneOf" {
            Test::One(branches)
        } else {
            Test::Any(branches)
        });
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
    let tests = assertions.iter().map(|(keyword, value)| of_assertion(keyword, value));
    match tests.collect::<Option<_>>() {
        Some(tests) => Test::all(tests),
        None => Test::Assertions(Arc::clone(assertions)),
    }
}

/// The test of an assertion, if it is of the common kind.
fn of_assertion(keyword: &str, value: &Value) -> Option<Test> {
    let word = |value: &Value| value.as_str().map(Box::from);
    let bound = |bound| {
        // A number that a double does not hold is on the same side of these as its nearest one.
        let limit = value.as_f64().filter(|limit| limit.abs() < 1e15)?;
        Some(Test::Bound(bound, limit))
    };
    let count = || value.as_u64().and_then(|count| usize::try_from(count).ok());
    Some(match keyword {
        "type" => Test::Types(Types::named(value)),
        "const" => Test::Words(vec![word(value)?]),
        "enum" => Test::Words(value.as_array()?.iter().map(word).collect::<Option<_>>()?),
        "format" if value == "date-time" => Test::DateTime,
        "minimum" => bound(Bound::AtLeast)?,
        "maximum" => bound(Bound::AtMost)?,
        "exclusiveMinimum" => bound(Bound::Above)?,
        "exclusiveMaximum" => bound(Bound::Below)?,
        "minLength" => Test::Length(count()?, usize::MAX),
        "maxLength" => Test::Length(0, count()?),
        // These are of arrays and objects.
        "maxItems" | "minItems" | "uniqueItems" | "maxProperties" | "minProperties"
        | "required" => Test::TRUE,
        _ => return None,
    })
}
