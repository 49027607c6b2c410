//! What JSON Schemas of webhook payloads say.
//!
//! Whatever reads a schema in offhook reads it through this crate: the generator, the validator,
//! every command and the tests. [`load`] reads schemas from files, [`SchemaSet`] holds those of one
//! document in canonical form, and [`Graph`] resolves the references of one payload's schema. The
//! crate knows no payload: who judges one walks the graph.
//!
//! The API is for offhook's own crates, and changes with them.

pub mod draft;
pub mod expected;
mod fault;
pub mod graph;
pub mod json;
pub mod keyword;
#[cfg(feature = "load")]
mod load;
pub mod location;
pub mod manifest;
pub mod message;
pub mod pattern;
mod set;
pub mod type_set;

pub use draft::Draft;
pub use expected::Expected;
pub use fault::{Fault, SchemaError};
pub use graph::{Graph, SchemaId, Subschema};
pub use json::{Json, Object};
#[cfg(feature = "load")]
pub use load::{MAX_FILE_SIZE, load, read_file, reference};
pub use location::Location;
pub use manifest::{Document, MANIFEST, Manifest, Order, Scheme, UnknownScheme};
pub use set::{Example, PayloadSchema, SchemaSet, payload_name, stem};
pub use type_set::TypeSet;
