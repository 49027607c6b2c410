//! A key and parts of a body -> their HMAC, and whether a signature is that.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::header::SignedHeaders;

/// The keyed hash of `parts`, one after the other; what it makes of them only its methods tell.
pub(super) fn mac<'a>(key: &[u8], parts: impl IntoIterator<Item = &'a [u8]>) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(key).expect("a key of HMAC may have any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// Whether a signature in the headers is that of the body, given in parts, with the key. All are
/// compared, each in constant time.
pub(super) fn matches(signed: &SignedHeaders, key: &[u8], body: &[&[u8]]) -> bool {
    let preamble = signed.preamble.as_slice();
    let mac = mac(key, [preamble].into_iter().chain(body.iter().copied()));
    let mut any = false;
    for signature in &signed.signatures {
        any |= mac.clone().verify_slice(signature).is_ok();
    }
    any
}
