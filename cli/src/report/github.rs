//! Reports for workflows on GitHub: commands that annotate files, and a log of all that could not be
//! annotated.
//!
//! A step has at most ten annotations of each level. Where there is more to say, the tenth one sums
//! the rest up, and the rest is in the log.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

use offhook_runtime::text::visible;
use offhook_validator::{Report, Violation};

use crate::archive::{Payload, source_name};
use crate::outcome::Outcome;
use crate::report::frame::{push, records};
use crate::report::message::message;
use crate::report::region::Region;
use crate::report::{Render, Sink, UNREADABLE, web_path};
use crate::terminal::counted;
use crate::totals::{Totals, by_frequency};

/// How many annotations of a level there may be, but one.
const MOST: usize = 9;

/// Annotations and a log.
pub(crate) fn report(show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    let log = Log { errors: Level::default(), notices: Level::default(), in_group: false };
    (Arc::new(Commands { show_values }), Box::new(log))
}

struct Commands {
    show_values: bool,
}

/// What is said of one fault.
#[derive(Clone, Debug)]
struct Entry {
    /// `error` or `notice`.
    level: String,
    code: String,
    /// The file, as it is called in the log.
    source: String,
    /// What annotates the file.
    command: String,
    /// The same for the log.
    line: String,
}

impl Commands {
    fn entry(&self, out: &mut Vec<u8>, payload: &Payload<'_>, violation: &Violation, level: &str) {
        let Region { line, column, end_line, end_column } = Region::new(payload, violation);
        let Violation { code, pointer, .. } = violation;
        let message = message(payload, violation, self.show_values);
        let title = visible(&format!("{code} {pointer}")).trim_end().to_owned();
        let source = visible(payload.name());
        let mut properties = Vec::new();
        if payload.source != "-" {
            properties.push(("file", visible(&web_path(payload.source)).into_owned()));
            properties.extend([("line", line.to_string()), ("endLine", end_line.to_string())]);
            // Columns are taken on one line alone, and the last one is the last that is at fault.
            if line == end_line {
                let last = end_column.saturating_sub(1).max(column);
                properties.extend([("col", column.to_string()), ("endColumn", last.to_string())]);
            }
        }
        properties.push(("title", title));
        let command = command(level, &properties, &message);
        let line = logged(&format!("{level}[{code}]: {source}:{line}:{column}: {message}"));
        push(out, &[level, code.as_str(), &source, &command, &line]);
    }
}

impl Render for Commands {
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report) {
        for violation in report.violations() {
            self.entry(out, payload, violation, "error");
        }
        for notice in report.notices() {
            self.entry(out, payload, notice, "notice");
        }
    }
}

/// The annotations so far.
struct Log {
    errors: Level,
    notices: Level,
    /// Whether the log has what is folded away.
    in_group: bool,
}

/// The annotations of a level so far.
#[derive(Default)]
struct Level {
    annotated: usize,
    /// What is the tenth one, unless there is an eleventh.
    tenth: Option<Entry>,
    /// What is only in the log: how much by code, and in how many files, of which this is the last.
    logged: BTreeMap<String, usize>,
    files: usize,
    last: String,
}

impl Log {
    fn add(&mut self, out: &mut dyn Write, entry: Entry) -> io::Result<()> {
        let level = if entry.level == "error" { &mut self.errors } else { &mut self.notices };
        if level.annotated < MOST {
            level.annotated += 1;
            return writeln!(out, "{}", entry.command);
        }
        if level.tenth.is_none() && level.logged.is_empty() {
            level.tenth = Some(entry);
            return Ok(());
        }
        if !mem::replace(&mut self.in_group, true) {
            writeln!(out, "::group::offhook: what has no annotation")?;
        }
        if let Some(tenth) = level.tenth.take() {
            level.log(out, tenth)?;
        }
        level.log(out, entry)
    }
}

impl Level {
    fn log(&mut self, out: &mut dyn Write, entry: Entry) -> io::Result<()> {
        *self.logged.entry(entry.code).or_default() += 1;
        if self.files == 0 || self.last != entry.source {
            self.files += 1;
            self.last = entry.source;
        }
        writeln!(out, "{}", entry.line)
    }

    /// Writes the tenth annotation.
    fn end(&mut self, out: &mut dyn Write, level: &str) -> io::Result<()> {
        if let Some(tenth) = self.tenth.take() {
            return writeln!(out, "{}", tenth.command);
        }
        if self.logged.is_empty() {
            return Ok(());
        }
        let count = self.logged.values().sum();
        let title = counted(count, &format!("more {level}"));
        let files = counted(self.files, "file");
        let codes = by_frequency(&self.logged);
        let message = format!("{codes} in {files}; the step's log has them all");
        writeln!(out, "{}", command(level, &[("title", title)], &message))
    }
}

impl Sink for Log {
    fn write(&mut self, out: &mut dyn Write, rendered: &[u8]) -> io::Result<()> {
        for [level, code, source, command, line] in records(rendered) {
            let entry = Entry {
                level: level.to_owned(),
                code: code.to_owned(),
                source: source.to_owned(),
                command: command.to_owned(),
                line: line.to_owned(),
            };
            self.add(out, entry)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals, _: Outcome) -> io::Result<()> {
        for source in &totals.unreadable {
            self.add(out, unread(source))?;
        }
        if mem::take(&mut self.in_group) {
            writeln!(out, "::endgroup::")?;
        }
        self.errors.end(out, "error")?;
        self.notices.end(out, "notice")?;
        writeln!(out, "{totals}")
    }
}

/// A file that was not read, or not to its end.
fn unread(source: &str) -> Entry {
    let title = ("title", "unreadable".to_owned());
    let properties = if source == "-" {
        vec![title]
    } else {
        vec![("file", visible(&web_path(source)).into_owned()), title]
    };
    Entry {
        level: "error".to_owned(),
        code: "unreadable".to_owned(),
        source: source_name(source).to_owned(),
        command: command("error", &properties, UNREADABLE),
        line: logged(&format!("error[unreadable]: {}: {UNREADABLE}", visible(source_name(source)))),
    }
}

/// `::error file=call.json,line=1::expected a number, found a string`
fn command(name: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<_> = properties
        .iter()
        .map(|(name, value)| {
            format!("{name}={}", data(value).replace(':', "%3A").replace(',', "%2C"))
        })
        .collect();
    format!("::{name} {}::{}", properties.join(","), data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that is no command: those begin with two colons, or have, in an older form, two hashes and
/// a bracket anywhere.
fn logged(line: &str) -> String {
    line.replace("##[", "#\\u0023[")
}

#[cfg(test)]
mod tests {
    use super::{command, logged};

    #[test]
    fn commands_are_escaped() {
        let properties = [("file", "a,b:c%.json".to_owned()), ("line", "1".to_owned())];
        let expected = "::error file=a%2Cb%3Ac%25.json,line=1::100%25: a, b%0D%0A::warning::c";
        assert_eq!(command("error", &properties, "100%: a, b\r\n::warning::c"), expected);
    }

    #[test]
    fn the_log_has_no_commands() {
        assert_eq!(logged("error: at /##[error]x"), "error: at /#\\u0023[error]x");
    }
}
