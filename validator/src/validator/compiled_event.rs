//! One event's schema, and all that is made of it. Nothing is made before it is needed, so that events
//! that never come cost nothing.

use std::sync::{Arc, OnceLock};

use crate::evaluate::compiled::CompiledGraph;
use crate::evaluate::documented::Documented;
use crate::fast_path::compile::compile;
use crate::fast_path::program::Program;
use crate::schemas::Schemas;

/// What payloads of one kind are checked against.
pub(crate) struct CompiledEvent {
    /// The event, or the payload where payloads do not name their event; empty if it is none.
    pub(crate) name: Arc<str>,
    /// The file of the schema.
    pub(crate) file: String,
    parts: OnceLock<Parts>,
}

/// What is made of a schema.
pub(crate) struct Parts {
    pub(crate) graph: CompiledGraph,
    pub(crate) documented: Documented,
    pub(crate) program: Program,
    /// Whether a payload that the program lets through has the event's name in it.
    pub(crate) is_named: bool,
}

impl CompiledEvent {
    pub(crate) fn new(name: &str, file: String) -> Self {
        Self { name: name.into(), file, parts: OnceLock::new() }
    }

    /// Whether anything has been made of it.
    #[cfg(test)]
    pub(crate) fn is_begun(&self) -> bool {
        self.parts.get().is_some()
    }

    pub(crate) fn parts(&self, schemas: &Schemas) -> &Parts {
        self.parts.get_or_init(|| {
            let graph = CompiledGraph::new(schemas, &self.file);
            let documented = Documented::new(&graph);
            let program = compile(schemas, &graph, &documented);
            let path = schemas.discriminator().unwrap_or_default();
            let is_named = program.pins(path, &self.name);
            Parts { graph, documented, program, is_named }
        })
    }
}
