//! JSON values of schemas: members keep their order, and numbers their text.

mod parse;
mod pretty;

use std::fmt;
use std::ops::Index;

use indexmap::IndexMap;
use offhook_runtime::value::decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::location::{index, tokens};

pub use parse::{Malformed, parse};
pub use pretty::pretty;

/// The members of an object, in the order of the text.
pub type Object = IndexMap<String, Json>;

/// A JSON value.
///
/// Two values are equal as JSON Schema has it: `1` equals `1.0`, and members may be in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

/// A number as it is written.
#[derive(Clone, Debug)]
pub struct Number(Box<str>);

impl Number {
    /// Returns the number's text: `1.0` stays `1.0`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest double.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }

    /// Returns the value of a count, which may be written `2.0` or `2e0`.
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok().or_else(|| self.as_i128()?.try_into().ok())
    }

    /// Returns the value of an integer that 128 bits hold, in whatever spelling.
    pub fn as_i128(&self) -> Option<i128> {
        self.0.parse().ok().or_else(|| self.decimal().to_i128())
    }

    /// Returns the exact value.
    pub fn decimal(&self) -> Decimal<'_> {
        Decimal::new(&self.0)
    }

    /// Whether the value has no fraction, in whatever spelling.
    pub fn is_integer(&self) -> bool {
        self.decimal().is_integer()
    }
}

/// By exact value: `1` equals `1.0`.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.decimal() == other.decimal()
    }
}

impl Eq for Number {}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Json {
    /// Returns the value of the member `name`, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// Returns the members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the members of an object, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the elements of an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a number.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the nearest double of a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// Returns the value of a count: see [`Number::as_u64`].
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// Returns the value of a number that 64 bits with a sign hold: 2 for `2.0`, too.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i128()?.try_into().ok()
    }

    /// Returns a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether this is `true`.
    pub fn is_true(&self) -> bool {
        self.as_bool() == Some(true)
    }

    /// Whether this is `false`.
    pub fn is_false(&self) -> bool {
        self.as_bool() == Some(false)
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether this is a string.
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    /// Whether this is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether this is a boolean.
    pub fn is_boolean(&self) -> bool {
        matches!(self, Self::Bool(_))
    }

    /// Whether this is an array.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Returns the value that a JSON Pointer leads to.
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        tokens(pointer).try_fold(self, |value, token| match value {
            Self::Object(members) => members.get(&*token),
            Self::Array(elements) => elements.get(index(&token)?),
            _ => None,
        })
    }

    /// Returns the value that a JSON Pointer leads to, to be changed.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        tokens(pointer).try_fold(self, |value, token| match value {
            Self::Object(members) => members.get_mut(&*token),
            Self::Array(elements) => elements.get_mut(index(&token)?),
            _ => None,
        })
    }

    /// Returns the same value as `serde_json` has it, for crates that take no other.
    ///
    /// A number that no 64-bit integer equals becomes the nearest double.
    pub fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => serde_json::from_str(&number.0).unwrap_or_default(),
            Self::String(text) => Value::String(text.clone()),
            Self::Array(elements) => elements.iter().map(Self::to_value).collect(),
            Self::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), value.to_value())).collect()
            }
        }
    }
}

/// The value of a member; `null` where there is none.
impl Index<&str> for Json {
    type Output = Self;

    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&Self::Null)
    }
}

impl PartialEq<bool> for Json {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<String> for Json {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Json {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self::Number(value.into())
    }
}

macro_rules! number_from {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

number_from!(u8, i32, u32, i64, u64, usize);

impl Number {
    /// Returns a finite double in its shortest spelling, as `serde_json` writes it.
    pub fn from_f64(value: f64) -> Option<Self> {
        Some(Self(serde_json::Number::from_f64(value)?.to_string().into()))
    }
}

impl From<Object> for Json {
    fn from(members: Object) -> Self {
        Self::Object(members)
    }
}

impl From<Vec<Json>> for Json {
    fn from(elements: Vec<Self>) -> Self {
        Self::Array(elements)
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Self>>(elements: I) -> Self {
        Self::Array(elements.into_iter().collect())
    }
}

impl FromIterator<(String, Json)> for Json {
    fn from_iter<I: IntoIterator<Item = (String, Self)>>(members: I) -> Self {
        Self::Object(members.into_iter().collect())
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(Number(number.to_string().into())),
            Value::String(text) => Self::String(text.clone()),
            Value::Array(elements) => elements.iter().map(Self::from).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect()
            }
        }
    }
}

/// Compact JSON text.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(number) => f.write_str(&number.0),
            Self::String(text) => f.write_str(&quoted(text)),
            Self::Array(elements) => {
                f.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{}:{value}", quoted(name))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// The longest value that a message repeats, in characters.
const LONGEST_SHOWN: usize = 60;

/// Returns the value itself, or its kind if it is long.
pub fn shown(value: &Json) -> String {
    let text = value.to_string();
    if text.chars().count() <= LONGEST_SHOWN {
        return text;
    }
    match value {
        Json::Object(_) => "an object",
        Json::Array(_) => "an array",
        Json::Number(_) => "a long number",
        _ => "a long string",
    }
    .to_owned()
}

/// Returns a string as JSON has it, with quotes and escapes.
///
/// ```
/// assert_eq!(offhook_model::json::quoted("a\"b"), r#""a\"b""#);
/// ```
pub fn quoted(text: &str) -> String {
    if text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | ..0x20)) {
        return serde_json::Value::from(text).to_string();
    }
    ["\"", text, "\""].concat()
}

/// As the nearest number that `serde_json` holds.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Json::Number(self.clone()).to_value().serialize(serializer)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => {
                let mut array = serializer.serialize_seq(Some(elements.len()))?;
                elements.iter().try_for_each(|element| array.serialize_element(element))?;
                array.end()
            }
            Self::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(name, value)| object.serialize_entry(name, value))?;
                object.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, parse};

    fn json(text: &str) -> Json {
        parse(text).expect("JSON")
    }

    #[test]
    fn a_value_is_written_as_it_was_read() {
        for text in [
            r#"{"b":1,"a":[1.0,1e2,-0,18446744073709551616],"":{}}"#,
            r#""a\"\\\n\u0001é""#,
            "[null,true,false]",
        ] {
            assert_eq!(json(text).to_string(), text);
        }
    }

    #[test]
    fn equality_is_that_of_json_schema() {
        for (one, other) in [
            ("1", "1.0"),
            ("[1e2]", "[100]"),
            (r#"{"a":1,"b":2}"#, r#"{"b":2.0,"a":1}"#),
            ("9007199254740993", "9007199254740993"),
        ] {
            assert_eq!(json(one), json(other));
        }
        for (one, other) in [
            ("1", "true"),
            ("1", "\"1\""),
            ("[1,2]", "[2,1]"),
            ("9007199254740993", "9007199254740992"),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
        ] {
            assert_ne!(json(one), json(other));
        }
    }

    #[test]
    fn a_pointer_leads_to_a_value_or_to_none() {
        let value = json(r#"{"a":[{"b/c":1}],"":2}"#);
        assert_eq!(value.pointer("/a/0/b~1c").map(Json::to_string).as_deref(), Some("1"));
        assert_eq!(value.pointer("/").map(Json::to_string).as_deref(), Some("2"));
        assert_eq!(value.pointer("").map(Json::is_object), Some(true));
        for none in ["a", "/a/00", "/a/1", "/b", "/a/0/b~1c/d"] {
            assert_eq!(value.pointer(none), None, "{none}");
        }
    }
}
