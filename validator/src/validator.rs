//! The validator: a vendor's schemas compiled once, payloads checked often.

use std::collections::BTreeMap;

use offhook::Payload;

use crate::documented::{self, Documented};
use crate::fault;
use crate::judge::{self, Finding, article, kind_of};
use crate::locate::Locator;
use crate::report::Report;
use crate::schema::{Judge, Place, SchemaError, Schemas};
use crate::suggest;
use crate::tape::{Index, Kind, Tape};
use crate::violation::{Code, Violation};

/// The largest body that is checked, unless [`Validator::max_size`] says otherwise: 16 MiB.
pub const DEFAULT_MAX_SIZE: usize = 16 << 20;

/// Checks payloads against one vendor's document.
///
/// Making one compiles the vendor's schemas; keep it. It can be shared between threads.
///
/// ```
/// use offhook::dialstack;
/// use offhook_validator::Validator;
///
/// let validator = Validator::new(dialstack::SCHEMA)?;
/// let report = validator.validate(br#"{
///     "id": "evt_01", "type": "recording.available", "created_at": "2026-01-15T14:35:35Z",
///     "account_id": "acct_01", "data": { "call_id": "call_01", "duration_seconds": "325" }
/// }"#);
/// assert_eq!(
///     report.to_string(),
///     "3:82 /data/duration_seconds: want a number, got a string [type]",
/// );
/// # Ok::<(), offhook_validator::SchemaError>(())
/// ```
pub struct Validator {
    schemas: Schemas,
    /// File names by event.
    events: BTreeMap<String, String>,
    compiled: BTreeMap<String, Compiled>,
    strict: bool,
    max_size: usize,
}

/// One schema file, ready to be used.
struct Compiled {
    judge: Judge,
    documented: Documented,
}

/// What a payload says of its event.
enum Named<'a> {
    Documented(&'a str),
    Unknown(Index, String),
    NotAString(Index),
    Missing,
}

impl Validator {
    /// Compiles the schemas of a vendor: the `SCHEMA` of its module.
    ///
    /// # Errors
    ///
    /// The text is not such a `SCHEMA`, or one of its schemas is broken.
    pub fn new(schema: &str) -> Result<Self, SchemaError> {
        let schemas = Schemas::parse(schema)?;
        let events = schemas.events();
        let mut compiled = BTreeMap::new();
        for file in events.values().chain(&schemas.envelope) {
            let judge = schemas.compile_file(file)?;
            let documented = Documented::new(&schemas, file)?;
            compiled.insert(file.clone(), Compiled { judge, documented });
        }
        Ok(Self { schemas, events, compiled, strict: false, max_size: DEFAULT_MAX_SIZE })
    }

    /// Turns notices into violations: for tests, which want to see what is undocumented.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Refuses bodies of more than `bytes` bytes; never more than 4 GiB.
    #[must_use]
    pub fn max_size(mut self, bytes: usize) -> Self {
        self.max_size = bytes.min(u32::MAX as usize - 1);
        self
    }

    /// The vendor's name, that of its module.
    pub fn vendor(&self) -> &str {
        &self.schemas.vendor
    }

    /// The names of the documented events, in order.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.events.keys().map(String::as_str)
    }

    /// Checks a payload: everything that is wrong with it, in document order.
    ///
    /// Any bytes at all give a report.
    pub fn validate(&self, body: &[u8]) -> Report {
        self.check(body, None)
    }

    /// Reads a payload that conforms to the document.
    ///
    /// It is `Ok` exactly when [`Validator::validate`] finds no violation, for `T` a vendor's
    /// `Event`. For `T` the struct of one event, a payload of another event is a violation.
    ///
    /// # Errors
    ///
    /// The report with every violation.
    ///
    /// # Panics
    ///
    /// `T` is of another vendor than this validator.
    pub fn decode<T: Payload>(&self, body: &[u8]) -> Result<T, Report> {
        let (event, report) = self.decode_lenient(body)?;
        if report.is_valid() { Ok(event) } else { Err(report) }
    }

    /// Reads a payload whose structure holds, and tells in what it deviates from the document.
    ///
    /// What the structure is, plain serde says: unknown events and values, broken bounds and a null
    /// in an optional member still give an event.
    ///
    /// # Errors
    ///
    /// The report with every violation, if no `T` can be read.
    ///
    /// # Panics
    ///
    /// `T` is of another vendor than this validator.
    pub fn decode_lenient<T: Payload>(&self, body: &[u8]) -> Result<(T, Report), Report> {
        assert_eq!(
            T::VENDOR,
            self.vendor(),
            "a validator decodes the types of its own vendor"
        );
        let mut report = self.check(body, T::SCHEMA_FILE);
        let text = match std::str::from_utf8(body) {
            Ok(text) if body.len() <= self.max_size => text,
            _ => return Err(report),
        };
        match offhook::runtime::read(text) {
            Ok(event) => Ok((event, report)),
            Err(error) => {
                if report.is_valid() {
                    // Only a `Payload` written by hand can refuse what its schema accepts.
                    let want = "a payload that its Rust type can hold";
                    let finding = Finding { code: Code::Type, ..fault::json(0..body.len(), want, "another", None) };
                    report.violations.push(located(finding, &mut Locator::new(body)));
                    report.violations[0].help = Some(error.to_string());
                }
                Err(report)
            }
        }
    }

    /// Checks a payload against one schema file, or the one of the event that it names.
    fn check(&self, body: &[u8], file: Option<&str>) -> Report {
        let read = Body::read(body, self.max_size);
        match &read.tape {
            Some(tape) => self.report(body, tape, read.findings, file),
            None => {
                let findings = read.findings;
                let mut report = Report { vendor: Some(self.vendor().to_owned()), ..Report::default() };
                report.violations = located_all(body, findings);
                report.personal = read.scalars;
                report
            }
        }
    }

    /// Judges a tape; `findings` are those of the text already.
    fn report(&self, body: &[u8], tape: &Tape<'_>, mut findings: Vec<Finding>, file: Option<&str>) -> Report {
        let named = self.named(tape);
        let event = match named {
            Named::Documented(event) => Some(event),
            _ => None,
        };
        let chosen = file.or_else(|| event.and_then(|event| self.events.get(event)).map(String::as_str));
        let compiled = chosen.or(self.schemas.envelope.as_deref()).and_then(|file| self.compiled.get(file));
        if let Some(compiled) = compiled {
            findings.extend(judge::findings(&self.schemas, &compiled.judge, tape));
        }
        if chosen.is_none() {
            self.add_unnamed(tape, &named, &mut findings);
        }
        let walked = compiled.map(|compiled| compiled.documented.walk(&self.schemas, tape, chosen.is_some()));
        let walked = walked.unwrap_or_default();
        let mut notices = documented::without_violations(walked.notices, &findings);
        if self.strict {
            findings.append(&mut notices);
        }
        Report {
            vendor: Some(self.vendor().to_owned()),
            event: event.map(str::to_owned),
            violations: located_all(body, findings),
            notices: located_all(body, notices),
            personal: walked.personal,
        }
    }

    /// The event that a payload names.
    fn named(&self, tape: &Tape<'_>) -> Named<'_> {
        let Some(path) = &self.schemas.discriminator else {
            return Named::Missing;
        };
        let mut node = 0;
        for name in path {
            match tape.member(node, name) {
                Some(member) => node = member,
                None => return Named::Missing,
            }
        }
        match tape.string(node) {
            None => Named::NotAString(node),
            Some(name) => match self.events.get_key_value(&*name) {
                Some((event, _)) => Named::Documented(event),
                None => Named::Unknown(node, name.into_owned()),
            },
        }
    }

    /// What is wrong with a discriminator that names no event, unless the envelope says so already.
    fn add_unnamed(&self, tape: &Tape<'_>, named: &Named<'_>, findings: &mut Vec<Finding>) {
        let finding = match named {
            Named::Documented(_) => return,
            Named::Unknown(node, name) => unknown_event(
                tape,
                *node,
                &format!("one of the {} events that {} documents", self.events.len(), self.vendor()),
                "another name",
                suggest::nearest(name, self.events()),
            ),
            Named::NotAString(node) => not_a_name(tape, *node),
            Named::Missing => missing_name(self.schemas.discriminator.as_deref().unwrap_or_default(), tape),
        };
        if !findings.iter().any(|other| other.pointer == finding.pointer || other.pointer.is_empty()) {
            findings.push(finding);
        }
    }
}

/// Checks payloads of which it is not known who sent them.
///
/// The vendor is the one whose document has the payload's event. Where none or several have it,
/// that is the violation `unknown_event`.
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
}

impl AnyVendor {
    /// Chooses among `validators`.
    pub fn new(validators: Vec<Validator>) -> Self {
        Self { validators }
    }

    /// Checks a payload against the document of the vendor whose it is.
    pub fn validate(&self, body: &[u8]) -> Report {
        let max_size = self.validators.iter().map(|validator| validator.max_size).min();
        let mut read = Body::read(body, max_size.unwrap_or(DEFAULT_MAX_SIZE));
        let Some(tape) = &read.tape else {
            let violations = located_all(body, read.findings);
            return Report { violations, personal: read.scalars, ..Report::default() };
        };
        let named: Vec<_> = self.validators.iter().map(|validator| (validator, validator.named(tape))).collect();
        let knowing: Vec<&Validator> = named
            .iter()
            .filter(|(_, named)| matches!(named, Named::Documented(_)))
            .map(|(validator, _)| *validator)
            .collect();
        if let [one] = knowing.as_slice() {
            return one.report(body, tape, read.findings, None);
        }
        let finding = if let Some(several) = vendors(&knowing) {
            let node = self.name_node(tape).unwrap_or(0);
            let help = format!("say which of {several} sent it");
            Finding { help: Some(help), ..unknown_event(tape, node, "an event of one vendor", "one of several vendors", None) }
        } else if let Some((node, name)) = named.iter().find_map(|(_, named)| match named {
            Named::Unknown(node, name) => Some((*node, name)),
            _ => None,
        }) {
            let all = vendors(&self.validators.iter().collect::<Vec<_>>()).unwrap_or_default();
            let events = self.validators.iter().flat_map(Validator::events);
            unknown_event(tape, node, &format!("an event that {all} documents"), "another name", suggest::nearest(name, events))
        } else if tape.kind(0) != Kind::Object {
            let want = article("object").to_owned();
            Finding { code: Code::Type, want, got: kind_of(tape, 0).to_owned(), ..fault::json(tape.span(0), "", "", None) }
        } else if let Some(node) = self.name_node(tape) {
            not_a_name(tape, node)
        } else {
            let discriminator = self.validators.first().and_then(|validator| validator.schemas.discriminator.as_deref());
            missing_name(discriminator.unwrap_or_default(), tape)
        };
        read.findings.push(finding);
        let personal = tape.children(0).map(|child| tape.span(child)).collect();
        Report { violations: located_all(body, read.findings), personal, ..Report::default() }
    }

    /// The value of the first discriminator that the payload has.
    fn name_node(&self, tape: &Tape<'_>) -> Option<Index> {
        self.validators.iter().find_map(|validator| {
            let path = validator.schemas.discriminator.as_ref()?;
            path.iter().try_fold(0, |node, name| tape.member(node, name))
        })
    }
}

/// `daily, dialstack or voiceblender`.
fn vendors(validators: &[&Validator]) -> Option<String> {
    let names: Vec<&str> = validators.iter().map(|validator| validator.vendor()).collect();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() { (*last).to_owned() } else { format!("{} or {last}", others.join(", ")) })
}

fn unknown_event(tape: &Tape<'_>, node: Index, want: &str, got: &str, near: Option<&str>) -> Finding {
    Finding {
        code: Code::UnknownEvent,
        node,
        pointer: tape.pointer(node),
        help: near.map(|near| format!("did you mean \"{near}\"?")),
        ..fault::json(tape.span(node), want, got, None)
    }
}

fn not_a_name(tape: &Tape<'_>, node: Index) -> Finding {
    Finding {
        code: Code::Type,
        node,
        pointer: tape.pointer(node),
        ..fault::json(tape.span(node), article("string"), kind_of(tape, node), None)
    }
}

/// The deepest object on the way to the discriminator lacks the next member.
fn missing_name(path: &[String], tape: &Tape<'_>) -> Finding {
    let mut object = 0;
    let mut missing = "";
    for name in path {
        missing = name;
        match tape.member(object, name) {
            Some(member) => object = member,
            None => break,
        }
    }
    let place = Place { file: String::new(), pointer: tape.pointer(object) }.below(missing);
    Finding {
        code: Code::Required,
        node: object,
        pointer: place.pointer,
        ..fault::json(tape.span(object), &format!("the member \"{missing}\""), "an object without it", None)
    }
}

/// A body as far as it is JSON.
struct Body<'a> {
    /// The tree, if the text is JSON to its end.
    tape: Option<Tape<'a>>,
    /// What is wrong with the text.
    findings: Vec<Finding>,
    /// Without a tree: the values that were read before the text broke.
    scalars: Vec<std::ops::Range<usize>>,
}

impl<'a> Body<'a> {
    fn read(body: &'a [u8], max_size: usize) -> Self {
        if body.len() > max_size {
            let want = format!("a body of at most {max_size} bytes");
            let got = format!("one of {} bytes", body.len());
            let finding = fault::json(max_size..body.len(), &want, &got, None);
            return Self { tape: None, findings: vec![finding], scalars: vec![0..body.len()] };
        }
        let (text, broken_at) = match std::str::from_utf8(body) {
            Ok(text) => (text, None),
            Err(error) => {
                let good = error.valid_up_to();
                (std::str::from_utf8(&body[..good]).unwrap_or_default(), Some(good))
            }
        };
        let (start, mark) = fault::byte_order_mark(text);
        let parsed = Tape::parse(text, start);
        let mut findings: Vec<Finding> = mark.into_iter().collect();
        // Where the bytes stop being UTF-8, the end of the text is not the sender's.
        let early = |span: &std::ops::Range<usize>| broken_at.is_none_or(|at| span.start < at);
        let faults = parsed.faults.into_iter().filter(|fault| early(&fault.span));
        findings.extend(faults.map(|fault| fault::finding(fault, text)));
        let broke_earlier = parsed.tape.is_err() && findings.iter().any(|finding| finding.code == Code::Json && finding.span.start > start);
        if let Some(at) = broken_at
            && !broke_earlier
        {
            findings.push(fault::not_utf8(body, at));
        }
        match parsed.tape {
            Ok(tape) if broken_at.is_none() => Self { tape: Some(tape), findings, scalars: Vec::new() },
            Ok(tape) | Err(tape) => Self { tape: None, findings, scalars: tape.scalars() },
        }
    }
}

/// Findings in document order, with line and column.
fn located_all(body: &[u8], mut findings: Vec<Finding>) -> Vec<Violation> {
    findings.sort_by_key(|finding| finding.span.start);
    let mut locator = Locator::new(body);
    findings.into_iter().map(|finding| located(finding, &mut locator)).collect()
}

fn located(finding: Finding, locator: &mut Locator<'_>) -> Violation {
    let (line, column) = locator.locate(finding.span.start);
    Violation {
        code: finding.code,
        pointer: finding.pointer,
        offset: finding.span.start,
        length: finding.span.len(),
        line,
        column,
        want: finding.want,
        got: finding.got,
        schema: finding.schema,
        help: finding.help,
    }
}
