//! `offhook merge`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Adds up the summaries that several runs have written, as one run would have written it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Merge {
    /// Write the sum as JSON, too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) summary: Option<PathBuf>,

    /// Summaries: what `offhook validate --summary FILE` writes
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Example:
  offhook validate --shard 1/2 --summary 1.json calls.ndjson.gz
  offhook validate --shard 2/2 --summary 2.json calls.ndjson.gz
  offhook merge 1.json 2.json";
