//! The common assertions about values that are no arrays and no objects, told from a value's text
//! alone.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use jsonschema::json::JsonNumber;
use offhook_model::Json;
use offhook_runtime::json::unescape;
use offhook_runtime::value::timestamp::is_rfc3339;

use crate::instance::{NumberText, types_of};
use crate::tape::Kind;
use offhook_model::TypeSet;

/// A value that is no array and no object, as it stands in a text.
#[derive(Clone, Copy)]
pub(crate) struct Scalar<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
}

/// An assertion about scalars. It says just what the keyword does.
#[derive(Clone)]
pub(crate) enum Plain {
    Types(TypeSet),
    /// Of a string that it is one of these. Other values are none of them.
    Words(Vec<Box<str>>),
    /// Of strings.
    DateTime,
    /// Of strings.
    Pattern(Arc<Pattern>),
    /// Of strings, in characters.
    Length(usize, usize),
    /// Of numbers.
    Bound(Bound, f64),
}

#[derive(Clone, Copy)]
pub(crate) enum Bound {
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Plain {
    /// The assertion of a keyword, if it is of the common kind.
    pub(crate) fn of(keyword: &str, value: &Json) -> Option<Self> {
        let word = |value: &Json| value.as_str().map(Box::from);
        let bound = |bound| {
            // A number that no double is equal to is on the same side of these as its nearest one.
            let limit = value.as_f64().filter(|limit| limit.abs() < 1e15)?;
            Some(Self::Bound(bound, limit))
        };
        let count = || value.as_u64().and_then(|count| usize::try_from(count).ok());
        Some(match keyword {
            "type" => Self::Types(TypeSet::of_keyword(value)),
            "const" => Self::Words(vec![word(value)?]),
            "enum" => Self::Words(value.as_array()?.iter().map(word).collect::<Option<_>>()?),
            "format" if value == "date-time" => Self::DateTime,
            "minimum" => bound(Bound::AtLeast)?,
            "maximum" => bound(Bound::AtMost)?,
            "exclusiveMinimum" => bound(Bound::Above)?,
            "exclusiveMaximum" => bound(Bound::Below)?,
            "pattern" => Self::Pattern(Arc::new(Pattern::new(value.as_str()?))),
            "minLength" => Self::Length(count()?, usize::MAX),
            "maxLength" => Self::Length(0, count()?),
            // These are of arrays and objects.
            "maxItems" | "minItems" | "uniqueItems" | "maxProperties" | "minProperties"
            | "required" => Self::Types(TypeSet::ALL),
            _ => return None,
        })
    }

    pub(crate) fn holds(&self, scalar: Scalar<'_>) -> bool {
        match self {
            Self::Types(types) => types.contains(scalar.ty()),
            Self::Words(words) => {
                scalar.string().is_some_and(|text| words.iter().any(|word| **word == *text))
            }
            Self::DateTime => scalar.string().is_none_or(|text| is_rfc3339(&text)),
            Self::Pattern(pattern) => scalar.string().is_none_or(|text| pattern.is_match(&text)),
            Self::Length(least, most) => {
                scalar.string().is_none_or(|text| (*least..=*most).contains(&text.chars().count()))
            }
            Self::Bound(bound, limit) => {
                scalar.kind != Kind::Number
                    || number(scalar.text).is_some_and(|number| match bound {
                        Bound::AtLeast => number >= *limit,
                        Bound::AtMost => number <= *limit,
                        Bound::Above => number > *limit,
                        Bound::Below => number < *limit,
                    })
            }
        }
    }
}

/// A pattern, compiled when it is first needed.
pub(crate) struct Pattern {
    text: Box<str>,
    compiled: OnceLock<Option<offhook_model::pattern::Pattern>>,
}

impl Pattern {
    fn new(text: &str) -> Self {
        Self { text: text.into(), compiled: OnceLock::new() }
    }

    fn is_match(&self, text: &str) -> bool {
        let compile = || offhook_model::pattern::Pattern::new(&self.text).ok();
        // What does not compile, a schema has been refused for.
        self.compiled.get_or_init(compile).as_ref().is_none_or(|pattern| pattern.is_match(text))
    }
}

/// The value of a number. Where there are as many digits as an exponent can outweigh, the standard
/// library takes less of the exponent into account than `serde_json` does.
pub(crate) fn number(text: &str) -> Option<f64> {
    const MANY: usize = 1000;
    // Most numbers are small, and integers.
    if let Ok(integer) = text.parse::<i32>() {
        return Some(integer.into());
    }
    if text.len() < MANY { text.parse().ok() } else { NumberText(text).as_f64() }
}

impl<'a> Scalar<'a> {
    /// The type of the value; if it is none, as it is an array or object, the type of that.
    pub(crate) fn ty(self) -> TypeSet {
        types_of(self.kind, self.text)
    }

    fn string(self) -> Option<Cow<'a, str>> {
        (self.kind == Kind::String).then(|| unescape(self.text))
    }
}
