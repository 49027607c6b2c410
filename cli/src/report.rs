//! What the formats of reports have in common.

mod excerpt;
mod frame;
mod github;
mod human;
mod json;
mod junit;
mod kinds;
mod label;
mod line;
mod mask;
mod message;
mod picture;
mod region;
mod sarif;
mod spool;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use offhook_validator::{Report, Validator, Violation};

use crate::archive::Payload;
use crate::args::Format;
use crate::outcome::Outcome;
use crate::terminal::Terminal;
use crate::totals::Totals;

/// What is said of a file that was not read as a whole; standard error has the cause.
const UNREADABLE: &str = "this could not be read, or not to its end";

/// Reports on payloads, each by itself and several at a time.
pub(crate) trait Render: Send + Sync {
    /// Reports on a payload.
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report);

    /// Reports on a payload of which there is nothing to say.
    fn clean(
        &self,
        _out: &mut Vec<u8>,
        _payload: &Payload<'_>,
        _validator: &Validator,
        _event: &str,
    ) {
    }
}

/// Brings what was rendered together, in the order of the input.
pub(crate) trait Sink {
    /// Writes what was rendered of some payloads.
    fn write(&mut self, out: &mut dyn Write, rendered: &[u8]) -> io::Result<()> {
        out.write_all(rendered)
    }

    /// Writes what stands after all payloads, and what came of them.
    fn end(&mut self, out: &mut dyn Write, totals: &Totals, outcome: Outcome) -> io::Result<()>;
}

/// A format, with or without what stands in the payloads.
pub(crate) fn of(format: Format, show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    match format {
        Format::Human => human::report(Terminal::of_stdout(), show_values),
        Format::Json => json::report(show_values),
        Format::Sarif => sarif::report(show_values),
        Format::Github => github::report(show_values),
        Format::Junit => junit::report(show_values),
    }
}

/// The only finding of a report that has no other.
pub(crate) fn alone(report: &Report) -> Option<&Violation> {
    match (report.violations(), report.notices(), report.omitted()) {
        ([alone], [], 0) | ([], [alone], 0) => Some(alone),
        _ => None,
    }
}

/// A path as the web has it: with slashes, and without the dot for where it begins.
fn web_path(source: &str) -> Cow<'_, str> {
    if cfg!(windows) {
        let path = source.replace('\\', "/");
        return Cow::Owned(path.strip_prefix("./").unwrap_or(&path).to_owned());
    }
    Cow::Borrowed(source.strip_prefix("./").unwrap_or(source))
}
