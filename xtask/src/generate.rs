//! `cargo xtask gen`: schemas into Rust modules on disk.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use offhook_codegen::{Changes, GeneratedFile, GeneratedVendor};

use crate::terminal::{say, show, show_line};
use crate::{count, folder, shown};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    // `generated/src` is for our own vendors: others would take their place.
    /// The folder of the vendors' folders [default: schemas/ of this repository]
    #[arg(long, value_name = "DIR", requires = "out")]
    schemas: Option<PathBuf>,
    /// The folder of the modules [default: generated/src of this repository]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Writes nothing, and fails with a difference if anything would change
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// The command that does what a check found to be necessary.
    fn command(&self) -> String {
        let option = |name: &str, value: &Option<PathBuf>| {
            value.as_ref().map(|folder| format!(" --{name} {}", folder.display()))
        };
        let options = [option("schemas", &self.schemas), option("out", &self.out)];
        format!("cargo xtask gen{}", options.map(Option::unwrap_or_default).concat())
    }
}

/// The pipeline, with a line a vendor for people.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let schemas = folder(arguments.schemas.as_ref(), "schemas");
    let out = folder(arguments.out.as_ref(), "generated/src");
    let vendors = offhook_codegen::generate(&schemas)?;
    let mut files: Vec<GeneratedFile> =
        vendors.iter().flat_map(|vendor| &vendor.files).cloned().collect();
    if arguments.out.is_some() {
        // Our own crate declares its modules by hand, each behind a feature.
        files.push(offhook_codegen::module_tree(&vendors));
    }
    let changes = offhook_codegen::compare(&files, &out)?;
    for vendor in &vendors {
        show_line(&summary(vendor, &changes, &out));
        for line in exactness(vendor).iter().chain(&vendor.notes) {
            show_line(&format!("  {line}"));
        }
    }
    if !arguments.check {
        offhook_codegen::write(&files, &out)?;
        for path in &changes.removed {
            show_line(&format!("removed {}", shown(path)));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if changes.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    show(&offhook_codegen::difference(&files, &out)?);
    for path in &changes.written {
        say(&format!("stale: {}", shown(path)));
    }
    for path in &changes.removed {
        say(&format!("no longer made by any schema: {}", shown(path)));
    }
    say(&format!(
        "{} is not what {} makes; run `{}`",
        shown(&out),
        shown(&schemas),
        arguments.command()
    ));
    Ok(ExitCode::FAILURE)
}

/// What a vendor's schemas make, and how much of it is new.
fn summary(vendor: &GeneratedVendor, changes: &Changes, out: &Path) -> String {
    let rewritten =
        vendor.files.iter().filter(|file| changes.written.contains(&out.join(&file.path))).count();
    format!(
        "{}: {}, {}, {}, {rewritten} changed",
        vendor.name,
        count(vendor.events.len(), "event"),
        count(vendor.types, "type"),
        count(vendor.files.len(), "file"),
    )
}

/// Which events' types carry all that their schemas assert, and what of the others' does not fit
/// into a type: a line for all events with the same keywords.
fn exactness(vendor: &GeneratedVendor) -> Vec<String> {
    let mut groups: BTreeMap<&[String], Vec<&str>> = BTreeMap::new();
    for event in &vendor.events {
        groups.entry(&event.second_look).or_default().push(&event.name);
    }
    let line = |(keywords, events): (&[String], Vec<&str>)| {
        let events = events.join(", ");
        match keywords {
            [] => format!("exact by type: {events}"),
            keywords => format!("second look for {}: {events}", keywords.join(", ")),
        }
    };
    groups.into_iter().map(line).collect()
}
