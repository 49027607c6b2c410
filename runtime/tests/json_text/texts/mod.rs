//! Texts written by hand, by what they are: JSON, not JSON, or what RFC 8259 leaves to the reader.

mod json;
mod left_to_readers;
mod not_utf8;
mod scalars;
mod structure;

pub(crate) use json::JSON;
pub(crate) use left_to_readers::{OUT_OF_RANGE, REFUSED, TAKEN};
pub(crate) use not_utf8::NOT_UTF8;

/// Texts of one kind: what they have in common, and they.
pub(crate) type Group = (&'static str, &'static [&'static str]);

/// Texts that are not JSON.
pub(crate) const NOT_JSON: &[&[Group]] = &[structure::STRUCTURE, scalars::SCALARS];
