//! Assertions in words: what a schema wants of a value, and the code of a violation.

use jsonschema::error::{TypeKind, ValidationErrorKind};

use crate::violation::Code;

/// What an assertion about a value itself wants.
pub(crate) fn value(kind: &ValidationErrorKind) -> (Code, String) {
    match kind {
        ValidationErrorKind::OneOfMultipleValid { .. } => {
            (Code::Union, "a value that fits one branch of the union".to_owned())
        }
        ValidationErrorKind::Constant { expected_value } => {
            (Code::Const, expected_value.to_string())
        }
        ValidationErrorKind::Format { format } => (Code::Format, format_name(format)),
        ValidationErrorKind::Pattern { pattern } => {
            (Code::Pattern, format!("a string that matches `{pattern}`"))
        }
        ValidationErrorKind::Minimum { limit } => {
            (Code::Range, format!("a number of at least {limit}"))
        }
        ValidationErrorKind::Maximum { limit } => {
            (Code::Range, format!("a number of at most {limit}"))
        }
        ValidationErrorKind::ExclusiveMinimum { limit } => {
            (Code::Range, format!("a number above {limit}"))
        }
        ValidationErrorKind::ExclusiveMaximum { limit } => {
            (Code::Range, format!("a number below {limit}"))
        }
        ValidationErrorKind::MultipleOf { multiple_of } => {
            (Code::Range, format!("a multiple of {multiple_of}"))
        }
        ValidationErrorKind::MinLength { limit } => {
            (Code::Length, format!("a string of at least {}", count(*limit, "character")))
        }
        ValidationErrorKind::MaxLength { limit } => {
            (Code::Length, format!("a string of at most {}", count(*limit, "character")))
        }
        ValidationErrorKind::MinItems { limit } => {
            (Code::Items, format!("an array of at least {}", count(*limit, "element")))
        }
        ValidationErrorKind::MaxItems { limit } => {
            (Code::Items, format!("an array of at most {}", count(*limit, "element")))
        }
        ValidationErrorKind::AdditionalItems { limit } => {
            let limit = u64::try_from(*limit).unwrap_or(u64::MAX);
            (Code::Items, format!("an array of at most {}", count(limit, "element")))
        }
        ValidationErrorKind::UnevaluatedItems { .. } => {
            (Code::Items, "an array without further elements".to_owned())
        }
        ValidationErrorKind::UniqueItems => {
            (Code::Items, "an array of different elements".to_owned())
        }
        ValidationErrorKind::Contains => {
            (Code::Items, "an array with the elements that it must contain".to_owned())
        }
        ValidationErrorKind::MinProperties { limit } => {
            (Code::Properties, format!("an object of at least {}", count(*limit, "member")))
        }
        ValidationErrorKind::MaxProperties { limit } => {
            (Code::Properties, format!("an object of at most {}", count(*limit, "member")))
        }
        ValidationErrorKind::PropertyNames { .. } => {
            (Code::Properties, "an object whose members have the names allowed".to_owned())
        }
        // `not`, and what no schema of offhook's can bring up.
        _ => (Code::Union, "a value that the schema does not rule out".to_owned()),
    }
}

/// The JSON types that a schema asks for.
pub(crate) fn wanted_types(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(several) => several.iter().map(jsonschema::JsonType::as_str).collect(),
    }
}

/// A JSON type with its article.
pub(crate) fn article(json: &str) -> &'static str {
    match json {
        "object" => "an object",
        "array" => "an array",
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "a boolean",
        _ => "null",
    }
}

fn format_name(format: &str) -> String {
    match format {
        "date-time" => "an RFC 3339 date-time".to_owned(),
        other => format!("a string of the format {other:?}"),
    }
}

/// `a`, `a or b`, `a, b or c`; null comes last.
pub(crate) fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_by_key(|part| *part == "null");
    match parts.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
