//! A delivery that matches nothing -> the usual mistake without which it would have matched.
//!
//! Each mistake is undone, alone, and the signatures are compared again, in constant time. Who
//! learns the outcome learns nothing of the right signature: only one made with a right key, or
//! with what somebody takes for it, has an outcome at all.

use super::header::SignedHeaders;
use super::mac::matches;
use super::mistake::Mistake;
use super::reserialize::rewritten;
use super::secret::{Key, Secret};

/// A key that somebody may make of the secret, if it can be made.
type Other = fn(&Secret) -> Option<Key>;

/// The first mistake without which a signature would have matched.
pub(super) fn mistake(signed: &SignedHeaders, secrets: &[Secret], body: &[u8]) -> Option<Mistake> {
    let of_body =
        |parts: &[&[u8]]| secrets.iter().any(|secret| matches(signed, secret.key(), parts));
    let stripped = body.strip_suffix(b"\n");
    let bare = stripped.map(|body| body.strip_suffix(b"\r").unwrap_or(body));
    if [stripped, bare].into_iter().flatten().any(|body| of_body(&[body])) {
        return Some(Mistake::NewlineAdded);
    }
    if [b"\n".as_slice(), b"\r\n"].into_iter().any(|end| of_body(&[body, end])) {
        return Some(Mistake::NewlineRemoved);
    }
    let others: [(Mistake, Other); 5] = [
        (Mistake::SecretPadded, Secret::trimmed),
        (Mistake::SecretVerbatim, |secret| Some(secret.verbatim())),
        (Mistake::SecretPrefixed, Secret::unprefixed),
        (Mistake::SecretInHex, Secret::hex_decoded),
        (Mistake::SecretInBase64, Secret::base64_decoded),
    ];
    for (mistake, other) in others {
        // An empty key is nobody's: with it anybody could sign, and be told so.
        let keys = secrets.iter().filter_map(other).filter(|key| !key.is_empty());
        if keys.into_iter().any(|key| matches(signed, &key, &[body])) {
            return Some(mistake);
        }
    }
    let mut bodies = rewritten(body).filter(|rewritten| rewritten != body);
    bodies.any(|body| of_body(&[&body])).then_some(Mistake::Reserialized)
}
