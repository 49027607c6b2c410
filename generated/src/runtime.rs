//! What generated code calls. Not for others: it changes with the generator.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;
pub use serde_json;

pub use crate::branches::{Guard, one_of};
pub use crate::check;
pub use crate::decode::{Decode, DecodeOptional, decode, decode_rest};
pub use crate::members::{Kept, Object, Only, Present, object, read_members, write_members};
pub use crate::names::Names;
pub use crate::reader::{GIVEN_UP, Reader, Rest, is_blank, named, peek};
use crate::scan::{self, MAX_DEPTH, Scanner, Token};
pub use crate::timestamp::{date_time_end, is_rfc3339};
use crate::{Maybe, RawPayload};

/// Reads a `T` from JSON text nested at most [`MAX_DEPTH`] levels deep.
///
/// `serde_json`'s own limit stops a level earlier than the validator's and is off here.
///
/// # Errors
///
/// The text is no JSON, too deep, or of another shape than `T`.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    if nests_too_deep(text) {
        return Err(serde_json::Error::custom("want at most 128 levels of nesting, got more"));
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

/// The payload that `deserializer` holds, as text.
///
/// # Errors
///
/// The deserializer is not `serde_json`'s, or its text is no JSON.
pub fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RawPayload, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(RawPayload::new)
}

/// The string at `path`, a member's name a level; the first one where names stand twice.
///
/// # Errors
///
/// There is no string at `path`; the error names it.
pub fn discriminator<'a>(text: &'a str, path: &[&str]) -> serde_json::Result<Cow<'a, str>> {
    find_string(text, path).ok_or_else(|| {
        let pointer = path.iter().fold(String::new(), |pointer, name| pointer + "/" + name);
        serde_json::Error::custom(format_args!("want the event's name, a string at `{pointer}`"))
    })
}

/// The string at `path`, if there is one; the first one where names stand twice.
pub fn find_string<'a, N: AsRef<str>>(text: &'a str, path: &[N]) -> Option<Cow<'a, str>> {
    let mut scanner = Scanner::new(text);
    let mut path = path.iter().map(AsRef::as_ref);
    let mut wanted = path.next()?;
    scanner.next().ok()?.filter(|(token, _)| *token == Token::ObjectStart)?;
    loop {
        let (Token::Name, name) = scanner.next().ok()?? else {
            return None;
        };
        let found = scan::unescape(&text[name]) == wanted;
        let (token, span) = scanner.next().ok()??;
        match (found, token) {
            (true, Token::ObjectStart) => wanted = path.next()?,
            (true, Token::String) if path.next().is_none() => {
                return Some(scan::unescape(&text[span]));
            }
            (true, _) => return None,
            (false, Token::ObjectStart | Token::ArrayStart) => scanner.skip_container().ok()?,
            (false, _) => {}
        }
    }
}

/// A field for a member that may be absent.
pub trait Optional {
    /// Whether it is.
    fn is_absent(&self) -> bool;
}

impl<T> Optional for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Optional for Maybe<T> {
    fn is_absent(&self) -> bool {
        Self::is_absent(self)
    }
}

/// The error of a value that is of another kind than those wanted.
pub fn unwanted(want: &str) -> serde_json::Error {
    serde_json::Error::custom(format_args!("want {want}"))
}

/// The error of a member that must be there, and is not.
pub fn missing<E: Error>(name: &'static str) -> E {
    E::missing_field(name)
}

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

/// What a JSON text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object.
    Object,
    /// An array.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
}

/// What the JSON text holds.
pub fn kind(text: &str) -> Kind {
    Kind::starting(text.trim_ascii_start().bytes().next().unwrap_or_default())
}

impl Kind {
    /// What a JSON text holds that begins with `byte`.
    pub(crate) fn starting(byte: u8) -> Self {
        match byte {
            b'{' => Self::Object,
            b'[' => Self::Array,
            b'"' => Self::String,
            b't' | b'f' => Self::Boolean,
            b'n' => Self::Null,
            _ => Self::Number,
        }
    }
}

/// Stands in `Debug` output for a value that may be personal.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}
