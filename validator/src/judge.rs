//! A payload's schema, taken apart to judge by.

use crate::doubts::Doubts;
use crate::explain::explain;
use crate::finding::{Finding, Room};
use crate::instance::Node;
use crate::rules::{RuleId, Rules};
use crate::scalar::Tests;
use crate::schema::Schemas;

/// The schema of a payload, and its advice.
pub(crate) struct Judge {
    pub(crate) rules: Rules,
    pub(crate) tests: Tests,
}

impl Judge {
    /// Takes the schema in `file` apart, and all that it leads to.
    pub(crate) fn new(schemas: &Schemas, file: &str) -> Self {
        let rules = Rules::new(schemas, file);
        Self { tests: Tests::new(&rules), rules }
    }

    /// Everything that the schema `rule`, one of a payload or advice, has against the value `node`,
    /// each fault once. What is not in doubt is known to be fine.
    pub(crate) fn findings(
        &self,
        schemas: &Schemas,
        rule: RuleId,
        node: Node<'_>,
        doubts: &Doubts,
        room: &mut Room,
    ) -> Vec<Finding> {
        explain(schemas, &self.rules, &self.tests, rule, node, doubts, room)
    }
}
