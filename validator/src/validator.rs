//! The validator: a vendor's schemas compiled once, payloads checked often.

pub(crate) mod any_vendor;
pub(crate) mod body;
pub(crate) mod checker;
pub(crate) mod compiled_event;
pub(crate) mod event_name;
mod fingerprint;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use offhook_model::{SchemaError, SchemaSet, Scheme};
use offhook_runtime::Payload;
use offhook_runtime::json::{find_string, read};

use self::checker::Checker;
use self::compiled_event::CompiledEvent;
use self::fingerprint::Fingerprint;
use crate::report::Report;
use crate::report::finding::Finding;
use crate::report::line_index::located;
use crate::report::syntax;
use crate::report::violation::Code;

/// The largest body that is checked, unless [`Validator::max_size`] says otherwise: 16 MiB.
pub const DEFAULT_MAX_SIZE: usize = 16 << 20;

/// How many violations and notices a report tells, unless [`Validator::max_violations`] says otherwise.
pub const DEFAULT_MAX_VIOLATIONS: usize = 1_000;

/// Checks payloads against one vendor's document.
///
/// Making one reads the vendor's schemas, and what it makes of each when it is first needed, it
/// keeps: make one and use it often. It can be shared between threads.
///
/// Bodies may come from anybody, and cost time and memory in proportion to their size. Of a body of
/// more than 16 MiB ([`max_size`](Self::max_size)), or nested more than 128 levels deep, no more is said
/// than that; of more than 1,000 violations and notices ([`max_violations`](Self::max_violations)), the
/// rest is [counted](Report::omitted). `docs/hardening.md` has all limits, and what was tried.
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
///     "3:82 /data/duration_seconds: expected a number, found a string [type]",
/// );
/// # Ok::<(), offhook_validator::SchemaError>(())
/// ```
pub struct Validator {
    pub(crate) checker: Checker,
    fingerprint: Fingerprint,
}

impl Validator {
    /// Reads the schemas of a vendor: the `SCHEMA` of its module.
    ///
    /// # Errors
    ///
    /// The text is not such a `SCHEMA`, or one of its schemas is broken.
    pub fn new(schema: &str) -> Result<Self, SchemaError> {
        let set = SchemaSet::from_bundle(schema)?;
        Ok(Self::made(Arc::new(set), Fingerprint::new(schema)))
    }

    /// Checks payloads against schemas that were read before, from a folder for instance.
    pub fn of_set(set: Arc<SchemaSet>) -> Self {
        Self::made(set, Fingerprint::new(""))
    }

    fn made(set: Arc<SchemaSet>, fingerprint: Fingerprint) -> Self {
        let checker = Checker::new(set, DEFAULT_MAX_SIZE, DEFAULT_MAX_VIOLATIONS);
        Self { checker, fingerprint }
    }

    /// Turns notices into violations: for tests, which want to see what is undocumented.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.checker.strict = true;
        self
    }

    /// Refuses bodies of more than `bytes` bytes; never more than 4 GiB.
    #[must_use]
    pub fn max_size(mut self, bytes: usize) -> Self {
        self.checker.max_size = bytes.min(u32::MAX as usize - 1);
        self
    }

    /// Tells at most `number` violations and notices of a payload, and how many there are
    /// [besides](Report::omitted); never less than one.
    ///
    /// The violations come first: notices are told as far as they leave room. Where the text stops being
    /// JSON is told in any case.
    ///
    /// ```
    /// use offhook::voiceblender;
    /// use offhook_validator::Validator;
    ///
    /// let validator = Validator::new(voiceblender::SCHEMA)?.max_violations(1);
    /// let report = validator.validate(br#"{"timestamp":"yesterday","type":"leg.muted","x":1,"y":2}"#);
    /// assert_eq!(report.violations().len(), 1);
    /// assert_eq!(report.omitted(), 2);
    /// # Ok::<(), offhook_validator::SchemaError>(())
    /// ```
    #[must_use]
    pub fn max_violations(mut self, number: usize) -> Self {
        self.checker.max_violations = number;
        self
    }

    /// Returns the vendor's name.
    pub fn vendor(&self) -> &str {
        self.checker.vendor()
    }

    /// Returns the date of the vendor's document, as `YYYY-MM-DD` or `YYYY-MM`. It tells the document
    /// from others of the vendor. A schema file on its own has none.
    pub fn document(&self) -> Option<&str> {
        self.checker.edition.document.as_deref()
    }

    /// Returns the scheme by which the vendor signs its deliveries, if its `vendor.json` names one.
    pub fn signature_scheme(&self) -> Option<Scheme> {
        self.checker.schemas.manifest().signature
    }

    /// Returns the largest body that is checked, in bytes; [`max_size`](Self::max_size) sets it.
    pub fn size_limit(&self) -> usize {
        self.checker.max_size
    }

    /// Returns whether `T` is a type of this validator's `SCHEMA`.
    ///
    /// Methods that check or read a payload as a `T` panic if it is not.
    pub fn decodes<T: Payload>(&self) -> bool {
        T::VENDOR == self.vendor()
            && T::DOCUMENT.is_none_or(|date| Some(date) == self.document())
            && T::SCHEMA_FILE.is_none_or(|file| self.checker.event_of(file).is_some())
    }

    /// Returns the string that every delivery of a payload's event has in common.
    ///
    /// The vendor's `vendor.json` says which member has it. The rest of the payload is not checked.
    /// `None` if the vendor's events have no such member, or this payload has no string there.
    ///
    /// ```
    /// use offhook::dialstack;
    /// use offhook_validator::Validator;
    ///
    /// let validator = Validator::new(dialstack::SCHEMA)?;
    /// let body = br#"{ "type": "call.end", "id": "evt_01" }"#;
    /// assert_eq!(validator.event_id(body).as_deref(), Some("evt_01"));
    /// # Ok::<(), offhook_validator::SchemaError>(())
    /// ```
    pub fn event_id<'a>(&self, body: &'a [u8]) -> Option<Cow<'a, str>> {
        let path = self.checker.schemas.id()?;
        find_string(std::str::from_utf8(body).ok()?, path)
    }

    /// The names of the documented events, in order; of a vendor whose payloads do not name their
    /// event, the names of the payloads: their schemas' paths.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.checker.events()
    }

    /// Checks a payload: everything that is wrong with it, in document order.
    ///
    /// Any bytes at all give a report. The payload is held against the schema of the event that it
    /// names. Where payloads do not name their event, a vendor's only schema is taken; if there are
    /// several, that is the violation `unknown_event`, and [`validate_as`](Self::validate_as) is
    /// what to call.
    pub fn validate(&self, body: &[u8]) -> Report {
        self.checker.check(body, None)
    }

    /// Checks a payload that should be a `T`.
    ///
    /// For `T` a vendor's `Event` it is the same as [`validate`](Self::validate). For `T` the struct
    /// of one event or payload, it is that one's schema which the payload must meet.
    ///
    /// ```
    /// use offhook_runtime::Payload;
    /// use offhook_validator::Validator;
    ///
    /// // As `cargo xtask gen` makes them of a vendor whose payloads do not name their event.
    /// const SCHEMA: &str = r#"{ "vendor": "acme", "discriminator": null, "schemas": {
    ///     "ping.json": { "type": "object", "required": ["at"] },
    ///     "call/end.json": { "type": "array", "items": { "type": "string" } }
    /// } }"#;
    ///
    /// #[derive(Debug, serde::Deserialize)]
    /// struct CallEnd(Vec<String>);
    ///
    /// impl Payload for CallEnd {
    ///     const VENDOR: &'static str = "acme";
    ///     const SCHEMA_FILE: Option<&'static str> = Some("call/end.json");
    /// }
    ///
    /// let validator = Validator::new(SCHEMA)?;
    /// assert!(validator.events().eq(["call/end", "ping"]));
    ///
    /// let report = validator.validate_as::<CallEnd>(br#"["a", 5]"#);
    /// assert_eq!(report.event(), Some("call/end"));
    /// assert_eq!(report.to_string(), "1:7 /1: expected a string, found a number [type]");
    /// assert_eq!(validator.decode::<CallEnd>(br#"["a"]"#)?.0, ["a"]);
    ///
    /// let report = validator.validate(br#"["a"]"#);
    /// assert_eq!(report.violations()[0].code.as_str(), "unknown_event");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// `T` is of another vendor than this validator, or of another `SCHEMA`.
    pub fn validate_as<T: Payload>(&self, body: &[u8]) -> Report {
        self.checker.check(body, self.schema_of::<T>())
    }

    /// Checks a payload that should be of the event, or the payload, of that name; `None` if the document
    /// has none.
    ///
    /// It is [`validate_as`](Self::validate_as) for those who have no type of it.
    ///
    /// ```
    /// use offhook::dialstack;
    /// use offhook_validator::Validator;
    ///
    /// let validator = Validator::new(dialstack::SCHEMA)?;
    /// let report = validator.validate_event("call.end", br#"{ "type": "call.ringing" }"#);
    /// assert_eq!(report.map(|report| report.is_valid()), Some(false));
    /// assert_eq!(validator.validate_event("call.ended", b"{}"), None);
    /// # Ok::<(), offhook_validator::SchemaError>(())
    /// ```
    pub fn validate_event(&self, event: &str, body: &[u8]) -> Option<Report> {
        let event = self.checker.payloads.get(event)?;
        Some(self.checker.check(body, Some(event)))
    }

    /// Whether a payload conforms to the document: whether [`validate`](Self::validate) would find no
    /// violation.
    ///
    /// It takes hardly longer than skipping the payload does, as nothing is made but the answer.
    ///
    /// ```
    /// use offhook::voiceblender;
    /// use offhook_validator::Validator;
    ///
    /// let validator = Validator::new(voiceblender::SCHEMA)?;
    /// let muted = br#"{"leg_id":"leg_1","timestamp":"2026-01-15T14:35:35Z","type":"leg.muted"}"#;
    /// assert!(validator.is_valid(muted));
    /// assert!(!validator.is_valid(br#"{"timestamp":"yesterday","type":"leg.muted"}"#));
    /// # Ok::<(), offhook_validator::SchemaError>(())
    /// ```
    pub fn is_valid(&self, body: &[u8]) -> bool {
        self.checker.is_quickly_valid(body, None) || self.validate(body).is_valid()
    }

    /// The event of a payload of which there is nothing to say, neither violation nor notice; `None` if
    /// there may be, which [`validate`](Self::validate) tells.
    ///
    /// It takes hardly longer than [`is_valid`](Self::is_valid) does, and is for those who go through
    /// many payloads to look at the odd one out.
    ///
    /// ```
    /// use offhook::voiceblender;
    /// use offhook_validator::Validator;
    ///
    /// let validator = Validator::new(voiceblender::SCHEMA)?;
    /// let muted = br#"{"leg_id":"leg_1","timestamp":"2026-01-15T14:35:35Z","type":"leg.muted"}"#;
    /// assert_eq!(validator.clean(muted), Some("leg.muted"));
    /// let more = br#"{"by":"me","leg_id":"leg_1","timestamp":"2026-01-15T14:35:35Z","type":"leg.muted"}"#;
    /// assert!(validator.is_valid(more));
    /// assert_eq!(validator.clean(more), None);
    /// # Ok::<(), offhook_validator::SchemaError>(())
    /// ```
    pub fn clean(&self, body: &[u8]) -> Option<&str> {
        let (text, event) = self.checker.quickly(body, None)?;
        self.checker.is_clean(event, text).then_some(&*event.name)
    }

    /// Whether a payload is a `T` that conforms to the document: whether
    /// [`validate_as`](Self::validate_as) would find no violation.
    ///
    /// # Panics
    ///
    /// As [`validate_as`](Self::validate_as).
    pub fn is_valid_as<T: Payload>(&self, body: &[u8]) -> bool {
        let schema = self.schema_of::<T>();
        self.checker.is_quickly_valid(body, schema) || self.checker.check(body, schema).is_valid()
    }

    /// Reads a payload that conforms to the document.
    ///
    /// It is `Ok` exactly when [`validate_as`](Self::validate_as) finds no violation. For `T` the
    /// struct of one event, a payload of another event is a violation.
    ///
    /// # Errors
    ///
    /// The report with every violation.
    ///
    /// # Panics
    ///
    /// As [`validate_as`](Self::validate_as).
    pub fn decode<T: Payload>(&self, body: &[u8]) -> Result<T, Report> {
        let mut place = None;
        // A decoder knows nothing of notices.
        if !self.checker.strict {
            self.decode_valid(body, &mut place);
        }
        if let Some(event) = place {
            return Ok(event);
        }
        let report = self.validate_as::<T>(body);
        if !report.is_valid() {
            return Err(report);
        }
        self.read(body, report).map(|(event, _)| event)
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
    /// As [`validate_as`](Self::validate_as).
    pub fn decode_lenient<T: Payload>(&self, body: &[u8]) -> Result<(T, Report), Report> {
        let report = self.validate_as::<T>(body);
        let mut place = None;
        if report.is_valid() {
            self.decode_valid(body, &mut place);
        }
        match place {
            Some(event) => Ok((event, report)),
            None => self.read(body, report),
        }
    }

    /// Reads a valid payload into `place` by its type's own decoder, which may give up.
    #[inline]
    fn decode_valid<T: Payload>(&self, body: &[u8], place: &mut Option<T>) {
        if body.len() <= self.checker.max_size
            && T::decoded_schema().is_some_and(|schema| self.fingerprint.is(schema))
            && let Ok(text) = simdutf8::basic::from_utf8(body)
        {
            T::decode(text, place);
        }
    }

    /// Reads the payload that `report` is about.
    fn read<T: Payload>(&self, body: &[u8], mut report: Report) -> Result<(T, Report), Report> {
        let text = match std::str::from_utf8(body) {
            Ok(text) if body.len() <= self.checker.max_size => text,
            _ => return Err(report),
        };
        match read(text) {
            Ok(event) => Ok((event, report)),
            Err(error) => {
                if report.is_valid() {
                    // Only a `Payload` written by hand can refuse what its schema accepts.
                    let expected = "a payload that its Rust type can hold";
                    let finding = Finding {
                        code: Code::Type,
                        help: Some(error.to_string()),
                        ..syntax::json(0..body.len(), expected, "another", None)
                    };
                    report.violations = located(body, vec![finding]);
                }
                Err(report)
            }
        }
    }

    /// The schema that a `T` must meet; none if the payload tells.
    pub(crate) fn schema_of<T: Payload>(&self) -> Option<&CompiledEvent> {
        assert_eq!(T::VENDOR, self.vendor(), "a validator decodes the types of its own vendor");
        let event = self.checker.event_of(T::SCHEMA_FILE?);
        assert!(event.is_some(), "a validator decodes the types of its own SCHEMA");
        event
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator")
            .field("vendor", &self.vendor())
            .field("events", &self.checker.names.len())
            .field("strict", &self.checker.strict)
            .field("max_size", &self.checker.max_size)
            .field("max_violations", &self.checker.max_violations)
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
            assert!(error.starts_with("SCHEMA"), "{text}: {error}");
        }
        let broken =
            r#"{"vendor":"x","discriminator":"/type","schemas":{"a.json":{"type":"strin"}}}"#;
        let error = Validator::new(broken).unwrap_err().to_string();
        assert!(error.starts_with("x/a.json#"), "{error}");
    }
}
