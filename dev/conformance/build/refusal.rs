//! The keyword that a schema is refused for.

/// What stands under a keyword.
enum Holds {
    Schema,
    /// Schemas, by name or by index.
    Schemas,
    Value,
}

/// The last keyword on the way that `pointer` describes; none if it leads to the whole schema.
///
/// The names in `properties` and its like are no keywords, whatever they are called.
pub(crate) fn keyword(pointer: &str) -> Option<String> {
    let mut last = None;
    let mut tokens = pointer.split('/').skip(1);
    while let Some(token) = tokens.next() {
        let keyword = token.replace("~1", "/").replace("~0", "~");
        let holds = holds(&keyword);
        last = Some(keyword);
        match holds {
            Holds::Schema => {}
            Holds::Schemas => drop(tokens.next()),
            Holds::Value => break,
        }
    }
    last
}

/// What stands under `keyword` in either draft.
fn holds(keyword: &str) -> Holds {
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
