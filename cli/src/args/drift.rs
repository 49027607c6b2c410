//! `offhook drift`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::args::{Schemas, Stored};

/// Tells what traffic has that the documents lack.
///
/// Unknown events, undocumented fields and the kinds of their values, values outside a list, broken
/// advice, whatever contradicts the document, and optional fields that are always there: each with
/// how often, and where first and last. Values of fields that have a list are shown, others are not.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"))]
pub(crate) struct Drift {
    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// How to tell it
    #[arg(long, value_enum, default_value_t = DriftFormat::Human)]
    pub(crate) format: DriftFormat,

    /// Also write schemas into this folder that have what the documents lack
    ///
    /// A folder a vendor, as `--schema` takes it. What is added is marked as observed and waits for
    /// somebody to say what it means.
    ///
    /// A file that is already there is replaced only if the new one has everything that is in it, in
    /// the same layout. Otherwise nothing is written, and the exit status is 3.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) suggest: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) stored: Stored,
}

/// How to tell what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DriftFormat {
    /// For people: a table
    Human,
    /// For scripts and `offhook merge`: everything that was counted
    Json,
    /// For people: a page with bars, that needs no network
    Html,
}

const EXAMPLES: &str = "\
Examples:
  offhook drift 2026-*.ndjson.zst                        a table
  offhook drift --format html calls.ndjson > drift.html  a picture
  offhook drift --suggest more calls.ndjson              schemas that know it all, to be reviewed
  offhook drift --schema more calls.ndjson               nothing left to tell";

const MORE: &str = "\
Three machines share the work:
  offhook drift --shard 1/3 --format json calls.ndjson.gz > 1.json   and 2/3, 3/3 elsewhere
  offhook merge 1.json 2.json 3.json

Exit status:
  0  the documents know it all
  1  they lack something
  2  wrong usage, or a schema that does not load
  3  something could not be read or written; the rest is still counted";
