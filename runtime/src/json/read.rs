//! JSON text into values by serde, as deep as the [scanner](crate::json::scan) goes.

use serde::Deserialize;
use serde::de::Error as _;

use crate::json::scan::MAX_DEPTH;

/// Reads a `T` from JSON text nested at most [`MAX_DEPTH`] levels deep.
///
/// `serde_json`'s own limit stops a level earlier than the validator's and is off here.
///
/// # Errors
///
/// The text is no JSON, too deep, or of another shape than `T`.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    if nests_too_deep(text) {
        return Err(serde_json::Error::custom(
            "expected at most 128 levels of nesting, found more",
        ));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let value = T::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Counts brackets outside strings. In a text that is no JSON the count may be off, but never too
/// low for how deep a reader descends before it meets the fault.
fn nests_too_deep(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0u32, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}
