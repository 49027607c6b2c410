//! The totals of a run as a file, which `offhook merge` can add to others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::Shard;
use crate::outcome::Outcome;
use crate::totals::Totals;

/// The version of the file's form.
const FORM: u32 = 1;

/// What a run has seen, or several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// The form of what follows.
    form: u32,
    /// Which parts of the input it is about.
    shards: BTreeSet<Shard>,
    /// Whether the run went on to the end.
    complete: bool,
    pub(crate) totals: Totals,
}

impl Summary {
    pub(crate) fn new(shard: Shard, complete: bool, totals: Totals) -> Self {
        Self { form: FORM, shards: [shard].into(), complete, totals }
    }

    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|cause| cause.to_string())?;
        let summary: Self = serde_json::from_str(&text)
            .map_err(|error| format!("want a summary of `offhook validate`: {error}"))?;
        if summary.form != FORM {
            return Err(format!("want a summary of form {FORM}, got one of {}", summary.form));
        }
        Ok(summary)
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let mut text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        text.push('\n');
        fs::write(path, text).map_err(|cause| cause.to_string())
    }

    /// Adds another one, of other parts of the same input, or of another input as a whole.
    pub(crate) fn merge(&mut self, other: Self) -> Result<(), String> {
        if self.shards.first().map(|shard| shard.of) != other.shards.first().map(|shard| shard.of) {
            return Err("want parts of as many, got others".to_owned());
        }
        if let Some(twice) = self.shards.intersection(&other.shards).find(|shard| shard.of > 1) {
            return Err(format!("want each part once, got {twice} again"));
        }
        self.shards.extend(other.shards);
        self.complete &= other.complete;
        self.totals.merge(other.totals);
        Ok(())
    }

    /// The parts that are not there yet.
    pub(crate) fn missing(&self) -> Vec<String> {
        let of = self.shards.first().map_or(1, |shard| shard.of);
        let all = (1..=of).map(|number| Shard { number, of });
        all.filter(|shard| !self.shards.contains(shard)).map(|shard| shard.to_string()).collect()
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
