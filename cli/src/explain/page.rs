//! Text and fields as they are laid out on a terminal.

use std::io::{self, Write};

use offhook_runtime::text::visible;
use textwrap::Options;

use crate::catalogue::{Field, Schema, words};
use crate::style::Marker;
use crate::terminal::{Terminal, length};

/// Wider lines are hard to read.
const WIDEST: usize = 100;

/// How wide a page is, and what stands out on it.
pub(crate) struct Page {
    pub(crate) marker: Marker,
    width: usize,
}

impl Page {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self { marker: Marker::new(terminal), width: terminal.width.min(WIDEST) }
    }

    /// Text in lines, all of them indented. Its own lines are filled anew.
    pub(crate) fn wrapped(&self, text: &str, indent: usize) -> String {
        let lines = text.lines().map(visible).filter(|line| !line.trim().is_empty());
        let text = lines.collect::<Vec<_>>().join(" ");
        let indent = " ".repeat(indent);
        let options = Options::new(self.width).break_words(false);
        textwrap::fill(&text, options.initial_indent(&indent).subsequent_indent(&indent))
    }

    /// Fields, each below and to the right of what it is in. `above` is how deep that is.
    pub(crate) fn fields(
        &self,
        out: &mut dyn Write,
        fields: &[Field<'_>],
        above: usize,
    ) -> io::Result<()> {
        let indent = |field: &Field<'_>| 2 * (field.path.len() - above);
        let names = fields.iter().map(|field| indent(field) + length(field.name()));
        let column = names.max().unwrap_or_default().min(self.width / 2) + 2;
        for field in fields {
            let (left, name) = (indent(field), field.name());
            let space = column.saturating_sub(left + length(name)).max(1);
            let (left, space) = (" ".repeat(left), " ".repeat(space));
            let what = self.wrapped(&about(field), column);
            writeln!(out, "{left}{}{space}{}", self.marker.name(name), what.trim_start())?;
            if let Some(description) = field.schema.text("description") {
                writeln!(out, "{}", self.wrapped(description, column))?;
            }
            self.conditions(out, &" ".repeat(column), &field.schema)?;
        }
        Ok(())
    }

    pub(crate) fn conditions(
        &self,
        out: &mut dyn Write,
        indent: &str,
        schema: &Schema<'_>,
    ) -> io::Result<()> {
        for condition in words::conditions(schema) {
            writeln!(out, "{}", self.wrapped(&condition, indent.len()))?;
        }
        Ok(())
    }
}

/// `string, required; from an example`
fn about(field: &Field<'_>) -> String {
    let required = if field.required { "required" } else { "optional" };
    let advice = words::advice(&field.schema).map(|advice| format!("; advice: {advice}"));
    let source = field.schema.text("x-source").map(|source| format!(" [{source}]"));
    let [advice, source] = [advice, source].map(Option::unwrap_or_default);
    format!("{}; {required}{advice}{source}", words::value(&field.schema))
}
