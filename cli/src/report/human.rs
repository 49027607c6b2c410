//! Reports for people: one picture a payload, with carets under what is wrong and what it should be.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Title};
use memchr::memchr;
use offhook_validator::{Code, Report, Violation};

use crate::archive::Payload;
use crate::outcome::Outcome;
use crate::report::label::{Label, wrapped};
use crate::report::mask::Mask;
use crate::report::picture::{Fault, Painter, Scene};
use crate::report::region::bytes;
use crate::report::{Render, Sink};
use crate::terminal::{Terminal, counted, say, visible};
use crate::totals::Totals;

/// How many faults one picture has. Whoever has more begins with these.
const MOST: usize = 16;

/// Lines are never trimmed by the renderer: they fit already.
const ENDLESS: usize = 1 << 20;

/// What a compiler would write.
pub(crate) fn report(terminal: Terminal, show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    let human = Human::new(terminal, show_values);
    let masked = Arc::clone(&human.masked);
    (Arc::new(human), Box::new(Footer { masked }))
}

struct Human {
    renderer: Renderer,
    width: usize,
    show_values: bool,
    /// Whether something was masked.
    masked: Arc<AtomicBool>,
}

/// The totals.
struct Footer {
    masked: Arc<AtomicBool>,
}

/// A violation or a notice.
#[derive(Clone, Copy)]
struct Finding<'a> {
    violation: &'a Violation,
    is_notice: bool,
}

impl Human {
    fn new(Terminal { width, colour }: Terminal, show_values: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(ENDLESS);
        Self { renderer, width, show_values, masked: Arc::default() }
    }

    /// The picture of a payload.
    fn picture(&self, payload: &Payload<'_>, report: &Report) -> String {
        let (shown, rest) = findings(report);
        let alone = shown.len() == 1 && report.omitted() == 0;
        let fault = |finding: &Finding<'_>| finding.fault(payload, report, alone);
        let faults: Vec<_> = shown.iter().map(fault).collect();
        let mask = (!self.show_values).then(|| Mask::new(payload.body, report));
        let digits = faults.iter().map(|fault| fault.line).max().unwrap_or(1).to_string().len();
        let width = self.width.saturating_sub(digits + 3); // `12 | `
        let painter = Painter { body: payload.body, mask: mask.as_ref(), width };
        let scenes = painter.scenes(&faults);
        if scenes.iter().any(|scene| scene.masked) {
            self.masked.store(true, Ordering::Relaxed);
        }
        let places: Vec<_> = scenes.iter().map(|scene| place(payload, scene)).collect();
        let snippets = scenes.iter().zip(&places).map(|(scene, place)| scene.snippet(place));
        let notes = self.notes(&shown, &rest, digits, alone);
        let notes = notes.iter().map(|(level, text)| level.clone().message(text));
        let alone = shown.first().filter(|_| alone).map(|finding| finding.violation);
        let group = Group::with_title(self.title(report, alone));
        own_places(self.renderer.render(&[group.elements(snippets).elements(notes)]), &places)
    }

    /// What stands above a picture: what is wrong, if it is one thing alone, or how much is.
    fn title(&self, report: &Report, alone: Option<&Violation>) -> Title<'static> {
        let (level, name) = if report.is_valid() {
            (Level::WARNING.with_name("notice"), "notice")
        } else {
            (Level::ERROR, "error")
        };
        // `error[type]: ` or `error: `
        let indent = name.len() + alone.map_or(2, |alone| alone.code.as_str().len() + 4);
        let text = alone.map_or_else(|| counts(report), Violation::message);
        let text = wrapped(&text, self.width.saturating_sub(indent)).join("\n");
        let title = level.primary_title(text);
        match alone {
            Some(alone) => title.id(alone.code.as_str()),
            None => title,
        }
    }

    /// What stands below a picture.
    fn notes(
        &self,
        shown: &[Finding<'_>],
        rest: &BTreeMap<Code, usize>,
        digits: usize,
        alone: bool,
    ) -> Vec<(Level<'static>, String)> {
        let text = |name: &str, text: &str| {
            // ` = name: `
            let width = self.width.saturating_sub(digits + 3 + name.len() + 2);
            wrapped(&visible(text), width).join("\n")
        };
        let mut notes = Vec::new();
        let mut schemas: Vec<&str> = Vec::new();
        for schema in shown.iter().filter_map(|finding| finding.violation.schema.as_deref()) {
            if !schemas.contains(&schema) {
                schemas.push(schema);
                notes.push((Level::NOTE.with_name("schema"), text("schema", schema)));
            }
        }
        if let [Finding { violation: Violation { help: Some(help), .. }, .. }] = shown
            && alone
        {
            notes.push((Level::HELP, text("help", help)));
        }
        if !rest.is_empty() {
            let codes = rest.iter().map(|(code, count)| format!("{count} {code}"));
            let codes = codes.collect::<Vec<_>>().join(", ");
            let count: usize = rest.values().sum();
            let note = format!("{count} more are not shown ({codes}); --format json shows all");
            notes.push((Level::NOTE, text("note", &note)));
        }
        notes
    }
}

impl Finding<'_> {
    /// What is drawn of it. Beside violations, notices are of less weight.
    fn fault(&self, payload: &Payload<'_>, report: &Report, alone: bool) -> Fault {
        let is_aside = self.is_notice && !report.is_valid();
        Fault {
            mark: on_one_line(payload.body, bytes(payload.body, self.violation)),
            line: payload.line(self.violation),
            column: self.violation.column,
            label: self.label(alone),
            kind: if is_aside { AnnotationKind::Context } else { AnnotationKind::Primary },
        }
    }

    /// What stands beside the carets: everything, or what the title does not tell.
    fn label(&self, alone: bool) -> Label {
        let Violation { code, pointer, help, .. } = self.violation;
        let pointer = visible(pointer);
        if alone {
            return Label::new([pointer.into_owned()], None);
        }
        let message = self.violation.message();
        let message = if self.is_notice {
            format!("notice[{code}]: {message}")
        } else {
            format!("{code}: {message}")
        };
        let at = if pointer.is_empty() { String::new() } else { format!("at {pointer}") };
        let help = help.as_deref().map(|help| format!("help: {}", visible(help)));
        Label::new([message, at], help)
    }
}

/// What is shown of a report, in the order of the payload, and how much is not; violations come
/// first where there is not enough room for both.
fn findings(report: &Report) -> (Vec<Finding<'_>>, BTreeMap<Code, usize>) {
    let finding = |is_notice| move |violation| Finding { violation, is_notice };
    let violations = report.violations().iter().map(finding(false));
    let mut all = violations.chain(report.notices().iter().map(finding(true)));
    let mut shown: Vec<_> = all.by_ref().take(MOST).collect();
    shown.sort_by_key(|finding| finding.violation.offset);
    let mut rest = BTreeMap::new();
    for finding in all {
        *rest.entry(finding.violation.code).or_default() += 1;
    }
    (shown, rest)
}

/// `2 violations of dialstack's call.end, 1 notice`
fn counts(report: &Report) -> String {
    let event = match (report.vendor(), report.event()) {
        (Some(vendor), Some(event)) => format!(" of {vendor}'s {event}"),
        _ => String::new(),
    };
    let counts = [(report.violations().len(), "violation"), (report.notices().len(), "notice")];
    let mut counts = counts.iter().filter(|(count, _)| *count > 0);
    let first = counts.next().map(|(count, what)| counted(*count, what) + &event);
    let second = counts.next().map(|(count, what)| counted(*count, what));
    let omitted = (report.omitted() > 0).then(|| format!("{} more left out", report.omitted()));
    first.into_iter().chain(second).chain(omitted).collect::<Vec<_>>().join(", ")
}

/// What carets can be under: a fault, or its first byte if it goes on below.
fn on_one_line(body: &[u8], fault: Range<usize>) -> Range<usize> {
    let goes_on = memchr(b'\n', &body[fault.clone()]).is_some();
    fault.start..if goes_on { fault.start + 1 } else { fault.end }
}

/// `call.json:17:25`
fn place(payload: &Payload<'_>, scene: &Scene) -> String {
    let (line, column) = scene.place;
    format!("{}:{line}:{column}", visible(payload.name()))
}

/// Takes out what the renderer adds to places: line and column in what it was given.
fn own_places(mut picture: String, places: &[String]) -> String {
    let mut at = 0;
    for place in places {
        if let Some(found) = picture[at..].find(&format!("{place}:")) {
            at += found + place.len();
            let added = picture[at..].find(|char: char| char != ':' && !char.is_ascii_digit());
            picture.replace_range(at..at + added.unwrap_or(0), "");
        }
    }
    picture
}

impl Render for Human {
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report) {
        if report.is_valid() && report.notices().is_empty() {
            return;
        }
        out.extend_from_slice(self.picture(payload, report).as_bytes());
        out.extend_from_slice(b"\n\n");
    }
}

impl Sink for Footer {
    fn end(&mut self, out: &mut dyn Write, totals: &Totals, _outcome: Outcome) -> io::Result<()> {
        writeln!(out, "{totals}")?;
        out.flush()?;
        if self.masked.load(Ordering::Relaxed) {
            say("note: what may be personal is masked; --show-values shows it");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use offhook::dialstack;
    use offhook_validator::Validator;

    use super::Human;
    use crate::archive::Payload;
    use crate::report::excerpt::columns;
    use crate::terminal::Terminal;

    const PAYLOAD: &str = r#"{
        "id": "evt_01", "type": "recording.available", "created_at": "yesterday",
        "account_id": "acct_01", "data": { "call_id": "東京", "duration_seconds": "325", "x": 1 }
    }"#;

    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| Validator::new(dialstack::SCHEMA).unwrap());

    fn picture(body: &[u8], record: Option<usize>, width: usize) -> String {
        let report = VALIDATOR.validate(body);
        let payload = Payload { source: "x\n.json", file: 0, record, body };
        Human::new(Terminal::new(width, false), false).picture(&payload, &report)
    }

    #[test]
    fn one_fault_is_the_title() {
        let body = PAYLOAD.replace("yesterday", "2026-01-15T14:35:35Z").replace(", \"x\": 1", "");
        let expected = r#"
error[type]: want a number, got a string
 --> x\u000a.json:3:81
  |
3 | ...京", "duration_seconds": "325" }
  |                             ^^^^^ /data/duration_seconds
  |
  = schema: dialstack/shared/call.json#/$defs
            /duration_seconds/type"#;
        assert_eq!(picture(body.as_bytes(), None, 60), expected.trim_start());
    }

    #[test]
    fn several_faults_are_in_one_picture() {
        let expected = r#"
error: 2 violations of dialstack's recording.available, 1
       notice
  --> x\u000a.json:10:70
   |
10 | ...le", "created_at": "yesterday",
   |                       ^^^^^^^^^^^
   |                       |
   |                       format: want an RFC 3339
   |                       date-time, got another string
   |                       at /created_at
11 | ...n_seconds": "325", "x": * }
   |                ^^^^^  ---
   |                |      |
   |                |      notice[undocumented]: want a
   |                |      documented member, got an
   |                |      undocumented one
   |                |      at /data/x
   |                type: want a number, got a string
   |                at /data/duration_seconds
   |
   = schema: dialstack/shared/envelope.json#/properties
             /created_at/format
   = schema: dialstack/shared/call.json#/$defs
             /duration_seconds/type"#;
        assert_eq!(picture(PAYLOAD.as_bytes(), Some(9), 60), expected.trim_start());
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let bodies = [
            PAYLOAD.to_owned(),
            PAYLOAD.replace('\n', " "),
            PAYLOAD.replace("325", &"長".repeat(100)),
            PAYLOAD.replace("\"x\"", &format!("\"{}\"", "é\u{301}/".repeat(40))),
            PAYLOAD.replace("duration_seconds", "duration_secundus"),
            format!("{}{PAYLOAD}", "\t".repeat(100)),
            PAYLOAD[..150].to_owned(),
        ];
        for body in bodies {
            for width in [40, 80, 200] {
                for (at, char) in body.char_indices().step_by(17) {
                    let (before, after) = (&body[..at], &body[at + char.len_utf8()..]);
                    for char in ["", "\"", "\u{7}", "\u{202e}", "東", "\t", "\n"] {
                        let body = format!("{before}{char}{after}");
                        let picture = picture(body.as_bytes(), None, width);
                        let widest = picture.lines().max_by_key(|line| columns(line)).unwrap();
                        assert!(columns(widest) <= width, "{width}:\n{picture}");
                    }
                }
            }
        }
    }
}
