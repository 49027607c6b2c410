//! What a schema expects where a payload has something else, as data.
//!
//! `message.rs` puts it into words.

use std::borrow::Cow;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::json::{Json, Number};
use crate::type_set::TypeSet;

/// How many values of a list are told. The others are counted.
pub const MOST_VALUES: usize = 24;

/// What is expected in one place of a payload.
///
/// `Display` puts it into words. Serialized, it is an object with those words in `text`, and beside
/// them the data: `types`, `values`, `minimum`, `length` and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A value of one of these types.
    Types(TypeSet),
    /// One of these values.
    Values(Arc<Values>),
    /// A number within a bound.
    Bound(Bound, Number),
    /// An integer times this number.
    MultipleOf(Number),
    /// A string of so many characters.
    Length(Count),
    /// A string that matches a pattern of ECMA-262.
    Pattern(Box<str>),
    /// A string of a named format.
    Format(Box<str>),
    /// An array of so many elements.
    Items(Count),
    /// An array of different elements.
    UniqueItems,
    /// An array in which so many elements are of a kind.
    Contains {
        /// At least so many.
        minimum: u64,
        /// At most so many.
        maximum: Option<u64>,
    },
    /// An array without elements that no schema speaks of.
    NoOtherItems,
    /// An object of so many properties.
    Properties(Count),
    /// A property of this name.
    Property(Box<str>),
    /// One of these properties.
    AnyProperty(Vec<Box<str>>),
    /// Only one of these properties.
    OneProperty(Vec<Box<str>>),
    /// No property of this name.
    NoProperty(Box<str>),
    /// A property that the document has.
    DocumentedProperty,
    /// Each property once.
    DifferentProperties,
    /// A name of this kind for every property.
    PropertyNames(Box<Expected>),
    /// No value at all.
    Nothing,
    /// A value that fits a branch of a union.
    Branch,
    /// A value that fits only one branch of a union.
    OneBranch,
    /// A value that the schema of a `not` does not meet.
    NotRuledOut,
    /// Something that no schema says: of the text itself, or of the event's name.
    Other(Cow<'static, str>),
}

/// Which side of a limit a number must be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `minimum`
    Minimum,
    /// `maximum`
    Maximum,
    /// `exclusiveMinimum`
    ExclusiveMinimum,
    /// `exclusiveMaximum`
    ExclusiveMaximum,
}

/// A least or a greatest count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// At least so many.
    AtLeast(u64),
    /// At most so many.
    AtMost(u64),
}

/// The values of a list, and the patterns beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// The values.
    pub values: Vec<Json>,
    /// Patterns that other strings may match.
    pub patterns: Vec<Box<str>>,
}

impl Eq for Values {}

impl Bound {
    /// Returns the bound that a keyword sets.
    pub fn of_keyword(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "minimum" => Self::Minimum,
            "maximum" => Self::Maximum,
            "exclusiveMinimum" => Self::ExclusiveMinimum,
            "exclusiveMaximum" => Self::ExclusiveMaximum,
            _ => return None,
        })
    }

    /// Returns the keyword that sets it.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
        }
    }
}

impl Expected {
    /// Returns one of several values.
    pub fn values(values: Vec<Json>) -> Self {
        Self::Values(Arc::new(Values { values, patterns: Vec::new() }))
    }

    /// Returns what an assertion about a value itself expects. `None` for `required`, for a keyword
    /// that is no such assertion, and for one that asserts nothing.
    pub fn of_assertion(keyword: &str, value: &Json) -> Option<Self> {
        let text = || value.as_str().map(Box::from);
        let least = || value.as_u64().map(Count::AtLeast);
        let most = || value.as_u64().map(Count::AtMost);
        Some(match keyword {
            "type" => Self::Types(TypeSet::of_keyword(value)),
            "const" => Self::values(vec![value.clone()]),
            "enum" => Self::values(value.as_array()?.to_vec()),
            "format" => Self::Format(text()?),
            "pattern" => Self::Pattern(text()?),
            "multipleOf" => Self::MultipleOf(value.as_number()?.clone()),
            "minLength" => Self::Length(least()?),
            "maxLength" => Self::Length(most()?),
            "minItems" => Self::Items(least()?),
            "maxItems" => Self::Items(most()?),
            "uniqueItems" => (*value == Json::Bool(true)).then_some(Self::UniqueItems)?,
            "minProperties" => Self::Properties(least()?),
            "maxProperties" => Self::Properties(most()?),
            _ => Self::Bound(Bound::of_keyword(keyword)?, value.as_number()?.clone()),
        })
    }
}

impl Serialize for Expected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("text", &self.to_string())?;
        self.serialize_data(&mut object)?;
        object.end()
    }
}

impl Expected {
    fn serialize_data<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Types(types) => {
                object.serialize_entry("types", &types.names().collect::<Vec<_>>())
            }
            Self::Values(all) => {
                let told = &all.values[..all.values.len().min(MOST_VALUES)];
                object.serialize_entry("values", told)?;
                let others = all.values.len() - told.len();
                if others > 0 {
                    object.serialize_entry("other_values", &others)?;
                }
                if !all.patterns.is_empty() {
                    object.serialize_entry("patterns", &all.patterns)?;
                }
                Ok(())
            }
            Self::Bound(bound, limit) => object.serialize_entry(bound.keyword(), limit),
            Self::MultipleOf(factor) => object.serialize_entry("multipleOf", factor),
            Self::Length(count) => object.serialize_entry("length", count),
            Self::Pattern(pattern) => object.serialize_entry("pattern", pattern),
            Self::Format(format) => object.serialize_entry("format", format),
            Self::Items(count) => object.serialize_entry("items", count),
            Self::UniqueItems => object.serialize_entry("unique_items", &true),
            Self::Contains { minimum, maximum } => {
                object.serialize_entry("contains", &Range { minimum: *minimum, maximum: *maximum })
            }
            Self::Properties(count) => object.serialize_entry("properties", count),
            Self::Property(name) | Self::NoProperty(name) => {
                object.serialize_entry("property", name)
            }
            Self::AnyProperty(names) | Self::OneProperty(names) => {
                object.serialize_entry("any_property", names)
            }
            Self::PropertyNames(expected) => object.serialize_entry("property_names", expected),
            Self::NoOtherItems
            | Self::DocumentedProperty
            | Self::DifferentProperties
            | Self::Nothing
            | Self::Branch
            | Self::OneBranch
            | Self::NotRuledOut
            | Self::Other(_) => Ok(()),
        }
    }
}

impl From<&'static str> for Expected {
    fn from(text: &'static str) -> Self {
        Self::Other(text.into())
    }
}

impl From<String> for Expected {
    fn from(text: String) -> Self {
        Self::Other(text.into())
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, count) = match self {
            Self::AtLeast(count) => ("minimum", count),
            Self::AtMost(count) => ("maximum", count),
        };
        let mut object = serializer.serialize_map(Some(1))?;
        object.serialize_entry(name, count)?;
        object.end()
    }
}

/// A count between two others.
#[derive(serde::Serialize)]
struct Range {
    minimum: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u64>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Expected, MOST_VALUES};
    use crate::json::{Json, parse};

    fn of(keyword: &str, value: &str) -> Expected {
        Expected::of_assertion(keyword, &parse(value).expect("JSON")).expect("an assertion")
    }

    #[test]
    fn what_is_expected_is_data_beside_words() {
        for (keyword, value, data) in [
            ("type", r#"["string","null"]"#, json!({ "types": ["string", "null"] })),
            ("enum", r#"["a",1]"#, json!({ "values": ["a", 1] })),
            ("const", "null", json!({ "values": [null] })),
            ("minimum", "0.5", json!({ "minimum": 0.5 })),
            ("exclusiveMaximum", "3", json!({ "exclusiveMaximum": 3 })),
            ("multipleOf", "10", json!({ "multipleOf": 10 })),
            ("minLength", "2", json!({ "length": { "minimum": 2 } })),
            ("maxItems", "2", json!({ "items": { "maximum": 2 } })),
            ("uniqueItems", "true", json!({ "unique_items": true })),
            ("maxProperties", "1", json!({ "properties": { "maximum": 1 } })),
            ("pattern", "\"^a\"", json!({ "pattern": "^a" })),
            ("format", "\"uuid\"", json!({ "format": "uuid" })),
        ] {
            let expected = of(keyword, value);
            let mut json = serde_json::to_value(&expected).expect("it serializes");
            let text = json.as_object_mut().and_then(|members| members.remove("text"));
            assert_eq!(text, Some(expected.to_string().into()), "{keyword}");
            assert_eq!(json, data, "{keyword}");
        }
        assert_eq!(Expected::of_assertion("required", &Json::Array(Vec::new())), None);
        assert_eq!(Expected::of_assertion("uniqueItems", &Json::Bool(false)), None);
    }

    #[test]
    fn long_lists_are_cut_and_counted() {
        let values: Vec<Json> =
            (0..MOST_VALUES + 3).map(|it| it.to_string().as_str().into()).collect();
        let expected = Expected::values(values);
        assert!(expected.to_string().ends_with("\"23\" and 3 others"), "{expected}");
        let json = serde_json::to_value(&expected).expect("it serializes");
        assert_eq!(json["values"].as_array().map(Vec::len), Some(MOST_VALUES));
        assert_eq!(json["other_values"], 3);
    }
}
