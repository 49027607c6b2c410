//! The `offhook` command: checks stored webhook payloads against their vendors' documents, and
//! deliveries for who signed them; and generates Rust types from schemas.
//!
//! Its contract with scripts: exit status 0 if every payload is valid, 1 if there is a violation or
//! something to do, 2 for wrong usage, 3 if something could not be read or written. Reports go to standard output,
//! everything else to standard error.

// `output` and `terminal` print: they let nothing through raw.
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

mod archive;
mod args;
mod catalogue;
mod checker;
mod codes;
mod completions;
mod diff;
mod drift;
mod edition;
mod events;
mod explain;
mod generate;
mod merge;
mod nearest;
mod new;
mod obstacle;
mod outcome;
mod output;
mod report;
mod sample;
mod secrets;
mod send;
mod sender;
mod sign;
mod style;
mod summary;
mod terminal;
mod tidy;
mod totals;
mod validate;
mod vendors;
mod verify;
mod whole;

use std::process::ExitCode;

fn main() -> ExitCode {
    match args::parse().command {
        args::Command::Validate(args) => validate::run(&args),
        args::Command::Merge(args) => merge::run(&args),
        args::Command::Drift(args) => drift::run(&args),
        args::Command::Events(args) => events::run(&args),
        args::Command::Explain(args) => explain::run(&args),
        args::Command::Schema(args) => match args.command {
            args::SchemaCommand::Diff(args) => diff::run(&args),
        },
        args::Command::New(args) => new::run(&args),
        args::Command::Gen(args) => generate::run(&args),
        args::Command::Tidy(args) => tidy::run(&args),
        args::Command::Completions(args) => completions::completions(&args),
        args::Command::Man(args) => completions::man(&args),
        args::Command::Sample(args) => sample::run(&args),
        args::Command::Sign(args) => sign::run(&args),
        args::Command::Send(args) => send::run(&args),
        args::Command::Verify(args) => verify::run(&args),
    }
    .into()
}
