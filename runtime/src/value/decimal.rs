//! A JSON number's exact value, whatever its spelling.

/// A number, exactly: `1`, `1.0` and `10e-1` are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// Whether it is below zero.
    pub is_negative: bool,
    /// Its digits without zeros at either end; none for zero.
    pub digits: String,
    /// The power of ten that the digits are to be multiplied by.
    pub exponent: i64,
}

impl Decimal {
    /// Returns the value of a JSON number. `None` if its exponent is beyond 64 bits.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [integer, fraction].concat();
        let significant = all.trim_end_matches('0');
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits, exponent: 0 });
        }
        let zeros = i64::try_from(all.len() - significant.len()).ok()?;
        let scale = i64::try_from(fraction.len()).ok()?;
        let exponent = exponent.parse::<i64>().ok()?.checked_add(zeros)?.checked_sub(scale)?;
        Some(Self { is_negative, digits, exponent })
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn a_value_has_many_spellings() {
        for (one, other) in [
            ("10", "10.0"),
            ("10", "1e1"),
            ("10", "100e-1"),
            ("0", "-0.0"),
            ("-2.5", "-2.50"),
            ("0.1", "1E-1"),
            ("1e20", "100000000000000000000"),
        ] {
            assert_eq!(Decimal::parse(one), Decimal::parse(other), "{one} {other}");
        }
    }

    #[test]
    fn no_digit_is_rounded_away() {
        for (one, other) in [
            ("9007199254740993.0", "9007199254740992"),
            ("0.1000000000000000000001", "0.1"),
            ("1", "-1"),
            ("1e400", "1e401"),
        ] {
            assert_ne!(Decimal::parse(one), Decimal::parse(other), "{one} {other}");
        }
        assert_eq!(Decimal::parse("1e99999999999999999999"), None);
    }
}
