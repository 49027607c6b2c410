//! Numbers as generated decoders compare them: not by their doubles, but by what the sender wrote.

use std::cmp::Ordering;

use super::number::{Integer, Number, Repr};

/// A number that was read by a decoder. A comparison with it is true only if it is true of the number's
/// text; where the double does not tell, it is false.
#[derive(Clone, Copy)]
pub struct Exact(Repr);

/// Makes comparisons with `number` exact.
#[inline]
pub fn exact(number: impl Into<Exact>) -> Exact {
    number.into()
}

impl From<Number> for Exact {
    #[inline]
    fn from(number: Number) -> Self {
        Self(number.0)
    }
}

impl From<Integer> for Exact {
    #[inline]
    fn from(integer: Integer) -> Self {
        Self(integer.0)
    }
}

impl Exact {
    /// Whether the number is surely an integer times `divisor`, which is above zero.
    #[inline]
    pub fn is_multiple_of(self, divisor: i128) -> bool {
        !self.is_rounded() && self.0.as_i128().is_some_and(|value| value % divisor == 0)
    }

    /// Whether two numbers are equal, or nobody knows.
    pub(crate) fn may_equal(self, other: Self) -> bool {
        if self.is_rounded() || other.is_rounded() {
            let ordering = self.0.as_f64().partial_cmp(&other.0.as_f64());
            return ordering == Some(Ordering::Equal);
        }
        self.0 == other.0
    }

    #[inline]
    fn is_rounded(self) -> bool {
        matches!(self.0, Repr::Rounded(_))
    }
}

impl PartialEq<i128> for Exact {
    #[inline]
    fn eq(&self, other: &i128) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// With any integer.
impl PartialOrd<i128> for Exact {
    #[inline]
    fn partial_cmp(&self, other: &i128) -> Option<Ordering> {
        if !self.is_rounded()
            && let Some(value) = self.0.as_i128()
        {
            return Some(value.cmp(other));
        }
        #[expect(clippy::cast_precision_loss, reason = "rounding keeps the order")]
        let other = *other as f64;
        self.partial_cmp(&other)
    }
}

impl PartialEq<f64> for Exact {
    #[inline]
    fn eq(&self, other: &f64) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// With the double of a decimal that has at most 15 digits.
impl PartialOrd<f64> for Exact {
    #[inline]
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        // Rounding keeps the order of two numbers, but may make them equal.
        let ordering = self.0.as_f64().partial_cmp(other);
        ordering.filter(|ordering| ordering.is_ne() || !self.is_rounded())
    }
}

#[cfg(test)]
mod tests {
    use super::{Exact, exact};
    use crate::decode::decode;
    use crate::value::number::{Integer, Number};

    fn number(text: &str) -> Exact {
        let mut place: Option<Number> = None;
        decode(text, &mut place);
        let number = place.expect("a decoder takes the number");
        let read: Number = serde_json::from_str(text).unwrap();
        assert_eq!(number, read, "{text}");
        assert_eq!(format!("{number:?} {number}"), format!("{read:?} {read}"));
        exact(number)
    }

    #[test]
    fn what_a_double_tells_is_compared() {
        for text in ["0", "-0", "0.0", "-0.00", "1.5", "3e2", "123456789012.125", "1e-300", "1e300"]
        {
            let value: f64 = text.parse().unwrap();
            let equal = value.abs() < 1e300;
            assert_eq!((number(text) == value, number(text) >= value), (equal, equal), "{text}");
        }
        assert!(number("325.0") == 325 && number("325") == 325.0);
        assert!(number("0.30000000000000004") > 0 && number("0.30000000000000004") < 1);
        assert!(number("18446744073709551615") == 18_446_744_073_709_551_615);
        assert!(number("18446744073709551615") > 1.5 && number("-9223372036854775808") < -0.5);
        assert!(number("1e300") > 170_141_183_460_469_231_731_687_303_715_884_105_727);
    }

    #[test]
    fn what_a_double_does_not_tell_is_never_true() {
        for (text, bound) in [
            ("5.0000000000000000001", 5),
            ("1e-400", 0),
            ("-1e-400", 0),
            ("18446744073709551616", 18_446_744_073_709_551_616),
            ("18446744073709551617", 18_446_744_073_709_551_616),
            ("18446744073709551617", 18_446_744_073_709_551_615),
            ("-9223372036854775809", -9_223_372_036_854_775_808),
            ("9007199254740993.0", 9_007_199_254_740_992),
            ("123456789012345e4", 1_234_567_890_123_450_000),
        ] {
            let number = number(text);
            let rounded = [number == bound, number < bound, number <= bound, number > bound];
            assert_eq!((rounded, number >= bound), ([false; 4], false), "{text}");
        }
        assert!(!(number("0.1000000000000000000001") <= 0.1));
        assert!(!(number("0.1000000000000000000001") >= 0.1));
    }

    #[test]
    fn multiples_are_told_of_integers_alone() {
        for text in ["20", "-20", "0", "2e1", "20.0", "18446744073709551610"] {
            assert!(number(text).is_multiple_of(10), "{text}");
        }
        for text in ["25", "9007199254740993", "18446744073709551616", "1e30", "0.5", "1e-400"] {
            assert!(!number(text).is_multiple_of(10), "{text}");
        }
    }

    #[test]
    fn numbers_that_may_be_equal_are_found() {
        for (one, other) in [
            ("1", "1.0"),
            ("0", "-0.0"),
            ("1e2", "100"),
            ("18446744073709551615", "18446744073709551615.0"),
            ("18446744073709551616", "18446744073709551617"),
            ("9007199254740993", "9007199254740993.0"),
            ("0.1", "0.1000000000000000000001"),
            ("1e-400", "0"),
        ] {
            assert!(number(one).may_equal(number(other)), "{one} {other}");
            assert!(number(other).may_equal(number(one)), "{one} {other}");
        }
        for (one, other) in
            [("1", "2"), ("9007199254740992", "9007199254740993"), ("0.1", "0.10000000000001")]
        {
            assert!(!number(one).may_equal(number(other)), "{one} {other}");
        }
    }

    #[test]
    fn integers_are_those_of_the_text() {
        let is_integer = |text| {
            let mut place: Option<Integer> = None;
            decode(text, &mut place);
            let read = serde_json::from_str::<Integer>(text);
            assert!(place.is_none() || read.is_ok_and(|read| Some(read) == place), "{text}");
            place.is_some()
        };
        for text in ["1", "1.0", "-0.0", "150e-1", "12345678901234567890123.0", "1e300"] {
            assert!(is_integer(text), "{text}");
        }
        for text in ["1.5", "1e-400", "4503599627370497.5", "0.99999999999999999", "1e400"] {
            assert!(!is_integer(text), "{text}");
        }
    }
}
