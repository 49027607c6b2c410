//! What the documents lack, as a table for people.

use std::io::{self, Write};

use crate::catalogue::Vendor;
use crate::drift::finding::{Finding, Presence, findings, percent, presence};
use crate::drift::state::State;
use crate::style::Marker;
use crate::terminal::{Terminal, counted, visible};

/// How many columns a row has.
const COLUMNS: usize = 6;

/// Writes a block an event, and a line for all.
pub(crate) fn write(
    out: &mut dyn Write,
    state: &State,
    vendors: &[Vendor],
    terminal: Terminal,
) -> io::Result<()> {
    let marker = Marker::new(terminal);
    let findings = findings(state);
    for event in
        findings.chunk_by(|one, other| (one.vendor, one.event) == (other.vendor, other.event))
    {
        writeln!(out, "{}", marker.title(&title(&event[0], state)))?;
        rows(out, event, marker)?;
        writeln!(out)?;
    }
    let always = presence(state, vendors);
    let optional: Vec<_> = always.iter().filter(|it| !it.required).collect();
    if !optional.is_empty() {
        writeln!(out, "{}", marker.title("Optional by the document, but always there"))?;
        for Presence { vendor, event, pointer, count, null, .. } in optional {
            let null = if *null > 0 {
                format!(", null in {}", percent(*null, *count))
            } else {
                String::new()
            };
            writeln!(out, "  {vendor} {event}  {}  {count}{null}", marker.name(&visible(pointer)))?;
        }
        writeln!(out)?;
    }
    let required = always.iter().filter(|it| it.required).count();
    if required > 0 {
        writeln!(out, "{}: never missing\n", counted(required, "required field"))?;
    }
    let lacking = counted(findings.len(), "thing");
    let payloads = counted(state.payloads(), "payload");
    writeln!(out, "{payloads}: {lacking} that the documents lack")
}

fn title(finding: &Finding<'_>, state: &State) -> String {
    let Finding { vendor, event, .. } = finding;
    if event.is_empty() {
        return "no event".to_owned();
    }
    let profiles = [&state.events, &state.unknown];
    let profile = profiles.iter().find_map(|all| all.get(*vendor)?.get(*event));
    let payloads = counted(profile.map_or(0, |profile| profile.payloads()), "payload");
    let vendor = if vendor.is_empty() { "nobody's" } else { vendor };
    format!("{} {}: {payloads}", vendor, visible(event))
}

fn rows(out: &mut dyn Write, findings: &[Finding<'_>], marker: Marker) -> io::Result<()> {
    let row = |finding: &Finding<'_>| -> [String; COLUMNS] {
        [
            finding.what.as_str().to_owned(),
            visible(finding.pointer).into_owned(),
            visible(&finding.detail).into_owned(),
            finding.count.to_string(),
            percent(finding.count, finding.of),
            places(finding),
        ]
    };
    let rows: Vec<_> = findings.iter().map(row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..COLUMNS).map(|column| width(column).unwrap_or_default()).collect();
    for row in rows {
        let mut line = String::from(" ");
        for (column, (cell, width)) in
            row.iter().zip(&widths).enumerate().filter(|(_, (_, width))| **width > 0)
        {
            let space = " ".repeat(width - cell.chars().count());
            line += &match column {
                1 => format!(" {}{space} ", marker.name(cell)),
                3 | 4 => format!(" {space}{cell} "),
                5 => format!(" {}", marker.aside(cell)),
                _ => format!(" {cell}{space} "),
            };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn places(Finding { first, last, .. }: &Finding<'_>) -> String {
    if first == last {
        visible(first).into_owned()
    } else {
        format!("{} … {}", visible(first), visible(last))
    }
}
