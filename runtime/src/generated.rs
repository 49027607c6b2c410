//! Everything that generated code names beside types and macros. Not for others: it changes with the
//! generator.

#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;
pub use serde_json;

pub use crate::decode::{Decode, DecodeOptional, decode, decode_rest, logic};
pub use crate::event_names::Names;
pub use crate::json::cursor::{GIVEN_UP, Reader, Rest, named, peek};
pub use crate::json::{Kind, discriminator, kind};
#[cfg(feature = "schemars")]
pub use crate::schema::json_schema;
pub use crate::serde::object::{
    Kept, Object, Only, Present, missing, object, read_members, write_members,
};
pub use crate::serde::string::text;
pub use crate::serde::untagged::{Guard, one_of, unwanted};
pub use crate::value::raw::raw;
pub use crate::value::unredacted::Redacted;
