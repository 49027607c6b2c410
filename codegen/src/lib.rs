//! JSON Schemas of webhook payloads in, Rust source text out.
//!
//! [`generate`] is the pipeline, a stage a line. Its output is a function of the schemas alone: no
//! clock, no network, no other process. [`write()`] and [`compare`] bring it to disk.
//!
//! ```no_run
//! use std::path::Path;
//!
//! let vendors = offhook_codegen::generate(Path::new("schemas"))?;
//! for vendor in &vendors {
//!     println!("{}: {} events, {} types", vendor.name, vendor.events.len(), vendor.types);
//! }
//! let files: Vec<_> = vendors.into_iter().flat_map(|vendor| vendor.files).collect();
//! let changes = offhook_codegen::write(&files, Path::new("generated/src"))?;
//! println!("{} files changed", changes.written.len());
//! # Ok::<(), offhook_codegen::GenError>(())
//! ```
//!
//! A build script needs no more than [`build`]. [`Plan`], [`begin_event`] and [`tidy()`] are what
//! the commands `gen`, `new` and `tidy` print and do. Schemas are read by `offhook-model`.

mod boxes;
mod claims;
mod command_line;
mod decoder;
mod doc_comment;
mod docs;
mod error;
mod events;
mod examples;
mod format;
mod invocation;
mod ir;
mod json_schema;
mod lower;
mod module_tree;
mod names;
mod plan;
mod polish;
mod rust_type;
mod scaffold;
mod second_look;
mod shape;
mod tidy;
mod types;
mod union;
mod vocabulary;
mod whole;
mod write;

use std::collections::BTreeSet;
use std::path::Path;

use offhook_model::{Fault, Graph, SchemaSet};

pub use command_line::CommandLine;
pub use error::GenError;
pub use module_tree::{build, module_tree};
pub use plan::Plan;
pub use scaffold::{NewEvent, ScaffoldError, Scaffolded, begin_event};
pub use tidy::{Finding, tidy, tidy_summary};
pub use write::{Changes, compare, difference, write};

/// What one vendor's schemas make.
#[derive(Clone, Debug)]
pub struct GeneratedVendor {
    /// The vendor's folder; its module is this in snake case.
    pub name: String,
    /// The vendor's module.
    pub module: String,
    /// The events, or where payloads do not name their event, the payloads, in name order.
    pub events: Vec<GeneratedEvent>,
    /// How many Rust types are made of schemas.
    pub types: usize,
    /// What a person should know of the schemas, though it is no error.
    pub notes: Vec<String>,
    /// The files, with paths relative to the output folder.
    pub files: Vec<GeneratedFile>,
}

/// An event, and how much of its schema its type carries.
///
/// Plain serde reads whatever its type can hold; `offhook-validator` looks at the rest as well.
#[derive(Clone, Debug)]
pub struct GeneratedEvent {
    /// The event's wire name; without a discriminator, its schema's path without `.json`.
    pub name: String,
    /// The event's type.
    pub type_name: String,
    /// The keywords whose assertions the type does not carry; none if it is exact.
    pub second_look: Vec<String>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path inside the output folder, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Makes the source text of every vendor below `schemas`, in name order.
///
/// # Errors
///
/// The first schema, manifest or example that cannot be read, is broken, or says what is not
/// supported. Nothing is ever left out silently.
pub fn generate(schemas: &Path) -> Result<Vec<GeneratedVendor>, GenError> {
    let mut modules = BTreeSet::new();
    let sets = offhook_model::load(schemas)?;
    let inexpressible: Vec<Fault> =
        sets.iter().flat_map(SchemaSet::inexpressible).cloned().collect();
    if !inexpressible.is_empty() {
        return Err(GenError::new(inexpressible));
    }
    sets.iter()
        .map(|set| {
            let module = names::module(set.folder());
            let module = names::free(&module, "_", |name| modules.contains(name));
            modules.insert(module.clone());
            vendor(set, module)
        })
        .collect()
}

/// One set of schemas, a stage a line.
fn vendor(set: &SchemaSet, module: String) -> Result<GeneratedVendor, GenError> {
    examples::check(set)?;
    let graph = Graph::of_set(set);
    let vendor = lower::lower(set, &graph, module)?;
    let types = types::emit(set, &graph, &vendor)?;
    let events = events::emit(&vendor);
    let json_schemas = json_schema::emit(set, &vendor);
    Ok(GeneratedVendor {
        name: vendor.folder.clone(),
        module: vendor.module.clone(),
        events: vendor.events.iter().map(|event| generated_event(set, &graph, event)).collect(),
        types: vendor.definitions().count(),
        notes: set.notes().to_vec(),
        files: format::render(&vendor, types, events, json_schemas),
    })
}

fn generated_event(set: &SchemaSet, graph: &Graph, event: &ir::Event) -> GeneratedEvent {
    GeneratedEvent {
        name: event.wire.clone(),
        type_name: event.name.clone(),
        second_look: second_look::keywords(set, graph, &event.file),
    }
}
