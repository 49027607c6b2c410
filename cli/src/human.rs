//! Reports for people: the line of the payload, carets under what is wrong, and what it should be.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use offhook_validator::{Code, Report, Violation};

use crate::excerpt::Excerpt;
use crate::input::Payload;
use crate::mask::Mask;
use crate::reporter::{Reporter, in_file, say};

/// Where no terminal says how wide it is.
const DEFAULT_WIDTH: usize = 140;

/// Narrower than this, nothing is trimmed any more.
const MIN_WIDTH: usize = 40;

/// Columns beside a marked value and its label: line number, frame, and marks where it is trimmed.
const MARGIN: usize = 20;

/// Writes what a compiler would write.
pub(crate) struct Human {
    renderer: Renderer,
    width: usize,
    show_values: bool,
    masked: bool,
    summary: Summary,
}

impl Human {
    /// `width` is in columns, of the terminal if there is one.
    pub(crate) fn new(width: Option<usize>, colour: bool, show_values: bool) -> Self {
        let width = width.unwrap_or(DEFAULT_WIDTH).max(MIN_WIDTH);
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self {
            renderer: renderer.term_width(width),
            width,
            show_values,
            masked: false,
            summary: Summary::default(),
        }
    }

    /// One violation or notice as a compiler's message.
    fn message(
        &self,
        payload: &Payload,
        violation: &Violation,
        level: Level<'_>,
        excerpt: &Excerpt,
    ) -> String {
        let Violation { line, column, .. } = in_file(payload, violation);
        let title = level.primary_title(violation.message()).id(violation.code.as_str());
        let source = if payload.is_stdin() { "<stdin>" } else { &payload.source };
        let place = format!("{}:{line}:{column}", visible(source));
        let marked =
            AnnotationKind::Primary.span(excerpt.span.clone()).label(visible(&violation.pointer));
        let snippet = Snippet::source(&*excerpt.text).line_start(line).path(&*place);
        let schema = violation.schema.as_deref();
        let schema = schema.map(|schema| Level::NOTE.with_name("schema").message(visible(schema)));
        let help = violation.help.as_deref().map(|help| Level::HELP.message(visible(help)));
        let group = Group::with_title(title).element(snippet.annotation(marked));
        let message = self.renderer.render(&[group.elements(schema).elements(help)]);
        // The renderer says where the fault is in the excerpt.
        let in_excerpt = excerpt.text[..excerpt.span.start].chars().count() + 1;
        message.replacen(&format!("{place}:{line}:{in_excerpt}"), &place, 1)
    }

    /// What is shown of the payload for a violation.
    fn excerpt(&self, payload: &Payload, violation: &Violation, mask: Option<&Mask>) -> Excerpt {
        // What an object lacks is nowhere in it: its brace stands for it.
        let is_missing = violation.code == Code::Required;
        let length = if is_missing { violation.length.min(1) } else { violation.length };
        let fault = violation.offset..violation.offset.saturating_add(length);
        let mut excerpt = Excerpt::new(&payload.body, fault, mask, self.width);
        if excerpt.columns() + MARGIN > self.width {
            let label = violation.pointer.chars().count();
            excerpt.mark_at_most(self.width.saturating_sub(MARGIN + label).max(MARGIN));
        }
        excerpt
    }
}

impl Reporter for Human {
    fn payload(
        &mut self,
        out: &mut dyn Write,
        payload: &Payload,
        report: &Report,
    ) -> io::Result<()> {
        self.summary.add(report);
        let violations = report.violations().iter().map(|violation| (Level::ERROR, violation));
        let notice = Level::WARNING.with_name("notice");
        let notices = report.notices().iter().map(|violation| (notice.clone(), violation));
        let mut mask = None;
        for (level, violation) in violations.chain(notices) {
            if !self.show_values && mask.is_none() {
                mask = Some(Mask::new(&payload.body, report));
            }
            let excerpt = self.excerpt(payload, violation, mask.as_ref());
            self.masked |= excerpt.masked;
            writeln!(out, "{}\n", self.message(payload, violation, level, &excerpt))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.summary)?;
        out.flush()?;
        if self.masked {
            say("note: what may be personal is masked; --show-values shows it");
        }
        Ok(())
    }
}

/// Text from elsewhere on one line, with nothing in it that commands a terminal.
fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().map(|char| match char {
        _ if char.is_control() => format!("\\u{:04x}", u32::from(char)),
        _ => char.to_string(),
    });
    Cow::Owned(escaped.collect())
}

/// `12 payloads: 10 valid, 2 invalid; 3 violations (2 type, 1 enum), 1 notice`
#[derive(Default)]
struct Summary {
    valid: usize,
    invalid: usize,
    violations: BTreeMap<Code, usize>,
    notices: usize,
    omitted: usize,
}

impl Summary {
    fn add(&mut self, report: &Report) {
        if report.is_valid() {
            self.valid += 1;
        } else {
            self.invalid += 1;
        }
        for violation in report.violations() {
            *self.violations.entry(violation.code).or_default() += 1;
        }
        self.notices += report.notices().len();
        self.omitted += report.omitted();
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&counted(self.valid + self.invalid, "payload"))?;
        let verdicts = [(self.valid, "valid"), (self.invalid, "invalid")];
        let verdicts = verdicts.iter().filter(|(count, _)| *count > 0);
        let verdicts: Vec<_> = verdicts.map(|(count, what)| format!("{count} {what}")).collect();
        if !verdicts.is_empty() {
            write!(f, ": {}", verdicts.join(", "))?;
        }
        let mut findings = Vec::new();
        if !self.violations.is_empty() {
            let mut codes: Vec<_> = self.violations.iter().collect();
            codes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let codes: Vec<_> =
                codes.iter().map(|(code, count)| format!("{count} {code}")).collect();
            let count = counted(self.violations.values().sum(), "violation");
            findings.push(format!("{count} ({})", codes.join(", ")));
        }
        if self.notices > 0 {
            findings.push(counted(self.notices, "notice"));
        }
        if self.omitted > 0 {
            findings.push(format!("{} more left out", self.omitted));
        }
        if !findings.is_empty() {
            write!(f, "; {}", findings.join(", "))?;
        }
        Ok(())
    }
}

/// `1 payload`, `2 payloads`
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use offhook::voiceblender;
    use offhook_validator::Validator;

    use super::Human;
    use crate::input::Payload;
    use crate::reporter::Reporter;

    const PAYLOAD: &str = r#"{
        "display_name": "Zoë 東", "timestamp": "2026-01-15T14:30:00Z",
        "leg_id": ["a", {"b": 1}], "from": "+14155551234", "type": "leg.ringing"
    }"#;

    #[test]
    fn no_bytes_and_no_width_make_it_panic() {
        let validator = Validator::new(voiceblender::SCHEMA).unwrap();
        let mut out = Vec::new();
        for width in [Some(0), Some(40), Some(61), None] {
            let mut human = Human::new(width, true, false);
            for at in 0..PAYLOAD.len() {
                for byte in [b'\xff', b'\n', b'\r', b'\t', b'"', b'\\', b'\xcc', b'0', b'}'] {
                    let mut body = PAYLOAD.as_bytes().to_owned();
                    body[at] = byte;
                    let report = validator.validate(&body);
                    let payload = Payload { source: "x\n".into(), record: Some(at + 1), body };
                    human.payload(&mut out, &payload, &report).unwrap();
                }
            }
        }
        assert!(!out.is_empty());
    }
}
