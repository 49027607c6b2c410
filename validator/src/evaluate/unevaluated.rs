//! The members or elements that schemas have spoken of: `unevaluatedProperties` and
//! `unevaluatedItems` apply to all others.

use std::collections::HashSet;

use offhook_model::SchemaId;

use super::compiled::CompiledGraph;
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

    /// The members or elements of `node` of which the schema `id` and the others of the same value
    /// speak, as far as these hold, which `holds` says.
    pub(super) fn by<'a>(
        graph: &CompiledGraph,
        id: SchemaId,
        node: Node<'a>,
        holds: &mut impl FnMut(SchemaId, Node<'a>) -> bool,
    ) -> Self {
        let mut evaluated = Self::default();
        evaluated.add(graph, id, node, holds);
        evaluated
    }

    fn add<'a>(
        &mut self,
        graph: &CompiledGraph,
        id: SchemaId,
        node: Node<'a>,
        holds: &mut impl FnMut(SchemaId, Node<'a>) -> bool,
    ) {
        let schema = graph.get(id);
        match node.kind() {
            Kind::Object => {
                self.all |= schema.additional.is_some();
                let known =
                    node.children().filter(|member| schema.of_member(*member).next().is_some());
                self.some.extend(known.map(|member| member.index));
            }
            Kind::Array => {
                self.all |= schema.items.is_some();
                let prefix = node.children().take(schema.prefix.len());
                self.some.extend(prefix.map(|element| element.index));
                if let Some(contains) = &schema.contains {
                    let fit = node.children().filter(|element| holds(contains.schema, *element));
                    self.some.extend(fit.map(|element| element.index));
                }
            }
            _ => return,
        }
        let mut others: Vec<SchemaId> =
            schema.target.iter().chain(&schema.all_of).copied().collect();
        for union in &schema.unions {
            let holding: Vec<SchemaId> =
                union.branches.iter().copied().filter(|branch| holds(*branch, node)).collect();
            // If none holds, that is said elsewhere, and nothing of what any of them speaks of.
            others.extend(if holding.is_empty() { &union.branches } else { &holding });
        }
        if let Some(condition) = schema.condition {
            if holds(condition, node) {
                others.extend(Some(condition).into_iter().chain(schema.then));
            } else {
                others.extend(schema.otherwise);
            }
        }
        let dependents = schema.dependents.iter().filter(|(name, _)| node.member(name).is_some());
        others.extend(dependents.map(|(_, dependent)| *dependent));
        for id in others {
            if self.asked.insert(id) {
                let other = graph.get(id);
                self.all |= match node.kind() {
                    Kind::Object => other.unevaluated_members.is_some(),
                    _ => other.unevaluated_elements.is_some(),
                };
                self.add(graph, id, node, holds);
            }
        }
    }
}
