//! The project's own commands: `cargo xtask gen`, `cargo xtask new`, `cargo xtask tidy` and
//! `cargo xtask bench`.
//!
//! Exit status 0 if all is well, 1 if generated code is stale or schemas are untidy, 2 if a command
//! cannot do its work.

mod bench;
mod generate;
mod layout;
mod new;
mod scaffold;
mod terminal;
mod tidy;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a developer of offhook runs.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the Rust modules that the schemas make
    Gen(generate::Arguments),
    /// Begins the schema of an event
    New(new::Arguments),
    /// Says what is still to do in the schemas
    Tidy(tidy::Arguments),
    /// Measures offhook beside what users would pick instead
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| {
        let text = error.render().to_string();
        if error.use_stderr() {
            terminal::say_lines(&text);
        } else {
            terminal::show(&text);
        }
        std::process::exit(error.exit_code())
    });
    let result = match arguments.command {
        Command::Gen(arguments) => generate::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Tidy(arguments) => tidy::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    result.unwrap_or_else(|error: Box<dyn Error>| {
        terminal::say(&format!("error: {error}"));
        ExitCode::from(2)
    })
}

/// The folder that was asked for, or else the repository's own.
fn folder(asked: Option<&PathBuf>, own: &str) -> PathBuf {
    asked.cloned().unwrap_or_else(|| repository().join(own))
}

/// A path as messages show it: from the repository's root, if it lies below it.
fn shown(path: &Path) -> String {
    path.strip_prefix(repository()).unwrap_or(path).display().to_string()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// `1 event`, `2 events`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
