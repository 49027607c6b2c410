//! Headers and raw bytes of a delivery -> whether its vendor sent it, or why that cannot be said.
//!
//! ```
//! use offhook_receiver::signature::{Scheme, SignatureError, Signer, Verifier};
//!
//! let body = br#"{"id":"evt_01","type":"call.end"}"#;
//! // Once. During a rotation both secrets are given; either makes a delivery genuine.
//! let verifier = Verifier::new(Scheme::DialStack, ["new secret", "old secret"])?;
//!
//! // What the vendor does, and what a test does in its place.
//! let now = 1_705_312_530;
//! let headers = Signer::new(Scheme::DialStack, "old secret")?.sign("evt_01", now, body)?;
//! assert!(headers[0].1.starts_with("t=1705312530,v1="));
//!
//! // In tests the clock is theirs; otherwise it is the system's.
//! let verifier = verifier.with_clock(move || i64::try_from(now).unwrap_or(i64::MAX));
//! let genuine = verifier.verify(headers.clone(), body)?;
//! assert_eq!(genuine.secret(), 1);
//!
//! // With what was parsed and written again, no signature matches; the error says what is wrong.
//! let again = br#"{ "id": "evt_01", "type": "call.end" }"#;
//! let error = verifier.verify(headers, again).unwrap_err();
//! assert!(matches!(error, SignatureError::NoMatch { mistake: Some(_), .. }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Signatures are of the bytes as they came: verify before anything parses them. Headers are any
//! pairs of a name and a value, such as `&HeaderMap` of the `http` crate; a name's case is of no
//! matter.
//!
//! Every secret is held against every signature, in constant time and without an early exit.
//! Secrets are overwritten when dropped, and neither `Debug` nor an error shows them, nor the
//! signature that would have been right.

mod clock;
mod diagnose;
mod error;
mod header;
mod mac;
mod mistake;
mod reserialize;
mod secret;
mod sign;
#[cfg(test)]
mod tests;
mod verify;

pub use error::{SecretError, SignatureError};
pub use mistake::Mistake;
pub use offhook_model::{Scheme, UnknownScheme};
pub use sign::Signer;
pub use verify::{DEFAULT_TOLERANCE, Genuine, Verifier};
