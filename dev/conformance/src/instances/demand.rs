//! Schemas that must all hold of one value, with one branch chosen wherever there are several.

use offhook_model::Json;
use offhook_model::json::Number;

use super::Generator;
use crate::bundle::{Id, Schema};

/// How many references and branches deep a value's schemas may nest.
const LEVELS: u32 = 48;

/// What is asked of a value.
#[derive(Default)]
pub(super) struct Demand<'b> {
    /// The schemas in force, without `true`; what they refer to stands beside them.
    pub(super) parts: Vec<Schema<'b>>,
    /// Members that must be there because of a choice.
    pub(super) required: Vec<&'b str>,
    /// Members that must not be there because of a choice.
    pub(super) forbidden: Vec<&'b str>,
    /// Whether the choices need not fit each other, so that the value has to be checked.
    pub(super) uncertain: bool,
}

impl<'b> Generator<'b> {
    /// What `schemas` ask together, with new choices; nothing if they were seen to allow nothing.
    pub(super) fn demand(&mut self, schemas: &[Schema<'b>]) -> Option<Demand<'b>> {
        let mut demand = Demand::default();
        for schema in schemas {
            self.add(*schema, &mut demand, 0)?;
        }
        let required = demand.parts.iter().flat_map(|part| part.names("required"));
        let clash = required
            .chain(demand.required.iter().copied())
            .any(|name| demand.forbidden.contains(&name));
        (!clash).then_some(demand)
    }

    /// Adds what `schema` asks.
    fn add(&mut self, schema: Schema<'b>, demand: &mut Demand<'b>, level: u32) -> Option<()> {
        if schema.is_false() || level > LEVELS {
            return None;
        }
        let already = demand.parts.iter().any(|part| part.id() == schema.id());
        if already {
            return Some(());
        }
        demand.parts.push(schema);
        for keyword in schema.keywords() {
            match keyword {
                "$ref" => self.add(self.bundle.target(schema)?, demand, level + 1)?,
                "allOf" => {
                    for part in schema.list(keyword) {
                        self.add(part, demand, level + 1)?;
                    }
                }
                "anyOf" | "oneOf" => {
                    let branches = schema.list(keyword);
                    let branch = branches[self.draw(schema.id(), "branch", branches.len())];
                    self.add(branch, demand, level + 1)?;
                    demand.uncertain |= keyword == "oneOf";
                }
                "if" => self.add_condition(schema, demand, level)?,
                "not" => {
                    demand.uncertain = true;
                    let absent = schema.schema("not")?.names("required");
                    let absent: Vec<&str> = absent.collect();
                    demand.forbidden.extend(self.decks.pick(&absent));
                }
                "dependentSchemas" => {
                    for (name, dependent) in schema.named(keyword) {
                        if self.draw(dependent.id(), "dependent", 2) == 0 {
                            demand.required.push(name);
                            self.add(dependent, demand, level + 1)?;
                        } else {
                            demand.forbidden.push(name);
                        }
                    }
                }
                "const"
                | "enum"
                | "maxContains"
                | "propertyNames"
                | "unevaluatedItems"
                | "unevaluatedProperties" => demand.uncertain = true,
                _ => {}
            }
        }
        Some(())
    }

    /// Decides whether an `if` is to hold.
    fn add_condition(
        &mut self,
        schema: Schema<'b>,
        demand: &mut Demand<'b>,
        level: u32,
    ) -> Option<()> {
        let condition = schema.schema("if")?;
        demand.uncertain = true;
        let branch = if self.draw(condition.id(), "condition", 2) == 0 {
            self.add(condition, demand, level + 1)?;
            "then"
        } else {
            "else"
        };
        schema.schema(branch).map_or(Some(()), |branch| self.add(branch, demand, level + 1))
    }
}

impl<'b> Demand<'b> {
    /// What a choice for this value goes by.
    pub(super) fn id(&self) -> Option<Id> {
        Some(self.parts.first()?.id())
    }

    /// Whether a part has one of `keywords`.
    pub(super) fn has(&self, keywords: &[&str]) -> bool {
        self.parts.iter().any(|part| keywords.iter().any(|keyword| part.get(keyword).is_some()))
    }

    /// What stands under `keyword` in the parts.
    pub(super) fn values(&self, keyword: &str) -> impl Iterator<Item = &'b Json> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    pub(super) fn numbers(&self, keyword: &str) -> impl Iterator<Item = &'b Number> {
        self.values(keyword).filter_map(Json::as_number)
    }

    pub(super) fn strings(&self, keyword: &str) -> impl Iterator<Item = &'b str> {
        self.values(keyword).filter_map(Json::as_str)
    }

    /// The highest of the lower limits under `keyword`; 0 if there is none.
    pub(super) fn at_least(&self, keyword: &str) -> usize {
        self.values(keyword).filter_map(count).max().unwrap_or(0)
    }

    /// The lowest of the upper limits under `keyword`.
    pub(super) fn at_most(&self, keyword: &str) -> usize {
        self.values(keyword).filter_map(count).min().unwrap_or(usize::MAX)
    }
}

/// A limit of a count; `2.0` is one too.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limits are counts")]
pub(super) fn count(limit: &Json) -> Option<usize> {
    limit.as_f64().map(|limit| limit as usize)
}
