//! What the documents lack, as a table for people.

use std::io::{self, Write};

use offhook_runtime::text::visible;
use unicode_width::UnicodeWidthStr;

use crate::catalogue::Vendor;
use crate::drift::finding::{Finding, Presence, findings, percent, presence};
use crate::drift::profile::Profile;
use crate::drift::state::State;
use crate::style::Marker;
use crate::terminal::{Terminal, counted};

/// How many columns a row has.
const COLUMNS: usize = 6;

/// The column of what was seen, and that of where.
const DETAIL: usize = 2;
const PLACES: usize = 5;

/// Before what stands below a row.
const INDENT: &str = "      ";

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
        rows(out, &event.iter().map(lacking).collect::<Vec<_>>(), marker, terminal)?;
        writeln!(out)?;
    }
    let always = presence(state, vendors);
    let optional: Vec<_> = always.iter().filter(|it| !it.required).collect();
    if !optional.is_empty() {
        writeln!(out, "{}", marker.title("Optional by the document, but always there"))?;
        rows(out, &optional.into_iter().map(there).collect::<Vec<_>>(), marker, terminal)?;
        writeln!(out)?;
    }
    let required = always.iter().filter(|it| it.required).count();
    if required > 0 {
        writeln!(out, "{}: never missing\n", counted(required, "required field"))?;
    }
    if let Some(untold) = state.untold() {
        writeln!(out, "{untold}\n")?;
    }
    let things = counted(findings.len(), "thing");
    let payloads = counted(state.payloads(), "payload");
    writeln!(out, "{payloads}: {things} that the documents lack")
}

fn title(finding: &Finding<'_>, state: &State) -> String {
    let Finding { vendor, event, .. } = finding;
    if event.is_empty() {
        return "no event".to_owned();
    }
    let profiles = [&state.events, &state.unknown];
    let profile = profiles.iter().find_map(|all| all.get(*vendor)?.get(*event));
    let payloads = counted(profile.map_or(0, Profile::payloads), "payload");
    let vendor = if vendor.is_empty() { "nobody's" } else { vendor };
    format!("{} {}: {payloads}", visible(vendor), visible(event))
}

fn lacking(finding: &Finding<'_>) -> [String; COLUMNS] {
    [
        finding.what.as_str().to_owned(),
        visible(finding.pointer).into_owned(),
        visible(&finding.detail).into_owned(),
        finding.count.to_string(),
        percent(finding.count, finding.of),
        places(&finding.first, &finding.last),
    ]
}

fn there(presence: &Presence<'_>) -> [String; COLUMNS] {
    let null = match presence.null {
        0 => String::new(),
        null => format!("null in {}", percent(null, presence.count)),
    };
    [
        format!("{} {}", visible(presence.vendor), visible(presence.event)),
        visible(&presence.pointer).into_owned(),
        null,
        presence.count.to_string(),
        percent(presence.count, presence.of),
        places(&presence.first, &presence.last),
    ]
}

/// A line a row, in columns; where the terminal is too narrow for that, what was seen and where stand
/// below.
fn rows(
    out: &mut dyn Write,
    rows: &[[String; COLUMNS]],
    marker: Marker,
    terminal: Terminal,
) -> io::Result<()> {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max();
    let widths: Vec<usize> = (0..COLUMNS).map(|column| width(column).unwrap_or_default()).collect();
    let columns = widths.iter().filter(|width| **width > 0).count();
    let is_narrow = widths.iter().sum::<usize>() + 2 * columns > terminal.width;
    for row in rows {
        let mut line = String::from(" ");
        let mut below = Vec::new();
        for (column, (cell, width)) in
            row.iter().zip(&widths).enumerate().filter(|(_, (_, width))| **width > 0)
        {
            if is_narrow && matches!(column, DETAIL | PLACES) {
                below.extend(textwrap::wrap(cell, terminal.width.saturating_sub(INDENT.len())));
                continue;
            }
            let space = " ".repeat(width - cell.width());
            let cell = match column {
                1 => format!(" {}{space} ", marker.name(cell)),
                3 | 4 => format!(" {space}{cell} "),
                PLACES => format!(" {}", marker.aside(cell)),
                _ => format!(" {cell}{space} "),
            };
            line.push_str(&cell);
        }
        writeln!(out, "{}", line.trim_end())?;
        for line in below {
            writeln!(out, "{INDENT}{}", marker.aside(&line))?;
        }
    }
    Ok(())
}

fn places(first: &str, last: &str) -> String {
    if first == last {
        visible(first).into_owned()
    } else {
        format!("{} … {}", visible(first), visible(last))
    }
}
