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
//! every reason why, where, and what was wanted. A [`Violation`] contradicts the document; a
//! [`Notice`] goes beyond it, as an undocumented member does. In tests, [`Validator::strict`] makes
//! notices violations.
//!
//! Reports name places and kinds of values, never the values: they are fit for logs.
//!
//! The crate `offhook-receiver` verifies who sent a delivery before it asks this one.

#[cfg(test)]
mod agreement;
mod any_vendor;
mod assertions;
mod body;
mod check;
mod compile;
#[cfg(test)]
mod completeness;
mod documented;
mod doubts;
mod explain;
mod fault;
mod finding;
mod format;
mod instance;
mod judge;
mod locate;
mod made_of;
mod name;
mod naming;
mod object;
mod parse;
mod plain;
mod program;
mod quick;
mod report;
mod rules;
mod scalar;
mod schema;
mod steps;
mod subject;
mod suggest;
mod tape;
mod union;
mod validator;
mod verdicts;
mod violation;

pub use any_vendor::AnyVendor;
pub use offhook_model::SchemaError;
pub use report::{OtherDocument, Report};
pub use validator::{DEFAULT_MAX_SIZE, DEFAULT_MAX_VIOLATIONS, Validator};
pub use violation::{Code, Notice, UnknownCode, Violation};

/// The README's examples run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
