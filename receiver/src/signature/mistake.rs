//! The usual mistakes of receivers, as an error names them.

use std::fmt;

/// What receivers usually do wrong when nothing matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mistake {
    /// The body ends with a line break that the sender did not sign.
    NewlineAdded,
    /// The body lacks the line break at its end that the sender signed.
    NewlineRemoved,
    /// The body was parsed and written again: the same JSON, other bytes.
    Reserialized,
    /// There is white space around the secret that is none of it.
    SecretPadded,
    /// The scheme decodes the secret; this sender uses its text, as it stands.
    SecretVerbatim,
    /// The sender uses the secret's text without the `whsec_` before it.
    SecretPrefixed,
    /// The secret is the hex of the key that the sender uses.
    SecretInHex,
    /// The secret is the base64 of the key that the sender uses.
    SecretInBase64,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NewlineAdded => "without the line break at the end of the body one would",
            Self::NewlineRemoved => "with a line break at the end of the body one would",
            Self::Reserialized => {
                "the body was parsed and written again, want the bytes as they came"
            }
            Self::SecretPadded => "without the white space around the secret one would",
            Self::SecretVerbatim => "with the secret's text as it stands, not decoded, one would",
            Self::SecretPrefixed => "with the secret's text without its \"whsec_\" one would",
            Self::SecretInHex => "with the secret decoded from hex one would",
            Self::SecretInBase64 => "with the secret decoded from base64 one would",
        })
    }
}
