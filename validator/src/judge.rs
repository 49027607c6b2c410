//! A vendor's schemas compiled: each payload's judged by the `jsonschema` crate, and explained by a
//! walk of our own, as that crate's own explanation of nested unions takes time that grows with the
//! power of their depth.

use jsonschema::Registry;
use offhook::bundle::{self, Subschemas, subschemas};
use serde_json::{Map, Value, json};

use crate::assertions;
use crate::explain::{explain, kind_of};
use crate::finding::{Finding, Room};
use crate::instance::{Node, OnTape};
use crate::rules::{RuleId, Rules};
use crate::schema::{Place, SchemaError, Schemas};
use crate::violation::Code;

/// What the document of all schemas is called.
const DOCUMENT: &str = "offhook:///schemas";

/// One schema, compiled.
pub(crate) struct Judge {
    verdict: jsonschema::Validator<OnTape>,
    rule: RuleId,
}

impl Judge {
    /// Everything that it has against the value `node`, each fault once.
    pub(crate) fn findings(
        &self,
        schemas: &Schemas,
        rules: &Rules,
        node: Node<'_>,
        room: &mut Room,
    ) -> Vec<Finding> {
        if self.verdict.is_valid(node) {
            return Vec::new();
        }
        let omitted = room.omitted;
        let mut findings = explain(schemas, rules, self.rule, node, room);
        // The verdict stands, even if the walk could not tell why.
        if findings.is_empty() && room.omitted == omitted {
            findings.push(Finding {
                code: Code::Union,
                node: node.index,
                pointer: node.tape.pointer(node.index),
                span: node.tape.span(node.index),
                want: "a value that the schema allows".to_owned(),
                got: kind_of(node.kind()).to_owned(),
                schema: Some(schemas.name(&rules.get(self.rule).place)),
                help: None,
            });
        }
        findings
    }
}

/// Compiles a vendor's schemas, each of which may refer to the others.
pub(crate) struct Compiler<'a> {
    schemas: &'a Schemas,
    rules: &'a Rules,
    registry: Registry<'a>,
}

impl<'a> Compiler<'a> {
    /// `document` is what [`document`] makes.
    pub(crate) fn new(
        schemas: &'a Schemas,
        rules: &'a Rules,
        document: &'a Value,
    ) -> Result<Self, SchemaError> {
        let failed = |error: jsonschema::ReferencingError| {
            SchemaError::caused(format!("{}: {error}", schemas.vendor), error)
        };
        let registry = Registry::new().add(DOCUMENT, document).map_err(failed)?;
        Ok(Self { schemas, rules, registry: registry.prepare().map_err(failed)? })
    }

    /// Compiles one of the rules that the document has.
    pub(crate) fn compile(&self, rule: RuleId) -> Result<Judge, SchemaError> {
        let schema = json!({ "$ref": format!("{DOCUMENT}#/$defs/{rule}") });
        let verdict = assertions::options().with_registry(&self.registry).build(&schema);
        let verdict = verdict.map_err(|error| {
            let name = self.schemas.name(&self.rules.get(rule).place);
            SchemaError::caused(format!("{name}: {error}"), error.to_owned())
        })?;
        Ok(Judge { verdict, rule })
    }
}

/// One document with what is compiled and what references lead to, each by its number: no file's
/// name, no pointer and no annotation is left that could be read in two ways.
pub(crate) fn document(schemas: &Schemas, rules: &Rules) -> Value {
    let document = Document { schemas, rules };
    let roots = rules.ids().filter(|id| rules.get(*id).place.pointer.is_empty());
    let others = rules.ids().flat_map(|id| {
        let rule = rules.get(id);
        rule.target.into_iter().chain(rule.advice)
    });
    let definitions: Map<String, Value> = roots
        .chain(others)
        .map(|id| (id.to_string(), document.plain(&rules.get(id).place)))
        .collect();
    json!({ "$defs": definitions })
}

struct Document<'a> {
    schemas: &'a Schemas,
    rules: &'a Rules,
}

impl Document<'_> {
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
            (None, _) if !bundle::is_assertion(keyword) => return None,
            _ => value.clone(),
        })
    }
}
