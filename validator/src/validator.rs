//! The validator: a vendor's schemas compiled once, payloads checked often.

use std::collections::BTreeMap;
use std::fmt;

use offhook::Payload;

use crate::body::Body;
use crate::documented::{self, Documented};
use crate::fault;
use crate::finding::Finding;
use crate::judge;
use crate::locate::located;
use crate::naming::{self, Named};
use crate::report::{Report, in_order};
use crate::schema::{Compiler, Judge, SchemaError, Schemas};
use crate::suggest;
use crate::tape::Tape;
use crate::violation::Code;

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
    pub(crate) schemas: Schemas,
    /// File names by event.
    events: BTreeMap<String, String>,
    compiled: BTreeMap<String, Compiled>,
    strict: bool,
    pub(crate) max_size: usize,
}

/// One schema file, ready to be used.
struct Compiled {
    judge: Judge,
    documented: Documented,
}

impl Compiled {
    fn all<'a>(
        compiler: &Compiler<'_>,
        files: impl Iterator<Item = &'a String>,
    ) -> Result<BTreeMap<String, Self>, SchemaError> {
        files
            .map(|file| {
                let judge = compiler.file(file)?;
                let documented = Documented::new(compiler, file)?;
                Ok((file.clone(), Self { judge, documented }))
            })
            .collect()
    }
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
        let files = events.values().chain(&schemas.envelope);
        let compiled = Compiled::all(&Compiler::new(&schemas)?, files)?;
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
        assert_eq!(T::VENDOR, self.vendor(), "a validator decodes the types of its own vendor");
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
                    let finding = Finding {
                        code: Code::Type,
                        help: Some(error.to_string()),
                        ..fault::json(0..body.len(), want, "another", None)
                    };
                    report.violations = located(body, vec![finding]);
                }
                Err(report)
            }
        }
    }

    /// Checks a payload against one schema file, or the one of the event that it names.
    fn check(&self, body: &[u8], file: Option<&str>) -> Report {
        self.report(body, Body::read(body, self.max_size), file)
    }

    /// Judges what was read of a body.
    pub(crate) fn report(&self, body: &[u8], read: Body<'_>, file: Option<&str>) -> Report {
        let Body { tape, mut findings, mut personal, mut room } = read;
        let mut notices = Vec::new();
        let mut event: Option<Box<str>> = None;
        if let Some(tape) = &tape {
            let named = self.named(tape);
            if let Named::Documented(name) = named {
                event = Some(name.into());
            }
            let of_event = event.as_ref().and_then(|event| self.events.get(&**event));
            let chosen = file.or(of_event.map(String::as_str));
            let known = chosen.is_some();
            let compiled = chosen.or(self.schemas.envelope.as_deref());
            if let Some(compiled) = compiled.and_then(|file| self.compiled.get(file)) {
                let Compiled { judge, documented } = compiled;
                findings.extend(judge::findings(&self.schemas, judge, tape, 0, &mut room));
                let walked = documented.walk(&self.schemas, tape, known, &mut room);
                personal.extend(walked.personal);
                notices = documented::without_violations(walked.notices, &findings);
            }
            if !known {
                self.add_unnamed(tape, &named, &mut findings);
            }
        }
        if self.strict {
            findings.append(&mut notices);
        }
        Report {
            vendor: Some(self.vendor().into()),
            event,
            violations: located(body, findings),
            notices: located(body, notices),
            omitted: room.omitted,
            personal: in_order(personal),
        }
    }

    /// The event that a payload names.
    pub(crate) fn named(&self, tape: &Tape<'_>) -> Named<'_> {
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
            Named::Unknown(node, name) => naming::unknown_event(
                tape,
                *node,
                &format!(
                    "one of the {} events that {} documents",
                    self.events.len(),
                    self.vendor()
                ),
                "another name",
                suggest::nearest(name, self.events()),
            ),
            Named::NotAString(node) => naming::not_a_name(tape, *node),
            Named::Missing => naming::missing_name(
                self.schemas.discriminator.as_deref().unwrap_or_default(),
                tape,
            ),
        };
        if !findings
            .iter()
            .any(|other| other.pointer == finding.pointer || other.pointer.is_empty())
        {
            findings.push(finding);
        }
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator")
            .field("vendor", &self.vendor())
            .field("events", &self.events.len())
            .field("strict", &self.strict)
            .field("max_size", &self.max_size)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Validator;
    use crate::AnyVendor;

    #[test]
    fn validators_are_shared_between_threads() {
        fn shared<T: Send + Sync + 'static>() {}
        shared::<Validator>();
        shared::<AnyVendor>();
    }

    #[test]
    fn what_is_no_schema_is_an_error_and_says_what_was_wanted() {
        for text in ["", "[]", "{}", "{\"vendor\":\"x\"}"] {
            let error = Validator::new(text).unwrap_err().to_string();
            assert!(error.starts_with("want the SCHEMA of a vendor's module"), "{text}: {error}");
        }
        let broken =
            r#"{"vendor":"x","discriminator":"/type","schemas":{"a.json":{"type":"strin"}}}"#;
        let error = Validator::new(broken).unwrap_err().to_string();
        assert!(error.starts_with("x/a.json#"), "{error}");
    }
}
