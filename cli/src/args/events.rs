//! `offhook events`.

use clap::{Arg, Args, ValueEnum};

use crate::args::Schemas;

/// Lists the documented events.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, mut_arg("vendor", of_one))]
pub(crate) struct Events {
    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// How to list them
    #[arg(long, value_enum, default_value_t = Listing::Human)]
    pub(crate) format: Listing,
}

/// Nobody has sent anything here.
fn of_one(vendor: Arg) -> Arg {
    vendor.help("Only the events of this vendor").long_help(None)
}

/// How to answer a question about documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// For people
    Human,
    /// For scripts: JSON objects, one a line
    Json,
}

const EXAMPLES: &str = "\
Examples:
  offhook events                       the events of all vendors
  offhook events --vendor dialstack    of one of them
  offhook events --schema my/schemas   of a vendor of your own
  offhook events --format json | jq -r .event";
