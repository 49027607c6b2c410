//! Reports for people: the line of the payload, carets under what is wrong, and what it should be.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use offhook_validator::{Code, Report, Violation};

use crate::archive::Payload;
use crate::report::excerpt::Excerpt;
use crate::report::mask::Mask;
use crate::report::{Render, Sink};
use crate::terminal::{Terminal, say, visible};
use crate::totals::Totals;

/// Columns beside a marked value and its label: line number, frame, and marks where it is trimmed.
const MARGIN: usize = 20;

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

impl Human {
    fn new(Terminal { width, colour }: Terminal, show_values: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(width);
        Self { renderer, width, show_values, masked: Arc::default() }
    }

    /// One violation or notice as a compiler's message.
    fn message(
        &self,
        payload: &Payload<'_>,
        violation: &Violation,
        level: Level<'_>,
        excerpt: &Excerpt,
    ) -> String {
        let (line, column) = (payload.line(violation), violation.column);
        let title = level.primary_title(violation.message()).id(violation.code.as_str());
        let place = format!("{}:{line}:{column}", visible(payload.name()));
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
    fn excerpt(
        &self,
        payload: &Payload<'_>,
        violation: &Violation,
        mask: Option<&Mask>,
    ) -> Excerpt {
        // What an object lacks is nowhere in it: its brace stands for it.
        let is_missing = violation.code == Code::Required;
        let length = if is_missing { violation.length.min(1) } else { violation.length };
        let fault = violation.offset..violation.offset.saturating_add(length);
        let mut excerpt = Excerpt::new(payload.body, fault, mask, self.width);
        if excerpt.columns() + MARGIN > self.width {
            let label = violation.pointer.chars().count();
            excerpt.mark_at_most(self.width.saturating_sub(MARGIN + label).max(MARGIN));
        }
        excerpt
    }
}

impl Render for Human {
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report) {
        let violations = report.violations().iter().map(|violation| (Level::ERROR, violation));
        let notice = Level::WARNING.with_name("notice");
        let notices = report.notices().iter().map(|violation| (notice.clone(), violation));
        let mut mask = None;
        for (level, violation) in violations.chain(notices) {
            if !self.show_values && mask.is_none() {
                mask = Some(Mask::new(payload.body, report));
            }
            let excerpt = self.excerpt(payload, violation, mask.as_ref());
            if excerpt.masked {
                self.masked.store(true, Ordering::Relaxed);
            }
            out.extend_from_slice(self.message(payload, violation, level, &excerpt).as_bytes());
            out.extend_from_slice(b"\n\n");
        }
    }
}

impl Sink for Footer {
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
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
    use offhook::voiceblender;
    use offhook_validator::Validator;

    use super::Human;
    use crate::archive::Payload;
    use crate::report::Render;
    use crate::terminal::Terminal;

    const PAYLOAD: &str = r#"{
        "display_name": "Zoë 東", "timestamp": "2026-01-15T14:30:00Z",
        "leg_id": ["a", {"b": 1}], "from": "+14155551234", "type": "leg.ringing"
    }"#;

    #[test]
    fn no_bytes_and_no_width_make_it_panic() {
        let validator = Validator::new(voiceblender::SCHEMA).unwrap();
        let mut out = Vec::new();
        for width in [0, 40, 61, 140] {
            let human = Human::new(Terminal::new(width, true), false);
            for at in 0..PAYLOAD.len() {
                for byte in [b'\xff', b'\n', b'\r', b'\t', b'"', b'\\', b'\xcc', b'0', b'}'] {
                    let mut body = PAYLOAD.as_bytes().to_owned();
                    body[at] = byte;
                    let report = validator.validate(&body);
                    let payload =
                        Payload { source: "x\n", file: 0, record: Some(at + 1), body: &body };
                    human.report(&mut out, &payload, &report);
                }
            }
        }
        assert!(!out.is_empty());
    }
}
