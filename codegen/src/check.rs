//! Refuses schemas that later stages would misread: unknown keywords, misshapen values, bad patterns.

use std::collections::BTreeMap;

use jsonschema::ValidationError;
use serde_json::{Value, json};

use crate::GenError;
use crate::canonical::{hides_siblings, stays_beside_reference};
use crate::draft::Draft;
use crate::explain::{count, explain, shown};
use crate::keyword::{self, Holds, Keyword};
use crate::load::Sources;
use crate::place::Place;

/// Where a document says what a property's schema says.
const PROVENANCES: [&str; 6] = ["table", "prose", "example", "vendor-code", "name", "observed"];

/// The formats that are judged.
const FORMATS: [&str; 16] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Checks every schema of a vendor. What a person should know, though it is no error, is returned.
pub(crate) fn check(sources: &Sources) -> Result<Vec<String>, GenError> {
    let mut checker = Checker { sources, annotations: BTreeMap::new(), void: BTreeMap::new() };
    for (file, schema) in &sources.schemas {
        let root = Place::new(file, "");
        if Draft::of(schema).is_none() {
            return Err(checker.error(
                &root.member("$schema"),
                format!(
                    "want \"https://json-schema.org/draft/2020-12/schema\" or \"http://json-schema.org/draft-07/schema#\", got {}",
                    shown(&schema["$schema"])
                ),
            ));
        }
        checker.schema(sources.draft(file), &root, schema)?;
        checker.meta(sources.draft(file), &root, schema)?;
    }
    Ok(checker.notes())
}

struct Checker<'s> {
    sources: &'s Sources,
    /// Annotations of somebody else's: how many, and where the first one stands.
    annotations: BTreeMap<String, (u64, Place)>,
    /// Assertions beside a reference, where draft-07 has them ignored.
    void: BTreeMap<String, (u64, Place)>,
}

impl Checker<'_> {
    fn error(&self, place: &Place, message: impl Into<String>) -> GenError {
        GenError::at(&self.sources.path(&place.file), &place.pointer, message)
    }

    /// The schema at `place` and all below it.
    fn schema(&mut self, draft: Draft, place: &Place, schema: &Value) -> Result<(), GenError> {
        let members = match schema {
            Value::Bool(_) => return Ok(()),
            Value::Object(members) => members,
            other => {
                let message =
                    format!("want a schema, an object, true or false, got {}", shown(other));
                return Err(self.error(place, message));
            }
        };
        for (name, value) in members {
            let at = place.member(name);
            if hides_siblings(draft, schema) && !stays_beside_reference(name) {
                count_in(&mut self.void, name, &at);
            }
            match keyword::keyword(draft, name) {
                Keyword::Refused(message) => return Err(self.error(&at, message)),
                Keyword::Annotation => count_in(&mut self.annotations, name, &at),
                Keyword::Known(holds) => self.shape(&at, name, holds, value)?,
            }
            for (place, schema) in keyword::schemas_in(draft, &at, name, value) {
                self.schema(draft, &place, schema)?;
            }
            if name == "x-advice" {
                self.advice(draft, &at, value)?;
            }
            if name == "$schema" && value.as_str().and_then(Draft::named) != Some(draft) {
                let message = format!("want the draft of the whole file, got {}", shown(value));
                return Err(self.error(&at, message));
            }
        }
        Ok(())
    }

    fn shape(&self, at: &Place, name: &str, holds: Holds, value: &Value) -> Result<(), GenError> {
        let want = match holds {
            Holds::Members | Holds::MembersOrNames if !value.is_object() => "an object of schemas",
            Holds::List if !value.is_array() => "an array of schemas",
            Holds::Members if name == "patternProperties" => {
                let patterns = value.as_object().into_iter().flatten();
                for (pattern, _) in patterns {
                    self.pattern(&at.member(pattern), &pattern.as_str().into())?;
                }
                return Ok(());
            }
            Holds::Data => return self.data(at, name, value),
            _ => return Ok(()),
        };
        Err(self.error(at, format!("want {want}, got {}", shown(value))))
    }

    /// The meta-schema takes advice for data, and the validator takes it out of its file.
    fn advice(&self, draft: Draft, place: &Place, advice: &Value) -> Result<(), GenError> {
        self.meta(draft, place, advice)?;
        let mut open = vec![(place.clone(), advice)];
        while let Some((place, schema)) = open.pop() {
            if schema.get("$ref").is_some() {
                return Err(self.error(
                    &place.member("$ref"),
                    "want advice without references: write out what this one leads to",
                ));
            }
            open.extend(keyword::subschemas(draft, &place, schema));
        }
        Ok(())
    }

    /// Holds the schema at `place` against the meta-schema.
    fn meta(&self, draft: Draft, place: &Place, schema: &Value) -> Result<(), GenError> {
        let checked = match draft {
            Draft::Draft7 => jsonschema::draft7::meta::validate(schema),
            Draft::Draft202012 => jsonschema::draft202012::meta::validate(schema),
        };
        checked.map_err(|error| self.at_fault(place, &error))
    }

    /// A finding about the JSON at `place`.
    fn at_fault(&self, place: &Place, error: &ValidationError<'_>) -> GenError {
        let pointer = format!("{}{}", place.pointer, error.instance_path().as_str());
        self.error(&Place::new(&place.file, &pointer), explain(error))
    }

    /// What the meta-schema does not check.
    fn data(&self, at: &Place, name: &str, value: &Value) -> Result<(), GenError> {
        let fails = |want: &str| Err(self.error(at, format!("want {want}, got {}", shown(value))));
        let texts = || value.as_object().is_some_and(|texts| texts.values().all(Value::is_string));
        match name {
            "x-source" if !value.as_str().is_some_and(|word| PROVENANCES.contains(&word)) => {
                let all = PROVENANCES.map(|word| format!("{word:?}")).join(", ");
                fails(&format!("one of {all}"))
            }
            "x-sensitive" if !value.is_boolean() => fails("true or false"),
            "x-rust-name" if !value.is_string() => fails("a string"),
            "x-enum-descriptions" | "x-enum-names" if !texts() => fails("an object of strings"),
            "format" if !value.as_str().is_some_and(|name| FORMATS.contains(&name)) => {
                fails(&format!("one of the formats {}", FORMATS.join(", ")))
            }
            "enum" if value.as_array().is_some_and(Vec::is_empty) => {
                Err(self.error(at, "want values, got none"))
            }
            "pattern" if value.is_string() => self.pattern(at, value),
            _ => Ok(()),
        }
    }

    /// Compiles a pattern in the engine that payloads are judged with.
    fn pattern(&self, at: &Place, pattern: &Value) -> Result<(), GenError> {
        jsonschema::options()
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&json!({ "pattern": pattern }))
            .map(drop)
            .map_err(|error| self.error(at, explain(&error)))
    }

    fn notes(self) -> Vec<String> {
        let tell = |found: BTreeMap<String, (u64, Place)>, what: &str| {
            let lines = found.into_iter().map(move |(name, (times, first))| {
                format!("{name:?} {what}: {}, the first at {first}", count(times, "place"))
            });
            lines.collect::<Vec<_>>()
        };
        let mut notes = tell(self.annotations, "is no keyword, and asserts nothing");
        notes.extend(tell(self.void, "beside a \"$ref\" asserts nothing in draft-07"));
        notes
    }
}

fn count_in(found: &mut BTreeMap<String, (u64, Place)>, name: &str, at: &Place) {
    // Annotations that say by their name that they are some.
    if !name.starts_with("x-") {
        found.entry(name.to_owned()).or_insert_with(|| (0, at.clone())).0 += 1;
    }
}
