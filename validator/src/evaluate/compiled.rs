//! A payload's schema graph with what judging by it needs: assertions that compile when they are
//! first asked, and members found by the hash of their names.

use std::collections::HashMap;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use offhook_model::expected::{Expected, Values};
use offhook_model::{Graph, Json, Object, SchemaId, SchemaSet, Subschema};

use super::keyword::Assertion;
use super::pattern::Pattern;
use crate::json::name_map::ByName;
use crate::json::node::Node;

/// The schema of a payload, and all that it leads to.
pub(crate) struct CompiledGraph {
    pub(crate) graph: Graph,
    by_number: Vec<CompiledSchema>,
}

/// One schema.
pub(crate) struct CompiledSchema {
    schema: Arc<Subschema>,
    /// What it asserts of a value itself.
    pub(crate) assertions: Arc<Assertions>,
    pub(crate) properties: ByName<SchemaId>,
    pub(crate) patterns: Vec<(Arc<Pattern>, SchemaId)>,
    /// Whether it asserts nothing but that.
    is_leaf: bool,
    /// The names that reports have for its keywords, by keyword.
    names: OnceLock<Vec<(Box<str>, Arc<str>)>>,
}

/// A keyword of a schema; empty for the schema itself.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) schema: &'a CompiledSchema,
    pub(crate) keyword: &'a str,
}

/// The assertions of a schema, the cheap ones first.
#[derive(Default)]
pub(crate) struct Assertions {
    pub(crate) all: Vec<Keyword>,
}

/// A keyword that asserts something of a value itself.
pub(crate) struct Keyword {
    pub(crate) name: Box<str>,
    pub(crate) value: Json,
    pub(crate) assertion: Assertion,
    /// The values of `const` or `enum`, as reports have them in common.
    listed: OnceLock<Arc<Values>>,
}

impl Keyword {
    /// What it expects. `None` of `required`, which expects each of several members.
    pub(crate) fn expected(&self) -> Option<Expected> {
        let make = || Expected::of_assertion(&self.name, &self.value);
        if !matches!(self.assertion, Assertion::Words(_) | Assertion::Values(_)) {
            return make();
        }
        if let Some(listed) = self.listed.get() {
            return Some(Expected::Values(Arc::clone(listed)));
        }
        let expected = make();
        if let Some(Expected::Values(listed)) = &expected {
            let _ = self.listed.set(Arc::clone(listed));
        }
        expected
    }
}

impl Assertions {
    fn new(schema: &Object) -> Self {
        let mut all: Vec<Keyword> = schema
            .iter()
            .filter_map(|(name, value)| {
                let assertion = Assertion::new(name, value)?;
                let (name, value) = (name.as_str().into(), value.clone());
                Some(Keyword { name, value, assertion, listed: OnceLock::new() })
            })
            .collect();
        all.sort_by_key(|keyword| keyword.assertion.rank());
        Self { all }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Assertion> {
        self.all.iter().map(|keyword| &keyword.assertion)
    }
}

impl Deref for CompiledSchema {
    type Target = Subschema;

    fn deref(&self) -> &Subschema {
        &self.schema
    }
}

impl CompiledSchema {
    /// The schema itself.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { schema: self, keyword: "" }
    }

    /// A keyword of it, or a place below one.
    pub(crate) fn keyword<'a>(&'a self, keyword: &'a str) -> Source<'a> {
        Source { schema: self, keyword }
    }

    /// Returns a keyword's location as reports name it: `dialstack/call.end.json#/required`.
    ///
    /// Reports have the names in common.
    pub(crate) fn location_name(&self, set: &SchemaSet, keyword: &str) -> Arc<str> {
        let make = |keyword: &str| -> Arc<str> {
            let own = Some(keyword).filter(|keyword| !keyword.is_empty());
            set.location_name(&self.location, own).into()
        };
        let names = self.names.get_or_init(|| {
            let own = self.assertions.all.iter().map(|keyword| &*keyword.name);
            let unions = self.unions.iter().map(|union| union.keyword);
            own.chain(unions).map(|keyword| (keyword.into(), make(keyword))).collect()
        });
        let known = names.iter().find(|(name, _)| **name == *keyword);
        known.map_or_else(|| make(keyword), |(_, name)| Arc::clone(name))
    }

    /// Whether it asserts nothing but what its assertions do.
    pub(crate) fn is_leaf(&self) -> bool {
        self.is_leaf
    }

    /// The schema of the member `node` that is of its name.
    fn listed(&self, node: Node<'_>) -> Option<SchemaId> {
        if self.properties.is_empty() {
            return None;
        }
        let name = node.tape.name(node.index)?;
        self.properties.get_hashed(node.tape.hash(node.index), &name).copied()
    }

    /// The schemas of the member `node`, of what names and patterns say.
    pub(crate) fn of_member(&self, node: Node<'_>) -> impl Iterator<Item = SchemaId> {
        let listed = self.listed(node);
        let matching = if self.patterns.is_empty() { Vec::new() } else { self.matching(node) };
        let is_known = listed.is_some() || !matching.is_empty();
        let other = self.additional.filter(|_| !is_known);
        listed.into_iter().chain(matching).chain(other)
    }

    /// The schemas of the patterns that a member's name matches.
    fn matching(&self, node: Node<'_>) -> Vec<SchemaId> {
        let name = node.name().string().unwrap_or_default();
        let matching = self.patterns.iter().filter(|(pattern, _)| pattern.is_match(&name));
        matching.map(|(_, schema)| *schema).collect()
    }

    /// The schema of the element at `position`.
    pub(crate) fn of_element(&self, position: usize) -> Option<SchemaId> {
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
        graph: &'r CompiledGraph,
    ) -> impl Iterator<Item = &'r str> {
        let may_be = |(_, member): &(&str, &SchemaId)| !graph.get(**member).is_never;
        self.properties.iter().filter(may_be).map(|(name, _)| name)
    }
}

impl CompiledGraph {
    /// The number of the payload's schema.
    pub(crate) const ROOT: SchemaId = Graph::ROOT;

    /// Compiles the schema in `file`, and all that it leads to.
    pub(crate) fn new(schemas: &SchemaSet, file: &str) -> Self {
        let graph = Graph::new(schemas, file);
        let mut known = Known::default();
        let by_number = graph.schemas().iter().map(|schema| known.compile(schema)).collect();
        Self { graph, by_number }
    }

    pub(crate) fn get(&self, id: SchemaId) -> &CompiledSchema {
        &self.by_number[id]
    }

    pub(crate) fn ids(&self) -> Range<SchemaId> {
        self.graph.ids()
    }
}

/// What is compiled already, by its text: schemas that assert the same have it in common.
#[derive(Default)]
struct Known {
    assertions: HashMap<String, Arc<Assertions>>,
    patterns: HashMap<String, Arc<Pattern>>,
}

impl Known {
    fn compile(&mut self, schema: &Arc<Subschema>) -> CompiledSchema {
        let own = &schema.assertions;
        let text =
            if own.is_empty() { String::new() } else { Json::Object(own.clone()).to_string() };
        let assertions =
            self.assertions.entry(text).or_insert_with(|| Arc::new(Assertions::new(own)));
        let assertions = Arc::clone(assertions);
        let mut pattern = |(pattern, schema): &(String, SchemaId)| {
            let known = self.patterns.entry(pattern.clone());
            (Arc::clone(known.or_insert_with(|| Arc::new(Pattern::new(pattern)))), *schema)
        };
        CompiledSchema {
            assertions,
            patterns: schema.patterns.iter().map(&mut pattern).collect(),
            properties: schema.properties.iter().cloned().collect(),
            is_leaf: !schema.is_never && !schema.combines() && !schema.looks_inside(),
            schema: Arc::clone(schema),
            names: OnceLock::new(),
        }
    }
}
