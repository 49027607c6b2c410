//! `offhook explain`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use offhook_validator::Code;

use crate::args::suggested::Suggested;
use crate::vendors;

/// Explains a vendor's event, one field of it, or the code of a violation.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// Use these schemas instead of those built in
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) schema: Vec<PathBuf>,

    /// `VENDOR EVENT [POINTER]`, or the code of a violation
    ///
    /// A vendor's name alone lists its events. An event's name alone will do, where only one vendor
    /// has an event of that name. In a JSON Pointer, `*` stands for any element.
    #[arg(value_name = "WHAT", required = true, num_args = 1..=3)]
    #[arg(value_parser = Suggested(words), hide_possible_values = true)]
    pub(crate) what: Vec<String>,
}

/// Words that are explained.
fn words() -> Vec<&'static str> {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    vendors::names().into_iter().chain(vendors::events()).chain(codes).collect()
}

const EXAMPLES: &str = "\
Examples:
  offhook explain dialstack call.end                one event: its fields, and an example
  offhook explain dialstack call.end /data/status   one field of it
  offhook explain call.end                          the vendor goes without saying
  offhook explain required                          what a code means";
