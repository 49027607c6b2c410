//! The command line: what may be asked, and how `--help` explains it.

mod completions;
mod drift;
mod events;
mod explain;
mod generate;
mod merge;
mod new;
mod sample;
mod schema;
mod schema_folder;
mod schemas;
mod send;
mod sign;
mod signing;
mod stored;
mod suggested;
mod tidy;
mod validate;
mod verify;

use std::borrow::Cow;
use std::str::FromStr;

use clap::builder::StyledStr;
use clap::error::ContextValue;
use clap::{CommandFactory, Error, Parser, Subcommand};
use offhook_runtime::text::{visible, visible_lines};

use crate::outcome::Outcome;

pub(crate) use completions::{Completions, Man};
pub(crate) use drift::{Drift, DriftFormat};
pub(crate) use events::{Events, Listing};
pub(crate) use explain::Explain;
pub(crate) use generate::Gen;
pub(crate) use merge::Merge;
pub(crate) use new::New;
pub(crate) use sample::{Fault, Sample};
pub(crate) use schema::{Diff, Schema, SchemaCommand, Whom};
pub(crate) use schema_folder::SchemaFolder;
pub(crate) use schemas::Schemas;
pub(crate) use send::Send;
pub(crate) use sign::Sign;
pub(crate) use signing::{Signing, fits_header};
pub(crate) use stored::{Paths, Stored};
pub(crate) use tidy::Tidy;
pub(crate) use validate::{Format, Validate};
pub(crate) use verify::Verify;

/// Checks stored webhook payloads against their vendors' documents.
#[derive(Debug, Parser)]
#[command(name = "offhook", bin_name = "offhook", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  offhook validate call.json                     is it what the vendor's document says?
  offhook validate 2026-*.ndjson.zst             a year of deliveries, on all cores
  offhook drift 2026-*.ndjson.zst                what do they have that the documents lack?
  offhook explain dialstack call.end             the event as a person wants to read it
  offhook sample dialstack call.end              a payload for a test
  offhook send http://localhost:8080 call.json   deliver it as its vendor would
  offhook verify --capture request.http          did the vendor send that?
  offhook schema diff old/acme new/acme          whom does the change break?
  offhook gen --out src/webhooks                 Rust types of the vendors in schemas/

`offhook COMMAND --help` has more of each.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(Validate),
    Merge(Merge),
    Drift(Drift),
    Events(Events),
    Explain(Explain),
    Sample(Sample),
    Sign(Sign),
    Send(Send),
    Verify(Verify),
    Schema(Schema),
    New(New),
    Gen(Gen),
    Tidy(Tidy),
    Completions(Completions),
    Man(Man),
}

/// Reads the command line; exits if it is wrong, or only asks for help.
pub(crate) fn parse() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| shown(error).exit())
}

/// An error about the command line, with nothing raw in the arguments that it repeats.
fn shown(mut error: Error) -> Error {
    let context: Vec<_> = error.context().map(|(kind, value)| (kind, value.clone())).collect();
    for (kind, value) in context {
        let value = match value {
            ContextValue::String(text) => ContextValue::String(visible(&text).into_owned()),
            ContextValue::Strings(texts) => {
                ContextValue::Strings(texts.iter().map(|text| visible(text).into_owned()).collect())
            }
            ContextValue::StyledStrs(texts) => {
                ContextValue::StyledStrs(texts.into_iter().map(shown_styled).collect())
            }
            other => other,
        };
        error.insert(kind, value);
    }
    error
}

/// A text with its styles, if there is nothing in it to escape.
fn shown_styled(text: StyledStr) -> StyledStr {
    let plain = text.to_string();
    match visible(&plain) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => shown.into(),
    }
}

/// Reads a number that is not 0.
fn at_least_one<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "want a number from 1 on".to_owned())
}

/// Refuses a command line whose parts are each right, as the parser would.
///
/// The message may have several lines, so that what comes from elsewhere must be escaped before.
pub(crate) fn refuse(path: &[&str], message: &str) -> Outcome {
    let mut command = Cli::command();
    command.build();
    let mut command = &mut command;
    for name in path {
        command = command.find_subcommand_mut(name).expect("the path of a command");
    }
    let _ = command.error(clap::error::ErrorKind::InvalidValue, visible_lines(message)).print();
    Outcome::Refused
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Cli::command().debug_assert();
    }
}
