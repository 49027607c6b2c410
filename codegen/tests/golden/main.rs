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
mod applicators;
mod arrays;
mod assertions;
mod conditionals;
mod conditions;
mod constants;
mod documentation;
mod documents;
mod draft_7;
mod envelope;
mod event_forms;
mod field_names;
mod identifiers;
mod maps;
mod member_names;
mod merged;
mod minimal;
mod names;
mod nested;
mod nested_discriminator;
mod no_discriminator;
mod no_type;
mod numbers;
mod open_enum;
mod payload_roots;
mod presence;
mod recursion;
mod references;
mod sensitive;
mod sensitive_forms;
mod shared_names;
mod sub_folder;
mod timestamps;
mod tuples;
mod union;
mod unions;

use std::fmt::Debug;

use jsonschema::{PatternOptions, Registry};
use offhook_runtime::Payload;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

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

/// Reads a payload that `schema`, the `SCHEMA` of a case, allows, and checks that nothing is lost.
#[track_caller]
fn valid<T: Debug + PartialEq + Serialize + Payload>(schema: &str, payload: &str) -> T {
    assert_eq!(fault::<T>(schema, payload), None, "{payload}");
    let read = round_trip(payload);
    // A decoder may give up; what it gives is the same.
    if let Some(decoded) = decoded::<T>(payload) {
        assert_eq!(decoded, read, "{payload}");
    }
    read
}

/// Reads a payload that only the validator refuses, and checks that nothing is lost.
#[track_caller]
fn tolerated<T: Debug + PartialEq + Serialize + Payload>(schema: &str, payload: &str) -> T {
    assert!(fault::<T>(schema, payload).is_some(), "{payload} is valid");
    assert!(decoded::<T>(payload).is_none(), "{payload} is decoded");
    round_trip(payload)
}

/// Why a payload that `schema` does not allow is no `T` either.
#[track_caller]
fn refused<T: Debug + Payload>(schema: &str, payload: &str) -> String {
    assert!(fault::<T>(schema, payload).is_some(), "{payload} is valid");
    assert!(decoded::<T>(payload).is_none(), "{payload} is decoded");
    refusal::<T>(payload)
}

/// What the decoder of `T` makes of a payload.
fn decoded<T: Payload>(payload: &str) -> Option<T> {
    let mut place = None;
    T::decode(payload, &mut place);
    place
}

/// What the schema of `T` in a case's `SCHEMA` has against a payload.
#[track_caller]
fn fault<T: Payload>(schema: &str, payload: &str) -> Option<String> {
    let bundle: Value = serde_json::from_str(schema).expect("`SCHEMA` is JSON");
    let schemas = bundle["schemas"].as_object().expect("`SCHEMA` has schemas");
    let mut registry = Registry::new();
    for (file, schema) in schemas {
        registry = registry.add(format!("case:///{file}"), schema).expect("a file is a resource");
    }
    let registry = registry.prepare().expect("every reference leads somewhere");
    let file = T::SCHEMA_FILE.expect("the payload is of one event");
    let validator = jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .build(&json!({ "$ref": format!("case:///{file}") }))
        .expect("the schemas are sound");
    let payload: Value = serde_json::from_str(payload).expect("the payload is JSON");
    validator.validate(&payload).err().map(|error| error.to_string())
}
