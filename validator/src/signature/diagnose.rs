//! A delivery that matches nothing -> the usual mistake without which it would have matched.
//!
//! Each mistake is undone, alone, and the signatures are compared again, in constant time. Who
//! learns the outcome learns nothing of the right signature: only one made with a right key, or
//! with what somebody takes for it, has an outcome at all.

use std::fmt;

use super::header::Claim;
use super::rewrite::rewritten;
use super::secret::{Key, Secret};
use super::verify::matches;

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

/// A key that somebody may make of the secret, if it can be made.
type Other = fn(&Secret) -> Option<Key>;

/// The first mistake without which a signature would have matched.
pub(super) fn mistake(claim: &Claim, secrets: &[Secret], body: &[u8]) -> Option<Mistake> {
    let of_body =
        |parts: &[&[u8]]| secrets.iter().any(|secret| matches(claim, secret.key(), parts));
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
        if keys.into_iter().any(|key| matches(claim, &key, &[body])) {
            return Some(mistake);
        }
    }
    let mut bodies = rewritten(body).filter(|rewritten| rewritten != body);
    bodies.any(|body| of_body(&[&body])).then_some(Mistake::Reserialized)
}
