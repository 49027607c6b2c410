//! A body -> the headers that its vendor would send with it, for tests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::Mac as _;

use super::error::{SecretError, SignatureError};
use super::header::{check_id, check_length};
use super::mac::mac;
use super::secret::Secret;
use crate::hex;
use offhook_model::Scheme;

/// Signs as a vendor does, so that a receiver can be tested without one.
#[derive(Clone, Debug)]
pub struct Signer {
    scheme: Scheme,
    secret: Secret,
}

impl Signer {
    /// Signs with a scheme and a secret, which is written as the vendor hands it out.
    ///
    /// # Errors
    ///
    /// If the secret is blank, or not in the encoding that the scheme has.
    pub fn new(scheme: Scheme, secret: &str) -> Result<Self, SecretError> {
        Ok(Self { scheme, secret: Secret::new(scheme, secret)? })
    }

    /// Returns the headers of a delivery of `body`, signed `at` so many seconds after 1970.
    ///
    /// Only Standard Webhooks has a header for `id`, and only `VoiceBlender` none for `at`.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Malformed`] if the scheme has a header for `id` and does not allow this one.
    /// Standard Webhooks allows 1 to 8,192 visible ASCII characters other than full stops and quotes.
    pub fn sign(
        &self,
        id: &str,
        at: u64,
        body: &[u8],
    ) -> Result<Vec<(&'static str, String)>, SignatureError> {
        let scheme = self.scheme;
        if let Some(header) = scheme.id_header() {
            check_length(id.as_bytes(), header)?;
            check_id(id.as_bytes(), header)?;
        }
        let time = at.to_string();
        let preamble = match scheme {
            Scheme::VoiceBlender => String::new(),
            Scheme::StandardWebhooks => format!("{id}.{time}."),
            Scheme::Daily | Scheme::DialStack => format!("{time}."),
        };
        let signature = mac(self.secret.key(), [preamble.as_bytes(), body]).finalize().into_bytes();
        let value = match scheme {
            Scheme::Daily => STANDARD.encode(signature),
            Scheme::DialStack => format!("t={time},v1={}", hex::encode(&signature)),
            Scheme::StandardWebhooks => format!("v1,{}", STANDARD.encode(signature)),
            Scheme::VoiceBlender => format!("sha256={}", hex::encode(&signature)),
        };
        let id = scheme.id_header().map(|header| (header, id.to_owned()));
        let time = scheme.timestamp_header().map(|header| (header, time));
        Ok(id.into_iter().chain(time).chain([(scheme.signature_header(), value)]).collect())
    }
}
