//! An event: what it is about, its fields, its conditions, an example.

use std::io::{self, Write};

use offhook_runtime::text::visible;

use crate::catalogue::Event;
use crate::explain::page::Page;
use crate::terminal::Terminal;

/// Explains an event.
pub(crate) fn explain(out: &mut dyn Write, event: Event<'_>, terminal: Terminal) -> io::Result<()> {
    let page = Page::new(terminal);
    let Some(schema) = event.schema() else {
        return Ok(());
    };
    let title =
        schema.text("title").map(|title| format!(": {}", visible(title))).unwrap_or_default();
    writeln!(out, "{}{title}", page.marker.title(event.name))?;
    if let Some(description) = schema.text("description") {
        writeln!(out, "\n{}", page.wrapped(description, 0))?;
    }
    let document = event.vendor.document.as_ref();
    let document = document.map(|it| format!("{}, read {}; ", it.name, it.read));
    let place = format!("Source: {}{}", document.unwrap_or_default(), schema.location());
    writeln!(out, "\n{}\n", page.marker.aside(place.trim_end_matches('#')))?;
    page.fields(out, &event.fields(), 0)?;
    page.conditions(out, "", &schema)?;
    if let Some(example) = event.examples().next() {
        writeln!(out, "\nExample: {}\n", visible(&example.name))?;
        for line in laid_out(&example.text).lines() {
            writeln!(out, "  {}", visible(line))?;
        }
    }
    Ok(())
}

/// A payload with a line for every member, whatever its vendor makes of it.
fn laid_out(text: &str) -> String {
    let json = offhook_model::json::parse(text);
    let json = json.ok().and_then(|json| serde_json::to_string_pretty(&json).ok());
    json.unwrap_or_else(|| text.to_owned())
}
