//! Why a delivery is not taken for genuine, and why a secret is none.

use std::error::Error;
use std::fmt;

use super::mistake::Mistake;

/// Why a delivery cannot be taken for its vendor's.
///
/// `Display` is fit for logs: it holds no secret, no signature and nothing of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// A header that the scheme needs is not there: the delivery is unsigned.
    #[non_exhaustive]
    Missing {
        /// The name of the header, in the vendor's spelling.
        header: &'static str,
    },
    /// A header is there and is not as the scheme has it.
    #[non_exhaustive]
    Malformed {
        /// The name of the header, in the vendor's spelling.
        header: &'static str,
        /// What was wanted of it.
        want: &'static str,
    },
    /// The delivery was signed longer ago than is tolerated; it may be a replay.
    #[non_exhaustive]
    TooOld {
        /// How long ago it was signed, in seconds.
        seconds: u64,
        /// How long is tolerated, in seconds.
        tolerance: u64,
    },
    /// The delivery was signed further ahead than is tolerated: one of the two clocks is wrong.
    #[non_exhaustive]
    TooNew {
        /// How far ahead it was signed, in seconds.
        seconds: u64,
        /// How far is tolerated, in seconds.
        tolerance: u64,
    },
    /// The headers are in order, and no signature is that of the body with any secret.
    #[non_exhaustive]
    NoMatch {
        /// The usual mistake without which one would have matched, if it is one of those.
        mistake: Option<Mistake>,
    },
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { header } => write!(f, "expected the header {header}, found none"),
            Self::Malformed { header, want } => write!(f, "want {want} in the header {header}"),
            Self::TooOld { seconds, tolerance } => {
                write!(
                    f,
                    "expected a signature at most {tolerance} s old, found one of {seconds} s ago"
                )
            }
            Self::TooNew { seconds, tolerance } => {
                write!(
                    f,
                    "expected a signature at most {tolerance} s ahead, found one {seconds} s ahead"
                )
            }
            Self::NoMatch { mistake: None } => {
                f.write_str("no signature matches the body with any secret")
            }
            Self::NoMatch { mistake: Some(mistake) } => {
                write!(f, "no signature matches the body with any secret: {mistake}")
            }
        }
    }
}

impl Error for SignatureError {}

/// Why a text is not the secret of a scheme. It does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// There is no secret at all.
    None,
    /// The secret is empty, blank, or stands for no bytes: anybody could sign with it.
    Blank,
    /// The scheme's secrets are base64, with or without `whsec_` before it; this is not.
    NotBase64,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "expected a secret, found none",
            Self::Blank => "expected a secret, found a blank one",
            Self::NotBase64 => "expected a secret in base64, found other text",
        })
    }
}

impl Error for SecretError {}
