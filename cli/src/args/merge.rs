//! `offhook merge`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::args::DriftFormat;

/// Adds up what several runs have written, as if one run had written it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Merge {
    /// How to tell the sum
    #[arg(long, value_enum, default_value_t = DriftFormat::Human)]
    pub(crate) format: DriftFormat,

    /// The schemas that the runs have used instead of those built in
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) schema: Vec<PathBuf>,

    /// What to add up: the files of `offhook validate --summary FILE`, or those of
    /// `offhook drift --format json`
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  offhook validate --shard 1/2 --summary 1.json calls.ndjson.gz
  offhook validate --shard 2/2 --summary 2.json calls.ndjson.gz
  offhook merge 1.json 2.json

  offhook drift --format json monday.ndjson > monday.json
  offhook drift --format json tuesday.ndjson > tuesday.json
  offhook merge --format html monday.json tuesday.json > drift.html

Exit status:
  0  every payload was valid, or the documents know it all
  1  at least one violation, or something that the documents lack
  2  wrong usage, or a file that is none of those
  3  something could not be read or written, now or by one of the runs";
