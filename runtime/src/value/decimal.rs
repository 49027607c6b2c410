//! A JSON number's exact value, whatever its spelling.
//!
//! A [`Decimal`] borrows the digits of the number's text. Making one, comparing two and testing for a
//! multiple take time linear in the digits.

use std::cmp::Ordering;
use std::fmt;

/// A number, exactly: `1`, `1.0` and `10e-1` are equal.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'a> {
    is_negative: bool,
    /// The digits before the decimal point, without leading zeros.
    whole: &'a [u8],
    /// The digits after it. The first of all digits and the last are not zero; zero has none.
    fraction: &'a [u8],
    /// The power of ten by which the last digit counts.
    exponent: i64,
}

impl<'a> Decimal<'a> {
    /// Returns the value of a JSON number. An exponent beyond 64 bits counts as the largest.
    pub fn new(number: &'a str) -> Self {
        let (is_negative, text) = number.strip_prefix('-').map_or((false, number), |it| (true, it));
        let text = text.as_bytes();
        let mantissa_end = text.iter().position(|byte| matches!(byte, b'e' | b'E'));
        let (mantissa, exponent) = text.split_at(mantissa_end.unwrap_or(text.len()));
        let point = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
        let (mut whole, fraction) = mantissa.split_at(point);
        let mut fraction = fraction.get(1..).unwrap_or_default();
        fraction = without_last_zeros(fraction);
        whole = without_first_zeros(whole);
        let mut scale = length(fraction);
        if fraction.is_empty() {
            let digits = without_last_zeros(whole);
            scale = length(digits) - length(whole);
            whole = digits;
        } else if whole.is_empty() {
            fraction = without_first_zeros(fraction);
        }
        if whole.is_empty() && fraction.is_empty() {
            return Self { is_negative: false, whole, fraction, exponent: 0 };
        }
        let exponent = written_exponent(exponent.get(1..).unwrap_or_default());
        Self { is_negative, whole, fraction, exponent: exponent.saturating_sub(scale) }
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        self.is_negative
    }

    /// Whether the value has no fraction.
    pub fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// Returns the number of significant digits: those between the first and the last that is not zero.
    pub fn precision(self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    /// Returns the value of an integer that 128 bits hold.
    pub fn to_i128(self) -> Option<i128> {
        let tens = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let digits = self.digits().try_fold(0_i128, |value, digit| {
            value.checked_mul(10)?.checked_sub(i128::from(digit))
        })?;
        // Below zero there is room for one more.
        let negative = digits.checked_mul(tens)?;
        if self.is_negative { Some(negative) } else { negative.checked_neg() }
    }

    /// Whether the value is an integer times `divisor`. Zero is a multiple of everything, and no other
    /// value is a multiple of zero.
    pub fn is_multiple_of(self, divisor: Self) -> bool {
        if self.is_zero() {
            return true;
        }
        // Of both, the last digit is not zero.
        let Some(tens) = self.exponent.checked_sub(divisor.exponent) else {
            return false;
        };
        let Ok(tens) = u64::try_from(tens) else {
            return false;
        };
        let small = divisor
            .digits()
            .try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit)));
        match small {
            Some(0) => false,
            Some(divisor) => self.rest(tens, divisor) == 0,
            None => divisor.divides(self, tens),
        }
    }

    /// Returns what is left of the digits and `tens` zeros behind them, divided by `divisor`.
    fn rest(self, mut tens: u64, divisor: u64) -> u64 {
        let divisor = u128::from(divisor);
        let mut rest =
            self.digits().fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % divisor);
        let mut power = 10 % divisor;
        while tens > 0 && rest > 0 {
            if tens % 2 == 1 {
                rest = rest * power % divisor;
            }
            power = power * power % divisor;
            tens /= 2;
        }
        u64::try_from(rest).unwrap_or_default()
    }

    /// Whether these digits divide those of `other` and `tens` zeros behind them.
    ///
    /// It divides as on paper, since no type of Rust holds so many digits.
    fn divides(self, other: Self, tens: u64) -> bool {
        let divisor: Vec<u8> = self.digits().collect();
        let mut rest = Vec::with_capacity(divisor.len() + 1);
        for digit in other.digits() {
            push_digit(&mut rest, digit, &divisor);
        }
        // A divisor of n digits is divided by 2 and 5 less than 4n times: further zeros change nothing.
        let most = u64::try_from(divisor.len()).unwrap_or(u64::MAX).saturating_mul(4);
        for _ in 0..tens.min(most) {
            if rest.is_empty() {
                break;
            }
            push_digit(&mut rest, 0, &divisor);
        }
        rest.is_empty()
    }

    /// The digits' values, the first and the last of which are not zero.
    fn digits(self) -> impl Iterator<Item = u8> {
        self.whole.iter().chain(self.fraction).map(|digit| digit.wrapping_sub(b'0'))
    }

    /// The power of ten by which the digit before the first would count.
    fn magnitude(self) -> i64 {
        self.exponent.saturating_add(length(self.whole)).saturating_add(length(self.fraction))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (is_negative, _) => {
                let magnitudes = other.is_zero().cmp(&self.is_zero());
                let magnitudes = magnitudes.then(self.magnitude().cmp(&other.magnitude()));
                // Where all digits of one are the first of the other, the longer is larger.
                let ordering = magnitudes.then_with(|| self.digits().cmp(other.digits()));
                if is_negative { ordering.reverse() } else { ordering }
            }
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

/// Equal values have the same text: all digits, and the power of ten by which the last one counts.
impl fmt::Display for Decimal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        if self.is_negative {
            f.write_str("-")?;
        }
        for part in [self.whole, self.fraction] {
            f.write_str(std::str::from_utf8(part).unwrap_or_default())?;
        }
        if self.exponent == 0 { Ok(()) } else { write!(f, "e{}", self.exponent) }
    }
}

/// Puts a digit behind those of `rest`, which is below `divisor`, and divides by it.
fn push_digit(rest: &mut Vec<u8>, digit: u8, divisor: &[u8]) {
    if !rest.is_empty() || digit != 0 {
        rest.push(digit);
    }
    while rest.len() > divisor.len() || rest.len() == divisor.len() && &**rest >= divisor {
        let mut borrow = 0;
        let mut smaller = divisor.iter().rev();
        for digit in rest.iter_mut().rev() {
            let taken = smaller.next().copied().unwrap_or_default() + borrow;
            borrow = u8::from(*digit < taken);
            *digit = *digit + 10 * borrow - taken;
        }
        let zeros = rest.iter().take_while(|digit| **digit == 0).count();
        rest.drain(..zeros);
    }
}

fn length(digits: &[u8]) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

fn without_first_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[zeros..]
}

fn without_last_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    &digits[..digits.len() - zeros]
}

/// The value of an exponent with its sign.
fn written_exponent(text: &[u8]) -> i64 {
    let (is_negative, digits) = match text.split_first() {
        Some((b'-', digits)) => (true, digits),
        Some((b'+', digits)) => (false, digits),
        _ => (false, text),
    };
    let value = digits.iter().fold(0_i64, |value, digit| {
        value.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')))
    });
    if is_negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Decimal;

    const TWO_TO_THE_100: &str = "1267650600228229401496703205376";

    #[test]
    fn a_value_has_many_spellings() {
        for (one, other) in [
            ("10", "10.0"),
            ("10", "1e1"),
            ("10", "100e-1"),
            ("0", "-0.0"),
            ("0", "0e99"),
            ("-2.5", "-2.50"),
            ("0.1", "1E-1"),
            ("0.00120", "12e-4"),
            ("1e20", "100000000000000000000"),
            ("1e+20", "1E20"),
        ] {
            let (one, other) = (Decimal::new(one), Decimal::new(other));
            assert_eq!(one, other);
            assert_eq!(one.to_string(), other.to_string());
        }
    }

    #[test]
    fn no_digit_is_rounded_away() {
        for (smaller, larger) in [
            ("9007199254740992", "9007199254740993.0"),
            ("0.1", "0.1000000000000000000001"),
            ("-1", "1"),
            ("-1", "0"),
            ("0", "1e-400"),
            ("-1e-400", "0"),
            ("-0.11", "-0.1"),
            ("99", "100"),
            ("1e400", "1e401"),
            ("0.9e1", "10"),
            ("-9223372036854775809", "-9223372036854775808"),
            ("1e-99999999999999999999", "1"),
            ("1", "1e99999999999999999999"),
        ] {
            let (small, large) = (Decimal::new(smaller), Decimal::new(larger));
            assert_eq!(small.cmp(&large), Ordering::Less, "{smaller} {larger}");
            assert_eq!(large.cmp(&small), Ordering::Greater, "{smaller} {larger}");
            assert_ne!(small.to_string(), large.to_string());
        }
    }

    #[test]
    fn integers_are_known_by_value() {
        let is_integer = |text| Decimal::new(text).is_integer();
        for text in ["0", "-0.0", "0e-9", "1.0", "150e-1", "1.5e1", "12345678901234567890123.0"] {
            assert!(is_integer(text), "{text}");
        }
        for text in ["1.5", "1e-400", "4503599627370497.5", "0.99999999999999999", "-15e-1"] {
            assert!(!is_integer(text), "{text}");
        }
    }

    #[test]
    fn integers_of_128_bits_are_told() {
        let most = i128::MAX.to_string();
        let least = i128::MIN.to_string();
        for (text, value) in [
            ("0", Some(0)),
            ("-12.50e1", Some(-125)),
            ("1e38", Some(10_i128.pow(38))),
            ("1e39", None),
            ("0.5", None),
            (&most, Some(i128::MAX)),
            (&least, Some(i128::MIN)),
            ("170141183460469231731687303715884105728", None),
        ] {
            assert_eq!(Decimal::new(text).to_i128(), value, "{text}");
        }
    }

    #[test]
    fn multiples_are_told_by_their_digits() {
        let is_multiple = |number, step| Decimal::new(number).is_multiple_of(Decimal::new(step));
        let many = ["1", &"0".repeat(5000)].concat();
        for (number, step) in [
            ("0.07", "0.01"),
            ("0.0075", "0.0001"),
            ("1e22", "2"),
            ("-4.5", "1.5"),
            ("0", "7"),
            ("0", "0"),
            ("1.7976931348623157e308", "5"),
            ("0.0", "0.3"),
            ("12", "1.2e1"),
            ("1e308", "0.5"),
            ("123456789012345678901234567890", "10"),
            ("1e30", "10"),
            ("1e300", "1e-999999999999"),
            ("370370367037037036703703703670", "123456789012345678901234567890"),
            ("37037036703703703670370370367e308", "12345678901234567890123456789"),
            ("1e100", TWO_TO_THE_100),
            (&many, TWO_TO_THE_100),
        ] {
            assert!(is_multiple(number, step), "{number} of {step}");
        }
        for (number, step) in [
            ("1e22", "3"),
            ("0.075", "0.01"),
            ("1", "2"),
            ("1", "0"),
            ("5e-324", "1e300"),
            ("35", "1.5"),
            ("123456789012345.001", "0.01"),
            ("1e-400", "0.01"),
            ("9007199254740993", "10"),
            ("370370367037037036703703703671", "123456789012345678901234567890"),
            ("1e99", TWO_TO_THE_100),
            ("1e999999999999", "12345678901234567890123456789"),
        ] {
            assert!(!is_multiple(number, step), "{number} of {step}");
        }
    }
}
