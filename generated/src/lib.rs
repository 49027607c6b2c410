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
//! transcribed schema. Without features the crate depends on its own `offhook-runtime`, and through
//! it on serde and `serde_json`.

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

/// Payloads of all three vendors' events, to test receivers with.
///
/// ```
/// # #[cfg(feature = "dialstack")] {
/// use offhook::dialstack::{EXAMPLES, Event};
///
/// for example in EXAMPLES {
///     let event: Event = serde_json::from_str(example.text)?;
///     assert_eq!(event.name(), example.event);
/// }
/// # }
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Daily's and DialStack's are those of their documents; where `made-up` is in the name, and for all of
/// VoiceBlender, whose document shows no payloads, they are our own.
#[doc(inline)]
pub use offhook_runtime::Example;
#[doc(inline)]
pub use offhook_runtime::{
    Integer, Maybe, Number, Payload, RawPayload, Timestamp, TimestampError, UnknownEventType,
    Unredacted, visible,
};
