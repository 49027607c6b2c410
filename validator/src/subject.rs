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
    /// The file of the schema.
    pub(crate) file: String,
    parts: OnceLock<Parts>,
}

/// A schema taken apart.
pub(crate) struct Parts {
    pub(crate) judge: Judge,
    pub(crate) documented: Documented,
    pub(crate) program: Program,
}

impl Subject {
    pub(crate) fn new(file: String) -> Self {
        Self { file, parts: OnceLock::new() }
    }

    pub(crate) fn parts(&self, schemas: &Schemas) -> &Parts {
        self.parts.get_or_init(|| {
            let judge = Judge::new(schemas, &self.file);
            let documented = Documented::new(&judge.rules);
            let program = compile(schemas, &judge.rules, &documented);
            Parts { judge, documented, program }
        })
    }
}
