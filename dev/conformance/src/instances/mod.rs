//! Instances from schemas: valid ones, and some with one fault.
//!
//! A [`Generator`] works on any schemas of a [`Bundle`]. What it makes is intended to be valid or
//! not, and mostly is; whether it really is, others judge. Where choices may not fit each other, as
//! with `oneOf`, `not` and `if`, it asks the [`Oracle`] and tries again.
//!
//! The same seed and stream give the same instances.

mod array;
mod breaking;
mod deck;
mod demand;
mod fault;
mod format;
mod number;
mod object;
mod pattern;
mod spelling;
mod string;
mod text;

use offhook_model::Json;

pub use fault::Fault;

use self::deck::Decks;
use self::demand::Demand;
use self::fault::Chosen;
use self::number::Range;
use self::pattern::Patterns;
use crate::bundle::{Bundle, Id, Schema};
use crate::json::same;
use crate::number::exact;
use crate::oracle::Oracle;

/// How often a value is tried again with other choices.
const TRIES: usize = 12;

/// How many values may be begun for one instance.
const EFFORT: u32 = 4000;

/// Values of this depth have only the members and elements that they must have.
const DEEP: u32 = 5;

/// How often a type of which something is asked is chosen for each time that another is.
const OFTEN: usize = 8;

/// Nothing is nested deeper.
const DEEPEST: u32 = 24;

/// The types of values, with `integer` as one of its own.
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// Makes instances of the schemas of one bundle.
pub struct Generator<'b> {
    bundle: &'b Bundle,
    oracle: &'b Oracle,
    decks: Decks,
    patterns: Patterns,
    /// How often each assertion was chosen to be broken.
    chosen: Chosen<'b>,
    /// How many values may still be begun.
    effort: u32,
}

impl<'b> Generator<'b> {
    /// A generator with the `stream`th random source of `seed`; `oracle` knows `bundle`.
    pub fn new(bundle: &'b Bundle, oracle: &'b Oracle, seed: u64, stream: u64) -> Self {
        Self {
            bundle,
            oracle,
            decks: Decks::new(seed, stream),
            patterns: Patterns::default(),
            chosen: Chosen::new(),
            effort: 0,
        }
    }

    /// An instance of `schema`; nothing if none was found.
    ///
    /// From call to call it differs in which optional members it has, in the values of an `enum`,
    /// in the branches of unions, and in the edges of bounds.
    pub fn valid(&mut self, schema: Schema<'b>) -> Option<Json> {
        self.effort = EFFORT;
        self.value(&[schema], 0)
    }

    /// Any JSON value.
    pub fn any(&mut self) -> Json {
        self.effort = EFFORT;
        self.free(0)
    }

    /// A value of which all `schemas` hold.
    fn value(&mut self, schemas: &[Schema<'b>], depth: u32) -> Option<Json> {
        for _ in 0..TRIES {
            self.effort = self.effort.checked_sub(1)?;
            let Some(demand) = self.demand(schemas) else { continue };
            let Some(value) = self.fitting(&demand, depth) else { continue };
            if !demand.uncertain || schemas.iter().all(|schema| self.holds(*schema, &value)) {
                return Some(value);
            }
        }
        None
    }

    fn holds(&self, schema: Schema<'b>, value: &Json) -> bool {
        self.oracle.holds(schema, value)
    }

    fn draw(&mut self, schema: Id, what: &'static str, options: usize) -> usize {
        self.decks.draw(schema, what, options)
    }

    /// A value that fits what is asked.
    fn fitting(&mut self, demand: &Demand<'b>, depth: u32) -> Option<Json> {
        let Some(id) = demand.id() else {
            return Some(self.free(depth));
        };
        if depth > DEEPEST {
            return None;
        }
        if let Some(listed) = listed(demand) {
            let index = self.draw(id, "listed", listed.len());
            return listed.get(index).map(|value| (*value).clone());
        }
        let types = types(demand, depth);
        match *types.get(self.draw(id, "type", types.len()))? {
            "null" => Some(Json::Null),
            "boolean" => Some(Json::Bool(self.draw(id, "boolean", 2) == 0)),
            "integer" => Range::of(demand, true).sample(&mut self.decks),
            "number" => Range::of(demand, false).sample(&mut self.decks),
            "string" => self.string(demand).map(Json::String),
            "array" => self.array(demand, depth).map(Json::Array),
            _ => self.object(demand, depth).map(Json::Object),
        }
    }

    /// A value of which nothing is asked.
    fn free(&mut self, depth: u32) -> Json {
        let elements = if depth > 2 { 0 } else { self.decks.below(3) };
        match self.decks.below(9) {
            0 => Json::Null,
            1 => Json::Bool(self.decks.once_in(2)),
            2 => crate::number::number(&self.decks.below(100).to_string()),
            3..6 => number::any(&mut self.decks),
            6 => (0..elements).map(|_| self.free(depth + 1)).collect(),
            7 => {
                let mut member = || (text::of_length(3, &mut self.decks), self.free(depth + 1));
                Json::Object((0..elements).map(|_| member()).collect())
            }
            _ => {
                let length = self.decks.below(6);
                Json::String(text::of_length(length, &mut self.decks))
            }
        }
    }
}

/// The values that are left where they are listed.
fn listed<'b>(demand: &Demand<'b>) -> Option<Vec<&'b Json>> {
    let lists: Vec<Vec<&Json>> = demand
        .values("const")
        .map(|only| vec![only])
        .chain(demand.values("enum").map(|list| list.as_array().into_iter().flatten().collect()))
        .collect();
    let (first, others) = lists.split_first()?;
    let types = allowed(demand);
    let in_all = |value: &&Json| {
        types.iter().any(|name| is_of(name, value))
            && others.iter().all(|list| list.iter().any(|other| same(value, other)))
    };
    Some(first.iter().copied().filter(in_all).collect())
}

/// The types among which to choose: mostly those of which more is asked.
fn types(demand: &Demand<'_>, depth: u32) -> Vec<&'static str> {
    let allowed = allowed(demand);
    let keywords = |name: &str| -> &[&str] {
        match name {
            "integer" | "number" => {
                &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
            }
            "string" => &["minLength", "maxLength", "pattern", "format"],
            "array" => &[
                "items",
                "prefixItems",
                "contains",
                "minItems",
                "maxItems",
                "uniqueItems",
                "unevaluatedItems",
            ],
            "object" => &[
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "propertyNames",
                "minProperties",
                "maxProperties",
                "dependentRequired",
                "dependentSchemas",
                "unevaluatedProperties",
            ],
            _ => &[],
        }
    };
    let flat = |name: &&&str| !matches!(**name, "array" | "object");
    let scalars: Vec<&str> = allowed.iter().filter(flat).copied().collect();
    if depth > DEEP && !scalars.is_empty() {
        return scalars;
    }
    let rich = allowed.iter().filter(|name| demand.has(keywords(name))).copied();
    let often = rich.flat_map(|name| std::iter::repeat_n(name, OFTEN));
    often.chain(allowed.iter().copied()).collect()
}

/// The types that all parts allow.
fn allowed(demand: &Demand<'_>) -> Vec<&'static str> {
    let allows = |part: &Schema<'_>, name: &str| match part.get("type") {
        Some(Json::String(only)) => covers(only, name),
        Some(list) => {
            let list = list.as_array().into_iter().flatten().filter_map(Json::as_str);
            list.into_iter().any(|one| covers(one, name))
        }
        None => true,
    };
    TYPES.into_iter().filter(|name| demand.parts.iter().all(|part| allows(part, name))).collect()
}

/// Whether a `type` of `one` allows every value of the type `other`.
fn covers(one: &str, other: &str) -> bool {
    one == other || one == "number" && other == "integer"
}

/// Whether `value` is of the type `name`.
fn is_of(name: &str, value: &Json) -> bool {
    match value {
        Json::Null => name == "null",
        Json::Bool(_) => name == "boolean",
        Json::Number(number) => name == "number" || name == "integer" && exact(number).is_integer(),
        Json::String(_) => name == "string",
        Json::Array(_) => name == "array",
        Json::Object(_) => name == "object",
    }
}
