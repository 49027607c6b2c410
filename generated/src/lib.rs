//! Typed telephony webhooks: what a vendor's document says, as Rust.
//!
//! Every type here is generated from JSON Schemas that transcribe the vendors' documents. Plain
//! serde reads them tolerantly, so that production loses no event over a new value or field; the
//! `offhook-validator` crate reads them exactly, and reports every deviation with its place.
//!
//! ```
//! # #[cfg(feature = "dialstack")] {
//! use offhook::dialstack::Event;
//! use offhook::visible;
//!
//! let body = br#"{
//!     "id": "evt_01", "type": "recording.available", "created_at": "2026-01-15T14:35:35Z",
//!     "account_id": "acct_01", "data": { "call_id": "call_01", "duration_seconds": 325 }
//! }"#;
//! match serde_json::from_slice(body)? {
//!     Event::RecordingAvailable(event) => {
//!         assert_eq!(event.data.call_id, "call_01");
//!         assert_eq!(event.data.duration_seconds, 325);
//!     }
//!     // A sender can name an event as it likes: do not log the name raw.
//!     Event::Unknown(event) => eprintln!("{} is not documented", visible(&event.name)),
//!     event => eprintln!("{} needs no action", event.name()),
//! }
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # What to expect of the types
//!
//! - An event is a struct; its fields have the wire's names, in the document's order.
//! - A vocabulary is an open enum: `Unknown` keeps a value that the document does not list.
//! - `Option` is for what may be missing, [`Maybe`] for what may be missing or null.
//! - A [`Timestamp`] keeps the sender's text; the features `jiff`, `chrono` and `time` convert it.
//! - [`Number`] and [`Integer`] write back what they read.
//! - A union is an enum with a variant a kind of JSON, or a branch; members without a field, where
//!   the document expects some, are in `additional_properties`.
//! - `Display` of an open enum or a [`Timestamp`] escapes invisible characters; `as_str` does not.
//!   Show other text of a payload, such as ids, through [`visible`].
//! - `Debug` shows no phone numbers, names, transcripts or addresses; [`Unredacted`] does.
//! - Everything known serialises back to the JSON that it came from; undocumented fields are
//!   dropped, except in an event that is unknown as a whole.
//!
//! [`Example`]s of every event come along, for the tests of receivers.
//!
//! An `Event` reads its text twice, so it needs `serde_json`, and it does not read inside types
//! with `#[serde(flatten)]` or `#[serde(untagged)]`, which lose the text.
//!
//! # Features
//!
//! A vendor each, all on by default: `daily`, `dialstack`, `voiceblender`. `jiff`, `chrono`, `time`:
//! timestamps as values of these crates. `schemars`: `JsonSchema` for every type, giving back the
//! transcribed schema. Without features the crate depends on serde, `serde_json` and
//! its own `offhook-runtime`.

// Generated code names its runtime the same way in every crate.
extern crate self as offhook;

mod branches;
#[doc(hidden)]
pub mod bundle;
pub mod check;
mod decode;
mod decoders;
mod error;
mod example;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub mod json_schema;
#[doc(hidden)]
pub mod lex;
mod macros;
mod maybe;
mod members;
mod names;
mod number;
mod payload;
mod raw;
mod reader;
#[doc(hidden)]
pub mod runtime;
#[doc(hidden)]
pub mod scan;
mod timestamp;
mod unescape;
mod unredacted;

#[cfg(feature = "daily")]
#[rustfmt::skip]
pub mod daily;
#[cfg(feature = "daily")]
mod daily_ext;

#[cfg(feature = "dialstack")]
#[rustfmt::skip]
pub mod dialstack;

#[cfg(feature = "voiceblender")]
#[rustfmt::skip]
pub mod voiceblender;
#[cfg(feature = "voiceblender")]
mod voiceblender_ext;

pub use error::UnknownEventType;
pub use example::Example;
pub use maybe::Maybe;
pub use number::{Integer, Number};
pub use offhook_runtime::text::visible;
pub use payload::Payload;
pub use raw::RawPayload;
pub use timestamp::{Timestamp, TimestampError};
pub use unredacted::Unredacted;
