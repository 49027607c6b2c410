//! The command line: what may be asked, and how `--help` explains it.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::vendors;

/// Checks stored webhook payloads against their vendors' documents.
#[derive(Debug, Parser)]
#[command(name = "offhook", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(Validate),
}

/// Says of each payload in what it deviates from its vendor's document, and where.
///
/// A violation contradicts the document; a notice goes beyond it, as an undocumented member does.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"))]
pub(crate) struct Validate {
    /// Who sent the payloads
    ///
    /// Without it, the vendor of a payload is the one whose document has the payload's event.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(vendors::names()))]
    pub(crate) vendor: Option<String>,

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

    /// What to check; without any, standard input
    ///
    /// A file is one payload, but of a `.ndjson` or `.jsonl` file each line is one. A directory
    /// stands for its `*.json`, also in directories below, in the order of their names. `-` is
    /// standard input: one payload.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
}

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the line of the payload, with what it should be
    Human,
    /// For scripts: one JSON object a payload, one a line
    Json,
    // In the contract, but not there yet: known, so that whoever asks gets an answer.
    #[value(hide = true)]
    Sarif,
    #[value(hide = true)]
    Github,
    #[value(hide = true)]
    Junit,
}

impl Format {
    /// The format's name, if it is not there yet.
    pub(crate) fn missing(self) -> Option<&'static str> {
        match self {
            Self::Human | Self::Json => None,
            Self::Sarif => Some("sarif"),
            Self::Github => Some("github"),
            Self::Junit => Some("junit"),
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  offhook validate call.json                    one payload
  offhook validate tests/payloads               every *.json below a directory
  offhook validate --strict tests/payloads      undocumented members are violations, too
  offhook validate --format json calls.ndjson   a payload a line, a JSON report a line
  curl … | offhook validate --vendor dialstack  standard input, and who sent it";

const MORE: &str = "\
  Which kinds of faults do the stored payloads have?
  offhook validate --format json calls.ndjson | jq -r '.violations[].code' | sort | uniq -c

Exit status:
  0  every payload is valid
  1  at least one violation
  2  wrong usage, or a schema that does not load
  3  something could not be read or written; the rest is still checked

Reports go to standard output, everything else to standard error.";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Cli::command().debug_assert();
    }
}
