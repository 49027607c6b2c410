//! One field of an event, and what is in it.

use std::io::{self, Write};

use offhook_runtime::text::visible;

use crate::catalogue::{Event, Field, Json, Schema, Step, words};
use crate::explain::page::Page;
use crate::nearest::tip;
use crate::terminal::{Terminal, length};

/// The field that a JSON Pointer leads to, and those in it; or what to say if there is none.
pub(crate) fn find<'v>(event: Event<'v>, pointer: &str) -> Result<Vec<Field<'v>>, String> {
    let fields = event.fields();
    let wanted = fields.iter().find(|field| leads_to(pointer, field));
    let Some(wanted) = wanted.cloned() else {
        let pointers: Vec<String> = fields.iter().map(Field::pointer).collect();
        let tip = tip(pointer, pointers.iter().map(String::as_str));
        let (vendor, name) = (event.vendor, visible(event.name));
        return Err(format!(
            "{name} has no field '{}'{tip}\n\n  `offhook explain {} {name}` lists what there is",
            visible(pointer),
            visible(&vendor.name)
        ));
    };
    let inside = fields.into_iter().filter(|field| field.path.starts_with(&wanted.path));
    Ok(inside.collect())
}

/// Whether a JSON Pointer leads to a field, if by an index where the field has a `*`.
fn leads_to(pointer: &str, field: &Field<'_>) -> bool {
    let own = field.pointer();
    let (own, pointer): (Vec<&str>, Vec<&str>) =
        (own.split('/').collect(), pointer.split('/').collect());
    own.len() == pointer.len()
        && own
            .iter()
            .zip(&pointer)
            .zip(std::iter::once(None).chain(field.path.iter().map(Some)))
            .all(|((own, token), step)| own == token || step == Some(&Step::Any))
}

/// Explains the first of `fields`, which the others are in.
pub(crate) fn explain(
    out: &mut dyn Write,
    event: Event<'_>,
    fields: &[Field<'_>],
    terminal: Terminal,
) -> io::Result<()> {
    let Some((field, inside)) = fields.split_first() else {
        return Ok(());
    };
    let page = Page::new(terminal);
    let schema = &field.schema;
    writeln!(out, "{} of {}", page.marker.title(&field.pointer()), visible(event.name))?;
    if let Some(description) = schema.text("description") {
        writeln!(out, "\n{}", page.wrapped(description, 0))?;
    }
    writeln!(out)?;
    let row = |out: &mut dyn Write, name: &str, text: &str| {
        let text = page.wrapped(text, 12);
        writeln!(out, "{:<12}{}", name, text.trim_start())
    };
    row(out, "value", &words::value(schema))?;
    row(out, "presence", if field.required { "required" } else { "optional" })?;
    if let Some(advice) = words::advice(schema) {
        row(out, "advice", &advice)?;
    }
    for condition in words::conditions(schema) {
        row(out, "condition", &condition)?;
    }
    if field.is_sensitive() {
        row(out, "privacy", "may be personal: masked in reports and in `Debug`")?;
    }
    if let Some(source) = schema.text("x-source") {
        row(out, "source", &provenance(source))?;
    }
    row(
        out,
        "schema",
        &schema.layers().iter().map(Schema::location).collect::<Vec<_>>().join(", "),
    )?;
    if let Some(Json::Object(values)) = schema.keyword("x-enum-descriptions") {
        writeln!(out)?;
        let width = values.keys().map(|value| length(value)).max().unwrap_or_default();
        for (value, meaning) in values {
            let text = page.wrapped(meaning.as_str().unwrap_or_default(), width + 4);
            let space = " ".repeat(width + 2 - length(value));
            writeln!(out, "  {}{space}{}", page.marker.name(value), text.trim_start())?;
        }
    }
    if !inside.is_empty() {
        writeln!(out)?;
        page.fields(out, inside, field.path.len())?;
    }
    Ok(())
}

/// Where the document says so.
fn provenance(source: &str) -> String {
    match source {
        "table" => "a table of the document".to_owned(),
        "prose" => "the document's prose".to_owned(),
        "example" => "only an example of the document shows it".to_owned(),
        "vendor-code" => "only the vendor's public source shows it".to_owned(),
        "name" => "only its name is documented".to_owned(),
        "observed" => "seen in traffic, not documented".to_owned(),
        other => other.to_owned(),
    }
}
