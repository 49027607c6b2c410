//! Numbers of schemas that `serde_json` can hold exactly.

use offhook_runtime::value::decimal::Decimal;
use serde_json::Number;

/// Returns the number that `text` spells; `None` if neither 64 bits nor a double's own shortest
/// spelling hold it. Other numbers than these never become equal.
pub(crate) fn exact(text: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(text).ok()?;
    if !number.is_f64() {
        return Some(number);
    }
    let exact = Decimal::new(text);
    if exact != Decimal::new(&number.to_string()) {
        return None;
    }
    // `10.0` is `10`: an integer is always spelled as one.
    let integer = exact.to_i128().and_then(|integer| i64::try_from(integer).ok());
    Some(integer.map_or(number, Number::from))
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn a_number_in_another_spelling_is_the_same() {
        for (text, same) in [
            ("10", "10"),
            ("10.0", "10"),
            ("1e1", "10"),
            ("100e-1", "10"),
            ("-0.0", "0"),
            ("-2.50", "-2.5"),
            ("0.1", "0.1"),
            ("1E-1", "0.1"),
            ("18446744073709551615", "18446744073709551615"),
            ("1e20", "1e+20"),
        ] {
            assert_eq!(exact(text).map(|it| it.to_string()).as_deref(), Some(same), "{text}");
        }
    }

    #[test]
    fn a_number_that_would_be_rounded_is_refused() {
        for text in [
            "18446744073709551617",
            "9007199254740993.0",
            "0.1000000000000000000001",
            "1e400",
            "1e-400",
            "1e99999999999999999999",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
    }
}
