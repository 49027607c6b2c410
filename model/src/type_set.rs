//! Sets of JSON types, as a schema's `type` and lists of values leave them possible.

use std::ops::{BitAnd, BitOr};

use crate::json::Json;

/// A set of JSON types. Numbers are two: integers, and numbers with a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeSet(u8);

impl TypeSet {
    /// The empty set.
    pub const NONE: Self = Self(0);
    /// `null`
    pub const NULL: Self = Self(1);
    /// `boolean`
    pub const BOOLEAN: Self = Self(1 << 1);
    /// `integer`
    pub const INTEGER: Self = Self(1 << 2);
    /// Numbers that are no integers.
    pub const FRACTION: Self = Self(1 << 3);
    /// `number`
    pub const NUMBER: Self = Self(Self::INTEGER.0 | Self::FRACTION.0);
    /// `string`
    pub const STRING: Self = Self(1 << 4);
    /// `array`
    pub const ARRAY: Self = Self(1 << 5);
    /// `object`
    pub const OBJECT: Self = Self(1 << 6);
    /// All types.
    pub const ALL: Self = Self((1 << 7) - 1);
    /// All types but `null`.
    pub const NOT_NULL: Self = Self(Self::ALL.0 & !Self::NULL.0);
    /// All types but `object` and `array`.
    pub const SCALARS: Self = Self(Self::ALL.0 & !Self::OBJECT.0 & !Self::ARRAY.0);

    /// Returns the type that `type` calls `name`; no type, if it calls none so.
    pub fn named(name: &str) -> Self {
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

    /// Returns the types that the value of `type` names, one or several.
    pub fn of_keyword(types: &Json) -> Self {
        match types {
            Json::Array(several) => several
                .iter()
                .filter_map(Json::as_str)
                .fold(Self::NONE, |all, name| all | Self::named(name)),
            one => one.as_str().map_or(Self::NONE, Self::named),
        }
    }

    /// Returns the types that a schema's own `type` allows: all, if it has none.
    pub fn of_schema(schema: &Json) -> Self {
        schema.get("type").map_or(Self::ALL, Self::of_keyword)
    }

    /// Returns the type of a value.
    pub fn of_value(value: &Json) -> Self {
        match value {
            Json::Null => Self::NULL,
            Json::Bool(_) => Self::BOOLEAN,
            Json::Number(number) if number.is_integer() => Self::INTEGER,
            Json::Number(_) => Self::FRACTION,
            Json::String(_) => Self::STRING,
            Json::Array(_) => Self::ARRAY,
            Json::Object(_) => Self::OBJECT,
        }
    }

    /// Whether every type of `others` is in this set.
    pub const fn contains(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether every type of this set is in `others`.
    pub const fn is_within(self, others: Self) -> bool {
        others.contains(self)
    }

    /// Whether some type is in this set and in `others`.
    pub const fn intersects(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether no type is in this set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the types that are in this set and not in `others`.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Returns the names of the types as `type` has them, `number` in place of both kinds of number.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let number = if self.contains(Self::FRACTION) { "number" } else { "integer" };
        let all = [
            (Self::OBJECT, "object"),
            (Self::ARRAY, "array"),
            (Self::STRING, "string"),
            (Self::NUMBER, number),
            (Self::BOOLEAN, "boolean"),
            (Self::NULL, "null"),
        ];
        all.into_iter().filter(move |(ty, _)| self.intersects(*ty)).map(|(_, name)| name)
    }
}

impl BitAnd for TypeSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for TypeSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<TypeSet> for TypeSet {
    fn from_iter<I: IntoIterator<Item = Self>>(sets: I) -> Self {
        sets.into_iter().fold(Self::NONE, |all, one| all | one)
    }
}

#[cfg(test)]
mod tests {
    use super::TypeSet;
    use crate::json::parse;

    #[test]
    fn an_integer_is_told_by_value_and_not_by_spelling() {
        let of = |text: &str| TypeSet::of_value(&parse(text).expect("JSON"));
        assert_eq!([of("1"), of("1.0"), of("1e2")], [TypeSet::INTEGER; 3]);
        assert_eq!(of("1.5"), TypeSet::FRACTION);
        assert!(TypeSet::NUMBER.contains(TypeSet::INTEGER));
        assert!(!TypeSet::INTEGER.contains(TypeSet::NUMBER));
    }

    #[test]
    fn names_are_those_of_the_keyword() {
        let names = |set: TypeSet| set.names().collect::<Vec<_>>();
        assert_eq!(names(TypeSet::NUMBER | TypeSet::NULL), ["number", "null"]);
        assert_eq!(names(TypeSet::INTEGER), ["integer"]);
        assert_eq!(names(TypeSet::ALL).len(), 6);
    }
}
