//! `offhook schema diff`: what changed between two versions of schemas, and whom it breaks.

mod assertions;
mod canonical;
mod change;
mod compare;
mod equality;
mod inline;
mod manifest;
mod number;
mod place;
mod shared;
#[cfg(test)]
mod tests;
mod union;
mod walk;
mod witness;
mod words;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use offhook_runtime::text::visible;

use crate::args::{Diff, Listing, Whom, refuse};
use crate::diff::change::Change;
use crate::diff::compare::Version;
use crate::outcome::Outcome;
use crate::output::{Form, print};
use crate::style::Marker;
use crate::terminal::{Terminal, counted, length};
use crate::vendors::{self, Vendors};

/// Compares what the command line names.
pub(crate) fn run(args: &Diff) -> Outcome {
    let loaded = load(&args.old).and_then(|old| Ok((old, load(&args.new)?)));
    let (old, new) = match loaded {
        Ok(loaded) => loaded,
        Err(message) => return Outcome::unloadable(&message),
    };
    let changes = match changes(&old, &new) {
        Ok(changes) => changes,
        Err(message) => return refuse(&["schema", "diff"], &message),
    };
    let told = match args.format {
        Listing::Human => print(Form::Styled, |out| table(out, &changes)),
        Listing::Json => print(Form::Json, |out| {
            let mut changes = changes.iter();
            changes.try_for_each(|change| writeln!(out, "{}", serde_json::to_string(change)?))
        }),
    };
    let breaks = |change: &Change| match args.whom {
        Whom::All => change.breaks_receivers || change.breaks_senders,
        Whom::Receivers => change.breaks_receivers,
        Whom::Senders => change.breaks_senders,
    };
    told.max(if changes.iter().any(breaks) { Outcome::Invalid } else { Outcome::Valid })
}

/// The vendors of a version.
fn load(version: &str) -> Result<Vec<Version>, String> {
    let path = PathBuf::from(version);
    let loaded = if !path.exists() && vendors::names().contains(&version) {
        Vendors::load(&[], Some(version))?
    } else {
        Vendors::load(&[path], None)?
    };
    let sets = loaded.sets().cloned();
    Ok(sets.zip(loaded.read()).map(|(set, vendor)| Version { set, vendor }).collect())
}

fn changes(old: &[Version], new: &[Version]) -> Result<Vec<Change>, String> {
    // Two versions of one vendor may be called as one likes.
    if let ([old], [new]) = (old, new) {
        return Ok(compare::versions(old, new));
    }
    let names = |versions: &[Version]| -> BTreeSet<String> {
        versions.iter().map(|version| version.vendor.name.clone()).collect()
    };
    if names(old) != names(new) {
        let message = "expected two versions of the same vendors, found different vendors";
        return Err(message.to_owned());
    }
    let pairs = old.iter().flat_map(|old| {
        let same = new.iter().find(|new| new.vendor.name == old.vendor.name);
        same.map(|new| compare::versions(old, new)).unwrap_or_default()
    });
    Ok(pairs.collect())
}

/// A block an event, and a line for all.
fn table(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    let marker = Marker::new(Terminal::of_stdout());
    let same =
        |one: &Change, other: &Change| (&one.vendor, &one.event) == (&other.vendor, &other.event);
    let widest = |words: &mut dyn Iterator<Item = usize>| words.max().unwrap_or(0);
    let breaks_width = widest(&mut changes.iter().map(|change| change.breaks().len())).max(28);
    for event in changes.chunk_by(same) {
        let Change { vendor, event: name, .. } = &event[0];
        let title = name.as_ref().map_or_else(|| vendor.clone(), |name| format!("{vendor} {name}"));
        writeln!(out, "{}", marker.title(&title))?;
        let width = widest(&mut event.iter().map(|change| length(subject(change))));
        for change in event {
            let space = " ".repeat(width - length(subject(change)));
            let places = match change.used_by.len() {
                0 => String::new(),
                1 => " (of unknown events)".to_owned(),
                count => format!(" (in {count} places)"),
            };
            let line = format!(
                "  {:<breaks_width$}   {}{space}  {}{places}",
                change.breaks(),
                marker.name(subject(change)),
                visible(&change.what)
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    let count =
        |breaks: fn(&Change) -> bool| changes.iter().filter(|change| breaks(change)).count();
    let undecided = match count(Change::is_undecided) {
        0 => String::new(),
        count => format!(", {count} undecided"),
    };
    writeln!(
        out,
        "{}: {} for receivers, {} for senders{undecided}",
        counted(changes.len(), "change"),
        counted(count(|change| change.breaks_receivers), "breaking one"),
        counted(count(|change| change.breaks_senders), "breaking one"),
    )
}

/// The field, or the shared definition, that a change is about.
fn subject(change: &Change) -> &str {
    change.schema.as_deref().unwrap_or(&change.pointer)
}
