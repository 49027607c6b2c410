//! Whether a vendor's schemas surely compile: told from their form alone, as compiling them takes
//! longer than checking a few payloads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use offhook_runtime::schema::{Subschemas, subschemas};
use regex_syntax::hir::{Hir, HirKind};

use crate::instance::Node;
use crate::place::Place;
use crate::tape::{Kind, unescape};
use crate::types::Types;

/// How large an automaton of a pattern may be. Beyond, only compiling tells.
const LARGEST_PATTERN: u32 = 10_000;

/// The formats of which it is known that the crate that judges knows them.
const FORMATS: [&str; 9] =
    ["date", "date-time", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid"];

/// Whether the schemas that files hold all surely compile. If not, they may still.
pub(crate) fn are_intact(files: &BTreeMap<String, Node<'_>>, envelope: Option<&str>) -> bool {
    let mut checker = Checker { files, followed: BTreeSet::new() };
    files.iter().all(|(file, schema)| checker.is_schema(file, *schema))
        && envelope.is_none_or(|file| files.contains_key(file))
}

struct Checker<'a> {
    files: &'a BTreeMap<String, Node<'a>>,
    /// The references that have been followed, each with the file that it stands in.
    followed: BTreeSet<(&'a str, Cow<'a, str>)>,
}

impl<'a> Checker<'a> {
    fn is_schema(&mut self, file: &'a str, schema: Node<'a>) -> bool {
        match schema.kind() {
            Kind::Object => schema
                .named_children()
                .all(|(keyword, value)| self.is_keyword(file, &keyword, value)),
            kind => is_boolean(kind),
        }
    }

    fn is_keyword(&mut self, file: &'a str, keyword: &str, value: Node<'a>) -> bool {
        match (subschemas(keyword), value.kind()) {
            (Some(Subschemas::One), _) => self.is_schema(file, value),
            (Some(Subschemas::List), _) => {
                has_elements(value) && value.children().all(|schema| self.is_schema(file, schema))
            }
            (Some(Subschemas::Named), Kind::Object) => {
                value.named_children().all(|(name, schema)| {
                    (keyword != "patternProperties" || is_small_pattern(&name))
                        && self.is_schema(file, schema)
                })
            }
            (Some(_), _) => false,
            (None, _) if keyword == "x-advice" => self.is_schema(file, value),
            (None, Kind::String) if keyword == "$ref" => {
                let reference = value.string().unwrap_or_default();
                // To files in the same folder, the same reference leads to the same place.
                let from = if reference.starts_with('#') { file } else { folder(file) };
                if !self.followed.insert((from, reference.clone())) {
                    return true;
                }
                let found = self.find(&Place::of_reference(file, &reference));
                found.is_some_and(|(file, schema)| self.is_schema(file, schema))
            }
            (None, _) => is_assertion(keyword, value),
        }
    }

    /// The schema at `place`, and the name of its file; one in an array is not looked for.
    fn find(&self, place: &Place) -> Option<(&'a str, Node<'a>)> {
        let (file, schema) = self.files.get_key_value(&place.file)?;
        let mut tokens = place.pointer.split('/');
        tokens.next().filter(|start| start.is_empty())?;
        let schema = tokens.try_fold(*schema, |schema, token| schema.member(&unescape(token)))?;
        Some((file, schema))
    }
}

/// Whether a value is an array that is not empty.
fn has_elements(value: Node<'_>) -> bool {
    value.kind() == Kind::Array && value.children().next().is_some()
}

fn is_boolean(kind: Kind) -> bool {
    matches!(kind, Kind::True | Kind::False)
}

/// The path of the folder that `file` is in.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the value of a keyword is one that it may have; annotations may have any.
fn is_assertion(keyword: &str, value: Node<'_>) -> bool {
    let is = |kind| value.kind() == kind;
    let text = value.tape.raw(value.index);
    match keyword {
        "$ref" => false,
        "dependentRequired" => {
            is(Kind::Object) && value.named_children().all(|(_, names)| is_names(names))
        }
        "enum" => has_elements(value),
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" => is(Kind::Number),
        "format" => value.string().is_some_and(|format| FORMATS.contains(&&*format)),
        "maxContains" | "maxItems" | "maxLength" | "maxProperties" | "minContains" | "minItems"
        | "minLength" | "minProperties" => text.parse::<u64>().is_ok(),
        "multipleOf" => is(Kind::Number) && text.parse().is_ok_and(|factor: f64| factor > 0.0),
        "pattern" => value.string().is_some_and(|pattern| is_small_pattern(&pattern)),
        "required" => is_names(value),
        "type" => match value.kind() {
            Kind::Array => has_elements(value) && is_names(value) && value.children().all(is_type),
            _ => is_type(value),
        },
        "uniqueItems" => is_boolean(value.kind()),
        _ => true,
    }
}

fn is_type(name: Node<'_>) -> bool {
    name.string().is_some_and(|name| Types::is_name(&name))
}

/// Whether a value is a list of strings, each of which stands there once.
fn is_names(value: Node<'_>) -> bool {
    let mut seen = BTreeSet::new();
    value.kind() == Kind::Array
        && value.children().all(|name| name.string().is_some_and(|name| seen.insert(name)))
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
            assert!(Schemas::parse(schema).expect("a SCHEMA").intact);
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
            assert!(!schemas(&schema).intact, "{schema}");
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
            assert!(schemas.intact, "{schema}");
            assert!(Judge::new(&schemas, "a.json").compile(&schemas).is_ok(), "{schema}");
        }
    }
}
