//! `offhook schema diff`: what changed between two versions of schemas, and whom it breaks.

mod assertions;
mod change;
mod compare;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use offhook_runtime::text::visible;

use crate::args::{Diff, Listing, Whom, refuse};
use crate::catalogue::Vendor;
use crate::diff::change::Change;
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
fn load(version: &str) -> Result<Vec<Vendor>, String> {
    let path = PathBuf::from(version);
    if !path.exists() && vendors::names().contains(&version) {
        return Ok(Vendors::load(&[], Some(version))?.read());
    }
    Ok(Vendors::load(&[path], None)?.read())
}

fn changes(old: &[Vendor], new: &[Vendor]) -> Result<Vec<Change>, String> {
    // Two versions of one vendor may be called as one likes.
    if let ([old], [new]) = (old, new) {
        return Ok(compare::vendors(old, new));
    }
    let names = |vendors: &[Vendor]| -> BTreeSet<String> {
        vendors.iter().map(|vendor| vendor.name.clone()).collect()
    };
    if names(old) != names(new) {
        return Err("want two versions of the same vendors, got different vendors".to_owned());
    }
    let pairs = old.iter().flat_map(|old| {
        let same = new.iter().find(|new| new.name == old.name);
        same.map(|new| compare::vendors(old, new)).unwrap_or_default()
    });
    Ok(pairs.collect())
}

/// A block an event, and a line for all.
fn table(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    let marker = Marker::new(Terminal::of_stdout());
    let same =
        |one: &Change, other: &Change| (&one.vendor, &one.event) == (&other.vendor, &other.event);
    for event in changes.chunk_by(same) {
        let Change { vendor, event: name, .. } = &event[0];
        let title = name.as_ref().map_or_else(|| vendor.clone(), |name| format!("{vendor} {name}"));
        writeln!(out, "{}", marker.title(&title))?;
        let width = event.iter().map(|change| length(&change.pointer)).max().unwrap_or(0);
        for change in event {
            let space = " ".repeat(width - length(&change.pointer));
            let line = format!(
                "  {:<29}  {}{space}  {}",
                change.breaks(),
                marker.name(&change.pointer),
                visible(&change.what)
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    let count =
        |breaks: fn(&Change) -> bool| changes.iter().filter(|change| breaks(change)).count();
    writeln!(
        out,
        "{}: {} for receivers, {} for senders",
        counted(changes.len(), "change"),
        counted(count(|change| change.breaks_receivers), "breaking one"),
        counted(count(|change| change.breaks_senders), "breaking one"),
    )
}
