//! The totals of a run as a file, which `offhook merge` can add to others.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use offhook_runtime::text::visible_json;
use serde::{Deserialize, Serialize};

use crate::archive::Shard;
use crate::outcome::Outcome;
use crate::totals::Totals;

/// The kind of file that it is written into.
const KIND: &str = "validate";

/// What a run has seen, or several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// What kind of file it is.
    kind: String,
    /// Which parts of the input it is about.
    shards: BTreeSet<Shard>,
    /// Whether the run went on to the end.
    complete: bool,
    pub(crate) totals: Totals,
}

impl Summary {
    pub(crate) fn new(shard: Shard, complete: bool, totals: Totals) -> Self {
        Self { kind: KIND.to_owned(), shards: [shard].into(), complete, totals }
    }

    /// Reads what [`text`](Self::text) gave.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let summary: Self = serde_json::from_str(text).map_err(|error| {
            format!("want what `offhook validate --summary` or `offhook drift` writes: {error}")
        })?;
        if summary.kind != KIND {
            return Err(format!("expected a summary of kind {KIND:?}, found {:?}", summary.kind));
        }
        Ok(summary)
    }

    /// It as JSON.
    pub(crate) fn text(&self) -> io::Result<String> {
        Ok(visible_json(&serde_json::to_string_pretty(self)?).into_owned() + "\n")
    }

    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, self.text()?)
    }

    /// Adds another one, of other parts of the same input, or of another input as a whole.
    pub(crate) fn merge(&mut self, other: Self) -> Result<(), String> {
        Shard::join(&mut self.shards, &other.shards)?;
        self.complete &= other.complete;
        self.totals.merge(other.totals);
        Ok(())
    }

    /// The parts that are not there yet.
    pub(crate) fn missing(&self) -> Vec<String> {
        Shard::missing(&self.shards)
    }

    /// What it comes to, as an exit status.
    pub(crate) fn outcome(&self) -> Outcome {
        if !self.complete || !self.totals.unreadable.is_empty() {
            Outcome::Incomplete
        } else if self.totals.payloads.invalid > 0 {
            Outcome::Invalid
        } else {
            Outcome::Valid
        }
    }
}
