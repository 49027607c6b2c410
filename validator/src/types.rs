//! Sets of JSON types.

use std::ops::{BitAnd, BitOr};

use jsonschema::json::JsonNumber;
use serde_json::Value;

use crate::instance::{Node, NumberText};
use crate::tape::Kind;

/// Some of JSON's types. A number with a fraction and one without are two of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Types(u8);

impl Types {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const OBJECT: Self = Self(1);
    pub(crate) const ARRAY: Self = Self(1 << 1);
    pub(crate) const STRING: Self = Self(1 << 2);
    pub(crate) const INTEGER: Self = Self(1 << 3);
    const FRACTION: Self = Self(1 << 4);
    pub(crate) const BOOLEAN: Self = Self(1 << 5);
    pub(crate) const NULL: Self = Self(1 << 6);
    pub(crate) const NUMBER: Self = Self(Self::INTEGER.0 | Self::FRACTION.0);
    /// All but null.
    pub(crate) const SOME: Self = Self(Self::NULL.0 - 1);
    pub(crate) const ALL: Self = Self((1 << 7) - 1);
    /// All but objects and arrays.
    pub(crate) const SCALARS: Self = Self(Self::ALL.0 & !Self::OBJECT.0 & !Self::ARRAY.0);

    /// The types that a schema names: the value of its `type`.
    pub(crate) fn named(names: &Value) -> Self {
        let names = match names {
            Value::Array(several) => several.as_slice(),
            one => std::slice::from_ref(one),
        };
        let names = names.iter().filter_map(Value::as_str);
        names.fold(Self::NONE, |all, name| all | Self::of_name(name))
    }

    /// Whether a type is called so.
    pub(crate) fn is_name(name: &str) -> bool {
        Self::of_name(name) != Self::NONE
    }

    fn of_name(name: &str) -> Self {
        match name {
            "object" => Self::OBJECT,
            "array" => Self::ARRAY,
            "string" => Self::STRING,
            "number" => Self::INTEGER | Self::FRACTION,
            "integer" => Self::INTEGER,
            "boolean" => Self::BOOLEAN,
            "null" => Self::NULL,
            _ => Self::NONE,
        }
    }

    /// The type of a value in a schema; of a number both, as one may stand for the other.
    pub(crate) fn of_value(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::OBJECT,
            Value::Array(_) => Self::ARRAY,
            Value::String(_) => Self::STRING,
            Value::Number(_) => Self::INTEGER | Self::FRACTION,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Null => Self::NULL,
        }
    }

    /// The type of a value in a payload.
    pub(crate) fn of_node(node: Node<'_>) -> Self {
        let text = if node.kind() == Kind::Number { node.tape.raw(node.index) } else { "" };
        Self::of_text(node.kind(), text)
    }

    /// The type of a value of this kind; a number's text is looked at.
    pub(crate) fn of_text(kind: Kind, text: &str) -> Self {
        match kind {
            Kind::Object => Self::OBJECT,
            Kind::Array => Self::ARRAY,
            Kind::String => Self::STRING,
            Kind::Number if NumberText(text).is_integer() => Self::INTEGER,
            Kind::Number => Self::FRACTION,
            Kind::True | Kind::False => Self::BOOLEAN,
            Kind::Null => Self::NULL,
        }
    }

    pub(crate) fn contain(self, others: Self) -> bool {
        self & others == others
    }

    /// Schemas' own names of the types.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let number = if self.contain(Self::FRACTION) { "number" } else { "integer" };
        let all = [
            (Self::OBJECT, "object"),
            (Self::ARRAY, "array"),
            (Self::STRING, "string"),
            (Self::INTEGER, number),
            (Self::BOOLEAN, "boolean"),
            (Self::NULL, "null"),
        ];
        all.into_iter().filter(move |(ty, _)| self.contain(*ty)).map(|(_, name)| name)
    }
}

impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
