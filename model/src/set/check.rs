//! Checks a schema file keyword by keyword, in the draft that it declares.
//!
//! Three outcomes: a fault, which everybody refuses; a reason why no Rust type can be made, which
//! the generator refuses; and a note, which people should know.

use std::collections::{BTreeMap, BTreeSet};

use rapidfuzz::distance::osa;

use crate::draft::Draft;
use crate::json::{Json, Number, quoted, shown};
use crate::keyword::{self, FORMATS, Keyword, PROVENANCES, Role, Shape};
use crate::location::Location;
use crate::pattern;
use crate::type_set::TypeSet;

/// What a check found, each with its location in the file as it is written.
#[derive(Default)]
pub(crate) struct Findings {
    /// What makes the schema broken.
    pub(crate) faults: Vec<(Location, String)>,
    /// What no Rust type can express, or what a transcribed schema must not have.
    pub(crate) inexpressible: Vec<(Location, String)>,
    /// Formats that nobody knows; each is inexpressible and in a note, too.
    pub(crate) unknown_formats: Vec<(Location, String)>,
    /// Keywords that assert nothing: how many, and where the first one stands.
    notes: BTreeMap<(&'static str, String), (usize, Location)>,
}

const UNKNOWN: &str = "is no keyword, and asserts nothing";
const OTHER_DRAFT: &str = "is a keyword of another draft, and asserts nothing";
const OPENAPI: &str = "is a keyword of OpenAPI, and asserts nothing";
const VOID: &str = "beside a \"$ref\" asserts nothing before draft 2019-09";
const UNKNOWN_FORMAT: &str = "is no known format, and asserts nothing";

impl Findings {
    fn note(&mut self, kind: &'static str, name: &str, location: &Location) {
        let note = self.notes.entry((kind, name.to_owned()));
        note.or_insert_with(|| (0, location.clone())).0 += 1;
    }

    /// Adds what another file's check found.
    #[cfg(feature = "load")]
    pub(crate) fn merge(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.inexpressible.extend(other.inexpressible);
        self.unknown_formats.extend(other.unknown_formats);
        for (key, (times, first)) in other.notes {
            self.notes.entry(key).or_insert((0, first)).0 += times;
        }
    }

    /// Returns a sentence for each kind of keyword that asserts nothing.
    #[cfg(feature = "load")]
    pub(crate) fn notes(&self) -> Vec<String> {
        let line = |((kind, name), (times, first)): (&(&str, String), &(usize, Location))| {
            format!(
                "{} {kind}: {}, the first at {first}",
                quoted(name),
                crate::message::count(*times, "place")
            )
        };
        self.notes.iter().map(line).collect()
    }
}

/// Checks the schema file `file`. References lead to the locations in `referred`.
pub(crate) fn check(file: &str, schema: &Json, referred: &BTreeSet<Location>) -> Findings {
    let mut findings = Findings::default();
    let root = Location::root(file);
    let Some(draft) = Draft::of(schema) else {
        let all = Draft::ALL.map(|draft| quoted(draft.uri())).join(", ");
        let message = format!("expected one of {all}, found {}", shown(&schema["$schema"]));
        findings.faults.push((root.child("$schema"), message));
        return findings;
    };
    Checker { draft, referred, findings: &mut findings }.schema(&root, schema);
    findings
}

struct Checker<'a> {
    draft: Draft,
    /// Where references lead: what stands there is a schema, whatever is around it.
    referred: &'a BTreeSet<Location>,
    findings: &'a mut Findings,
}

impl Checker<'_> {
    fn fault(&mut self, location: &Location, message: impl Into<String>) {
        self.findings.faults.push((location.clone(), message.into()));
    }

    /// Checks the schema at `location` and all below it.
    fn schema(&mut self, location: &Location, schema: &Json) {
        let members = match schema {
            Json::Bool(_) => return,
            Json::Object(members) => members,
            other => {
                let expected = "expected a schema (an object, true or false)";
                return self.fault(location, format!("{expected}, found {}", shown(other)));
            }
        };
        let hides_siblings = self.draft.hides_siblings(schema);
        for (name, value) in members {
            let at = location.child(name);
            let Some(keyword) = keyword::keyword(self.draft, name) else {
                self.unknown(&at, name, value);
                continue;
            };
            if hides_siblings
                && name != "$ref"
                && keyword.role != Role::Annotation
                && keyword.role != Role::Definitions
            {
                self.findings.note(VOID, name, &at);
            }
            self.value(keyword, &at, value);
            if name == "$schema" && value.as_str().and_then(Draft::named) != Some(self.draft) {
                let uri = quoted(self.draft.uri());
                let expected = format!("expected {uri}, the draft of the whole file");
                self.fault(&at, format!("{expected}, found {}", shown(value)));
            }
            for (below, schema) in keyword.subschemas(&at, value) {
                self.schema(&below, schema);
            }
            if name == "x-advice" {
                self.advice(&at, value);
            }
        }
    }

    /// Advice is read on its own, so it has no references.
    fn advice(&mut self, location: &Location, advice: &Json) {
        let mut open = vec![(location.clone(), advice)];
        while let Some((location, schema)) = open.pop() {
            if schema.get("$ref").is_some() {
                let message =
                    "expected advice without references; write out what this one leads to";
                self.fault(&location.child("$ref"), message);
            }
            open.extend(keyword::subschemas(self.draft, &location, schema));
        }
    }

    /// Checks the value of a keyword, apart from the schemas in it.
    fn value(&mut self, keyword: &Keyword, at: &Location, value: &Json) {
        let expected = match keyword.shape {
            Shape::Any | Shape::Schema => return,
            Shape::SchemaOrList if !matches!(value, Json::Array(list) if list.is_empty()) => return,
            Shape::SchemaOrList | Shape::SchemaList => {
                if matches!(value, Json::Array(schemas) if !schemas.is_empty()) {
                    return;
                }
                "an array of schemas, at least one".to_owned()
            }
            Shape::SchemaMap if value.is_object() => return,
            Shape::SchemaMap => "an object of schemas".to_owned(),
            Shape::PatternMap | Shape::SchemaOrNamesMap | Shape::NamesMap | Shape::TextMap => {
                return self.map(keyword.shape, at, value);
            }
            Shape::Names if is_names(value) => return,
            Shape::Names => "an array of different strings".to_owned(),
            Shape::Types if is_types(value) => return,
            Shape::Types => {
                let all: Vec<String> = TypeSet::ALL.names().map(quoted).collect();
                format!("one of {}, \"integer\", or an array of different ones", all.join(", "))
            }
            Shape::Values if matches!(value, Json::Array(all) if all.is_empty()) => {
                // No instance meets it, which a type cannot say.
                let message = "expected values, found none".to_owned();
                return self.findings.inexpressible.push((at.clone(), message));
            }
            Shape::Values | Shape::List if value.is_array() => return,
            Shape::Values => "an array of values".to_owned(),
            Shape::List => "an array".to_owned(),
            Shape::Number if value.is_number() => return,
            Shape::Number => "a number".to_owned(),
            Shape::PositiveNumber if value.as_number().is_some_and(is_positive) => return,
            Shape::PositiveNumber => "a number above 0".to_owned(),
            Shape::Count if value.as_u64().is_some() => return,
            Shape::Count => "an integer of at least 0".to_owned(),
            Shape::Boolean if value.is_boolean() => return,
            Shape::Boolean => "true or false".to_owned(),
            Shape::Text | Shape::Reference if value.is_string() => return,
            Shape::Text | Shape::Reference => "a string".to_owned(),
            Shape::Anchor if value.as_str().is_some_and(is_anchor) => return,
            Shape::Anchor => "a name of letters, digits, \"-\", \"_\" and \".\"".to_owned(),
            Shape::Pattern => match value.as_str() {
                Some(pattern) => return self.pattern(at, pattern),
                None => "a string".to_owned(),
            },
            Shape::Format => match value.as_str() {
                Some(format) => return self.format(at, format),
                None => "a string".to_owned(),
            },
            Shape::Provenance => {
                if value.as_str().is_some_and(|word| PROVENANCES.contains(&word)) {
                    return;
                }
                format!("one of {}", PROVENANCES.map(quoted).join(", "))
            }
        };
        self.misshapen(keyword.name, at, format!("expected {expected}, found {}", shown(value)));
    }

    /// A value that its keyword cannot have. Annotations for the generator alone bind nobody else.
    fn misshapen(&mut self, name: &str, at: &Location, message: String) {
        let for_generator = ["x-enum-descriptions", "x-enum-names", "x-rust-name", "x-source"];
        if for_generator.contains(&name) {
            self.findings.inexpressible.push((at.clone(), message));
        } else {
            self.fault(at, message);
        }
    }

    fn map(&mut self, shape: Shape, at: &Location, value: &Json) {
        let Some(members) = value.as_object() else {
            let what = match shape {
                Shape::PatternMap => "an object of schemas by pattern",
                Shape::SchemaOrNamesMap => "an object of schemas or arrays of names",
                Shape::NamesMap => "an object of arrays of names",
                _ => "an object of strings",
            };
            let name = at.pointer.rsplit('/').next().unwrap_or_default();
            let message = format!("expected {what}, found {}", shown(value));
            return self.misshapen(name, at, message);
        };
        for (name, value) in members {
            let below = at.child(name);
            let fails = |expected: &str| format!("expected {expected}, found {}", shown(value));
            match shape {
                Shape::PatternMap => self.pattern(&below, name),
                Shape::NamesMap if !is_names(value) => {
                    self.fault(&below, fails("an array of different strings"));
                }
                Shape::SchemaOrNamesMap if value.is_array() && !is_names(value) => {
                    self.fault(&below, fails("an array of different strings"));
                }
                Shape::TextMap if !value.is_string() => {
                    self.findings.inexpressible.push((below.clone(), fails("a string")));
                }
                _ => {}
            }
        }
    }

    fn pattern(&mut self, at: &Location, pattern: &str) {
        if let Err(error) = pattern::translate(pattern) {
            self.fault(at, format!("expected a pattern, found {}: {error}", quoted(pattern)));
        }
    }

    fn format(&mut self, at: &Location, format: &str) {
        if FORMATS.contains(&format) {
            return;
        }
        if let Some(meant) = lookalike(format, FORMATS.into_iter()) {
            let message = format!("expected a format, such as {meant:?}, found {}", quoted(format));
            return self.fault(at, message);
        }
        self.findings.note(UNKNOWN_FORMAT, format, at);
        let message =
            format!("expected one of the formats {}, found {}", FORMATS.join(", "), quoted(format));
        self.findings.unknown_formats.push((at.clone(), message.clone()));
        self.findings.inexpressible.push((at.clone(), message));
    }

    /// A member of a schema that is no keyword of its draft.
    fn unknown(&mut self, at: &Location, name: &str, value: &Json) {
        let found = |expected: &str| format!("expected {expected}, found {}", quoted(name));
        match name {
            "$dynamicRef" | "$recursiveRef" => {
                return self.fault(at, found("a \"$ref\" to the schema that is meant"));
            }
            "$dynamicAnchor" | "$recursiveAnchor" => {
                return self.fault(
                    at,
                    found("an \"$anchor\", since dynamic references are not supported"),
                );
            }
            "$vocabulary" => return self.fault(at, found("a schema, and no meta-schema")),
            "id" if value.is_string() => return self.fault(at, found("\"$id\"")),
            "discriminator" if value.get("propertyName").is_some() => {
                return self
                    .fault(at, found("a \"const\" in each branch, since this is OpenAPI's"));
            }
            "nullable" => {
                self.findings.note(OPENAPI, name, at);
                let message = found("a \"type\" that lists \"null\"");
                return self.findings.inexpressible.push((at.clone(), message));
            }
            _ => {}
        }
        if self.holds_referred(at, value) {
            return;
        }
        if let Some(other) =
            Draft::ALL.into_iter().find(|draft| keyword::keyword(*draft, name).is_some())
        {
            self.findings.note(OTHER_DRAFT, name, at);
            let message = format!(
                "expected a keyword of {}, found {}, which {} has",
                self.draft.name(),
                quoted(name),
                other.name()
            );
            return self.findings.inexpressible.push((at.clone(), message));
        }
        // Words of their own.
        let is_word = ["comment", "example", "note"].contains(&name);
        match lookalike(name, keyword::names(self.draft)).filter(|_| !is_word) {
            Some(meant) => self.fault(at, found(&format!("a keyword, such as {meant:?}"))),
            None if name.starts_with("x-") => {}
            None => {
                self.findings.note(UNKNOWN, name, at);
                if self.draft == Draft::Draft202012 {
                    let expected = "a keyword, or an annotation whose name begins with \"x-\"";
                    self.findings.inexpressible.push((at.clone(), found(expected)));
                }
            }
        }
    }

    /// Whether references lead to something in an unknown keyword, which then only groups schemas.
    /// Those are checked here, as nothing else leads to them.
    fn holds_referred(&mut self, at: &Location, value: &Json) -> bool {
        let below = format!("{}/", at.pointer);
        let is_below = |location: &&Location| {
            location.file == at.file
                && (location.pointer == at.pointer || location.pointer.starts_with(&below))
        };
        let inside: Vec<&Location> = self.referred.iter().filter(is_below).collect();
        for location in &inside {
            if let Some(schema) = value.pointer(&location.pointer[at.pointer.len()..]) {
                self.schema(location, schema);
            }
        }
        !inside.is_empty()
    }
}

/// Returns the name that was meant, if a slip of the finger made `name` of it.
pub(crate) fn lookalike(
    name: &str,
    mut known: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    known.find(|known| {
        let most = if known.len() < 8 { 1 } else { 2 };
        let within = osa::Args::default().score_cutoff(most);
        let near = || osa::distance_with_args(known.chars(), name.chars(), &within).is_some();
        known.len() > 2 && near() || known.eq_ignore_ascii_case(name)
    })
}

fn is_positive(number: &Number) -> bool {
    let value = number.decimal();
    !value.is_negative() && !value.is_zero()
}

fn is_names(value: &Json) -> bool {
    let mut seen = BTreeSet::new();
    value.as_array().is_some_and(|names| {
        names.iter().all(|name| name.as_str().is_some_and(|name| seen.insert(name)))
    })
}

fn is_types(value: &Json) -> bool {
    let is_type = |name: &Json| name.as_str().is_some_and(|name| !TypeSet::named(name).is_empty());
    match value {
        Json::Array(types) => !types.is_empty() && is_names(value) && types.iter().all(is_type),
        one => is_type(one),
    }
}

fn is_anchor(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
