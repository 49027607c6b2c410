//! JSON numbers that serialise back as they came: `325` stays `325`, `325.0` stays `325.0`.
//!
//! A schema's `number` is a [`Number`] and its `integer` an [`Integer`]. Both hold any value that
//! JSON can carry in a double or in 64 bits, because the documents give no bounds: neither `f64`
//! nor `i64` alone could read all that a document allows and write it back.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::decimal::Decimal;

/// What the sender wrote: a 64-bit integer or a finite double.
///
/// As in `serde_json`, an integer beyond 64 bits is a double.
#[derive(Clone, Copy)]
pub(crate) enum Repr {
    Unsigned(u64),
    Negative(i64),
    Float(f64),
    /// A double that may not be what the sender wrote: a decoder has met too many digits.
    Rounded(f64),
}

/// A number.
///
/// ```
/// # use offhook_runtime::Number;
/// let seconds: Number = serde_json::from_str("325")?;
/// assert_eq!(seconds.as_f64(), 325.0);
/// assert_eq!(seconds, 325.0);
/// assert_eq!(serde_json::to_string(&seconds)?, "325");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Number(pub(crate) Repr);

impl Number {
    /// The nearest double.
    pub fn as_f64(self) -> f64 {
        self.0.as_f64()
    }

    /// The value, if it is integral and within `i64`: `325.0` is 325, `0.5` is nothing.
    pub fn as_i64(self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The value, if it is integral and within `u64`.
    pub fn as_u64(self) -> Option<u64> {
        self.0.as_u64()
    }
}

/// An integral number, in any spelling: `325`, `325.0` and `3.25e2` are all 325.
///
/// ```
/// # use offhook_runtime::Integer;
/// let code: Integer = serde_json::from_str("486")?;
/// assert_eq!(code, 486);
/// assert_eq!(code.as_i64(), Some(486));
/// assert!(serde_json::from_str::<Integer>("4.5").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Integer(pub(crate) Repr);

impl Integer {
    /// The value, unless it is beyond `i64`.
    pub fn as_i64(self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The value, unless it is negative or beyond `u64`.
    pub fn as_u64(self) -> Option<u64> {
        self.0.as_u64()
    }

    /// The nearest double.
    pub fn as_f64(self) -> f64 {
        self.0.as_f64()
    }
}

impl Repr {
    /// The value of a JSON number; `integral` is whether it is digits alone, after a sign. `None` if no
    /// double holds it, or if it is so long that an exponent may undo very many of its digits: there
    /// the standard library and `serde_json` differ.
    pub(crate) fn parse(text: &str, integral: bool) -> Option<Self> {
        const LONGEST: usize = 1000;

        if text.len() > LONGEST {
            return None;
        }
        if integral {
            // Of many digits, and of minus nothing, a double is made.
            let digits = text.strip_prefix('-').unwrap_or(text);
            if digits.len() < 19 {
                let value =
                    digits.bytes().fold(0, |value, byte| value * 10 + u64::from(byte - b'0'));
                if digits.len() == text.len() {
                    return Some(Self::Unsigned(value));
                }
                if value != 0 {
                    return Some(Self::Negative(-value.cast_signed()));
                }
            } else if let Ok(value) = text.parse::<u64>() {
                return Some(Self::Unsigned(value));
            } else if let Ok(value) = text.parse::<i64>() {
                return Some(Self::Negative(value));
            }
        }
        let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
        Some(if is_exact(text, value) { Self::Float(value) } else { Self::Rounded(value) })
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest double is what is asked for")]
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Unsigned(value) => value as f64,
            Self::Negative(value) => value as f64,
            Self::Float(value) | Self::Rounded(value) => value,
        }
    }

    fn as_i64(self) -> Option<i64> {
        i64::try_from(self.as_i128()?).ok()
    }

    fn as_u64(self) -> Option<u64> {
        u64::try_from(self.as_i128()?).ok()
    }

    #[expect(clippy::cast_possible_truncation, reason = "integral, and bounded by 2^65 just above")]
    pub(crate) fn as_i128(self) -> Option<i128> {
        match self {
            Self::Unsigned(value) => Some(value.into()),
            Self::Negative(value) => Some(value.into()),
            Self::Float(value) | Self::Rounded(value)
                if value.fract() == 0.0 && value.abs() < 2f64.powi(65) =>
            {
                Some(value as i128)
            }
            Self::Float(_) | Self::Rounded(_) => None,
        }
    }
}

/// Whether comparisons with `value` say the same as with the number that `text`, which is no integer of
/// 64 bits, stands for.
///
/// No two decimals of 15 digits have the same double, unless it is subnormal. From 2^53 on, an integer
/// of more digits may have it, too.
#[inline]
fn is_exact(text: &str, value: f64) -> bool {
    const DIGITS: usize = f64::DIGITS as usize;
    const LARGE: f64 = 9_007_199_254_740_992.0; // 2^53

    // Beside the digits, the text has a sign, a point or an exponent.
    let has_few_digits = text.len() <= DIGITS + 1 || Decimal::new(text).precision() <= DIGITS;
    let is_zero = || text.bytes().all(|byte| matches!(byte, b'-' | b'.' | b'0'));
    has_few_digits && value.abs() < LARGE && (value.is_normal() || is_zero())
}

/// By value, whatever the spelling: `325` equals `325.0`.
impl PartialEq for Repr {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Repr {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

impl Serialize for Repr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Unsigned(value) => serializer.serialize_u64(value),
            Self::Negative(value) => serializer.serialize_i64(value),
            Self::Float(value) | Self::Rounded(value) => serializer.serialize_f64(value),
        }
    }
}

/// Reads any number; `integral` refuses fractions.
struct ReprVisitor {
    integral: bool,
}

impl ReprVisitor {
    fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Repr, D::Error> {
        // The hint for doubles gives every number in a text its natural form, and is understood
        // under `arbitrary_precision` too.
        deserializer.deserialize_f64(self)
    }
}

impl Visitor<'_> for ReprVisitor {
    type Value = Repr;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.integral { "an integer" } else { "a number" })
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Repr, E> {
        Ok(Repr::Unsigned(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Repr, E> {
        Ok(u64::try_from(value).map_or(Repr::Negative(value), Repr::Unsigned))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Repr, E> {
        if !value.is_finite() || self.integral && value.fract() != 0.0 {
            return Err(E::invalid_value(Unexpected::Float(value), &self));
        }
        Ok(Repr::Float(value))
    }
}

macro_rules! number {
    ($name:ident, $integral:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                ReprVisitor { integral: $integral }.read(deserializer).map(Self)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    Repr::Unsigned(value) => value.fmt(f),
                    Repr::Negative(value) => value.fmt(f),
                    Repr::Float(value) | Repr::Rounded(value) => fmt::Debug::fmt(&value, f),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    Repr::Unsigned(value) => value.fmt(f),
                    Repr::Negative(value) => value.fmt(f),
                    Repr::Float(value) | Repr::Rounded(value) => value.fmt(f),
                }
            }
        }

        impl From<u64> for $name {
            fn from(value: u64) -> Self {
                Self(Repr::Unsigned(value))
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(u64::try_from(value).map_or(Repr::Negative(value), Repr::Unsigned))
            }
        }

        impl From<$name> for f64 {
            fn from(number: $name) -> Self {
                number.as_f64()
            }
        }

        impl PartialEq<i64> for $name {
            fn eq(&self, other: &i64) -> bool {
                *self == Self::from(*other)
            }
        }

        impl PartialOrd<i64> for $name {
            fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
                self.partial_cmp(&Self::from(*other))
            }
        }
    };
}

number!(Number, false);
number!(Integer, true);

impl PartialEq<f64> for Number {
    fn eq(&self, other: &f64) -> bool {
        self.0 == Repr::Float(*other)
    }
}

impl PartialOrd<f64> for Number {
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        self.0.partial_cmp(&Repr::Float(*other))
    }
}

#[cfg(test)]
mod tests {
    use super::{Integer, Number};

    #[test]
    fn numbers_write_back_what_they_read() {
        for text in [
            "0",
            "325",
            "325.0",
            "-1",
            "0.5",
            "1728036616.857",
            "18446744073709551615",
            "-9223372036854775808",
            "1e300",
        ] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            let number: Number = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_value(number).unwrap(), value, "{text}");
            let again: Number = serde_json::from_value(value).unwrap();
            assert_eq!(again, number, "{text}");
        }
    }

    #[test]
    fn integers_are_known_by_value_and_not_by_spelling() {
        for (text, value) in [("325", 325), ("325.0", 325), ("3.25e2", 325), ("-0.0", 0)] {
            let integer: Integer = serde_json::from_str(text).unwrap();
            assert_eq!(integer, value, "{text}");
            assert_eq!(integer.as_i64(), Some(value), "{text}");
        }
        let huge: Integer = serde_json::from_str("1e300").unwrap();
        assert_eq!((huge.as_i64(), huge.as_u64()), (None, None));
        for text in ["1.5", "\"1\"", "true", "null", "[]", "{}"] {
            assert!(serde_json::from_str::<Integer>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_compare_exactly_beyond_what_a_double_tells_apart() {
        let one: Number = serde_json::from_str("9007199254740993").unwrap();
        let other: Number = serde_json::from_str("9007199254740992").unwrap();
        assert!(one > other);
        assert!(one != 9_007_199_254_740_992.0);
        assert!(other == 9_007_199_254_740_992.0);
    }
}
