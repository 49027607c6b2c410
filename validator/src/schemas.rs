//! A vendor's schemas, as judging needs them.

use std::ops::Deref;
use std::sync::Arc;

use offhook_model::json::quoted;
use offhook_model::{Order, SchemaSet};

/// A vendor's schemas.
pub(crate) struct Schemas {
    set: Arc<SchemaSet>,
    /// The names of the members that lead to an event's name, each with quotes and colon.
    pub(crate) way_to_name: Option<Vec<String>>,
    /// Whether the vendor's senders sort the members of objects.
    pub(crate) sorted: bool,
}

impl Schemas {
    pub(crate) fn new(set: Arc<SchemaSet>) -> Self {
        let written =
            |path: &[String]| path.iter().map(|name| quoted(name) + ":").collect::<Vec<_>>();
        let way_to_name = set.discriminator().map(written);
        let sorted = set.manifest().order == Order::Sorted;
        Self { set, way_to_name, sorted }
    }
}

impl Deref for Schemas {
    type Target = SchemaSet;

    fn deref(&self) -> &SchemaSet {
        &self.set
    }
}
