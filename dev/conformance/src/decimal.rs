//! Numbers as decimals, which doubles mostly are not.

use serde_json::Number;

/// Below this doubles hold every integer.
pub(crate) const DOUBLES: f64 = 9_007_199_254_740_992.0;

/// A number's digits as they are written, and where the point is; the sign does not matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal that is read as `number`.
    pub(crate) fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let text = text.trim_start_matches('-');
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let exponent: i32 = exponent.parse().ok()?;
        Some(Self {
            digits: format!("{whole}{fraction}").parse().ok()?,
            exponent: exponent - i32::try_from(fraction.len()).ok()?,
        })
    }

    /// Whether this is a multiple of `step`, which is not 0.
    pub(crate) fn is_multiple_of(self, step: Self) -> bool {
        let shift = self.exponent - step.exponent;
        let tens = shift.unsigned_abs();
        if shift >= 0 {
            // Digit by digit, as the whole number may have hundreds.
            (0..tens).fold(self.digits % step.digits, |rest, _| rest * 10 % step.digits) == 0
        } else {
            // A step too large to be counted is larger than the number.
            let step = 10_u128.checked_pow(tens).and_then(|tens| tens.checked_mul(step.digits));
            step.map_or(self.digits == 0, |step| self.digits.is_multiple_of(step))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn multiples_are_told_by_their_digits() {
        let is_multiple = |number: &str, step: &str| {
            let decimal = |text: &str| {
                Decimal::of(&serde_json::from_str(text).expect("a number")).expect("a decimal")
            };
            decimal(number).is_multiple_of(decimal(step))
        };
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
        ] {
            assert!(is_multiple(number, step), "{number} of {step}");
        }
        for (number, step) in
            [("1e22", "3"), ("0.075", "0.01"), ("1", "2"), ("5e-324", "1e300"), ("35", "1.5")]
        {
            assert!(!is_multiple(number, step), "{number} of {step}");
        }
    }
}
