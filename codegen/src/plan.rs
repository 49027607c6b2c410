//! Generated files and an output folder into what a run changes there, before it does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use offhook_model::message::count;
use offhook_runtime::text::visible;

use crate::{
    Changes, CommandLine, GenError, GeneratedFile, GeneratedVendor, compare, difference,
    module_tree, write,
};

/// What a run of the generator writes into a folder, and what is different there.
#[derive(Debug)]
pub struct Plan {
    vendors: Vec<GeneratedVendor>,
    files: Vec<GeneratedFile>,
    out: PathBuf,
    changes: Changes,
}

impl Plan {
    /// Compares the modules of `vendors` with the folder `out`, in which somebody declares them by
    /// hand.
    ///
    /// # Errors
    ///
    /// As [`compare`] says.
    pub fn of_modules(vendors: Vec<GeneratedVendor>, out: &Path) -> Result<Self, GenError> {
        Self::new(vendors, None, out)
    }

    /// Compares the modules of `vendors`, and a `mod.rs` that declares them, with the folder `out`.
    ///
    /// # Errors
    ///
    /// As [`compare`] says.
    pub fn of_tree(vendors: Vec<GeneratedVendor>, out: &Path) -> Result<Self, GenError> {
        let tree = module_tree(&vendors);
        Self::new(vendors, Some(tree), out)
    }

    fn new(
        vendors: Vec<GeneratedVendor>,
        tree: Option<GeneratedFile>,
        out: &Path,
    ) -> Result<Self, GenError> {
        let modules = vendors.iter().flat_map(|vendor| &vendor.files).cloned();
        let files: Vec<GeneratedFile> = modules.chain(tree).collect();
        let changes = compare(&files, out)?;
        Ok(Self { vendors, files, out: out.to_owned(), changes })
    }

    /// Whether the folder already holds everything as it should be, and nothing more.
    pub fn is_up_to_date(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns what each vendor's schemas make, how much of it is new, and what a person should
    /// know of it. Lines have invisible characters escaped.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for vendor in &self.vendors {
            let is_new =
                |file: &&GeneratedFile| self.changes.written.contains(&self.out.join(&file.path));
            let changed = vendor.files.iter().filter(is_new).count();
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "{}: {}, {}, {}, {changed} changed",
                visible(&vendor.name),
                count(vendor.events.len(), "event"),
                count(vendor.types, "type"),
                count(vendor.files.len(), "file"),
            );
            for line in exactness(vendor).iter().chain(&vendor.notes) {
                let _ = writeln!(text, "  {}", visible(line));
            }
        }
        text
    }

    /// Brings the folder up to date. Returns a line for every file that was removed.
    ///
    /// # Errors
    ///
    /// As [`write()`] says.
    pub fn write(&self) -> Result<String, GenError> {
        let changes = write(&self.files, &self.out)?;
        Ok(lines("removed", &changes.removed))
    }

    /// Returns a unified difference between the folder and what should be in it.
    ///
    /// # Errors
    ///
    /// As [`difference`] says.
    pub fn difference(&self) -> Result<String, GenError> {
        difference(&self.files, &self.out)
    }

    /// Returns a line for every file that is not as it should be, and the command that helps.
    /// `schemas` is the folder that the vendors were read from.
    pub fn stale(&self, schemas: &Path, command_line: &CommandLine<'_>) -> String {
        let Changes { written, removed } = &self.changes;
        format!(
            "{}{}{} is not what {} makes; run `{}`\n",
            lines("stale:", written),
            lines("no longer made by any schema:", removed),
            shown(&self.out),
            shown(schemas),
            command_line.generate(),
        )
    }
}

fn lines(what: &str, paths: &[PathBuf]) -> String {
    paths.iter().fold(String::new(), |lines, path| lines + what + " " + &shown(path) + "\n")
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// Which events' types carry all that their schemas assert, and which keywords of the others do not
/// fit into a type: a line for all events with the same keywords.
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
