//! Checks payloads against one vendor's document, in steps: a quick look at the text, then the tape, the
//! event's name, the evaluator and the report.

use std::ptr;
use std::sync::Arc;

use offhook_model::{SchemaSet, payload_name};
use offhook_runtime::json::cursor::Reader;

use super::body::Body;
use super::compiled_event::{CompiledEvent, Parts};
use super::event_name::{self, NamePlace, Named};
use crate::budget::Room;
use crate::evaluate::compiled::CompiledGraph;
use crate::evaluate::walk::{self, Findings, Notices, Task, collect};
use crate::fast_path::run::{self, Examined};
use crate::json::name_map::ByName;
use crate::json::node::Node;
use crate::json::tape::Tape;
use crate::report::finding::Finding;
use crate::report::line_index::located;
use crate::report::{Edition, Report, in_order, slip};
use crate::schemas::Schemas;

/// A vendor's schemas and the limits of a check.
pub(crate) struct Checker {
    pub(crate) schemas: Schemas,
    /// By event, or by payload where payloads do not name their event.
    pub(crate) payloads: ByName<CompiledEvent>,
    /// Their names, in order.
    pub(crate) names: Vec<String>,
    /// What every event has.
    envelope: Option<CompiledEvent>,
    pub(crate) edition: Arc<Edition>,
    pub(crate) strict: bool,
    pub(crate) max_size: usize,
    pub(crate) max_violations: usize,
}

/// What was seen of a payload at a quick look.
pub(crate) struct Look<'a> {
    /// What it was checked against.
    event: &'a CompiledEvent,
    examined: Examined,
}

impl Checker {
    pub(crate) fn new(set: Arc<SchemaSet>, max_size: usize, max_violations: usize) -> Self {
        let schemas = Schemas::new(set);
        let event = |(name, file): (String, String)| {
            let event = CompiledEvent::new(&name, file);
            (name, event)
        };
        let files = schemas.payloads().into_iter();
        let files: Vec<_> =
            files.map(|payload| (payload.name.to_owned(), payload.file.to_owned())).collect();
        let names = files.iter().map(|(name, _)| name.clone()).collect();
        let payloads: ByName<_> = files.into_iter().map(event).collect();
        let envelope = schemas.envelope().map(|file| CompiledEvent::new("", file.to_owned()));
        let edition = Arc::new(Edition {
            vendor: schemas.vendor().into(),
            document: schemas.date().map(Box::from),
        });
        Self {
            edition,
            schemas,
            payloads,
            names,
            envelope,
            strict: false,
            max_size,
            max_violations,
        }
    }

    pub(crate) fn vendor(&self) -> &str {
        &self.edition.vendor
    }

    /// The names of the members that lead to the event's name; none if payloads have none.
    pub(crate) fn discriminator(&self) -> Option<&[String]> {
        self.schemas.discriminator()
    }

    /// The names of the documented events, in order.
    pub(crate) fn events(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The payload, or what every event has, whose schema is in `file`.
    pub(crate) fn event_of(&self, file: &str) -> Option<&CompiledEvent> {
        let name = payload_name(file, self.discriminator().is_some());
        let own = name.and_then(|name| self.payloads.get(name));
        own.into_iter().chain(&self.envelope).find(|event| event.file == file)
    }

    /// Whether it is plain to see that a payload is valid.
    pub(crate) fn is_quickly_valid(&self, body: &[u8], schema: Option<&CompiledEvent>) -> bool {
        self.quickly(body, schema).is_some_and(|(text, event)| {
            let program = &event.parts(&self.schemas).program;
            if self.strict { run::is_clean(program, text) } else { run::is_valid(program, text) }
        })
    }

    /// Whether it is plain to see that there is nothing to say of a text, checked against `event`.
    pub(crate) fn is_clean(&self, event: &CompiledEvent, text: &str) -> bool {
        run::is_clean(&event.parts(&self.schemas).program, text)
    }

    /// The text of a body, and what it must be checked against if it turns out to be valid; none if that
    /// is not plain.
    pub(crate) fn quickly<'s, 'b>(
        &'s self,
        body: &'b [u8],
        schema: Option<&'s CompiledEvent>,
    ) -> Option<(&'b str, &'s CompiledEvent)> {
        let text = simdutf8::basic::from_utf8(body).ok().filter(|_| body.len() <= self.max_size)?;
        let way = self.schemas.way_to_name.as_deref();
        let event = match (schema, way) {
            (None, Some(way)) => {
                let (reader, rest) = Reader::new(text);
                self.payloads.likely(reader.event_name(rest, way)?)?
            }
            (None, None) => self.only_payload()?,
            (Some(event), _) => event,
        };
        self.is_named(event, text).then_some((text, event))
    }

    /// Whether a text surely names what it would be valid as; a name that was found in it may be the
    /// name of something else, or another event's.
    pub(crate) fn is_named(&self, event: &CompiledEvent, text: &str) -> bool {
        let is_found = |way: &[String]| {
            let (reader, rest) = Reader::new(text);
            reader.find_string(rest, way) == Some(&*event.name)
        };
        !event.name.is_empty()
            && (event.parts(&self.schemas).is_named
                || self.schemas.way_to_name.as_deref().is_none_or(is_found))
    }

    /// Checks a payload against one schema, or the one of the event that it names.
    pub(crate) fn check(&self, body: &[u8], schema: Option<&CompiledEvent>) -> Report {
        let look = self.quickly(body, schema).and_then(|(text, event)| self.look(event, text));
        match look {
            Some((Look { event, examined }, _)) if examined.is_faultless() => Report {
                edition: Some(Arc::clone(&self.edition)),
                event: Some(Arc::clone(&event.name)),
                personal: in_order(examined.personal),
                ..Report::default()
            },
            look => {
                let (look, tape) = look.unzip();
                let room = Room::new(self.max_violations, body.len());
                let read = Body::of(tape.flatten(), body, self.max_size, room);
                self.report(body, read, schema, look)
            }
        }
    }

    /// A quick look at a text that is checked against `event`, and the text's values, unless they are
    /// many; none if it may be no JSON.
    pub(crate) fn look<'s, 't>(
        &'s self,
        event: &'s CompiledEvent,
        text: &'t str,
    ) -> Option<(Look<'s>, Option<Tape<'t>>)> {
        let (examined, tape) = run::examine(&event.parts(&self.schemas).program, text)?;
        Some((Look { event, examined }, tape))
    }

    /// Evaluates what was read of a body, as far as a quick look at it told nothing.
    pub(crate) fn report(
        &self,
        body: &[u8],
        read: Body<'_>,
        schema: Option<&CompiledEvent>,
        look: Option<Look<'_>>,
    ) -> Report {
        let Body { tape, mut findings, mut personal, mut room } = read;
        let mut notices = Vec::new();
        let mut event = None;
        if let Some(tape) = &tape {
            let named = self.named(tape);
            event = Self::payload(&named, schema);
            let own = schema.or(match named {
                Named::Documented(event) => Some(event),
                _ => None,
            });
            if let Some(event) = own.or(self.envelope.as_ref()) {
                let examined = look.filter(|look| ptr::eq(look.event, event));
                let examined = examined.map_or_else(Examined::nothing, |look| look.examined);
                let found = self.evaluate(event, own.is_some(), examined, tape, &mut room);
                findings = joined(findings, found.violations);
                personal = joined(personal, found.personal);
                notices = walk::without_violations(found.notices, &findings);
            } else {
                let name = match &named {
                    Named::Undocumented(NamePlace::Name(node, _)) => Some(*node),
                    _ => None,
                };
                personal.extend(event_name::undocumented(tape, name));
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
            event,
            violations: located(body, findings),
            notices: located(body, notices),
            omitted: room.omitted,
            personal: in_order(personal),
        }
    }

    /// Evaluates what `examined` leaves open.
    fn evaluate(
        &self,
        event: &CompiledEvent,
        is_known: bool,
        examined: Examined,
        tape: &Tape<'_>,
        room: &mut Room,
    ) -> Findings {
        let Parts { graph, documented, .. } = event.parts(&self.schemas);
        let Examined { undecided, nothing_to_add, personal } = examined;
        if undecided.is_empty() && nothing_to_add {
            return Findings { personal, ..Findings::default() };
        }
        let task = Task { schemas: &self.schemas, graph, undecided: &undecided };
        let notices = (!nothing_to_add).then_some(Notices { documented, is_known });
        let found = collect(task, notices, CompiledGraph::ROOT, Node::new(tape, 0), room);
        if nothing_to_add { Findings { personal, ..found } } else { found }
    }

    /// The name of the documented event that a payload is; if it does not name one, of the payload
    /// that `schema` is of.
    fn payload(named: &Named<'_, '_>, schema: Option<&CompiledEvent>) -> Option<Arc<str>> {
        match named {
            Named::Documented(event) => Some(Arc::clone(&event.name)),
            Named::Nothing => payload_name(&schema?.file, false).map(Arc::from),
            Named::Undocumented(_) => None,
        }
    }

    /// What payloads are, if they can only be one thing.
    fn only_payload(&self) -> Option<&CompiledEvent> {
        let mut all = self.payloads.values();
        all.next().filter(|_| all.next().is_none())
    }

    /// The event that a payload names.
    pub(crate) fn named<'t>(&self, tape: &'t Tape<'t>) -> Named<'_, 't> {
        let Some(path) = self.discriminator() else {
            return self.only_payload().map_or(Named::Nothing, Named::Documented);
        };
        let place = event_name::find(tape, path);
        let event = match &place {
            NamePlace::Name(_, name) => self.payloads.get(name),
            _ => None,
        };
        event.map_or(Named::Undocumented(place), Named::Documented)
    }

    /// What is wrong with a discriminator that names no event, unless the envelope says so already.
    fn add_unnamed(&self, tape: &Tape<'_>, named: &Named<'_, '_>, findings: &mut Vec<Finding>) {
        let finding = match named {
            Named::Documented(_) => return,
            Named::Undocumented(NamePlace::Name(node, name)) => event_name::unknown_event(
                tape,
                *node,
                format!("one of the {} events that {} documents", self.names.len(), self.vendor()),
                "another name",
                slip::nearest(name, self.events()),
            ),
            Named::Undocumented(place) => match place.fault(tape) {
                Some(fault) => fault,
                None => return,
            },
            Named::Nothing => event_name::nameless(self.vendor(), tape),
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
