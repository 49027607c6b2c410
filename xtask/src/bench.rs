//! `cargo xtask bench`: offhook beside what users would pick instead, in one run: tables and a JSON
//! file.
//!
//! The package that is run, `dev/bench`, is a workspace of its own.

mod archive;
mod cases;
mod estimates;
mod figures;
mod package;
mod page;
mod record;
mod table;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::terminal::{show, show_line};
use crate::{folder, repository};
use package::{Effort, Package};
use record::Record;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Takes about a minute once all is built, leaves out compile times, and is less exact
    #[arg(long)]
    quick: bool,
    /// Where the figures are written [default: target/bench.json of this repository]
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Puts the tables into docs/performance.md
    #[arg(long)]
    save: bool,
}

/// Builds, measures, and shows; no figure makes it fail.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let json = folder(arguments.json.as_ref(), "target/bench.json");
    let package = Package::new();
    let effort = if arguments.quick { Effort::QUICK } else { Effort::FULL };
    package.build()?;
    let mut figures = figures::of_programs(&package, &effort)?;
    figures.extend(archive::figures(&package, &effort)?);
    if !arguments.quick {
        figures.extend(figures::of_compilation(&package, &effort)?);
    }
    package.measure(&effort)?;
    let estimates = estimates::read(&package.criterion(), effort.rounds)?;
    let record = Record::new(estimates, figures, effort.rounds);

    let tables = table::markdown(&record);
    show(&format!("{tables}\n"));
    write(&json, &format!("{:#}\n", record.to_json()))?;
    if arguments.save {
        let path = repository().join("docs/performance.md");
        let page = fs::read_to_string(&path)?;
        write(&path, &page::with_tables(&page, &tables)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", shown(path)))?;
    show_line(&shown(path));
    Ok(())
}

/// A path as messages show it: from the repository's root, if it lies below it.
fn shown(path: &Path) -> String {
    path.strip_prefix(repository()).unwrap_or(path).display().to_string()
}
