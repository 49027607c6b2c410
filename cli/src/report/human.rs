//! Reports for people: pictures of payloads, with carets under what is wrong and what it should be.
//!
//! Of payloads with the same faults only the first few are drawn, and each of the others is told on a
//! line. Which are the first is known only where they are brought in order, so that workers draw, too,
//! what may not be wanted, until enough of its kind is drawn.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Title};
use memchr::memchr;
use offhook_runtime::text::visible;
use offhook_validator::{Code, Report, Violation};

use crate::archive::Payload;
use crate::outcome::Outcome;
use crate::report::frame::{push, records};
use crate::report::kinds::{Drawn, kind};
use crate::report::label::{Label, wrapped};
use crate::report::line::{counts, level, line};
use crate::report::mask::Mask;
use crate::report::picture::{Fault, Painter, Scene};
use crate::report::region::bytes;
use crate::report::{Render, Sink, alone};
use crate::terminal::{Terminal, counted, say};
use crate::totals::Totals;

/// How many faults one picture has. Whoever has more begins with these.
const MOST: usize = 16;

/// How many characters there are in a text beside a picture.
const LONGEST: usize = 1_000;

/// Lines are never trimmed by the renderer: they fit already.
const ENDLESS: usize = 1 << 20;

/// What a compiler would write.
pub(crate) fn report(terminal: Terminal, show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    let human = Human::new(terminal, show_values);
    let drawn = Arc::clone(&human.drawn);
    let album = Album { drawn, masked: false, lines: 0, below_line: false };
    (Arc::new(human), Box::new(album))
}

struct Human {
    renderer: Renderer,
    width: usize,
    show_values: bool,
    drawn: Arc<Drawn>,
}

/// A payload as it is drawn.
#[derive(Default)]
struct Picture {
    text: String,
    /// Whether something in it is masked.
    masked: bool,
}

/// What stands for a masked picture, as it goes to the album.
const MASKED: &str = "masked";

/// The pictures, the lines of those that have none, and the totals.
struct Album {
    drawn: Arc<Drawn>,
    /// Whether something in the pictures is masked.
    masked: bool,
    /// How many payloads have a line.
    lines: usize,
    /// Whether the last one had a line.
    below_line: bool,
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
        Self { renderer, width, show_values, drawn: Arc::default() }
    }

    /// The picture of a payload.
    fn picture(&self, payload: &Payload<'_>, report: &Report) -> Picture {
        let (shown, rest) = findings(report);
        let title = self.title(report);
        let alone = alone(report).is_some();
        let fault = |finding: &Finding<'_>| finding.fault(payload, report, alone);
        let faults: Vec<_> = shown.iter().map(fault).collect();
        let mask = (!self.show_values).then(|| Mask::new(payload.body, report));
        let digits = faults.iter().map(|fault| fault.line).max().unwrap_or(1).to_string().len();
        let width = self.width.saturating_sub(digits + 3); // `12 | `
        let painter = Painter { body: payload.body, mask: mask.as_ref(), width };
        let scenes = painter.scenes(&faults);
        let places: Vec<_> = scenes.iter().map(|scene| place(payload, scene)).collect();
        let snippets = scenes.iter().zip(&places).map(|(scene, place)| scene.snippet(place));
        let notes = self.notes(&shown, &rest, digits, alone);
        let notes = notes.iter().map(|(level, text)| level.clone().message(text));
        let group = Group::with_title(title).elements(snippets).elements(notes);
        let text = own_places(self.renderer.render(&[group]), &places);
        Picture { text, masked: scenes.iter().any(|scene| scene.masked) }
    }

    /// What stands above a picture: what is wrong, if it is one thing alone, or how much is.
    fn title(&self, report: &Report) -> Title<'static> {
        let (alone, name) = (alone(report), level(report));
        let level = if report.is_valid() { Level::WARNING.with_name(name) } else { Level::ERROR };
        // `error[type]: ` or `error: `
        let indent = name.len() + alone.map_or(2, |alone| alone.code.as_str().len() + 4);
        let text = alone.map_or_else(|| counts(report), Violation::message);
        let text = wrapped(&visible(&short(&text)), self.width.saturating_sub(indent)).join("\n");
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
            wrapped(&visible(&short(text)), width).join("\n")
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
        let pointer = short(pointer);
        let pointer = visible(&pointer);
        if alone {
            return Label::new([pointer.into_owned()], None);
        }
        let message = self.violation.message();
        let message = short(&message);
        let message = if self.is_notice {
            format!("notice[{code}]: {message}")
        } else {
            format!("{code}: {message}")
        };
        let at = if pointer.is_empty() { String::new() } else { format!("at {pointer}") };
        let help = help.as_deref().map(|help| format!("help: {}", visible(&short(help))));
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

/// A text, without its middle if it is longer than anything that is read beside a picture: the name of
/// a member may be as long as the payload.
fn short(text: &str) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(LONGEST / 2) else {
        return text.into();
    };
    match text.char_indices().nth_back(LONGEST / 2) {
        Some((start, _)) if start > end => format!("{}…{}", &text[..end], &text[start..]).into(),
        _ => text.into(),
    }
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

/// Takes out what the renderer adds to places: line and column in what it was given, and colons
/// before all but the first, which runners of workflows take for the beginning of a command.
fn own_places(mut picture: String, places: &[String]) -> String {
    let mut at = 0;
    for place in places {
        if let Some(found) = picture[at..].find(&format!("{place}:")) {
            at += found;
            let line = picture[..at].rfind('\n').map_or(0, |end| end + 1);
            let arrow = picture[line..at].replace(":::", "-->");
            picture.replace_range(line..at, &arrow);
            at += place.len();
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
        let kind = kind(report);
        let is_wanted = self.drawn.lacks(kind);
        let Picture { text, masked } =
            if is_wanted { self.picture(payload, report) } else { Picture::default() };
        let masked = if masked { MASKED } else { "" };
        push(out, &[&kind.to_string(), masked, &text, &line(payload, report)]);
    }
}

impl Album {
    /// Leaves a line empty below lines, as there is one below every picture.
    fn end_lines(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if mem::take(&mut self.below_line) { writeln!(out) } else { Ok(()) }
    }
}

impl Sink for Album {
    fn write(&mut self, out: &mut dyn Write, rendered: &[u8]) -> io::Result<()> {
        for [kind, masked, picture, line] in records(rendered) {
            if kind.parse().is_ok_and(|kind| self.drawn.take(kind)) {
                debug_assert!(!picture.is_empty(), "nobody leaves out what is wanted");
                self.end_lines(out)?;
                writeln!(out, "{picture}\n")?;
                self.masked |= masked == MASKED;
            } else {
                writeln!(out, "{line}")?;
                self.lines += 1;
                self.below_line = true;
            }
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals, _outcome: Outcome) -> io::Result<()> {
        self.end_lines(out)?;
        writeln!(out, "{totals}")?;
        out.flush()?;
        if self.lines > 0 {
            let payloads = counted(self.lines, "more payload");
            say(&format!(
                "note: one line each for {payloads} like those in pictures; --format json shows all"
            ));
        }
        if self.masked {
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
        Human::new(Terminal::new(width, false), false).picture(&payload, &report).text
    }

    #[test]
    fn one_fault_is_the_title() {
        let body = PAYLOAD.replace("yesterday", "2026-01-15T14:35:35Z").replace(", \"x\": 1", "");
        let expected = r#"
error[type]: expected a number, found a string
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
   |                       format: expected an RFC 3339
   |                       date-time, found another string
   |                       at /created_at
11 | ...n_seconds": "325", "x": * }
   |                ^^^^^  ---
   |                |      |
   |                |      notice[undocumented]:
   |                |      undocumented property "x"
   |                |      at /data/x
   |                type: expected a number, found a string
   |                at /data/duration_seconds
   |
   = schema: dialstack/shared/envelope.json#/properties
             /created_at/format
   = schema: dialstack/shared/call.json#/$defs
             /duration_seconds/type"#;
        assert_eq!(picture(PAYLOAD.as_bytes(), Some(9), 60), expected.trim_start());
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_or_commands_it() {
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
                        let is_odd = |char: char| char.is_control() && char != '\n';
                        assert!(!picture.contains(is_odd), "{picture:?}");
                    }
                }
            }
        }
    }
}
