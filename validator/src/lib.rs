//! Webhook payloads checked against their vendor's document.
//!
//! ```
//! use offhook::dialstack;
//! use offhook_validator::Validator;
//!
//! let body = br#"{
//!     "id": "evt_01", "type": "recording.available", "created_at": "2026-01-15T14:35:35Z",
//!     "account_id": "acct_01", "data": { "call_id": "call_01", "duration_seconds": 325 }
//! }"#;
//! let validator = Validator::new(dialstack::SCHEMA)?; // once
//! let event: dialstack::Event = validator.decode(body)?; // typed, or Err with every violation
//! let report = validator.validate(body); // violations and notices, in document order
//! let (event, report) = validator.decode_lenient::<dialstack::Event>(body)?; // with what deviates
//! assert!(report.is_valid());
//! assert_eq!(event.name(), "recording.available");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! If a payload decodes, it conforms to the vendor's document; if it does not, the [`Report`] says
//! every reason why, where, and what was expected. A [`Violation`] contradicts the document; a
//! [`Notice`] goes beyond it, as an undocumented member does. In tests, [`Validator::strict`] makes
//! notices violations.
//!
//! Reports name places and kinds of values, never the values: they are fit for logs.
//!
//! The crate `offhook-receiver` verifies who sent a delivery before it asks this one.

mod budget;
mod evaluate;
mod fast_path;
mod json;
mod report;
mod schemas;
mod validator;

pub use offhook_model::{Expected, SchemaError};
pub use report::violation::{Code, Notice, UnknownCode, Violation};
pub use report::{OtherDocument, Report};
pub use validator::any_vendor::AnyVendor;
pub use validator::{DEFAULT_MAX_SIZE, DEFAULT_MAX_VIOLATIONS, Validator};

/// The README's examples run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
