//! Reads an instance of the corpus from a line of `instances.ndjson`.

use serde::{Deserialize, Serialize};

/// A payload to be judged.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// The kind and a name within its set, as `mutant/call.end/7`.
    pub name: String,
    /// The payload, if it is UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The payload's bytes, if it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Vec<u8>>,
    /// The right verdict, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<bool>,
    /// The payload schema to judge it by, if payloads do not name their event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

impl Instance {
    /// An instance without a known verdict.
    pub fn new(name: String, body: Vec<u8>) -> Self {
        let (text, bytes) = match String::from_utf8(body) {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(error.into_bytes())),
        };
        Self { name, text, bytes, ..Self::default() }
    }

    /// Returns the payload.
    pub fn body(&self) -> &[u8] {
        let text = self.text.as_deref().map(str::as_bytes);
        text.or(self.bytes.as_deref()).unwrap_or_default()
    }
}
