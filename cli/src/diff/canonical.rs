//! Which of two schemas lets more through, as far as the `jsonschema` crate can prove it.

use std::collections::HashMap;

use jsonschema::PatternOptions;
use jsonschema::canonical::{self, CanonicalSchema, Containment, Satisfiability};
use serde_json::Value;

use crate::catalogue::Json;
use crate::diff::change::{Effect, Verdict};
use crate::diff::{inline, number, witness};

/// What all questions of a run may cost together. What is asked later is undecided.
const MOST_COST: usize = 200_000;

/// How many combinations of branches the unions of one schema may have.
const MOST_BRANCHES: usize = 16;

/// Compares schemas, each pair once.
#[derive(Debug)]
pub(crate) struct Judge {
    answers: HashMap<[String; 2], Effect>,
    disjoint: HashMap<[String; 2], bool>,
    cost_left: usize,
}

impl Judge {
    pub(crate) fn new() -> Self {
        Self { answers: HashMap::new(), disjoint: HashMap::new(), cost_left: MOST_COST }
    }

    /// Returns the effect of having `new` instead of `old`, both without references.
    pub(crate) fn effect(&mut self, old: &Json, new: &Json) -> Effect {
        if old == new {
            return Effect::NONE;
        }
        let key = [old.to_string(), new.to_string()];
        if let Some(known) = self.answers.get(&key) {
            return *known;
        }
        let effect = self.compare(old, new).unwrap_or(Effect::UNDECIDED);
        self.answers.insert(key, effect);
        effect
    }

    /// Whether it is proven that nothing meets both schemas.
    pub(crate) fn are_disjoint(&mut self, one: &Json, other: &Json) -> bool {
        let key = [one.to_string(), other.to_string()];
        if let Some(known) = self.disjoint.get(&key) {
            return *known;
        }
        let both = inline::conjunction(vec![one.clone(), other.clone()]);
        let is = self.satisfiable(&both) == Some(Satisfiability::No);
        self.disjoint.insert(key, is);
        is
    }

    /// Whether it is proven that something meets the schema.
    pub(crate) fn is_met(&mut self, schema: &Json) -> bool {
        self.satisfiable(schema) == Some(Satisfiability::Yes)
    }

    fn satisfiable(&mut self, schema: &Json) -> Option<Satisfiability> {
        self.pay(schema)?;
        Some(canonical(&value(schema)?)?.satisfiability())
    }

    fn compare(&mut self, old: &Json, new: &Json) -> Option<Effect> {
        self.pay(old)?;
        self.pay(new)?;
        let [old, new] = [value(old)?, value(new)?];
        let (old_form, new_form) = (canonical(&old)?, canonical(&new)?);
        let verdict = |covered: Result<Containment, _>, outer: &Value, inner: &Value| match covered
        {
            Ok(Containment::Yes) => Verdict::Safe,
            Ok(Containment::No) => Verdict::Breaks,
            Ok(Containment::Unknown) if witness::exists(outer, inner) => Verdict::Breaks,
            Ok(Containment::Unknown) | Err(_) => Verdict::Undecided,
        };
        Some(Effect {
            receivers: verdict(old_form.covers(&new_form), &old, &new),
            senders: verdict(new_form.covers(&old_form), &new, &old),
        })
    }

    /// Takes what a question about `schema` costs; `None` if that is too much.
    fn pay(&mut self, schema: &Json) -> Option<()> {
        let branches = branches(schema);
        if branches > MOST_BRANCHES {
            return None;
        }
        // Each value of a list, and each member, is compared with each of another.
        let lists = (longest(schema) / 32).pow(2);
        let cost = inline::size(schema) * branches * branches + lists;
        self.cost_left = self.cost_left.checked_sub(cost)?;
        Some(())
    }
}

/// Returns the normal form of a schema; `None` if there is none that means exactly the same.
fn canonical(schema: &Value) -> Option<CanonicalSchema> {
    canonical::options()
        .offline()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        // Patterns of sets match in linear time, so this engine takes them.
        .with_pattern_options(PatternOptions::regex())
        .canonicalize(schema)
        .ok()
}

/// Returns the same value as `serde_json` has it; `None` if it would have to round a number.
fn value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Number(number) => Value::Number(number::exact(number.as_str())?),
        Json::Array(elements) => elements.iter().map(value).collect::<Option<_>>()?,
        Json::Object(members) => members
            .iter()
            .map(|(name, json)| Some((name.clone(), value(json)?)))
            .collect::<Option<_>>()?,
        other => other.to_value(),
    })
}

/// Returns the length of the longest array or object in a value.
fn longest(json: &Json) -> usize {
    match json {
        Json::Array(elements) => elements.iter().map(longest).fold(elements.len(), usize::max),
        Json::Object(members) => members.values().map(longest).fold(members.len(), usize::max),
        _ => 0,
    }
}

/// Returns how many ways through its unions a schema has, all combinations counted.
fn branches(json: &Json) -> usize {
    let each =
        |parts: &mut dyn Iterator<Item = &Json>| parts.map(branches).fold(1, usize::saturating_mul);
    match json {
        Json::Array(elements) => each(&mut elements.iter()),
        Json::Object(members) => members
            .iter()
            .map(|(name, value)| match (name.as_str(), value) {
                ("anyOf" | "oneOf", Json::Array(list)) if list.iter().all(is_simple) => 1,
                ("anyOf" | "oneOf", Json::Array(list)) => {
                    list.iter().map(branches).fold(0, usize::saturating_add).max(1)
                }
                ("if" | "not", _) => branches(value).saturating_mul(2),
                ("dependentRequired" | "dependentSchemas", Json::Object(each)) => each
                    .values()
                    .map(|value| branches(value).saturating_mul(2))
                    .fold(1, usize::saturating_mul),
                ("const" | "enum", _) => 1,
                _ => branches(value),
            })
            .fold(1, usize::saturating_mul),
        _ => 1,
    }
}

/// Whether a schema only lists values or types, so that a union of such schemas is simple.
fn is_simple(branch: &Json) -> bool {
    let is_simple = |name: &String| matches!(name.as_str(), "const" | "enum" | "type");
    branch.as_object().is_some_and(|own| !own.is_empty() && own.keys().all(is_simple))
}
