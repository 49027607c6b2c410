//! One payload's schema, and all that is made of it: nothing before it is needed, so that events
//! that never come cost nothing.

use std::sync::OnceLock;

use crate::compile::compile;
use crate::documented::Documented;
use crate::judge::Judge;
use crate::program::Program;
use crate::schema::Schemas;

/// What payloads of one kind are held against.
pub(crate) struct Subject {
    /// The event, or the payload where payloads do not name their event; empty if it is none.
    pub(crate) name: String,
    /// The file of the schema.
    pub(crate) file: String,
    parts: OnceLock<Parts>,
}

/// A schema taken apart.
pub(crate) struct Parts {
    pub(crate) judge: Judge,
    pub(crate) documented: Documented,
    pub(crate) program: Program,
    /// Whether a payload that the program lets through has the event's name in it.
    pub(crate) is_named: bool,
}

impl Subject {
    pub(crate) fn new(name: String, file: String) -> Self {
        Self { name, file, parts: OnceLock::new() }
    }

    /// Whether anything has been made of it.
    #[cfg(test)]
    pub(crate) fn is_begun(&self) -> bool {
        self.parts.get().is_some()
    }

    pub(crate) fn parts(&self, schemas: &Schemas) -> &Parts {
        self.parts.get_or_init(|| {
            let judge = Judge::new(schemas, &self.file);
            let documented = Documented::new(&judge.rules);
            let program = compile(schemas, &judge.rules, &documented);
            let path = schemas.discriminator().unwrap_or_default();
            let is_named = program.pins(path, &self.name);
            Parts { judge, documented, program, is_named }
        })
    }
}
