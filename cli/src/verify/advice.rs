//! Why a delivery is not genuine into what to do about it, and into words for scripts.

use offhook_receiver::signature::{Mistake, SignatureError};

/// What to do where there is no signature.
pub(super) const UNSIGNED: &str = "\
    Nobody has signed this, or something on the way has taken the header away: a proxy, or whatever \
    saved it. A receiver must refuse it.";

/// What to do about it.
pub(super) fn advice(error: &SignatureError) -> &'static str {
    match error {
        SignatureError::Missing { .. } => UNSIGNED,
        SignatureError::Malformed { .. } => {
            "Compare the header with what the vendor's document shows: something on the way may have \
             changed it, or the delivery is another vendor's."
        }
        SignatureError::TooOld { .. } => {
            "A receiver must refuse it, as it may be a replay. Of an old capture, --any-time verifies \
             the rest."
        }
        SignatureError::TooNew { .. } => {
            "One of the two clocks is wrong: look at this machine's first. --any-time verifies the rest."
        }
        SignatureError::NoMatch { mistake: None, .. } => {
            "Is the secret that of this endpoint, as the vendor's console shows it? Is the body what \
             came over the wire, byte for byte?"
        }
        SignatureError::NoMatch { mistake: Some(mistake), .. } => of_mistake(*mistake),
        _ => "A receiver must refuse it.",
    }
}

fn of_mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::NewlineAdded => {
            "Whatever saved the body has added the line break; in a receiver, take the body before \
             anything reads it as text."
        }
        Mistake::NewlineRemoved => {
            "Whatever saved the body has cut the line break off; in a receiver, take the body before \
             anything reads it as text."
        }
        Mistake::Reserialized => {
            "Take the raw bytes of the body, before the framework parses them."
        }
        Mistake::SecretPadded => "Store the secret without it.",
        Mistake::SecretVerbatim => "This sender's scheme is another one than its document's.",
        Mistake::SecretPrefixed => "Store the secret without \"whsec_\".",
        Mistake::SecretInHex | Mistake::SecretInBase64 => {
            "Store the secret as the vendor's console shows it, or decoded as this sender does."
        }
        _ => "Mend that, and try again.",
    }
}

/// What is wrong, for scripts.
pub(super) fn code(error: &SignatureError) -> &'static str {
    match error {
        SignatureError::Missing { .. } => "missing",
        SignatureError::Malformed { .. } => "malformed",
        SignatureError::TooOld { .. } => "too_old",
        SignatureError::TooNew { .. } => "too_new",
        SignatureError::NoMatch { .. } => "no_match",
        _ => "other",
    }
}

/// The header that is wrong.
pub(super) fn header(error: &SignatureError) -> Option<&'static str> {
    match error {
        SignatureError::Missing { header, .. } | SignatureError::Malformed { header, .. } => {
            Some(header)
        }
        _ => None,
    }
}

/// The usual mistake, for scripts.
pub(super) fn mistake(error: &SignatureError) -> Option<&'static str> {
    let SignatureError::NoMatch { mistake: Some(mistake), .. } = error else { return None };
    Some(match mistake {
        Mistake::NewlineAdded => "newline_added",
        Mistake::NewlineRemoved => "newline_removed",
        Mistake::Reserialized => "reserialized",
        Mistake::SecretPadded => "secret_padded",
        Mistake::SecretVerbatim => "secret_verbatim",
        Mistake::SecretPrefixed => "secret_prefixed",
        Mistake::SecretInHex => "secret_in_hex",
        Mistake::SecretInBase64 => "secret_in_base64",
        _ => "other",
    })
}
