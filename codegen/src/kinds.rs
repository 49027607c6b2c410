//! The kinds of JSON values, as sets: what a schema's `type` and lists of values leave possible.

use std::ops::{BitAnd, BitOr};

use serde_json::Value;

/// A set of kinds. Numbers are two: integers and the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    pub(crate) const NUMBER: Self = Self(4 | 8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ALL: Self = Self(127);

    /// The kinds of which a Rust type has a variant of its own.
    pub(crate) const APART: [Self; 5] =
        [Self::STRING, Self::NUMBER, Self::BOOLEAN, Self::ARRAY, Self::OBJECT];

    /// What `type` calls `name`.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    /// What a schema's `type` lists.
    pub(crate) fn typed(schema: &Value) -> Self {
        match schema.get("type") {
            Some(Value::String(one)) => Self::named(one),
            Some(Value::Array(several)) => several
                .iter()
                .filter_map(Value::as_str)
                .fold(Self::NONE, |kinds, name| kinds | Self::named(name)),
            _ => Self::ALL,
        }
    }

    /// The kind of one value.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) => match number.as_f64() {
                Some(float) if !number.is_i64() && !number.is_u64() && float.fract() != 0.0 => {
                    Self(8)
                }
                _ => Self::INTEGER,
            },
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(crate) fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is nothing in it that `others` lack.
    pub(crate) fn within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

impl BitAnd for Kinds {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Whether two values are the same to JSON Schema: `1` and `1.0` are.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinds, same};
    use serde_json::json;

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        assert_eq!(Kinds::of(&json!(1.0)), Kinds::INTEGER);
        assert!(!Kinds::of(&json!(1.5)).within(Kinds::INTEGER));
        assert!(Kinds::of(&json!(1.5)).within(Kinds::NUMBER));
        assert!(same(&json!({ "a": [1] }), &json!({ "a": [1.0] })));
        assert!(!same(&json!(1), &json!(true)));
    }
}
