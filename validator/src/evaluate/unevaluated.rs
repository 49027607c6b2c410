//! The members or elements that schemas have spoken of: `unevaluatedProperties` and
//! `unevaluatedItems` apply to all others.

use std::collections::HashSet;

use offhook_model::SchemaId;

use super::Evaluator;
use crate::json::node::Node;
use crate::json::tape::{Index, Kind};

/// The members or elements that schemas have spoken of.
#[derive(Default)]
pub(crate) struct Evaluated {
    all: bool,
    some: HashSet<Index>,
    asked: HashSet<SchemaId>,
}

impl Evaluated {
    pub(crate) fn lacks(&self, child: Node<'_>) -> bool {
        !self.all && !self.some.contains(&child.index)
    }
}

impl<'a> Evaluator<'a> {
    /// The members or elements of `node` of which the schema `id` and the others of the same value
    /// speak, as far as these hold.
    pub(super) fn evaluated(&mut self, id: SchemaId, node: Node<'a>) -> Evaluated {
        let mut evaluated = Evaluated::default();
        self.add_evaluated(id, node, &mut evaluated);
        evaluated
    }

    fn add_evaluated(&mut self, id: SchemaId, node: Node<'a>, evaluated: &mut Evaluated) {
        let schema = self.graph.get(id);
        match node.kind() {
            Kind::Object => {
                evaluated.all |= schema.additional.is_some();
                let known =
                    node.children().filter(|member| schema.of_member(*member).next().is_some());
                evaluated.some.extend(known.map(|member| member.index));
            }
            Kind::Array => {
                evaluated.all |= schema.items.is_some();
                let prefix = node.children().take(schema.prefix.len());
                evaluated.some.extend(prefix.map(|element| element.index));
                if let Some(contains) = &schema.contains {
                    let fit =
                        node.children().filter(|element| self.holds(contains.schema, *element));
                    evaluated.some.extend(fit.map(|element| element.index));
                }
            }
            _ => return,
        }
        let mut others: Vec<SchemaId> =
            schema.target.iter().chain(&schema.all_of).copied().collect();
        for union in &schema.unions {
            let branches = &union.branches;
            // If none holds, that is said elsewhere, and nothing of what any of them speaks of.
            let failed = self.holding(branches, node, 1) == 0;
            others.extend(branches.iter().filter(|branch| failed || self.holds(**branch, node)));
        }
        if let Some(condition) = schema.condition {
            others.extend(Some(condition).filter(|condition| self.holds(*condition, node)));
            others.extend(self.consequence(schema, node));
        }
        let dependents = schema.dependents.iter().filter(|(name, _)| node.member(name).is_some());
        others.extend(dependents.map(|(_, dependent)| *dependent));
        for id in others {
            if evaluated.asked.insert(id) {
                let other = self.graph.get(id);
                evaluated.all |= match node.kind() {
                    Kind::Object => other.unevaluated_members.is_some(),
                    _ => other.unevaluated_elements.is_some(),
                };
                self.add_evaluated(id, node, evaluated);
            }
        }
    }
}
