//! The text of a secret -> the key that its scheme signs with. Both are overwritten when dropped.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::error::SecretError;
use crate::hex;
use offhook_model::Scheme;

/// What stands before the base64 of a secret of Standard Webhooks.
const PREFIX: &str = "whsec_";

pub(super) type Key = Zeroizing<Vec<u8>>;

/// A key, and the text it was made from, of which a diagnosis makes other keys.
#[derive(Clone)]
pub(super) struct Secret {
    text: Zeroizing<String>,
    key: Key,
}

impl Secret {
    pub(super) fn new(scheme: Scheme, text: &str) -> Result<Self, SecretError> {
        if text.trim().is_empty() {
            return Err(SecretError::Blank);
        }
        let key = match scheme {
            Scheme::DialStack | Scheme::VoiceBlender => verbatim(text),
            Scheme::Daily => base64(text).ok_or(SecretError::NotBase64)?,
            Scheme::StandardWebhooks => {
                base64(text.strip_prefix(PREFIX).unwrap_or(text)).ok_or(SecretError::NotBase64)?
            }
        };
        if key.is_empty() {
            return Err(SecretError::Blank);
        }
        Ok(Self { text: Zeroizing::new(text.to_owned()), key })
    }

    pub(super) fn key(&self) -> &[u8] {
        &self.key
    }

    /// The text just as it stands, as a key.
    pub(super) fn verbatim(&self) -> Key {
        verbatim(&self.text)
    }

    /// The text without the white space around it; none if there is none.
    pub(super) fn trimmed(&self) -> Option<Key> {
        let trimmed = self.text.trim();
        (trimmed.len() < self.text.len()).then(|| verbatim(trimmed))
    }

    /// The text without its prefix, as it stands; none if it has none.
    pub(super) fn unprefixed(&self) -> Option<Key> {
        self.text.strip_prefix(PREFIX).map(verbatim)
    }

    /// What the text is the hex of, if it is; a prefix is passed over.
    pub(super) fn hex_decoded(&self) -> Option<Key> {
        let lowercase = Zeroizing::new(self.bare().to_ascii_lowercase());
        hex::decode(lowercase.as_bytes()).map(Zeroizing::new)
    }

    /// What the text is the base64 of, if it is; a prefix is passed over.
    pub(super) fn base64_decoded(&self) -> Option<Key> {
        base64(self.bare())
    }

    fn bare(&self) -> &str {
        let text = self.text.trim();
        text.strip_prefix(PREFIX).unwrap_or(text)
    }
}

/// Nothing of a secret is shown, not even its length.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

fn verbatim(text: &str) -> Key {
    Zeroizing::new(text.as_bytes().to_vec())
}

fn base64(text: &str) -> Option<Key> {
    STANDARD.decode(text).ok().map(Zeroizing::new)
}
