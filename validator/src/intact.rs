//! Whether a vendor's schemas surely compile: told from their form alone, as compiling them takes
//! longer than checking a few payloads.

use std::collections::HashSet;

use offhook::bundle::{Subschemas, subschemas};
use regex_syntax::hir::{Hir, HirKind};
use serde_json::Value;

use crate::schema::{Place, Schemas};
use crate::types::Types;

/// How large an automaton of a pattern may be. Beyond, only compiling tells.
const LARGEST_PATTERN: u32 = 10_000;

/// The formats of which it is known that the crate that judges knows them.
const FORMATS: [&str; 9] =
    ["date", "date-time", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid"];

/// Whether all schemas surely compile. If not, they may still.
pub(crate) fn surely_compile(schemas: &Schemas) -> bool {
    let mut checker = Checker { schemas, followed: HashSet::new() };
    schemas.files().all(|(file, schema)| checker.is_schema(file, schema))
        && schemas.envelope.as_ref().is_none_or(|file| schemas.get(&Place::root(file)).is_some())
}

struct Checker<'a> {
    schemas: &'a Schemas,
    /// The references that have been followed, each with the file that it stands in.
    followed: HashSet<(&'a str, &'a str)>,
}

impl<'a> Checker<'a> {
    fn is_schema(&mut self, file: &'a str, schema: &'a Value) -> bool {
        match schema {
            Value::Object(keywords) => {
                keywords.iter().all(|(keyword, value)| self.is_keyword(file, keyword, value))
            }
            _ => schema.is_boolean(),
        }
    }

    fn is_keyword(&mut self, file: &'a str, keyword: &str, value: &'a Value) -> bool {
        match (subschemas(keyword), value) {
            (Some(Subschemas::One), _) => self.is_schema(file, value),
            (Some(Subschemas::List), Value::Array(all)) => {
                !all.is_empty() && all.iter().all(|schema| self.is_schema(file, schema))
            }
            (Some(Subschemas::Named), Value::Object(all)) => all.iter().all(|(name, schema)| {
                (keyword != "patternProperties" || is_small_pattern(name))
                    && self.is_schema(file, schema)
            }),
            (Some(_), _) => false,
            (None, _) if keyword == "x-advice" => self.is_schema(file, value),
            (None, Value::String(reference)) if keyword == "$ref" => {
                // To files in the same folder, the same reference leads to the same place.
                let from = if reference.starts_with('#') { file } else { folder(file) };
                if !self.followed.insert((from, reference)) {
                    return true;
                }
                let target = Schemas::target_of(file, reference);
                let found = self.schemas.find(&target);
                found.is_some_and(|(file, schema)| self.is_schema(file, schema))
            }
            (None, _) => is_assertion(keyword, value),
        }
    }
}

/// The path of the folder that `file` is in.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the value of a keyword is one that it may have; annotations may have any.
fn is_assertion(keyword: &str, value: &Value) -> bool {
    match keyword {
        "$ref" => false,
        "dependentRequired" => value.as_object().is_some_and(|all| all.values().all(is_names)),
        "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" => value.is_number(),
        "format" => value.as_str().is_some_and(|format| FORMATS.contains(&format)),
        "maxContains" | "maxItems" | "maxLength" | "maxProperties" | "minContains" | "minItems"
        | "minLength" | "minProperties" => value.is_u64(),
        "multipleOf" => value.as_f64().is_some_and(|factor| factor > 0.0),
        "pattern" => value.as_str().is_some_and(is_small_pattern),
        "required" => is_names(value),
        "type" => match value {
            Value::Array(names) => {
                !names.is_empty() && is_names(value) && names.iter().all(Types::is_name)
            }
            name => Types::is_name(name),
        },
        "uniqueItems" => value.is_boolean(),
        _ => true,
    }
}

/// Whether a value is a list of strings, each of which stands there once.
fn is_names(value: &Value) -> bool {
    let Some(names) = value.as_array() else {
        return false;
    };
    let mut seen = HashSet::new();
    names.iter().all(|name| name.as_str().is_some_and(|name| seen.insert(name)))
}

/// Whether a pattern means the same to all, and is small.
fn is_small_pattern(pattern: &str) -> bool {
    // Not every engine has the escapes of letters, nor means the same by them.
    let mut escaped = false;
    let is_common = |character: char| {
        let common = character.is_ascii_graphic() && !(escaped && character.is_alphanumeric());
        escaped = character == '\\' && !escaped;
        common
    };
    pattern.chars().all(is_common)
        && !pattern.contains("(?")
        && regex_syntax::parse(pattern).is_ok_and(|hir| size(&hir) < LARGEST_PATTERN)
}

/// How many states an automaton may have at most.
fn size(hir: &Hir) -> u32 {
    let all = |parts: &[Hir]| parts.iter().map(size).fold(1, u32::saturating_add);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => u32::try_from(literal.0.len()).unwrap_or(u32::MAX),
        HirKind::Class(_) => 8,
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).saturating_add(1);
            size(&repetition.sub).saturating_mul(times)
        }
        HirKind::Capture(capture) => size(&capture.sub).saturating_add(1),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => all(parts),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::surely_compile;
    use crate::judge::Judge;
    use crate::schema::Schemas;

    fn schemas(schema: &Value) -> Schemas {
        let bundle = json!({ "vendor": "acme", "schemas": { "a.json": schema } });
        Schemas::parse(&bundle.to_string()).expect("a SCHEMA")
    }

    #[test]
    fn the_schemas_of_the_vendors_need_not_be_compiled() {
        let all =
            [offhook::daily::SCHEMA, offhook::dialstack::SCHEMA, offhook::voiceblender::SCHEMA];
        for schema in all {
            assert!(surely_compile(&Schemas::parse(schema).expect("a SCHEMA")));
        }
    }

    #[test]
    fn what_does_not_compile_is_doubted() {
        for schema in [
            json!({ "type": "strin" }),
            json!({ "type": [] }),
            json!({ "type": ["string", "string"] }),
            json!({ "properties": [] }),
            json!({ "properties": { "a": 5 } }),
            json!({ "allOf": [] }),
            json!({ "items": [{}] }),
            json!({ "enum": "a" }),
            json!({ "required": ["a", "a"] }),
            json!({ "required": "a" }),
            json!({ "minimum": "1" }),
            json!({ "minLength": -1 }),
            json!({ "multipleOf": 0 }),
            json!({ "uniqueItems": 1 }),
            json!({ "format": "unheard-of" }),
            json!({ "pattern": "(" }),
            json!({ "pattern": "\\q" }),
            json!({ "pattern": "((a{1000}){1000}){1000}" }),
            json!({ "patternProperties": { "[": {} } }),
            json!({ "dependentRequired": { "a": "b" } }),
            json!({ "x-advice": { "type": 1 } }),
            json!({ "$ref": "#/$defs/a" }),
            json!({ "$ref": "b.json" }),
            json!({ "$ref": 5 }),
            json!({ "$ref": "#/title", "title": "a" }),
            json!({ "$ref": "#/title", "title": { "type": 1 } }),
        ] {
            assert!(!surely_compile(&schemas(&schema)), "{schema}");
        }
    }

    #[test]
    fn what_surely_compiles_does() {
        for schema in [
            json!(true),
            json!({ "$ref": "#/title", "title": { "type": "string" } }),
            json!({ "$ref": "a.json#", "type": ["string", "null"], "enum": ["a", 1, null] }),
            json!({ "pattern": "^(0|[1-9][0-9]*)(\\.[a-z-]+)?$", "format": "uuid", "const": {} }),
            json!({ "patternProperties": { "^x-": false }, "dependentRequired": { "a": ["b"] } }),
        ] {
            let schemas = schemas(&schema);
            assert!(surely_compile(&schemas), "{schema}");
            assert!(Judge::new(&schemas, "a.json").compile(&schemas).is_ok(), "{schema}");
        }
    }
}
