//! The project's own commands: `cargo xtask gen`, `cargo xtask new`, `cargo xtask tidy` and
//! `cargo xtask bench`.
//!
//! Exit status 0 if all is well, 1 if generated code is stale or schemas are untidy, 2 if a command
//! cannot do its work.

mod bench;
mod generate;
mod new;
mod terminal;
mod tidy;

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The program, as a developer of offhook types it.
const PROGRAM: &str = "cargo xtask";

/// Run the project's own commands
#[derive(Parser)]
#[command(bin_name = PROGRAM)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate Rust types from schemas
    Gen(generate::Arguments),
    /// Begin the schema of an event
    New(new::Arguments),
    /// List what is left to do in the schemas
    Tidy(tidy::Arguments),
    /// Measure offhook beside what users would pick instead
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
        // An error may have a line for each fault. Those of codegen escape foreign text.
        terminal::say_lines(&format!("error: {error}\n"));
        ExitCode::from(2)
    })
}

/// The folder that was asked for, or else the repository's own: from the working directory, if that
/// is the repository's root.
fn folder(asked: Option<&PathBuf>, own: &str) -> PathBuf {
    let is_root = || env::current_dir().is_ok_and(|here| here == repository());
    match asked {
        Some(folder) => folder.clone(),
        None if is_root() => own.into(),
        None => repository().join(own),
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
