//! Headers and body -> a delivery, by size, signature and content, in this order.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use offhook_runtime::Payload;
use offhook_runtime::text::visible;
use offhook_validator::{Code, Report, SchemaError, Validator};
use sha2::{Digest as _, Sha256};

use super::delivery::Delivery;
use super::diagnosis::Diagnosis;
use super::rejection::Rejection;
use crate::hex;
use crate::signature::{SecretError, Verifier};

/// The largest body that is received, unless [`Receiver::max_size`] says otherwise: 1 MiB.
///
/// That is hours of a transcript, the longest that any document has. Before it is verified, anybody
/// can make a receiver hold a body of this size for each connection: it is what to multiply.
pub const DEFAULT_MAX_SIZE: usize = 1 << 20;

/// The longest id that is kept as it is, in bytes. Those of vendors have some dozens.
const LONGEST_ID: usize = 256;

/// Receives one vendor's deliveries, as an `E`: the vendor's `Event`, or the struct of one event if
/// no others arrive.
///
/// To be made once. A clone is cheap, and shares what it is made of.
pub struct Receiver<E> {
    validator: Arc<Validator>,
    verifier: Arc<Verifier>,
    max_size: usize,
    strict: bool,
    unknown_events: UnknownEvents,
    /// None if no mistake is looked for.
    diagnosis: Option<Arc<Diagnosis>>,
    event: PhantomData<fn() -> E>,
}

/// What becomes of an event that the vendor's document lacks.
///
/// It is genuine, and it has what every event has: where that is not so, it is
/// [invalid](Rejection::Invalid) in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownEvents {
    /// It is rejected, with 422: what the vendor added shows in its logs and in yours.
    #[default]
    Reject,
    /// It is rejected, with 200: the vendor takes it for handled, and it is gone. For endpoints to
    /// which the vendor sends more than they are for.
    Acknowledge,
    /// It is handed over, as the `Event::Unknown` that keeps its whole text.
    HandOver,
}

impl<E: Payload> Receiver<E> {
    /// Receives the deliveries of the vendor whose `SCHEMA` this is, by the scheme that it names and
    /// with the secrets that are valid now, each written as the vendor hands it out.
    ///
    /// # Errors
    ///
    /// If that is no `SCHEMA`, if it names no scheme, or if there is no secret or one that is none.
    ///
    /// # Panics
    ///
    /// As [`with`](Self::with).
    pub fn new<S: AsRef<str>>(
        schema: &str,
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<Self, ReceiverError> {
        let validator = Validator::new(schema)?;
        let vendor = || validator.vendor().to_owned();
        let signs = validator.signature_scheme();
        let signs = signs.ok_or_else(|| ReceiverError::NoScheme { vendor: vendor() })?;
        let verifier = Verifier::new(signs, secrets)?;
        Ok(Self::with(validator, verifier))
    }

    /// Receives what `verifier` takes for genuine and `validator` understands: for a tolerance or a
    /// clock other than the usual ones, or for deliveries that a gateway has signed anew.
    ///
    /// Whether `verifier` looks for mistakes does not matter here: see [`diagnose`](Self::diagnose).
    ///
    /// # Panics
    ///
    /// `E` is of another vendor than `validator`, or of another `SCHEMA`.
    pub fn with(validator: Validator, verifier: Verifier) -> Self {
        // Here, and not when the first delivery arrives.
        assert!(validator.decodes::<E>(), "want a type of the validator's own SCHEMA");
        Self {
            max_size: DEFAULT_MAX_SIZE.min(validator.size_limit()),
            validator: Arc::new(validator),
            verifier: Arc::new(verifier),
            strict: false,
            unknown_events: UnknownEvents::default(),
            diagnosis: None,
            event: PhantomData,
        }
    }

    /// Refuses bodies of more than `bytes` bytes. What the validator refuses for its size, 16 MiB
    /// unless told otherwise, stays refused.
    #[must_use]
    pub fn max_size(mut self, bytes: usize) -> Self {
        self.max_size = bytes.min(self.validator.size_limit());
        self
    }

    /// Refuses what contradicts the document in anything, and not only in its structure.
    ///
    /// Notices are none of that, unless the validator is [strict](Validator::strict) itself.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Does as told with events that the document lacks, and does not reject them.
    #[must_use]
    pub fn unknown_events(mut self, unknown_events: UnknownEvents) -> Self {
        self.unknown_events = unknown_events;
        self
    }

    /// Looks for the usual [`Mistake`](crate::signature::Mistake) where no signature matches, so that
    /// the log names it. Default: no search.
    ///
    /// Anybody can send a delivery that matches nothing, and the search costs much more than the
    /// refusal. So it is limited to bodies of at most 8 KiB, and to one every 100 ms for all clones of
    /// a receiver together. Use it while you set up an endpoint; `offhook verify` explains a single
    /// delivery without these limits.
    #[must_use]
    pub fn diagnose(mut self) -> Self {
        self.diagnosis = Some(Arc::new(Diagnosis::new()));
        self
    }

    /// The largest body that is received, in bytes: where to stop reading one.
    pub fn size_limit(&self) -> usize {
        self.max_size
    }

    /// Receives a delivery: its headers, and its body just as it came.
    ///
    /// Headers are any pairs of a name and a value, such as `&HeaderMap` of the `http` crate.
    ///
    /// # Errors
    ///
    /// If it is not to be handled: the answer is [`Rejection::status`], the reason for the log its
    /// `Display`.
    pub fn receive<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<Delivery<E>, Rejection> {
        if body.len() > self.max_size {
            return Err(Rejection::TooLarge { limit: self.max_size });
        }
        let headers: Vec<_> = headers.into_iter().collect();
        let pairs = headers.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        let diagnoses = || self.diagnosis.as_ref().is_some_and(|it| it.admits(body.len()));
        let genuine = self.verifier.verify_with(pairs.clone(), body, diagnoses);
        let genuine = genuine.map_err(Rejection::Unsigned)?;
        let (event, report) = self.decode(body)?;
        let scheme = self.verifier.scheme();
        let text = |header: Option<&str>| only_text(pairs.clone(), header?);
        let id = text(scheme.id_header()).or_else(|| self.id_of(body));
        let hash = |bytes: &[u8]| hex::encode(&Sha256::digest(bytes));
        let id = match id {
            Some(id) if id.len() > LONGEST_ID => hash(id.as_bytes()),
            Some(id) => id,
            None => hash(body),
        };
        Ok(Delivery { event, report, id, account: text(scheme.account_header()), genuine })
    }

    fn decode(&self, body: &[u8]) -> Result<(E, Report), Rejection> {
        let (event, report) =
            self.validator.decode_lenient::<E>(body).map_err(Rejection::Invalid)?;
        let violations = report.violations();
        let others = violations.iter().filter(|violation| violation.code != Code::UnknownEvent);
        let others = others.count();
        let is_unknown = others < violations.len();
        if self.strict && others > 0 {
            return Err(Rejection::Invalid(report));
        }
        match self.unknown_events {
            UnknownEvents::Reject if is_unknown => {
                Err(Rejection::UnknownEvent { report, acknowledged: false })
            }
            UnknownEvents::Acknowledge if is_unknown => {
                Err(Rejection::UnknownEvent { report, acknowledged: true })
            }
            _ => Ok((event, report)),
        }
    }

    /// The id in a body, if the vendor's events have one and it is not blank.
    fn id_of(&self, body: &[u8]) -> Option<String> {
        let id = self.validator.event_id(body)?;
        // All events with a blank one would be taken for the same.
        (!id.trim().is_empty()).then(|| id.into_owned())
    }
}

/// The value of a header that stands there once and is text.
fn only_text<'a>(
    headers: impl Iterator<Item = (&'a str, &'a [u8])>,
    wanted: &str,
) -> Option<String> {
    let mut values = headers.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let (_, value) = values.next()?;
    match values.next() {
        Some(_) => None,
        None => str::from_utf8(value).ok().map(str::to_owned),
    }
}

// By hand, as an `E` need not be one.
impl<E> Clone for Receiver<E> {
    fn clone(&self) -> Self {
        Self {
            validator: Arc::clone(&self.validator),
            verifier: Arc::clone(&self.verifier),
            diagnosis: self.diagnosis.clone(),
            ..*self
        }
    }
}

/// No secret is shown.
impl<E> fmt::Debug for Receiver<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("validator", &self.validator)
            .field("verifier", &self.verifier)
            .field("max_size", &self.max_size)
            .field("strict", &self.strict)
            .field("unknown_events", &self.unknown_events)
            .field("diagnosis", &self.diagnosis)
            .finish()
    }
}

/// Why there can be no receiver.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReceiverError {
    /// The text is not the `SCHEMA` of a vendor's module, or names a scheme that is not known.
    Schema(SchemaError),
    /// The vendor's `vendor.json` names no scheme: whether it sent a delivery cannot be told.
    #[non_exhaustive]
    NoScheme {
        /// The vendor's name, that of its module.
        vendor: String,
    },
    /// There is no secret, or one of them is none.
    Secret(SecretError),
}

impl fmt::Display for ReceiverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(error) => error.fmt(f),
            Self::NoScheme { vendor } => {
                write!(
                    f,
                    "expected a vendor that signs its deliveries, found {}, of which no scheme is known",
                    visible(vendor)
                )
            }
            Self::Secret(error) => error.fmt(f),
        }
    }
}

impl Error for ReceiverError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Schema(error) => error.source(),
            Self::Secret(error) => error.source(),
            Self::NoScheme { .. } => None,
        }
    }
}

impl From<SchemaError> for ReceiverError {
    fn from(error: SchemaError) -> Self {
        Self::Schema(error)
    }
}

impl From<SecretError> for ReceiverError {
    fn from(error: SecretError) -> Self {
        Self::Secret(error)
    }
}
