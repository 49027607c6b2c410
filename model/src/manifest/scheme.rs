//! Signature schemes as data: what each is called, and which headers it uses.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// How a vendor signs its deliveries. Every scheme is an HMAC-SHA256 over the raw body and, but for
/// one, the time of signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `X-Webhook-Timestamp: <seconds>` and `X-Webhook-Signature: <base64>`, over
    /// `<seconds>.<body>`; the key is the secret decoded from base64.
    ///
    /// Daily documents this only in part. That the signature is padded base64 is inferred, and so
    /// is the timestamp's unit: of Daily's dial-in webhooks both seconds and milliseconds since
    /// 1970 are told, so from 100,000,000,000 on it is taken for milliseconds. Try it with a
    /// delivery of your own account before you rely on it.
    Daily,
    /// `X-DialStack-Signature: t=<seconds>,v1=<hex>`, over `<seconds>.<body>`; the key is the
    /// secret's text. Several `v1` may stand there; those that are not 64 hex digits are skipped.
    DialStack,
    /// `webhook-id`, `webhook-timestamp: <seconds>` and `webhook-signature: v1,<base64>`, over
    /// `<id>.<seconds>.<body>`, as [Standard Webhooks](https://www.standardwebhooks.com) has it;
    /// the key is the secret decoded from base64, without the `whsec_` before it. Several
    /// signatures may stand there, a space apart. Asymmetric ones (`v1a`) are skipped, and so are
    /// those that are not base64 of 32 bytes.
    ///
    /// An id is visible ASCII without full stops, spaces and quotes, as the specification has it.
    /// With a full stop in it, an old delivery could be shown again with another time.
    StandardWebhooks,
    /// `X-Signature-256: sha256=<hex>`, over the body; the key is the secret's text.
    ///
    /// No time is signed: a recorded delivery is genuine for ever. Only the event's id tells a
    /// replay from the first delivery.
    VoiceBlender,
}

impl Scheme {
    /// Every scheme, in alphabetical order.
    pub const ALL: &[Self] =
        &[Self::Daily, Self::DialStack, Self::StandardWebhooks, Self::VoiceBlender];

    /// The scheme's name, as a vendor's `vendor.json` has it in `"signature"`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::DialStack => "dialstack",
            Self::StandardWebhooks => "standard-webhooks",
            Self::VoiceBlender => "voiceblender",
        }
    }

    /// The header that holds the signatures, in the vendor's spelling.
    pub fn signature_header(self) -> &'static str {
        match self {
            Self::Daily => "X-Webhook-Signature",
            Self::DialStack => "X-DialStack-Signature",
            Self::StandardWebhooks => "webhook-signature",
            Self::VoiceBlender => "X-Signature-256",
        }
    }

    /// The header that names the account of the event, where the vendor sends one. It is not signed.
    pub fn account_header(self) -> Option<&'static str> {
        (self == Self::DialStack).then_some("X-DialStack-Account-Id")
    }

    /// The header that holds the time of signing, where that is a header of its own.
    pub fn timestamp_header(self) -> Option<&'static str> {
        match self {
            Self::Daily => Some("X-Webhook-Timestamp"),
            Self::StandardWebhooks => Some("webhook-timestamp"),
            Self::DialStack | Self::VoiceBlender => None,
        }
    }

    /// The header whose text is signed before the time, if there is one.
    pub fn id_header(self) -> Option<&'static str> {
        (self == Self::StandardWebhooks).then_some("webhook-id")
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scheme {
    type Err = UnknownScheme;

    /// Returns the scheme of that [`name`](Self::name).
    fn from_str(name: &str) -> Result<Self, UnknownScheme> {
        Self::ALL.iter().copied().find(|scheme| scheme.name() == name).ok_or(UnknownScheme)
    }
}

/// No scheme has that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownScheme;

impl fmt::Display for UnknownScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("want one of")?;
        for (index, scheme) in Scheme::ALL.iter().enumerate() {
            write!(f, "{} \"{scheme}\"", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl Error for UnknownScheme {}
