//! A payload's own text, kept for events that the vendor's document does not know.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::read;

/// A payload as its sender wrote it, down to the white space.
///
/// [`Debug`](fmt::Debug) shows only its length: nothing tells which parts of an undocumented
/// payload are personal.
#[derive(Clone)]
pub struct RawPayload(Box<RawValue>);

impl RawPayload {
    /// The JSON text.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The payload read as `T`, such as a [`serde_json::Value`] or a type of your own.
    ///
    /// # Errors
    ///
    /// The payload has another shape than `T`.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> serde_json::Result<T> {
        read(self.as_str())
    }
}

/// The payload that `deserializer` holds, as text.
///
/// # Errors
///
/// The deserializer is not `serde_json`'s, or its text is no JSON.
pub fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RawPayload, D::Error> {
    RawPayload::deserialize(deserializer)
}

/// Equal when the texts are.
impl PartialEq for RawPayload {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RawPayload {}

impl fmt::Debug for RawPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.as_str().len())
    }
}

impl Serialize for RawPayload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawPayload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}
