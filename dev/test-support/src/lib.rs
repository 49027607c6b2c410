//! What the tests of several crates need: the vendors with their examples, what must hold of any
//! body, and payloads made wrong on purpose.
//!
//! Never published. Integration tests use it; unit tests of a crate that this one depends on
//! cannot, as they would see that crate twice.

#![expect(clippy::missing_panics_doc, reason = "a test fails by a panic")]

#[cfg(target_os = "linux")]
pub mod cost;
pub mod costly_bodies;
pub mod hostile_text;
pub mod invariants;
pub mod mutate;
pub mod schema_folder;
pub mod syntax_tree;
pub mod vendors;
