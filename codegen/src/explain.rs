//! What `jsonschema` finds wrong into *want* and *got*, as all our messages are.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::Value;

/// The longest value that a message repeats.
const SHOWN: usize = 60;

/// `want an array, got "x"`.
pub(crate) fn explain(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!("want the member {property}, got an object without it")
        }
        ValidationErrorKind::Format { format } if format == "regex" => {
            let pattern = error.instance().as_str().unwrap_or_default();
            let reason = regex_syntax::parse(pattern).err().map(|error| match error {
                regex_syntax::Error::Parse(error) => error.kind().to_string(),
                regex_syntax::Error::Translate(error) => error.kind().to_string(),
                _ => error.to_string(),
            });
            let reason = reason.unwrap_or_else(|| "it is too big, or not understood".to_owned());
            format!("want a regular expression, got {}: {reason}", shown(error.instance()))
        }
        _ => match want(error) {
            Some(want) => format!("want {want}, got {}", shown(error.instance())),
            None => error.to_string(),
        },
    }
}

/// What should be there instead; `None` for kinds of error that no schema of ours can give.
fn want(error: &ValidationError<'_>) -> Option<String> {
    Some(match error.kind() {
        ValidationErrorKind::Type { kind } => types(kind),
        ValidationErrorKind::Enum { options } => match options.as_array().map(Vec::as_slice) {
            None | Some([]) => "a listed value, and none is listed".to_owned(),
            Some([one]) => one.to_string(),
            Some(several) => {
                let several: Vec<String> = several.iter().map(Value::to_string).collect();
                format!("one of {}", several.join(", "))
            }
        },
        ValidationErrorKind::Constant { expected_value } => expected_value.to_string(),
        ValidationErrorKind::Minimum { limit } => format!("at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("at most {limit}"),
        ValidationErrorKind::ExclusiveMinimum { limit } => format!("more than {limit}"),
        ValidationErrorKind::ExclusiveMaximum { limit } => format!("less than {limit}"),
        ValidationErrorKind::MultipleOf { multiple_of } => format!("a multiple of {multiple_of}"),
        ValidationErrorKind::MinLength { limit } => {
            format!("at least {}", count(*limit, "character"))
        }
        ValidationErrorKind::MaxLength { limit } => {
            format!("at most {}", count(*limit, "character"))
        }
        ValidationErrorKind::MinItems { limit } => format!("at least {}", count(*limit, "element")),
        ValidationErrorKind::MaxItems { limit } => format!("at most {}", count(*limit, "element")),
        ValidationErrorKind::MinProperties { limit } => {
            format!("at least {}", count(*limit, "member"))
        }
        ValidationErrorKind::MaxProperties { limit } => {
            format!("at most {}", count(*limit, "member"))
        }
        ValidationErrorKind::UniqueItems => "elements that all differ".to_owned(),
        ValidationErrorKind::Contains => "an element that fits \"contains\"".to_owned(),
        ValidationErrorKind::Not { .. } => "a value that does not fit \"not\"".to_owned(),
        ValidationErrorKind::FalseSchema => "no value here".to_owned(),
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            format!("no member {}", Value::from(unexpected.join(", ")))
        }
        ValidationErrorKind::PropertyNames { error } => format!("other names: {}", explain(error)),
        ValidationErrorKind::Pattern { pattern } => format!("a string that matches `{pattern}`"),
        ValidationErrorKind::Format { format } => match format.as_str() {
            "date" => "a day as YYYY-MM-DD".to_owned(),
            "date-time" => "an RFC 3339 timestamp".to_owned(),
            "json-pointer" => "a JSON Pointer such as \"/type\"".to_owned(),
            other => format!("the format {other:?}"),
        },
        ValidationErrorKind::AnyOf { context } => {
            let branches = context.iter().filter_map(|errors| want(errors.first()?));
            branches.collect::<Vec<_>>().join(", or ")
        }
        _ => return None,
    })
}

fn types(kind: &TypeKind) -> String {
    let names: Vec<&str> = match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(several) => several.iter().map(jsonschema::JsonType::as_str).collect(),
    };
    let articles = names.iter().map(|name| match *name {
        "null" => "null".to_owned(),
        "array" | "integer" | "object" => format!("an {name}"),
        name => format!("a {name}"),
    });
    articles.collect::<Vec<_>>().join(" or ")
}

/// The value itself, or what it is if it is long.
pub(crate) fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= SHOWN {
        return text;
    }
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        _ => "a long string",
    }
    .to_owned()
}

/// `1 event`, `2 events`.
pub(crate) fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_read_like_english() {
        assert_eq!(count(1, "event"), "1 event");
        assert_eq!(count(21, "event"), "21 events");
    }
}
