//! The exact value of a JSON number, computed by the crate `bigdecimal`.
//!
//! Expected verdicts come from here. The module shares no code with offhook's own decimals, which
//! the tests check.

use bigdecimal::{BigDecimal, Zero};
use offhook_model::Json;
use offhook_model::json::{Number, parse};

/// The longest exponent that is computed with, in powers of ten: a double has about 324.
const MAX_EXPONENT: i64 = 20_000;

/// Returns the value of `number`.
///
/// # Panics
///
/// The exponent is so large that the digits would not fit in memory.
pub(crate) fn exact(number: &Number) -> BigDecimal {
    decimal(number.as_str())
}

/// Returns the value of a number's text.
///
/// # Panics
///
/// As [`exact`], or if `text` is not a number.
pub(crate) fn decimal(text: &str) -> BigDecimal {
    let value: BigDecimal = text.parse().expect("JSON numbers are decimals");
    if value.is_zero() {
        return BigDecimal::zero();
    }
    let scale = value.fractional_digit_count();
    assert!(scale.abs() < MAX_EXPONENT, "expected an exponent of few digits, found {text}");
    value
}

/// Whether `number` is an integer times `step`, which is not zero.
pub(crate) fn is_multiple(number: &BigDecimal, step: &BigDecimal) -> bool {
    (number % step).is_zero()
}

/// Returns the number that is written like this.
///
/// # Panics
///
/// `text` is not a JSON number within the range of a double.
pub(crate) fn number(text: &str) -> Json {
    parse(text).unwrap_or_else(|faults| panic!("{text}: {}", faults[0]))
}

#[cfg(test)]
mod tests {
    use super::{decimal as value, is_multiple};

    #[test]
    fn no_digit_is_rounded_away() {
        for (smaller, larger) in [
            ("9007199254740992", "9007199254740993.0"),
            ("0.1", "0.10000000000000000001"),
            ("0", "1e-400"),
            ("-1e-400", "-0.0"),
            ("4503599627370497.5", "4503599627370498"),
            ("-9223372036854775809", "-9223372036854775808"),
            ("18446744073709551615", "18446744073709551616"),
            ("1e30", "1000000000000000000000000000001"),
            ("5e-324", "1.7976931348623157e308"),
        ] {
            assert!(value(smaller) < value(larger), "{smaller} {larger}");
        }
        for (one, other) in [("1.0e1", "10"), ("-0.0", "0e99"), ("1E+2", "100.0"), ("2.5", "25e-1")]
        {
            assert_eq!(value(one), value(other));
        }
    }

    #[test]
    fn integers_are_known_by_value() {
        for text in ["0", "-0.0", "1.0e1", "150e-1", "1e308", "1000000000000000000000000000001.0"] {
            assert!(value(text).is_integer(), "{text}");
        }
        for text in ["1.5", "1e-400", "4503599627370497.5", "0.99999999999999999999", "-15e-1"] {
            assert!(!value(text).is_integer(), "{text}");
        }
    }

    #[test]
    fn multiples_are_told_by_their_digits() {
        for (number, step) in [
            ("0.07", "0.01"),
            ("0.0075", "0.0001"),
            ("1e22", "2"),
            ("-4.5", "1.5"),
            ("0", "7"),
            ("1.7976931348623157e308", "5"),
            ("0.0", "0.3"),
            ("12", "1.2e1"),
            ("1e308", "0.5"),
            ("1e300", "1e-400"),
        ] {
            assert!(is_multiple(&value(number), &value(step)), "{number} of {step}");
        }
        for (number, step) in [
            ("1e22", "3"),
            ("0.075", "0.01"),
            ("1", "2"),
            ("5e-324", "1e300"),
            ("35", "1.5"),
            ("9007199254740993", "10"),
            ("123456789012345.001", "0.01"),
            ("1e-400", "0.01"),
        ] {
            assert!(!is_multiple(&value(number), &value(step)), "{number} of {step}");
        }
    }
}
