//! The drafts of JSON Schema that are understood.

use serde_json::Value;

/// The dialect of one schema file, which its `$schema` declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Draft {
    Draft7,
    Draft202012,
}

/// What `$schema` says in a canonical schema.
pub(crate) const URI: &str = "https://json-schema.org/draft/2020-12/schema";

impl Draft {
    /// The draft of a file; `None` if it declares another one than these two.
    pub(crate) fn of(schema: &Value) -> Option<Self> {
        match schema.get("$schema") {
            None => Some(Self::Draft202012),
            Some(uri) => Self::named(uri.as_str()?),
        }
    }

    /// The draft that goes by the name of `uri`.
    pub(crate) fn named(uri: &str) -> Option<Self> {
        match uri.strip_suffix('#').unwrap_or(uri) {
            "http://json-schema.org/draft-07/schema"
            | "https://json-schema.org/draft-07/schema" => Some(Self::Draft7),
            URI => Some(Self::Draft202012),
            _ => None,
        }
    }
}
