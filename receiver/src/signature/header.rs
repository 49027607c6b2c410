//! Headers -> what was signed besides the body, and the signatures.
//!
//! Strict, so that no two texts mean the same signature. One of several signatures that does not
//! parse is skipped: a sender may add a kind of signature that is not known here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::SignatureError;
use crate::hex;
use offhook_model::Scheme;

/// The length of a signature, which is the output of SHA-256.
pub(super) const LENGTH: usize = 32;

/// What of Daily's times is milliseconds: as seconds it were in the year 5138, and as milliseconds
/// it is in 1973.
const LEAST_MILLISECONDS: u64 = 100_000_000_000;

/// How long a header may be: room for dozens of signatures, each of which is compared.
const LONGEST: usize = 8192;

const HEX: &str = "64 lowercase hex digits";

/// What a delivery's headers claim.
#[derive(Default)]
pub(super) struct SignedHeaders {
    /// What stands before the body in what is signed: id and time, each with a full stop after it.
    ///
    /// Neither has a full stop in it. What is signed can be read in one way only, so no header can
    /// move the boundary between id, time and body.
    ///
    /// The time is the header's own text: written anew it might differ from what was signed.
    pub(super) preamble: Vec<u8>,
    /// When it was signed, in seconds since 1970; none if the scheme does not say.
    pub(super) at: Option<u64>,
    /// At least one.
    pub(super) signatures: Vec<[u8; LENGTH]>,
}

impl SignedHeaders {
    pub(super) fn read<N: AsRef<str>, V: AsRef<[u8]>>(
        scheme: Scheme,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, SignatureError> {
        let mut signed = Self::default();
        for (header, value) in pick(scheme, headers)? {
            let value = value.as_ref();
            check_length(value, header)?;
            if Some(header) == scheme.id_header() {
                check_id(value, header)?;
                signed.sign_too(value);
            } else if Some(header) == scheme.timestamp_header() {
                signed.take_time(scheme, value, header)?;
            } else {
                signed.take_signatures(scheme, value)?;
            }
        }
        Ok(signed)
    }

    fn sign_too(&mut self, text: &[u8]) {
        self.preamble.extend_from_slice(text);
        self.preamble.push(b'.');
    }

    fn take_time(
        &mut self,
        scheme: Scheme,
        text: &[u8],
        header: &'static str,
    ) -> Result<(), SignatureError> {
        let want = "the time of signing in seconds since 1970";
        let time = number(text).ok_or(SignatureError::Malformed { header, want })?;
        let is_in_milliseconds = scheme == Scheme::Daily && time >= LEAST_MILLISECONDS;
        self.at = Some(if is_in_milliseconds { time / 1000 } else { time });
        self.sign_too(text);
        Ok(())
    }

    fn take_signatures(&mut self, scheme: Scheme, value: &[u8]) -> Result<(), SignatureError> {
        let header = scheme.signature_header();
        let malformed = |want| SignatureError::Malformed { header, want };
        let mut want = "a signature of version v1";
        let mut take = |signature: Option<Vec<u8>>, form| {
            want = form;
            self.signatures
                .extend(signature.and_then(|bytes| <[u8; LENGTH]>::try_from(bytes).ok()));
        };
        match scheme {
            Scheme::Daily => take(base64(value), "base64 of 32 bytes"),
            Scheme::VoiceBlender => {
                let digits = value.strip_prefix(b"sha256=").ok_or(malformed("\"sha256=\""))?;
                take(hex::decode(digits), HEX);
            }
            Scheme::StandardWebhooks => {
                // Other versions are for other receivers.
                let ours = value.split(|&byte| byte == b' ').filter_map(|s| s.strip_prefix(b"v1,"));
                for signature in ours {
                    take(base64(signature), "base64 of 32 bytes after \"v1,\"");
                }
            }
            Scheme::DialStack => {
                let mut time = None;
                for item in value.split(|&byte| byte == b',') {
                    if let Some(digits) = item.strip_prefix(b"v1=") {
                        take(hex::decode(digits), HEX);
                    } else if let Some(text) = item.strip_prefix(b"t=")
                        && time.replace(text).is_some()
                    {
                        return Err(malformed("one \"t=\""));
                    }
                }
                self.take_time(scheme, time.ok_or(malformed("\"t=\""))?, header)?;
            }
        }
        if self.signatures.is_empty() { Err(malformed(want)) } else { Ok(()) }
    }
}

/// Fails if a header is longer than any that is read.
pub(super) fn check_length(value: &[u8], header: &'static str) -> Result<(), SignatureError> {
    if value.len() > LONGEST {
        return Err(SignatureError::Malformed { header, want: "at most 8192 bytes" });
    }
    Ok(())
}

/// Fails unless an id is one of Standard Webhooks: visible ASCII without full stops and quotes.
///
/// With a full stop, the time could be read as part of the body. An old delivery would be genuine
/// again, with the time at the end of its id.
pub(super) fn check_id(id: &[u8], header: &'static str) -> Result<(), SignatureError> {
    let is_of_id = |byte: &u8| byte.is_ascii_graphic() && !b".\"'`".contains(byte);
    if id.is_empty() || !id.iter().all(is_of_id) {
        let want = "an id of visible ASCII characters other than full stops, spaces and quotes";
        return Err(SignatureError::Malformed { header, want });
    }
    Ok(())
}

/// The headers of the scheme, each with its one value, in the order in which they are signed.
fn pick<N: AsRef<str>, V: AsRef<[u8]>>(
    scheme: Scheme,
    headers: impl IntoIterator<Item = (N, V)>,
) -> Result<Vec<(&'static str, V)>, SignatureError> {
    let wanted = [scheme.id_header(), scheme.timestamp_header(), Some(scheme.signature_header())];
    let mut found: Vec<_> = wanted.into_iter().flatten().map(|header| (header, None)).collect();
    for (name, value) in headers {
        let is_it = |header: &str| header.eq_ignore_ascii_case(name.as_ref());
        let Some((header, slot)) = found.iter_mut().find(|(header, _)| is_it(header)) else {
            continue;
        };
        if slot.replace(value).is_some() {
            // Which one a proxy or a framework would have taken is anybody's guess.
            return Err(SignatureError::Malformed { header, want: "one value" });
        }
    }
    let value = |(header, value): (_, Option<V>)| match value {
        Some(value) => Ok((header, value)),
        None => Err(SignatureError::Missing { header }),
    };
    found.into_iter().map(value).collect()
}

/// The number that decimal digits stand for, and nothing else: no sign, no space.
fn number(text: &[u8]) -> Option<u64> {
    let is_decimal = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text).ok().filter(|_| is_decimal)?.parse().ok()
}

/// The bytes of padded, canonical base64.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
