//! Instances with one fault: an assertion that holds of a valid one is chosen, and broken.

use std::collections::HashMap;

use offhook_model::{Json, Object};

use super::{EFFORT, Generator, TRIES};
use crate::bundle::{Id, Schema};
use offhook_model::location::escape;

/// How many schemas may apply to one value through each other.
const LEVELS: u32 = 64;

/// The assertions about arrays as such.
const ARRAYS: [&str; 8] = [
    "contains",
    "items",
    "maxContains",
    "maxItems",
    "minContains",
    "minItems",
    "unevaluatedItems",
    "uniqueItems",
];

/// The assertions about strings.
const STRINGS: [&str; 4] = ["format", "maxLength", "minLength", "pattern"];

/// The assertions about numbers.
const NUMBERS: [&str; 5] =
    ["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"];

/// An instance with a fault.
#[derive(Debug)]
pub struct Fault {
    /// The instance.
    pub instance: Json,
    /// The assertion that was to be broken: the place of its keyword.
    pub assertion: String,
}

/// How often each assertion was chosen: by its schema, keyword, and member.
pub(super) type Chosen<'b> = HashMap<(Id, &'b str, &'b str), u32>;

/// An assertion in force on a value of an instance.
pub(super) struct Assertion<'b> {
    /// Where the value is.
    pub(super) pointer: String,
    pub(super) schema: Schema<'b>,
    pub(super) keyword: &'b str,
    /// The member that it is about, where there is one.
    pub(super) name: &'b str,
}

impl<'b> Assertion<'b> {
    fn key(&self) -> (Id, &'b str, &'b str) {
        (self.schema.id(), self.keyword, self.name)
    }
}

impl<'b> Generator<'b> {
    /// `valid`, an instance of `schema`, changed in one place; nothing if `schema` asserts nothing.
    ///
    /// From call to call another assertion is broken.
    pub fn faulty(&mut self, schema: Schema<'b>, valid: &Json) -> Option<Fault> {
        self.effort = EFFORT;
        let mut assertions = self.assertions(schema, valid);
        self.decks.shuffle(&mut assertions);
        // Stable, so that among those least often chosen the order is random.
        assertions.sort_by_key(|assertion| {
            self.chosen.get(&assertion.key()).copied().unwrap_or_default()
        });
        assertions.into_iter().take(TRIES).find_map(|assertion| {
            *self.chosen.entry(assertion.key()).or_default() += 1;
            let instance = self.broken(&assertion, valid)?;
            let place = self.bundle.place(assertion.schema);
            Some(Fault { instance, assertion: format!("{place}/{}", assertion.keyword) })
        })
    }

    /// `valid`, an instance of `schema`, with any of its assertions broken.
    pub(super) fn fault_in(&mut self, schema: Schema<'b>, valid: &Json) -> Option<Json> {
        let assertions = self.assertions(schema, valid);
        let assertion = self.decks.pick(&assertions)?;
        self.effort = self.effort.checked_sub(1)?;
        self.broken(assertion, valid)
    }

    /// A value that is no instance of `schema`, but nearly; nothing if none was found.
    pub(super) fn unfit(&mut self, schema: Schema<'b>, depth: u32) -> Option<Json> {
        if schema.is_false() {
            return Some(self.free(depth));
        }
        let valid = self.value(&[schema], depth)?;
        for _ in 0..TRIES {
            if let Some(changed) = self.fault_in(schema, &valid)
                && !self.holds(schema, &changed)
            {
                return Some(changed);
            }
        }
        None
    }

    /// Every assertion in force on `value`, an instance of `schema`, and on what is in it.
    fn assertions(&mut self, schema: Schema<'b>, value: &Json) -> Vec<Assertion<'b>> {
        let mut found = Vec::new();
        self.collect(schema, value, "", &mut found, 0);
        found
    }

    fn collect(
        &mut self,
        schema: Schema<'b>,
        value: &Json,
        pointer: &str,
        found: &mut Vec<Assertion<'b>>,
        level: u32,
    ) {
        if level > LEVELS {
            return;
        }
        for keyword in schema.keywords() {
            let InForce { about, inside, below } = match value {
                Json::Object(members) => self.of_object(schema, keyword, members),
                Json::Array(elements) => of_array(schema, keyword, elements),
                Json::String(_) if STRINGS.contains(&keyword) => InForce::itself(),
                Json::Number(_) if NUMBERS.contains(&keyword) => InForce::itself(),
                _ => InForce::default(),
            };
            let (whole, branches) = self.of_any(schema, keyword, value);
            for name in about.into_iter().chain(whole.then_some("")) {
                found.push(Assertion { pointer: pointer.to_owned(), schema, keyword, name });
            }
            for schema in inside.into_iter().chain(branches) {
                self.collect(schema, value, pointer, found, level + 1);
            }
            for (token, value, schema) in below {
                self.collect(schema, value, &format!("{pointer}/{token}"), found, 0);
            }
        }
    }

    /// What `keyword` says of a value whatever its type: whether it asserts something itself, and
    /// which schemas hold of the value because of it.
    fn of_any(&self, schema: Schema<'b>, keyword: &str, value: &Json) -> (bool, Vec<Schema<'b>>) {
        match keyword {
            "$ref" => (false, self.bundle.target(schema).into_iter().collect()),
            "allOf" => (false, schema.list(keyword)),
            "anyOf" | "oneOf" => {
                let mut branches = schema.list(keyword);
                branches.retain(|branch| self.holds(*branch, value));
                (true, branches)
            }
            "if" => {
                let holds = schema.schema("if").is_some_and(|part| self.holds(part, value));
                let branch = schema.schema(if holds { "then" } else { "else" });
                (false, branch.into_iter().collect())
            }
            "const" | "enum" | "not" | "type" => (true, Vec::new()),
            _ => (false, Vec::new()),
        }
    }

    fn of_object<'v>(
        &mut self,
        schema: Schema<'b>,
        keyword: &'b str,
        members: &'v Object,
    ) -> InForce<'b, 'v> {
        let mut found = InForce::default();
        match keyword {
            "properties" => {
                for (name, schema) in schema.named(keyword) {
                    match members.get(name) {
                        Some(value) => found.below.push((escape(name).into_owned(), value, schema)),
                        None if schema.is_false() => found.about.push(name),
                        None => {}
                    }
                }
            }
            "patternProperties" => {
                for (pattern, schema) in schema.named(keyword) {
                    found.about.push(pattern);
                    let Some(pattern) = self.patterns.get(pattern) else { continue };
                    let matching = members.iter().filter(|(name, _)| pattern.matches(name));
                    found.below.extend(
                        matching.map(|(name, value)| (escape(name).into_owned(), value, schema)),
                    );
                }
            }
            "additionalProperties" => {
                found.about.push("");
                for (name, value) in members {
                    if self.documented(schema, name).is_empty() {
                        let schema = schema.schema(keyword);
                        found.below.extend(
                            schema.map(|schema| (escape(name).into_owned(), value, schema)),
                        );
                    }
                }
            }
            "required" => found.about.extend(schema.names(keyword)),
            "dependentRequired" => {
                found.about.extend(schema.members(keyword).map(|(name, _)| name));
            }
            "dependentSchemas" => {
                for (name, dependent) in schema.named(keyword) {
                    found.about.push(name);
                    if members.contains_key(name) {
                        found.inside.push(dependent);
                    }
                }
            }
            "maxProperties" | "minProperties" | "propertyNames" | "unevaluatedProperties" => {
                found.about.push("");
            }
            _ => {}
        }
        found
    }
}

/// What a keyword has to do with a value.
#[derive(Default)]
struct InForce<'b, 'v> {
    /// The members that its assertions are about; an empty name is the value itself.
    about: Vec<&'b str>,
    /// Schemas that hold of the value because of it.
    inside: Vec<Schema<'b>>,
    /// Schemas that hold of what is in the value, each under a token of a pointer.
    below: Vec<(String, &'v Json, Schema<'b>)>,
}

impl InForce<'_, '_> {
    /// An assertion about the value itself.
    fn itself() -> Self {
        Self { about: vec![""], ..Self::default() }
    }
}

fn of_array<'b, 'v>(schema: Schema<'b>, keyword: &str, elements: &'v [Json]) -> InForce<'b, 'v> {
    let positions = schema.list("prefixItems");
    let indexed = elements.iter().enumerate();
    let below = match keyword {
        "prefixItems" => {
            let pairs = indexed.zip(positions);
            pairs.map(|((index, value), schema)| (index.to_string(), value, schema)).collect()
        }
        "items" => {
            let rest = indexed.skip(positions.len());
            let below = |(index, value): (usize, _)| {
                Some((index.to_string(), value, schema.schema(keyword)?))
            };
            rest.filter_map(below).collect()
        }
        _ => Vec::new(),
    };
    let idle = keyword == "uniqueItems" && schema.get(keyword) == Some(&Json::Bool(false));
    let about = if ARRAYS.contains(&keyword) && !idle { vec![""] } else { Vec::new() };
    InForce { about, below, ..InForce::default() }
}
