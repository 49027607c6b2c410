//! Small schema folders beside the Rust that they make: `golden/<case>/schemas` and `expected`.
//!
//! The Rust is compiled here, and each case's `mod.rs` reads and writes payloads with it. That it
//! is still what the schemas make is the business of `expected.rs`, which runs even if this does
//! not compile.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "generated types are for others to use"
)]

mod any_value;
mod arrays;
mod conditions;
mod documentation;
mod envelope;
mod field_names;
mod minimal;
mod nested;
mod nested_discriminator;
mod no_discriminator;
mod numbers;
mod open_enum;
mod presence;
mod references;
mod sensitive;
mod sub_folder;
mod timestamps;
mod union;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a payload as `T`, from text and from a `Value`, and checks that it is written back as it
/// was.
#[track_caller]
fn round_trip<T>(payload: &str) -> T
where
    T: Debug + PartialEq + Serialize + DeserializeOwned,
{
    let json: Value = serde_json::from_str(payload).expect("the payload is JSON");
    let read: T = serde_json::from_str(payload).expect("the payload is one of this type");
    assert_eq!(serde_json::to_value(&read).expect("what was read can be written"), json);
    let text = serde_json::to_string(&read).expect("what was read can be written");
    assert_eq!(serde_json::from_str::<T>(&text).expect("what was written can be read"), read);
    // In a `Value`, `1e3` is `1000.0` already: what is read need not be equal.
    let again: T = serde_json::from_value(json.clone()).expect("a `Value` can be read as well");
    assert_eq!(serde_json::to_value(&again).expect("what was read can be written"), json);
    read
}

/// Why a payload is no `T`.
#[track_caller]
fn refusal<T: Debug + DeserializeOwned>(payload: &str) -> String {
    serde_json::from_str::<T>(payload).expect_err("the payload is none of this type").to_string()
}
