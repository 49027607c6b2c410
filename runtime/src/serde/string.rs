//! Values that are made of a string.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads a string and makes a value of it, without keeping the string.
///
/// # Errors
///
/// No string, or what `make` says.
pub fn text<'de, D, T, E>(
    deserializer: D,
    make: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: fmt::Display,
{
    struct Text<F>(F);

    impl<T, E: fmt::Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Text<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<S: Error>(self, text: &str) -> Result<T, S> {
            (self.0)(text).map_err(S::custom)
        }
    }

    deserializer.deserialize_str(Text(make))
}
