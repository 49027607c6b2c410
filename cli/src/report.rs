//! What the formats of reports have in common.

mod excerpt;
mod human;
mod json;
mod mask;

use std::io::{self, Write};
use std::sync::Arc;

use offhook_validator::Report;

use crate::archive::Payload;
use crate::args::Format;
use crate::terminal::Terminal;
use crate::totals::Totals;

/// Reports on payloads, each by itself and several at a time.
pub(crate) trait Render: Send + Sync {
    /// Reports on a payload.
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report);

    /// Reports on a payload of which there is nothing to say.
    fn clean(&self, _out: &mut Vec<u8>, _payload: &Payload<'_>, _vendor: &str, _event: &str) {}
}

/// Brings what was rendered together, in the order of the input.
pub(crate) trait Sink {
    /// Writes what was rendered of some payloads.
    fn write(&mut self, out: &mut dyn Write, rendered: &[u8]) -> io::Result<()> {
        out.write_all(rendered)
    }

    /// Writes what stands after all payloads.
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()>;
}

/// A format, with or without what stands in the payloads.
pub(crate) fn of(format: Format, show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    match format {
        Format::Human => human::report(Terminal::of_stdout(), show_values),
        Format::Json => json::report(show_values),
    }
}
