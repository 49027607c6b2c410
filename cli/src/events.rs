//! `offhook events`: the catalogue of what is documented.

use std::io::{self, Write};

use offhook_runtime::text::visible;
use serde::Serialize;

use crate::args::{Events, Listing};
use crate::catalogue::{Event, Vendor};
use crate::outcome::Outcome;
use crate::output::{Form, print};
use crate::style::Marker;
use crate::terminal::{Terminal, counted, length};

/// A line for scripts.
#[derive(Serialize)]
struct Line<'a> {
    vendor: &'a str,
    event: &'a str,
    title: Option<&'a str>,
    description: Option<&'a str>,
    schema: String,
    document: Option<&'a str>,
}

/// Lists the events of the vendors that the command line names.
pub(crate) fn run(args: &Events) -> Outcome {
    let vendors = match args.schemas.load().map(|vendors| vendors.read()) {
        Ok(vendors) => vendors,
        Err(message) => return Outcome::unloadable(&message),
    };
    match args.format {
        Listing::Human => print(Form::Styled, |out| list(out, &vendors)),
        Listing::Json => print(Form::Json, |out| {
            let mut events = vendors.iter().flat_map(Vendor::events);
            events.try_for_each(|event| writeln!(out, "{}", line(event)?))
        }),
    }
}

fn line(event: Event<'_>) -> io::Result<String> {
    let schema = event.schema();
    let text = |keyword| schema.as_ref().and_then(|schema| schema.text(keyword));
    Ok(serde_json::to_string(&Line {
        vendor: &event.vendor.name,
        event: event.name,
        title: text("title"),
        description: text("description"),
        schema: format!("{}/{}", event.vendor.folder, event.file),
        document: event.vendor.date(),
    })?)
}

/// A block a vendor, a line an event.
pub(crate) fn list(out: &mut dyn Write, vendors: &[Vendor]) -> io::Result<()> {
    let marker = Marker::new(Terminal::of_stdout());
    let names = vendors.iter().flat_map(Vendor::events).map(|event| length(event.name));
    let width = names.max().unwrap_or_default();
    for (at, vendor) in vendors.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let count = counted(vendor.events().count(), "event");
        let document = vendor.document.as_ref();
        let document = document.map(|it| {
            let date = if it.date == it.read { String::new() } else { format!(" of {}", it.date) };
            format!(", after {}{date}, read {}", it.name, it.read)
        });
        let about = format!("{count}{}", document.unwrap_or_default());
        writeln!(out, "{}: {}", marker.title(&vendor.name), visible(&about))?;
        for event in vendor.events() {
            let title = event.schema().and_then(|schema| schema.text("title")).unwrap_or_default();
            let space = " ".repeat(width - length(event.name));
            let line = format!("  {}{space}  {}", marker.name(event.name), visible(title));
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}
