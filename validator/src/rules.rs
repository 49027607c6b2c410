//! A payload's schema graph with what judging by it needs: assertions that compile when they are
//! first asked, and members found by the hash of their names.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use offhook_model::{Graph, SchemaId, Subschema};
use offhook_model::{Json, Object, SchemaSet};

use crate::assertions::Assertions;
use crate::instance::Node;
use crate::name::ByName;
use crate::schema::Source;

/// The number of a schema among a payload's.
pub(crate) type RuleId = SchemaId;

/// The schema of a payload, and all that it leads to.
pub(crate) struct Rules {
    pub(crate) graph: Graph,
    by_number: Vec<Rule>,
}

/// One schema.
pub(crate) struct Rule {
    schema: Arc<Subschema>,
    pub(crate) assertions: Option<Arc<Assertions>>,
    pub(crate) properties: ByName<RuleId>,
    pub(crate) patterns: Vec<(Arc<Assertions>, RuleId)>,
}

impl Deref for Rule {
    type Target = Subschema;

    fn deref(&self) -> &Subschema {
        &self.schema
    }
}

impl Rule {
    /// Where the schema stands.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { location: &self.location, keyword: None }
    }

    /// Where its `keyword` stands. None has a letter that pointers escape.
    pub(crate) fn keyword<'a>(&'a self, keyword: &'a str) -> Source<'a> {
        Source { location: &self.location, keyword: Some(keyword) }
    }

    /// The rule of the member `node` that is of its name.
    fn listed(&self, node: Node<'_>) -> Option<RuleId> {
        if self.properties.is_empty() {
            return None;
        }
        let name = node.tape.name(node.index)?;
        self.properties.get_hashed(node.tape.hash(node.index), &name).copied()
    }

    /// The rules of the member `node`, of what names and patterns say.
    pub(crate) fn of_member(&self, node: Node<'_>) -> impl Iterator<Item = RuleId> {
        let listed = self.listed(node).into_iter();
        let matching = self.patterns.iter().filter(move |(pattern, _)| pattern.hold(node.name()));
        let mut known = listed.chain(matching.map(|(_, rule)| *rule)).peekable();
        let other = if known.peek().is_none() { self.additional } else { None };
        known.chain(other)
    }

    /// The rule of the element at `position`.
    pub(crate) fn of_element(&self, position: usize) -> Option<RuleId> {
        self.prefix.get(position).copied().or(self.items)
    }

    /// The members that an object lacks beside one of its own, each after that one.
    pub(crate) fn missing_dependents(
        &self,
        object: Node<'_>,
    ) -> impl Iterator<Item = (&str, &str)> {
        let there =
            self.dependent_names.iter().filter(move |(name, _)| object.member(name).is_some());
        there.flat_map(move |(name, others)| {
            let missing = others.iter().filter(move |other| object.member(other).is_none());
            missing.map(move |other| (name.as_str(), other.as_str()))
        })
    }

    /// The names of the members that may be there.
    pub(crate) fn documented_members<'r>(
        &'r self,
        rules: &'r Rules,
    ) -> impl Iterator<Item = &'r str> {
        let may_be = |(_, member): &(&str, &RuleId)| !rules.get(**member).is_never;
        self.properties.iter().filter(may_be).map(|(name, _)| name)
    }
}

impl Rules {
    /// The number of the payload's schema.
    pub(crate) const ROOT: RuleId = Graph::ROOT;

    /// The rules of the schema in `file`, and of all that it leads to.
    pub(crate) fn new(schemas: &SchemaSet, file: &str) -> Self {
        let graph = Graph::new(schemas, file);
        let mut known = HashMap::new();
        let by_number = graph.schemas().iter().map(|schema| rule(schema, &mut known)).collect();
        Self { graph, by_number }
    }

    pub(crate) fn get(&self, id: RuleId) -> &Rule {
        &self.by_number[id]
    }

    pub(crate) fn ids(&self) -> std::ops::Range<RuleId> {
        self.graph.ids()
    }
}

/// Assertions that are known, by their text: schemas that assert the same have them in common.
type Known = HashMap<String, Arc<Assertions>>;

fn rule(schema: &Arc<Subschema>, known: &mut Known) -> Rule {
    let own = &schema.assertions;
    let assertions = (!own.is_empty()).then(|| shared(own.clone(), known));
    let pattern = |(pattern, rule): &(String, RuleId)| {
        let assertion = Object::from_iter([("pattern".to_owned(), Json::from(&**pattern))]);
        (shared(assertion, known), *rule)
    };
    Rule {
        assertions,
        patterns: schema.patterns.iter().map(pattern).collect(),
        properties: schema.properties.iter().cloned().collect(),
        schema: Arc::clone(schema),
    }
}

fn shared(assertions: Object, known: &mut Known) -> Arc<Assertions> {
    let text = Json::Object(assertions.clone()).to_string();
    Arc::clone(known.entry(text).or_insert_with(|| Arc::new(Assertions::new(assertions))))
}
