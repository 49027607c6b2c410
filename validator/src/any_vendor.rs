//! Checks payloads without being told who sent them.

use std::collections::BTreeMap;
use std::fmt;
use std::ptr;

use offhook_runtime::json::cursor::Reader;

use crate::body::Body;
use crate::finding::{Finding, Room};
use crate::locate::located;
use crate::name::ByName;
use crate::naming::{self, Named};
use crate::report::{OtherDocument, Report, in_order};
use crate::subject::Subject;
use crate::suggest;
use crate::tape::{Index, Tape};
use crate::validator::{DEFAULT_MAX_SIZE, DEFAULT_MAX_VIOLATIONS, Validator};

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
        let sizes = validators.iter().map(|validator| validator.max_size);
        let max_size = sizes.min().unwrap_or(DEFAULT_MAX_SIZE);
        let numbers = validators.iter().map(|validator| validator.max_violations);
        let max_violations = numbers.min().unwrap_or(DEFAULT_MAX_VIOLATIONS);
        Self { validators, places, max_size, max_violations }
    }

    /// Checks a payload against the document of the vendor whose it is.
    pub fn validate(&self, body: &[u8]) -> Report {
        let look = self.text(body).and_then(|text| {
            let (_, validator, subject) = self.likely(text)?;
            validator.look(subject, text)
        });
        let (look, tape) = look.map_or((None, None), |(look, tape)| (Some(look), tape));
        let room = Room::new(self.max_violations, body.len());
        let mut read = match tape {
            Some(tape) => Body::of(tape, room),
            None => Body::read(body, self.max_size, room),
        };
        let Some(tape) = &read.tape else {
            return Report {
                violations: located(body, read.findings),
                omitted: read.room.omitted,
                personal: in_order(read.personal),
                ..Report::default()
            };
        };
        let named: Vec<_> = self
            .telling()
            .map(|(validator, path)| (validator, path, validator.named(tape)))
            .collect();
        let knowing: Vec<&Validator> = named
            .iter()
            .filter(|(_, _, named)| matches!(named, Named::Documented(_)))
            .map(|(validator, ..)| *validator)
            .collect();
        if let [one] = knowing.as_slice() {
            return one.report(body, read, None, look);
        }
        if let Some(report) = of_documents(&knowing, body) {
            return report;
        }
        let finding = if let Some(several) = vendors(&knowing) {
            let node = self.name_node(tape).unwrap_or(0);
            let help = format!("say which of {several} sent it");
            Finding {
                help: Some(help),
                ..naming::unknown_event(
                    tape,
                    node,
                    "an event of one vendor",
                    "one of several vendors",
                    None,
                )
            }
        } else if let Some((node, name)) = named.iter().find_map(|(_, _, named)| match named {
            Named::Unknown(node, name) => Some((*node, name)),
            _ => None,
        }) {
            let all: Vec<&Validator> = named.iter().map(|(validator, ..)| *validator).collect();
            let events = all.iter().flat_map(|validator| validator.events());
            let all = vendors(&all).unwrap_or_default();
            naming::unknown_event(
                tape,
                node,
                format!("an event that {all} documents"),
                "another name",
                suggest::nearest(name, events),
            )
        } else if let Some(node) = self.name_node(tape) {
            naming::not_a_name(tape, node)
        } else if let Some((_, path, _)) = named.first() {
            naming::missing_name(path, tape)
        } else {
            let want = "a payload that names its event";
            let got = "one of vendors whose payloads do not";
            naming::unknown_event(tape, 0, want, got, None)
        };
        read.findings.push(finding);
        read.personal.extend(naming::undocumented(tape, self.name_node(tape)));
        Report {
            violations: located(body, read.findings),
            omitted: read.room.omitted,
            personal: in_order(read.personal),
            ..Report::default()
        }
    }

    /// Returns the validator and the event of a payload of which there is nothing to say, neither
    /// violation nor notice; `None` if there may be, which [`validate`](Self::validate) tells.
    ///
    /// It is for those who go through many payloads to look at the odd one out.
    pub fn clean(&self, body: &[u8]) -> Option<(&Validator, &str)> {
        let text = self.text(body)?;
        let (own, validator, subject) = self.likely(text)?;
        if !validator.is_clean(subject, text) {
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
        alone.then_some((validator, &subject.name))
    }

    /// The text of a body that is not too large.
    fn text<'b>(&self, body: &'b [u8]) -> Option<&'b str> {
        simdutf8::basic::from_utf8(body).ok().filter(|_| body.len() <= self.max_size)
    }

    /// Whose a text may be and what it is held against if it turns out to be valid, and where it names
    /// that.
    fn likely(&self, text: &str) -> Option<(&Place, &Validator, &Subject)> {
        let (reader, rest) = Reader::new(text);
        self.places.iter().find_map(|place| {
            let name = reader.event_name(rest, &place.way)?;
            let validator = &self.validators[(*place.events.likely(name)?)?];
            let subject = validator.payloads.likely(name)?;
            validator.is_named(subject, text).then_some((place, validator, subject))
        })
    }

    /// The vendors whose payloads name their event, each with where they do. Those of others are
    /// recognised by nothing.
    fn telling(&self) -> impl Iterator<Item = (&Validator, &[String])> {
        self.validators.iter().filter_map(|validator| Some((validator, validator.discriminator()?)))
    }

    /// The value of the first discriminator that the payload has.
    fn name_node(&self, tape: &Tape<'_>) -> Option<Index> {
        self.telling()
            .find_map(|(_, path)| path.iter().try_fold(0, |node, name| tape.member(node, name)))
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
        if let Some(way) = &validator.schemas.way_to_name {
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
