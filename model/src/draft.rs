//! The dialects of JSON Schema that are read: drafts 04, 07 and 2020-12.

use crate::json::Json;

/// The dialect of a schema file, declared by its `$schema`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Draft 04.
    Draft4,
    /// Draft 07.
    Draft7,
    /// Draft 2020-12, the dialect of every canonical schema.
    Draft202012,
}

impl Draft {
    /// All drafts, oldest first.
    pub const ALL: [Self; 3] = [Self::Draft4, Self::Draft7, Self::Draft202012];

    /// Returns the draft of a schema file: 2020-12 if it declares none, `None` for another dialect.
    pub fn of(schema: &Json) -> Option<Self> {
        match schema.get("$schema") {
            None => Some(Self::Draft202012),
            Some(uri) => Self::named(uri.as_str()?),
        }
    }

    /// Returns the draft whose meta-schema has this URI; `http`, `https` and `#` are all accepted.
    pub fn named(uri: &str) -> Option<Self> {
        let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        let rest = rest.strip_suffix('#').unwrap_or(rest);
        Self::ALL.into_iter().find(|draft| {
            draft
                .uri()
                .split_once("://")
                .is_some_and(|(_, own)| own.strip_suffix('#').unwrap_or(own) == rest)
        })
    }

    /// Returns the URI of the draft's meta-schema, as `$schema` has it.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Draft4 => "http://json-schema.org/draft-04/schema#",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// Returns the draft's name, as people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft4 => "draft-04",
            Self::Draft7 => "draft-07",
            Self::Draft202012 => "draft 2020-12",
        }
    }

    /// Returns the keyword that names a schema by a URI.
    pub const fn id_keyword(self) -> &'static str {
        match self {
            Self::Draft4 => "id",
            Self::Draft7 | Self::Draft202012 => "$id",
        }
    }

    /// Whether the keywords beside the `$ref` of `schema` are void, as they are before 2019-09.
    pub fn hides_siblings(self, schema: &Json) -> bool {
        self != Self::Draft202012 && schema.get("$ref").is_some_and(Json::is_string)
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;

    #[test]
    fn a_draft_goes_by_either_scheme_with_or_without_a_fragment() {
        for draft in Draft::ALL {
            assert_eq!(Draft::named(draft.uri()), Some(draft));
        }
        for uri in
            ["https://json-schema.org/draft-07/schema", "http://json-schema.org/draft-07/schema"]
        {
            assert_eq!(Draft::named(uri), Some(Draft::Draft7));
        }
        for uri in [
            "",
            "draft-07",
            "https://json-schema.org/draft/2019-09/schema",
            "ftp://json-schema.org/draft-07/schema",
        ] {
            assert_eq!(Draft::named(uri), None);
        }
    }
}
