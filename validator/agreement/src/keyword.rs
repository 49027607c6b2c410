//! What stands under each keyword of a schema.

/// What stands under a keyword.
pub(crate) enum Holds {
    /// A schema.
    Schema,
    /// Schemas, by name or by index.
    Schemas,
    /// No schema.
    Value,
}

/// What stands under `keyword`, in either draft.
pub(crate) fn holds(keyword: &str) -> Holds {
    match keyword {
        "additionalItems"
        | "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Holds::Schema,
        "$defs" | "allOf" | "anyOf" | "definitions" | "dependencies" | "dependentSchemas"
        | "oneOf" | "patternProperties" | "prefixItems" | "properties" => Holds::Schemas,
        _ => Holds::Value,
    }
}
