//! `offhook tidy`.

use clap::Args;

use crate::args::SchemaFolder;

/// List what is left to do in schemas
///
/// Lists each TODO, each property without a description or a source, each event without an example,
/// and each definition that nothing refers to. `offhook gen` lets all of these pass.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Tidy {
    #[command(flatten)]
    pub(crate) schemas: SchemaFolder,
}

const EXAMPLES: &str = "\
Examples:
  offhook tidy
  offhook tidy --schemas webhooks

Exit status:
  0  nothing is left to do
  1  something is
  2  wrong usage, or schemas that do not load
  3  standard output could not be written";
