//! A payload's type, its validator and boon, held against each other.

use std::error::Error;
use std::fmt;

use offhook_model::Json;
use offhook_model::json::parse;
use offhook_validator::{Report, Validator};
use serde_json::Value;

use crate::bundle::{Bundle, Schema};
use crate::json::difference;
use crate::oracle::Oracle;
use crate::payload_type::{Decoder, Outcome, PayloadType};

/// What must agree on the instances of one schema.
pub struct Subject<'b> {
    payload: &'b PayloadType,
    schema: Schema<'b>,
    oracle: &'b Oracle,
    validator: Validator,
}

/// What all say of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is valid.
    pub valid: bool,
    /// Whether its type's own decoder read it.
    pub at_once: bool,
}

/// What was said of an instance, where not all said the same.
#[derive(Debug)]
pub struct Disagreement {
    /// Whether `decode` gave a value.
    pub decoded: bool,
    /// What the validator reports.
    pub report: Report,
    /// Who else was asked, and the answer.
    pub other: (&'static str, bool),
    /// Whether the value that was read is written back as another: the text, and where.
    pub written: Option<(String, String)>,
    /// What the type's own decoder made of it.
    pub decoder: Decoder,
}

impl<'b> Subject<'b> {
    /// What judges the instances of `payload`, whose vendor has the schemas of `bundle`.
    ///
    /// # Errors
    ///
    /// The schemas are broken, or `payload` is of none of them.
    pub fn new(
        payload: &'b PayloadType,
        bundle: &'b Bundle,
        oracle: &'b Oracle,
    ) -> Result<Self, Box<dyn Error>> {
        let schema = bundle.file(payload.file).ok_or("want the schema of the payload, got none")?;
        Ok(Self { payload, schema, oracle, validator: Validator::new(payload.schema)? })
    }

    /// The payload's schema.
    pub fn schema(&self) -> Schema<'b> {
        self.schema
    }

    /// Whether all say the same of an instance; the verdict, or who says what.
    ///
    /// # Errors
    ///
    /// They do not.
    pub fn verdict(&self, body: &str) -> Result<Verdict, Box<Disagreement>> {
        let boon = parse(body).is_ok_and(|value| self.oracle.holds(self.schema, &value));
        let outcome = self.payload.judge(&self.validator, body.as_bytes());
        agreement(outcome, body, ("boon", boon))
    }
}

/// The verdict on an instance, if the type, its decoder and the validator agree with each other and with an
/// `other`, and if the type writes what it read of `body`.
///
/// Members that the report calls undocumented may be missing from what is written.
///
/// # Errors
///
/// They do not agree, or it is not.
pub fn agreement(
    outcome: Outcome,
    body: &str,
    other: (&'static str, bool),
) -> Result<Verdict, Box<Disagreement>> {
    let Outcome { decoded, report, decoder } = outcome;
    let valid = report.is_valid();
    let written = decoded.as_ref().and_then(|text| {
        let undocumented =
            |pointer: &str| report.notices().iter().any(|notice| notice.pointer == pointer);
        Some((
            text.clone(),
            difference(&held(body)?, &held(text).unwrap_or_default(), undocumented)?,
        ))
    });
    let decoded = decoded.is_some();
    let at_once = decoder == Decoder::Same;
    let sound = decoder == Decoder::GivesUp || valid && at_once;
    if decoded == valid && other.1 == valid && written.is_none() && sound {
        Ok(Verdict { valid, at_once })
    } else {
        Err(Box::new(Disagreement { decoded, report, other, written, decoder }))
    }
}

/// Returns the value of a text as generated types hold it: every number in 64 bits.
fn held(text: &str) -> Option<Json> {
    let value: Value = serde_json::from_str(text).ok()?;
    Some(Json::from(&value))
}

impl Disagreement {
    /// Whether the two are about the same.
    pub fn is_like(&self, other: &Self) -> bool {
        self.decoded == other.decoded
            && self.report.is_valid() == other.report.is_valid()
            && self.other == other.other
            && self.written.is_some() == other.written.is_some()
            && self.decoder == other.decoder
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |valid| if valid { "valid" } else { "not valid" };
        writeln!(f, "  decode:    {}", word(self.decoded))?;
        match self.decoder {
            Decoder::GivesUp => {}
            Decoder::Same => writeln!(f, "  decoder:   valid")?,
            Decoder::Other => writeln!(f, "  decoder:   valid, and another value")?,
        }
        if let Some((text, pointer)) = &self.written {
            writeln!(f, "  written:   {text}, another at {pointer:?}")?;
        }
        let report = self.report.to_string().replace('\n', "\n             ");
        writeln!(f, "  validator: {}", if self.report.is_valid() { "valid" } else { &report })?;
        let (name, valid) = self.other;
        writeln!(f, "  {:<11}{}", format!("{name}:"), word(valid))
    }
}
