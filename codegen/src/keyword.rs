//! The keywords that a schema may have, and where in their values further schemas stand.

use rapidfuzz::distance::osa;
use serde_json::Value;

use crate::draft::Draft;
use crate::place::Place;

/// What stands behind a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A schema.
    Schema,
    /// A schema or an array of schemas.
    SchemaOrList,
    /// An object whose members are schemas.
    Members,
    /// An object whose members are schemas or lists of names.
    MembersOrNames,
    /// An array of schemas.
    List,
    /// No schema.
    Data,
}

/// What a member of a schema is.
pub(crate) enum Keyword {
    /// One that is understood.
    Known(Holds),
    /// One that the draft leaves to whoever uses it, and that asserts nothing.
    Annotation,
    /// One that is not: of another draft, not supported, or misspelt. What to do instead.
    Refused(String),
}

/// Asserts nothing of a value, in either draft.
const ANNOTATIONS: [&str; 16] = [
    "$comment",
    "$schema",
    "contentEncoding",
    "contentMediaType",
    "default",
    "deprecated",
    "description",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
    "x-enum-descriptions",
    "x-enum-names",
    "x-rust-name",
    "x-sensitive",
    "x-source",
];

/// Asserts something of a value without a schema, in either draft.
const ASSERTIONS: [&str; 19] = [
    "$ref",
    "const",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// What holds schemas, in either draft.
const APPLICATORS: [(&str, Holds); 17] = [
    ("$defs", Holds::Members),
    ("additionalProperties", Holds::Schema),
    ("allOf", Holds::List),
    ("anyOf", Holds::List),
    ("contains", Holds::Schema),
    ("contentSchema", Holds::Schema),
    ("definitions", Holds::Members),
    ("else", Holds::Schema),
    ("if", Holds::Schema),
    ("items", Holds::Schema),
    ("not", Holds::Schema),
    ("oneOf", Holds::List),
    ("patternProperties", Holds::Members),
    ("properties", Holds::Members),
    ("propertyNames", Holds::Schema),
    ("then", Holds::Schema),
    ("x-advice", Holds::Schema),
];

/// What only one of the drafts has.
const DRAFT_7: [(&str, Holds); 2] =
    [("additionalItems", Holds::Schema), ("dependencies", Holds::MembersOrNames)];
const DRAFT_2020_12: [(&str, Holds); 8] = [
    ("$anchor", Holds::Data),
    ("dependentRequired", Holds::Data),
    ("dependentSchemas", Holds::Members),
    ("maxContains", Holds::Data),
    ("minContains", Holds::Data),
    ("prefixItems", Holds::List),
    ("unevaluatedItems", Holds::Schema),
    ("unevaluatedProperties", Holds::Schema),
];

/// What the member `name` of a schema is.
pub(crate) fn keyword(draft: Draft, name: &str) -> Keyword {
    if let Some(holds) = holds(draft, name) {
        return Keyword::Known(holds);
    }
    let refused = |instead: &str| Keyword::Refused(format!("{instead}, got {name:?}"));
    match name {
        "$dynamicRef" | "$recursiveRef" => refused("want a \"$ref\" to the schema that is meant"),
        "$dynamicAnchor" | "$recursiveAnchor" => {
            refused("want an \"$anchor\": dynamic references are not supported")
        }
        "$vocabulary" => refused("want a schema, and no meta-schema"),
        "id" => refused("want \"$id\""),
        "nullable" => refused("want a \"type\" that lists \"null\""),
        _ => match other_draft(draft, name) {
            Some(other) => refused(&format!("want a keyword of the draft in \"$schema\"; {other}")),
            None => match lookalike(draft, name) {
                Some(meant) => refused(&format!("want a supported keyword, such as {meant:?}")),
                None if name.starts_with("x-") || draft == Draft::Draft7 => Keyword::Annotation,
                None => refused(
                    "want a supported keyword, or an annotation whose name begins with \"x-\"",
                ),
            },
        },
    }
}

/// What the keyword `name` holds, if it is supported.
pub(crate) fn holds(draft: Draft, name: &str) -> Option<Holds> {
    let of_draft = match draft {
        Draft::Draft7 if name == "items" => return Some(Holds::SchemaOrList),
        Draft::Draft7 => DRAFT_7.as_slice(),
        Draft::Draft202012 => DRAFT_2020_12.as_slice(),
    };
    let applicators = APPLICATORS.iter().chain(of_draft);
    let found = applicators.into_iter().find(|(known, _)| *known == name).map(|(_, holds)| *holds);
    found.or_else(|| {
        let data = name == "$id" || ANNOTATIONS.contains(&name) || ASSERTIONS.contains(&name);
        data.then_some(Holds::Data)
    })
}

/// Whether a keyword of a canonical schema says nothing of its value by itself.
pub(crate) fn is_annotation(name: &str) -> bool {
    ANNOTATIONS.contains(&name)
        || matches!(name, "$defs" | "definitions" | "$id" | "$anchor" | "contentSchema")
        || holds(Draft::Draft202012, name).is_none()
        || name == "x-advice"
}

/// Which draft has the keyword that this one lacks.
fn other_draft(draft: Draft, name: &str) -> Option<&'static str> {
    let (other, text) = match draft {
        Draft::Draft7 => {
            (Draft::Draft202012, "draft 2020-12 has this one, draft-07 would ignore it")
        }
        Draft::Draft202012 => {
            (Draft::Draft7, "draft-07 has this one, draft 2020-12 would ignore it")
        }
    };
    holds(other, name).map(|_| text)
}

/// The keyword that was meant, if a slip of the finger made another of it.
fn lookalike(draft: Draft, name: &str) -> Option<&'static str> {
    let applicators = APPLICATORS.iter().map(|(known, _)| *known);
    let known = applicators.chain(ANNOTATIONS).chain(ASSERTIONS).chain(["$id"]);
    let of_draft = match draft {
        Draft::Draft7 => DRAFT_7.as_slice(),
        Draft::Draft202012 => DRAFT_2020_12.as_slice(),
    };
    let mut known = known.chain(of_draft.iter().map(|(known, _)| *known));
    // Words of their own.
    if ["comment", "example", "note"].contains(&name) {
        return None;
    }
    known.find(|known| {
        let most = if known.len() < 8 { 1 } else { 2 };
        let within = osa::Args::default().score_cutoff(most);
        let near = || osa::distance_with_args(known.chars(), name.chars(), &within).is_some();
        known.len() > 2 && near() || known.eq_ignore_ascii_case(name)
    })
}

/// The schemas directly below the one at `place`, each with its own place, in document order.
///
/// A property may be called like a keyword, so a place's text alone does not tell a schema.
pub(crate) fn subschemas<'a>(
    draft: Draft,
    place: &Place,
    schema: &'a Value,
) -> Vec<(Place, &'a Value)> {
    let members = schema.as_object().into_iter().flatten();
    members.flat_map(|(name, value)| schemas_in(draft, &place.member(name), name, value)).collect()
}

/// The schemas that the keyword `name` holds; none where its value is misshapen.
pub(crate) fn schemas_in<'a>(
    draft: Draft,
    at: &Place,
    name: &str,
    value: &'a Value,
) -> Vec<(Place, &'a Value)> {
    let Some(holds) = holds(draft, name) else {
        return Vec::new();
    };
    match (holds, value) {
        (Holds::List | Holds::SchemaOrList, Value::Array(elements)) => {
            let elements = elements.iter().enumerate();
            elements.map(|(i, schema)| (at.member(&i.to_string()), schema)).collect()
        }
        (Holds::Schema | Holds::SchemaOrList, schema) => vec![(at.clone(), schema)],
        (Holds::Members | Holds::MembersOrNames, Value::Object(members)) => {
            let schemas =
                members.iter().filter(|(_, value)| holds == Holds::Members || !value.is_array());
            schemas.map(|(name, schema)| (at.member(name), schema)).collect()
        }
        _ => Vec::new(),
    }
}
