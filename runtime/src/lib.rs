//! The code that offhook's crates and generated code share at run time.
//!
//! Generated code depends on this crate alone. It takes from here the values of its fields, such as
//! [`Maybe`] and [`Timestamp`], and the macros that read and write its types. The crate `offhook`
//! exports these values under the same names.
//!
//! [`text`] makes foreign text safe to show. Every `Display` of offhook uses it, and so does every
//! line that the `offhook` command prints.
//!
//! Modules that this page does not list are for generated code and for offhook's own crates. They
//! change with any version.
//!
//! # Features
//!
//! `jiff`, `chrono`, `time`: timestamps as values of these crates. `schemars`: `JsonSchema` for
//! generated types, giving back their schemas.

#[doc(hidden)]
pub mod __private;
#[doc(hidden)]
pub mod decode;
mod error;
mod event_names;
mod example;
#[doc(hidden)]
pub mod json;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub mod json_schema;
mod payload;
mod serde;
pub mod text;
#[doc(hidden)]
pub mod value;

pub use error::UnknownEventType;
pub use example::Example;
pub use payload::Payload;
pub use text::visible;
pub use value::maybe::Maybe;
pub use value::number::{Integer, Number};
pub use value::raw::RawPayload;
pub use value::timestamp::{Timestamp, TimestampError};
pub use value::unredacted::Unredacted;
