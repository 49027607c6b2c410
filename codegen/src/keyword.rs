//! The keywords that a schema may have, and where in their values further schemas stand.

use serde_json::Value;

use crate::place::Place;

/// What stands behind a keyword.
pub(crate) enum Holds {
    /// A schema.
    Schema,
    /// An object whose members are schemas.
    Members,
    /// An array of schemas.
    List,
    /// No schema.
    Data,
}

/// What the keyword `name` holds; `None` if it is not supported.
pub(crate) fn holds(name: &str) -> Option<Holds> {
    Some(match name {
        "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "x-advice" => Holds::Schema,
        "$defs" | "properties" => Holds::Members,
        "allOf" | "anyOf" => Holds::List,
        "$comment"
        | "$ref"
        | "$schema"
        | "const"
        | "dependentRequired"
        | "description"
        | "enum"
        | "exclusiveMaximum"
        | "exclusiveMinimum"
        | "format"
        | "maxItems"
        | "maxLength"
        | "maxProperties"
        | "maximum"
        | "minItems"
        | "minLength"
        | "minProperties"
        | "minimum"
        | "multipleOf"
        | "pattern"
        | "required"
        | "title"
        | "type"
        | "uniqueItems"
        | "x-enum-descriptions"
        | "x-rust-name"
        | "x-sensitive"
        | "x-source" => Holds::Data,
        _ => return None,
    })
}

/// The schemas directly below the one at `place`, each with its own place, in document order.
///
/// A property may be called like a keyword, so a place's text alone does not tell a schema.
pub(crate) fn subschemas<'a>(place: &Place, schema: &'a Value) -> Vec<(Place, &'a Value)> {
    let members = schema.as_object().into_iter().flatten();
    members.flat_map(|(name, value)| schemas_in(&place.member(name), name, value)).collect()
}

/// The schemas that the keyword `name` holds; none where its value is misshapen.
pub(crate) fn schemas_in<'a>(at: &Place, name: &str, value: &'a Value) -> Vec<(Place, &'a Value)> {
    match (holds(name), value) {
        (Some(Holds::Schema), schema) => vec![(at.clone(), schema)],
        (Some(Holds::Members), Value::Object(members)) => {
            members.iter().map(|(name, schema)| (at.member(name), schema)).collect()
        }
        (Some(Holds::List), Value::Array(elements)) => {
            let elements = elements.iter().enumerate();
            elements.map(|(i, schema)| (at.member(&i.to_string()), schema)).collect()
        }
        _ => Vec::new(),
    }
}

/// The JSON types that a schema lists, null apart.
pub(crate) fn json_types(schema: &Value) -> (Vec<&str>, bool) {
    let listed: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let nullable = listed.contains(&"null");
    (listed.into_iter().filter(|name| *name != "null").collect(), nullable)
}
