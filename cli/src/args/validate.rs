//! `offhook validate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::args::{Schemas, Stored};

/// Says of each payload in what it deviates from its vendor's document, and where.
///
/// A violation contradicts the document; a notice goes beyond it, as an undocumented member does.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"))]
pub(crate) struct Validate {
    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// Turn notices into violations
    #[arg(long)]
    pub(crate) strict: bool,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Show what stands in the payloads
    ///
    /// Without it, the human report masks values that may be personal, and the others show no
    /// values at all.
    #[arg(long)]
    pub(crate) show_values: bool,

    /// Also write the totals as JSON, which `offhook merge` can add to others
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) summary: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) stored: Stored,
}

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: a picture of the payload, with all that is wrong marked in it; after three
    /// payloads with the same faults, a line for each one more
    Human,
    /// For scripts: one JSON object a payload, one a line
    Json,
    /// For code scanning: one SARIF 2.1.0 log
    Sarif,
    /// For workflows on GitHub: annotations, ten a level at most, and a log of the rest
    Github,
    /// For test viewers: JUnit's XML, a suite a file and a test a payload
    Junit,
}

const EXAMPLES: &str = "\
Examples:
  offhook validate call.json                    one payload
  offhook validate tests/payloads               every *.json below a directory
  offhook validate --strict tests/payloads      undocumented members are violations, too
  offhook validate --format json calls.ndjson   a payload a line, a JSON report a line
  offhook validate 2026-*.ndjson.zst            a year of deliveries, on all cores
  curl … | offhook validate --vendor dialstack  standard input, and who sent it";

const MORE: &str = "\
Which kinds of faults do the stored payloads have?
  offhook validate --format json calls.ndjson | jq -r '.violations[].code' | sort | uniq -c

What do those who keep fixtures in a repository see?
  offhook validate --format github fixtures             annotations of a change
  offhook validate --format sarif fixtures > all.sarif  alerts of code scanning
  offhook validate --format junit fixtures > all.xml    tests that fail

Three machines share the work:
  offhook validate --shard 1/3 --summary 1.json calls.ndjson.gz   and 2/3, 3/3 elsewhere
  offhook merge 1.json 2.json 3.json

Exit status:
  0  every payload is valid
  1  at least one violation
  2  wrong usage, or a schema that does not load
  3  something could not be read or written; the rest is still checked

Reports go to standard output, everything else to standard error.";
