//! Numbers of schemas, exactly: those that `serde_json` can hold, and which are the same.

use serde_json::Number;

use crate::catalogue::Json;

/// Whether two values are equal as JSON Schema has it, with no number rounded.
pub(crate) fn are_equal(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            let (one, other) = (one.as_str(), other.as_str());
            one == other || decimal(one).is_some_and(|one| decimal(other) == Some(one))
        }
        (Json::Array(ones), Json::Array(others)) => all_are_equal(ones, others),
        (Json::Object(ones), Json::Object(others)) => {
            ones.len() == others.len()
                && ones
                    .iter()
                    .all(|(name, one)| others.get(name).is_some_and(|other| are_equal(one, other)))
        }
        _ => one == other,
    }
}

/// Whether the values of two lists are equal, one by one.
pub(crate) fn all_are_equal(ones: &[Json], others: &[Json]) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| are_equal(one, other))
}

/// Returns the number that `text` spells; `None` if neither 64 bits nor a double's own shortest
/// spelling hold it. Other numbers than these never become equal.
pub(crate) fn exact(text: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(text).ok()?;
    if !number.is_f64() {
        return Some(number);
    }
    let double = number.as_f64()?;
    let written = decimal(&number.to_string())?;
    if decimal(text)? != written {
        return None;
    }
    // `10.0` is `10`: an integer is always spelled as one.
    let (is_negative, digits, exponent) = written;
    match usize::try_from(exponent) {
        _ if double == 0.0 => Some(0.into()),
        Ok(zeros) if digits.len() + zeros <= 18 => {
            let integer = [&digits, "0".repeat(zeros).as_str()].concat().parse::<i64>().ok()?;
            Some(if is_negative { -integer } else { integer }.into())
        }
        _ => Some(number),
    }
}

/// Returns a number's sign, its digits without zeros at either end, and the power of ten that they
/// are to be multiplied by.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [integer, fraction].concat();
    let significant = all.trim_end_matches('0');
    let digits = significant.trim_start_matches('0').to_owned();
    if digits.is_empty() {
        return Some((false, digits, 0));
    }
    let zeros = i64::try_from(all.len() - significant.len()).ok()?;
    let scale = i64::try_from(fraction.len()).ok()?;
    let exponent = exponent.parse::<i64>().ok()?.checked_add(zeros)?.checked_sub(scale)?;
    Some((is_negative, digits, exponent))
}

#[cfg(test)]
mod tests {
    use super::{are_equal, exact};

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
    fn equality_rounds_no_number() {
        let json = |text: &str| offhook_model::json::parse(text).expect("JSON");
        let are_equal = |one, other| are_equal(&json(one), &json(other));
        assert!(are_equal("[1.0, {\"a\": 1e1, \"b\": null}]", "[1, {\"b\": null, \"a\": 10}]"));
        assert!(!are_equal("9007199254740993.0", "9007199254740992"));
        assert!(!are_equal("[0.1000000000000000000001]", "[0.1]"));
        assert!(!are_equal("{\"a\": 1}", "{\"b\": 1}"));
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
