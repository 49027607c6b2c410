//! One payload against its vendor's document: what is plain is said at once, and only the rest is
//! judged and explained.

use std::ptr;
use std::sync::Arc;

use offhook_model::payload_name;
use offhook_runtime::json::cursor::Reader;

use crate::body::Body;
use crate::documented;
use crate::finding::{Finding, Room};
use crate::instance::Node;
use crate::locate::located;
use crate::naming::{self, Named};
use crate::quick::{self, Examined};
use crate::report::{Report, in_order};
use crate::rules::Rules;
use crate::subject::{Parts, Subject};
use crate::suggest;
use crate::tape::Tape;
use crate::validator::Validator;

/// What was seen of a payload at a quick look.
pub(crate) struct Look<'a> {
    /// What it was held against.
    subject: &'a Subject,
    examined: Examined,
}

impl Validator {
    /// Whether it is plain to see that a payload is valid.
    pub(crate) fn is_quickly_valid(&self, body: &[u8], schema: Option<&Subject>) -> bool {
        self.quickly(body, schema).is_some_and(|(text, subject)| {
            let program = &subject.parts(&self.schemas).program;
            if self.strict {
                quick::is_clean(program, text)
            } else {
                quick::is_valid(program, text)
            }
        })
    }

    /// Whether it is plain to see that there is nothing to say of a text, held against `subject`.
    pub(crate) fn is_clean(&self, subject: &Subject, text: &str) -> bool {
        quick::is_clean(&subject.parts(&self.schemas).program, text)
    }

    /// The text of a body, and what it must be held against if it turns out to be valid; none if that
    /// is not plain.
    pub(crate) fn quickly<'s, 'b>(
        &'s self,
        body: &'b [u8],
        schema: Option<&'s Subject>,
    ) -> Option<(&'b str, &'s Subject)> {
        let text = simdutf8::basic::from_utf8(body).ok().filter(|_| body.len() <= self.max_size)?;
        let way = self.schemas.way_to_name.as_deref();
        let subject = match (schema, way) {
            (None, Some(way)) => {
                let (reader, rest) = Reader::new(text);
                self.payloads.likely(reader.event_name(rest, way)?)?
            }
            (None, None) => self.only_payload()?,
            (Some(subject), _) => subject,
        };
        self.is_named(subject, text).then_some((text, subject))
    }

    /// Whether a text surely names what it would be valid as; a name that was found in it may be the
    /// name of something else, or another event's.
    pub(crate) fn is_named(&self, subject: &Subject, text: &str) -> bool {
        let is_found = |way: &[String]| {
            let (reader, rest) = Reader::new(text);
            reader.find_string(rest, way) == Some(&subject.name)
        };
        !subject.name.is_empty()
            && (subject.parts(&self.schemas).is_named
                || self.schemas.way_to_name.as_deref().is_none_or(is_found))
    }

    /// Checks a payload against one schema, or the one of the event that it names.
    pub(crate) fn check(&self, body: &[u8], schema: Option<&Subject>) -> Report {
        let look = self.quickly(body, schema).and_then(|(text, subject)| self.look(subject, text));
        let room = Room::new(self.max_violations, body.len());
        match look {
            Some((Look { subject, examined }, _)) if examined.is_faultless() => Report {
                edition: Some(Arc::clone(&self.edition)),
                event: Some(subject.name.as_str().into()),
                personal: in_order(examined.personal),
                ..Report::default()
            },
            Some((look, tape)) => {
                let read = match tape {
                    Some(tape) => Body::of(tape, room),
                    None => Body::read(body, self.max_size, room),
                };
                self.report(body, read, schema, Some(look))
            }
            None => {
                let read = Body::read(body, self.max_size, room);
                self.report(body, read, schema, None)
            }
        }
    }

    /// A quick look at a text that is held against `subject`, and the text's values, unless they are
    /// many; none if it may be no JSON.
    pub(crate) fn look<'s, 't>(
        &'s self,
        subject: &'s Subject,
        text: &'t str,
    ) -> Option<(Look<'s>, Option<Tape<'t>>)> {
        let (examined, tape) = quick::examine(&subject.parts(&self.schemas).program, text)?;
        Some((Look { subject, examined }, tape))
    }

    /// Judges what was read of a body, as far as a quick look at it told nothing.
    pub(crate) fn report(
        &self,
        body: &[u8],
        read: Body<'_>,
        schema: Option<&Subject>,
        look: Option<Look<'_>>,
    ) -> Report {
        let Body { tape, mut findings, mut personal, mut room } = read;
        let mut notices = Vec::new();
        let mut event = None;
        if let Some(tape) = &tape {
            let named = self.named(tape);
            event = Self::payload(&named, schema);
            let own = schema.or(match named {
                Named::Documented(subject) => Some(subject),
                _ => None,
            });
            if let Some(subject) = own.or(self.envelope.as_ref()) {
                let Parts { judge, documented, .. } = subject.parts(&self.schemas);
                let payload = Node::new(tape, 0);
                let examined = look.filter(|look| ptr::eq(look.subject, subject));
                let Examined { doubts, nothing_to_add, personal: seen } =
                    examined.map_or_else(Examined::nothing, |look| look.examined);
                if !doubts.is_empty() {
                    let (rule, room) = (Rules::ROOT, &mut room);
                    let found = judge.findings(&self.schemas, rule, payload, &doubts, room);
                    findings = joined(findings, found);
                }
                if nothing_to_add {
                    personal = joined(personal, seen);
                } else {
                    let known = own.is_some();
                    let walked = documented.walk(&self.schemas, judge, payload, known, &mut room);
                    personal = joined(personal, walked.personal);
                    notices = documented::without_violations(walked.notices, &findings);
                }
            } else {
                personal.extend(naming::undocumented(tape, named.node()));
            }
            if own.is_none() {
                self.add_unnamed(tape, &named, &mut findings);
            }
        }
        if self.strict {
            findings.append(&mut notices);
        }
        Report {
            edition: Some(Arc::clone(&self.edition)),
            other_documents: Box::default(),
            event: event.map(Box::from),
            violations: located(body, findings),
            notices: located(body, notices),
            omitted: room.omitted,
            personal: in_order(personal),
        }
    }

    /// The name of the documented event that a payload is; if it does not name one, of the payload
    /// that `schema` is of.
    fn payload<'a>(named: &Named<'a>, schema: Option<&'a Subject>) -> Option<&'a str> {
        match named {
            Named::Documented(subject) => Some(&subject.name),
            Named::Nothing => payload_name(&schema?.file, false),
            _ => None,
        }
    }

    /// What payloads are, if they can only be one thing.
    fn only_payload(&self) -> Option<&Subject> {
        let mut all = self.payloads.values();
        all.next().filter(|_| all.next().is_none())
    }

    /// The event that a payload names.
    pub(crate) fn named(&self, tape: &Tape<'_>) -> Named<'_> {
        let Some(path) = self.discriminator() else {
            return match self.only_payload() {
                Some(only) => Named::Documented(only),
                None => Named::Nothing,
            };
        };
        let mut node = 0;
        for name in path {
            match tape.member(node, name) {
                Some(member) => node = member,
                None => return Named::Missing(path),
            }
        }
        match tape.string(node) {
            None => Named::NotAString(node),
            Some(name) => match self.payloads.get(&name) {
                Some(subject) => Named::Documented(subject),
                None => Named::Unknown(node, name.into_owned()),
            },
        }
    }

    /// What is wrong with a discriminator that names no event, unless the envelope says so already.
    fn add_unnamed(&self, tape: &Tape<'_>, named: &Named<'_>, findings: &mut Vec<Finding>) {
        let finding = match named {
            Named::Documented(_) => return,
            Named::Unknown(node, name) => naming::unknown_event(
                tape,
                *node,
                format!("one of the {} events that {} documents", self.names.len(), self.vendor()),
                "another name",
                suggest::nearest(name, self.events()),
            ),
            Named::NotAString(node) => naming::not_a_name(tape, *node),
            Named::Missing(path) => naming::missing_name(path, tape),
            Named::Nothing => naming::nameless(self.vendor(), tape),
        };
        if !findings
            .iter()
            .any(|other| other.pointer == finding.pointer || other.pointer.is_empty())
        {
            findings.push(finding);
        }
    }
}

/// One list after the other; the other itself if there is none before it.
fn joined<T>(mut one: Vec<T>, other: Vec<T>) -> Vec<T> {
    if one.is_empty() {
        return other;
    }
    one.extend(other);
    one
}
