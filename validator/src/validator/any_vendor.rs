//! Checks payloads without being told who sent them.

use std::collections::BTreeMap;
use std::fmt;
use std::ptr;

use offhook_runtime::json::cursor::Reader;

use super::body::Body;
use super::compiled_event::CompiledEvent;
use super::event_name::{self, NamePlace, Named};
use super::{DEFAULT_MAX_SIZE, DEFAULT_MAX_VIOLATIONS, Validator};
use crate::budget::Room;
use crate::json::name_map::ByName;
use crate::json::tape::Tape;
use crate::report::finding::Finding;
use crate::report::line_index::located;
use crate::report::{OtherDocument, Report, in_order, slip};

/// Checks payloads of which it is not known who sent them.
///
/// The vendor is the one whose document has the payload's event. Where none or several have it,
/// that is the violation `unknown_event`. A vendor whose payloads do not name their event is never
/// taken to be the one.
///
/// Several documents of one vendor may have the event. The report is then of the newest one that the
/// payload conforms to, or else of the newest one, and lists the
/// [others](Report::other_documents).
///
/// ```
/// use offhook::{daily, dialstack};
/// use offhook_validator::{AnyVendor, Validator};
///
/// let vendors = AnyVendor::new(vec![Validator::new(daily::SCHEMA)?, Validator::new(dialstack::SCHEMA)?]);
/// let report = vendors.validate(br#"{ "type": "call.ended" }"#);
/// assert_eq!(report.vendor(), None);
/// assert_eq!(report.violations()[0].help.as_deref(), Some("did you mean \"call.end\"?"));
/// # Ok::<(), offhook_validator::SchemaError>(())
/// ```
pub struct AnyVendor {
    validators: Vec<Validator>,
    places: Vec<Place>,
    /// The largest body that every validator takes.
    max_size: usize,
    /// How many violations and notices every validator tells.
    max_violations: usize,
}

/// Where some vendors' payloads name their event.
struct Place {
    /// As a [`Reader`] finds it.
    way: Vec<String>,
    /// The one validator that knows an event; none if several do.
    events: ByName<Option<usize>>,
}

impl AnyVendor {
    /// Chooses among `validators`.
    pub fn new(validators: Vec<Validator>) -> Self {
        let places = places(&validators);
        let sizes = validators.iter().map(|validator| validator.checker.max_size);
        let max_size = sizes.min().unwrap_or(DEFAULT_MAX_SIZE);
        let numbers = validators.iter().map(|validator| validator.checker.max_violations);
        let max_violations = numbers.min().unwrap_or(DEFAULT_MAX_VIOLATIONS);
        Self { validators, places, max_size, max_violations }
    }

    /// Checks a payload against the document of the vendor whose it is.
    pub fn validate(&self, body: &[u8]) -> Report {
        let look = self.text(body).and_then(|text| {
            let (_, validator, event) = self.likely(text)?;
            validator.checker.look(event, text)
        });
        let (look, tape) = look.unzip();
        let room = Room::new(self.max_violations, body.len());
        let mut read = Body::of(tape.flatten(), body, self.max_size, room);
        if let Some(tape) = &read.tape {
            let knows = |validator: &&Validator| {
                let checker = &validator.checker;
                checker.discriminator().is_some()
                    && matches!(checker.named(tape), Named::Documented(_))
            };
            let knowing: Vec<&Validator> = self.validators.iter().filter(knows).collect();
            if let [one] = knowing.as_slice() {
                return one.checker.report(body, read, None, look);
            }
            if let Some(report) = of_documents(&knowing, body) {
                return report;
            }
            let places: Vec<_> =
                self.telling().map(|(_, path)| event_name::find(tape, path)).collect();
            read.findings.push(self.undecided(tape, &places, &knowing));
            let name = places.iter().find_map(NamePlace::node);
            read.personal.extend(event_name::undocumented(tape, name));
        }
        Report {
            violations: located(body, read.findings),
            omitted: read.room.omitted,
            personal: in_order(read.personal),
            ..Report::default()
        }
    }

    /// Why it cannot be told whose a payload is.
    fn undecided(
        &self,
        tape: &Tape<'_>,
        places: &[NamePlace<'_, '_>],
        knowing: &[&Validator],
    ) -> Finding {
        if let Some(several) = vendors(knowing) {
            let node = places.iter().find_map(NamePlace::node).unwrap_or(0);
            let (expected, found) = ("an event of one vendor", "one of several vendors");
            let help = Some(format!("say which of {several} sent it"));
            return Finding {
                help,
                ..event_name::unknown_event(tape, node, expected, found, None)
            };
        }
        let name = places.iter().find_map(|place| match place {
            NamePlace::Name(node, name) => Some((*node, name)),
            _ => None,
        });
        if let Some((node, name)) = name {
            let all: Vec<&Validator> = self.telling().map(|(validator, _)| validator).collect();
            let events = all.iter().flat_map(|validator| validator.events());
            let all = vendors(&all).unwrap_or_default();
            let expected = format!("an event that {all} documents");
            let near = slip::nearest(name, events);
            return event_name::unknown_event(tape, node, expected, "another name", near);
        }
        let there = places.iter().find(|place| place.node().is_some());
        let fault = there.or(places.first()).and_then(|place| place.fault(tape));
        fault.unwrap_or_else(|| {
            let expected = "a payload that names its event";
            let found = "one of vendors whose payloads do not";
            event_name::unknown_event(tape, 0, expected, found, None)
        })
    }

    /// Returns the validator and the event of a payload of which there is nothing to say, neither
    /// violation nor notice; `None` if there may be, which [`validate`](Self::validate) tells.
    ///
    /// It is for those who go through many payloads to look at the odd one out.
    pub fn clean(&self, body: &[u8]) -> Option<(&Validator, &str)> {
        let text = self.text(body)?;
        let (own, validator, event) = self.likely(text)?;
        if !validator.checker.is_clean(event, text) {
            return None;
        }
        let (reader, rest) = Reader::new(text);
        // A name with escapes is not found.
        let known_in = |other: &Place| {
            text.contains('\\')
                || reader
                    .find_string(rest, &other.way)
                    .is_some_and(|name| other.events.get(name).is_some())
        };
        let mut elsewhere = self.places.iter().filter(|other| !ptr::eq(*other, own));
        let alone = !elsewhere.any(known_in);
        alone.then_some((validator, &event.name))
    }

    /// The text of a body that is not too large.
    fn text<'b>(&self, body: &'b [u8]) -> Option<&'b str> {
        simdutf8::basic::from_utf8(body).ok().filter(|_| body.len() <= self.max_size)
    }

    /// Whose a text may be and what it is held against if it turns out to be valid, and where it names
    /// that.
    fn likely(&self, text: &str) -> Option<(&Place, &Validator, &CompiledEvent)> {
        let (reader, rest) = Reader::new(text);
        self.places.iter().find_map(|place| {
            let name = reader.event_name(rest, &place.way)?;
            let validator = &self.validators[(*place.events.likely(name)?)?];
            let event = validator.checker.payloads.likely(name)?;
            validator.checker.is_named(event, text).then_some((place, validator, event))
        })
    }

    /// The vendors whose payloads name their event, each with where they do. Those of others are
    /// recognised by nothing.
    fn telling(&self) -> impl Iterator<Item = (&Validator, &[String])> {
        self.validators
            .iter()
            .filter_map(|validator| Some((validator, validator.checker.discriminator()?)))
    }
}

impl fmt::Debug for AnyVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyVendor").field("validators", &self.validators).finish_non_exhaustive()
    }
}

/// Where vendors name their events, and which.
fn places(validators: &[Validator]) -> Vec<Place> {
    let mut places: BTreeMap<&[String], BTreeMap<&str, Option<usize>>> = BTreeMap::new();
    for (number, validator) in validators.iter().enumerate() {
        if let Some(way) = &validator.checker.schemas.way_to_name {
            let events = places.entry(way).or_default();
            for name in validator.events() {
                events.entry(name).and_modify(|known| *known = None).or_insert(Some(number));
            }
        }
    }
    let place = |(way, events): (&[String], BTreeMap<&str, _>)| Place {
        way: way.to_vec(),
        events: events.into_iter().map(|(name, known)| (name.to_owned(), known)).collect(),
    };
    places.into_iter().map(place).collect()
}

/// Checks a payload against several documents of one vendor. `None` if there are several vendors.
fn of_documents(validators: &[&Validator], body: &[u8]) -> Option<Report> {
    let vendor = validators.first()?.vendor();
    if !validators.iter().all(|validator| validator.vendor() == vendor) {
        return None;
    }
    let mut newest_first = validators.to_vec();
    newest_first.sort_by(|one, other| other.document().cmp(&one.document()));
    let mut reports: Vec<_> =
        newest_first.into_iter().map(|validator| validator.validate(body)).collect();
    let chosen = reports.iter().position(Report::is_valid).unwrap_or(0);
    let mut report = reports.remove(chosen);
    report.other_documents = reports
        .iter()
        .map(|other| OtherDocument {
            document: other.document().unwrap_or_default().to_owned(),
            valid: other.is_valid(),
        })
        .collect();
    Some(report)
}

/// `daily, dialstack or voiceblender`.
fn vendors(validators: &[&Validator]) -> Option<String> {
    let mut names: Vec<&str> = validators.iter().map(|validator| validator.vendor()).collect();
    names.dedup();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() {
        (*last).to_owned()
    } else {
        format!("{} or {last}", others.join(", "))
    })
}
