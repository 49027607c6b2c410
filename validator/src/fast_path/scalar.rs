//! What schemas, and those that they lead to, ask of a value that is no array and no object.

use offhook_model::{SchemaId, TypeSet};

use crate::evaluate::compiled::CompiledGraph;
use crate::evaluate::keyword::Assertion;
use crate::json::node::Scalar;

/// How far schemas of one value may nest in one another before no test is made of them.
const MOST_NESTING: usize = 32;

/// How many parts the tests of one value may have.
const MOST_PARTS: usize = 256;

/// What is asked of a scalar. It says yes or no, and just what the schema would.
pub(crate) enum Test {
    Assertion(Assertion),
    All(Vec<Test>),
    Any(Vec<Test>),
    One(Vec<Test>),
    Not(Box<Test>),
    /// The first, and the second if it holds, or else the third.
    If(Box<[Test; 3]>),
}

impl Test {
    pub(crate) const TRUE: Self = Self::Assertion(Assertion::Types(TypeSet::ALL));
    pub(crate) const FALSE: Self = Self::Assertion(Assertion::Types(TypeSet::NONE));

    /// The test of the schema `id`; none if it is too long.
    pub(crate) fn of(graph: &CompiledGraph, id: SchemaId) -> Option<Self> {
        of_schema(graph, id, MOST_NESTING, &mut { MOST_PARTS })
    }

    pub(crate) fn holds(&self, scalar: Scalar<'_>) -> bool {
        match self {
            Self::Assertion(assertion) => assertion.holds_of_scalar(scalar),
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
                Self::Assertion(Assertion::Types(some)) => types = types & some,
                Self::All(some) => waiting.extend(some),
                other => others.push(other),
            }
        }
        match others.len() {
            0 => Self::Assertion(Assertion::Types(types)),
            1 if types == TypeSet::ALL => others.remove(0),
            _ if types == TypeSet::ALL => Self::All(others),
            _ => {
                others.insert(0, Self::Assertion(Assertion::Types(types)));
                Self::All(others)
            }
        }
    }
}

fn of_schema(
    graph: &CompiledGraph,
    id: SchemaId,
    nesting: usize,
    parts: &mut usize,
) -> Option<Test> {
    let nesting = nesting.checked_sub(1)?;
    *parts = parts.checked_sub(1)?;
    let schema = graph.get(id);
    if schema.is_never {
        return Some(Test::FALSE);
    }
    let mut of = |id: &SchemaId| of_schema(graph, *id, nesting, parts);
    let assertions = schema.assertions.iter().filter(|it| it.is_of_scalars()).cloned();
    let mut tests: Vec<Test> = assertions.map(Test::Assertion).collect();
    for other in schema.target.iter().chain(&schema.all_of) {
        tests.push(of(other)?);
    }
    for union in &schema.unions {
        let branches = union.branches.iter().map(&mut of).collect::<Option<_>>()?;
        let one = union.keyword == "oneOf";
        tests.push(if one { Test::One(branches) } else { Test::Any(branches) });
    }
    if let Some(not) = &schema.not {
        tests.push(Test::Not(Box::new(of(not)?)));
    }
    if let Some(condition) = &schema.condition {
        let mut consequence = |id: Option<SchemaId>| id.map_or(Some(Test::TRUE), |id| of(&id));
        let (then, otherwise) = (consequence(schema.then)?, consequence(schema.otherwise)?);
        tests.push(Test::If(Box::new([of(condition)?, then, otherwise])));
    }
    Some(Test::all(tests))
}
