//! What peers need to judge an event and to read it, made of the vendors' schemas by the build.

use std::hint::black_box;

use jsonschema::{ErrorIterator, ValidationError};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::payloads::Vendor;

/// The types that a user would write; nothing of them is looked at once they are read.
#[expect(dead_code, reason = "the members of a benchmark's results are not used")]
pub(crate) mod plain {
    include!(concat!(env!("OUT_DIR"), "/plain.rs"));
}

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// A documented event.
pub(crate) struct Event {
    pub(crate) vendor: Vendor,
    /// The wire name.
    pub(crate) name: &'static str,
    /// Its schema, which refers to no other.
    pub(crate) schema: &'static str,
    /// The compile-time validator of jsonschema.
    pub(crate) is_valid: fn(&Value) -> bool,
    pub(crate) validate: for<'a> fn(&'a Value) -> Result<(), ValidationError<'a>>,
    /// Of the event that stands in the set of broken payloads.
    pub(crate) iter_errors: Option<for<'a> fn(&'a Value) -> ErrorIterator<'a>>,
    pub(crate) plain: Plain,
}

/// How to read the plain struct of an event: whether that worked.
pub(crate) struct Plain {
    pub(crate) serde_json: fn(&[u8]) -> bool,
    pub(crate) sonic_rs: fn(&[u8]) -> bool,
    pub(crate) simd_json: fn(&[u8], &mut Scratch) -> bool,
    pub(crate) from_value: fn(Value) -> bool,
}

impl Plain {
    const fn of<T: DeserializeOwned>() -> Self {
        Self {
            serde_json: |body| done(&from_text::<T>(body)),
            sonic_rs: |body| done(&sonic_rs::from_slice::<T>(body)),
            simd_json: |body, scratch| {
                let Scratch { copy, buffers } = scratch;
                copy.clear();
                copy.extend_from_slice(body);
                done(&simd_json::serde::from_slice_with_buffers::<T>(copy, buffers))
            },
            from_value: |value| done(&serde_json::from_value::<T>(value)),
        }
    }
}

/// What simd-json writes to: the text, which it changes, and its own buffers.
#[derive(Default)]
pub(crate) struct Scratch {
    copy: Vec<u8>,
    buffers: simd_json::Buffers,
}

/// Text is read as a `str`: checking it as a whole is quicker than `from_slice`, a string at a time.
pub(crate) fn from_text<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(error) => Err(serde::de::Error::custom(error)),
    }
}

/// Whether there is a result, which is not optimised away.
pub(crate) fn done<T, E>(result: &Result<T, E>) -> bool {
    black_box(result).is_ok()
}
