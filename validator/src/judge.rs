//! A payload's schema compiled: a walk of our own explains, as the explanation that the `jsonschema`
//! crate has of nested unions takes time that grows with the power of their depth; and that crate
//! judges what the walk has nothing against.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jsonschema::Registry;
use offhook_runtime::schema::{Subschemas, is_assertion, subschemas};
use serde_json::{Map, Value, json};

use crate::assertions;
use crate::doubts::Doubts;
use crate::explain::{explain, kind_of};
use crate::finding::{Finding, Room};
use crate::instance::{Node, OnTape};
use crate::place::Place;
use crate::rules::{RuleId, Rules};
use crate::scalar::Tests;
use crate::schema::{SchemaError, Schemas};
use crate::verdicts::Verdicts;
use crate::violation::Code;

/// What the document of all schemas is called.
const DOCUMENT: &str = "offhook:///schemas";

/// The schema of a payload, and its advice.
pub(crate) struct Judge {
    pub(crate) rules: Rules,
    pub(crate) tests: Tests,
    /// Of an object whose members are judged each by the schema of the number that is its name:
    /// what schemas share is compiled once. It is compiled when something is first to be judged.
    verdict: OnceLock<Option<jsonschema::Validator<OnTape>>>,
}

impl Judge {
    /// Takes the schema in `file` apart, and all that it leads to.
    pub(crate) fn new(schemas: &Schemas, file: &str) -> Self {
        let rules = Rules::new(schemas, file);
        Self { tests: Tests::new(&rules), rules, verdict: OnceLock::new() }
    }

    /// Compiles the schemas, to see whether they can be.
    pub(crate) fn compile(&self, schemas: &Schemas) -> Result<(), SchemaError> {
        for id in self.rules.ids() {
            let place = &self.rules.get(id).place;
            if !matches!(schemas.get(place), Some(Value::Bool(_) | Value::Object(_))) {
                let name = schemas.name(place.source());
                return Err(SchemaError::new(format!("{name}: want a schema, got none")));
            }
        }
        let verdict = compile(schemas, &self.rules)?;
        self.verdict.get_or_init(|| Some(verdict));
        Ok(())
    }

    /// Whether the schema `rule`, one of a payload or advice, has nothing against the value `node`.
    pub(crate) fn holds(&self, schemas: &Schemas, rule: RuleId, node: Node<'_>) -> bool {
        let verdict = self.verdict.get_or_init(|| compile(schemas, &self.rules).ok());
        match verdict {
            Some(verdict) => verdict.is_valid(node.as_member(rule)),
            // Only what compiles passes for a SCHEMA; if one did that does not, the walk judges.
            None => Verdicts::new(&self.rules, &self.tests).hold(rule, node),
        }
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
        let omitted = room.omitted;
        let mut findings = explain(schemas, &self.rules, &self.tests, rule, node, doubts, room);
        // Where the walk finds nothing, the verdict stands, even if nothing could tell why.
        let found_nothing = findings.is_empty() && room.omitted == omitted;
        if found_nothing && !self.holds(schemas, rule, node) {
            findings.push(Finding {
                code: Code::Union,
                node: node.index,
                pointer: node.tape.pointer(node.index),
                span: node.tape.span(node.index),
                want: "a value that the schema allows".into(),
                got: kind_of(node.kind()).into(),
                schema: Some(schemas.name(self.rules.get(rule).place.source())),
                help: None,
            });
        }
        findings
    }
}

fn compile(schemas: &Schemas, rules: &Rules) -> Result<jsonschema::Validator<OnTape>, SchemaError> {
    let document = Document { schemas, rules };
    let all = document.all();
    let failed = |error: jsonschema::ReferencingError| {
        SchemaError::caused(format!("{}: {error}", schemas.vendor), error)
    };
    let registry = Registry::new().add(DOCUMENT, &all).map_err(failed)?;
    let registry = registry.prepare().map_err(failed)?;
    let build = |roots: &BTreeSet<RuleId>| {
        let schema =
            |id: &RuleId| (id.to_string(), json!({ "$ref": format!("{DOCUMENT}#/$defs/{id}") }));
        let properties: Map<String, Value> = roots.iter().map(schema).collect();
        let schema = json!({ "properties": properties });
        assertions::options().with_registry(&registry).build(&schema)
    };
    let roots = document.roots();
    build(&roots).map_err(|error| {
        let broken = roots.iter().find(|id| build(&BTreeSet::from([**id])).is_err());
        let name = match broken {
            Some(id) => schemas.name(rules.get(*id).place.source()),
            None => schemas.vendor.clone(),
        };
        SchemaError::caused(format!("{name}: {error}"), error.to_owned())
    })
}

/// A payload's schemas as one, each by its number: no file's name, no pointer and no annotation is
/// left that could be read in two ways.
struct Document<'a> {
    schemas: &'a Schemas,
    rules: &'a Rules,
}

impl Document<'_> {
    /// The schema of the payload, and advice.
    fn roots(&self) -> BTreeSet<RuleId> {
        let advice = self.rules.ids().filter_map(|id| self.rules.get(id).advice);
        std::iter::once(Rules::ROOT).chain(advice).collect()
    }

    /// What is compiled, and what references lead to.
    fn all(&self) -> Value {
        let targets = self.rules.ids().filter_map(|id| self.rules.get(id).target);
        let defined: BTreeSet<RuleId> = targets.chain(self.roots()).collect();
        let definitions: Map<String, Value> = defined
            .into_iter()
            .map(|id| (id.to_string(), self.plain(&self.rules.get(id).place)))
            .collect();
        json!({ "$defs": definitions })
    }

    /// The schema at `place` with nothing but assertions.
    fn plain(&self, place: &Place) -> Value {
        let Some(Value::Object(schema)) = self.schemas.get(place) else {
            return self.schemas.get(place).cloned().unwrap_or_default();
        };
        let keywords = schema.iter().filter_map(|(keyword, value)| {
            Some((keyword.clone(), self.keyword(place, keyword, value)?))
        });
        Value::Object(keywords.collect())
    }

    fn keyword(&self, place: &Place, keyword: &str, value: &Value) -> Option<Value> {
        let below = place.below(keyword);
        Some(match (subschemas(keyword), value) {
            _ if ["$defs", "definitions"].contains(&keyword) => return None,
            (Some(Subschemas::One), _) => self.plain(&below),
            (Some(Subschemas::List), Value::Array(all)) => (0..all.len())
                .map(|position| self.plain(&below.below(&position.to_string())))
                .collect(),
            (Some(Subschemas::Named), Value::Object(all)) => {
                let one = |name: &String| (name.clone(), self.plain(&below.below(name)));
                Value::Object(all.keys().map(one).collect())
            }
            (None, _) if keyword == "$ref" => {
                let target =
                    self.schemas.target(place).and_then(|target| self.rules.at(&target))?;
                format!("#/$defs/{target}").into()
            }
            (None, _) if !is_assertion(keyword) => return None,
            _ => value.clone(),
        })
    }
}
