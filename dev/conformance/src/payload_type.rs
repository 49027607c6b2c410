//! A generated type behind a function pointer, so that one loop serves all types.

use offhook_runtime::Payload;
use offhook_runtime::json::read;
use offhook_validator::{Report, Validator};
use serde::Serialize;

/// A payload's generated type, and the `SCHEMA` of its vendor.
pub struct PayloadType {
    /// The payload's schema: its path in `schema`.
    pub file: &'static str,
    /// The vendor's `SCHEMA`.
    pub schema: &'static str,
    judge: fn(&Validator, &[u8]) -> Outcome,
}

/// What a type and the validator make of a payload.
#[derive(Debug)]
pub struct Outcome {
    /// What `decode` reads, as it is written back; nothing if it refuses.
    pub decoded: Option<String>,
    /// What the validator says without reading a typed value.
    pub report: Report,
    /// What the type's own decoder makes of it.
    pub decoder: Decoder,
}

/// What a generated decoder makes of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoder {
    /// Nothing: it gives up, as it may.
    GivesUp,
    /// What serde reads as well.
    Same,
    /// Something that serde does not read.
    Other,
}

impl PayloadType {
    /// The type `T`, whose vendor has `schema`.
    ///
    /// # Panics
    ///
    /// `T` is of no one schema file, as a vendor's `Event`.
    pub const fn of<T: Payload + PartialEq + Serialize>(schema: &'static str) -> Self {
        let Some(file) = T::SCHEMA_FILE else {
            panic!("want the type of one schema file, got one of many");
        };
        Self { file, schema, judge: judge::<T> }
    }

    /// Holds a payload against the type and the validator of its vendor.
    pub fn judge(&self, validator: &Validator, body: &[u8]) -> Outcome {
        (self.judge)(validator, body)
    }
}

fn judge<T: Payload + PartialEq + Serialize>(validator: &Validator, body: &[u8]) -> Outcome {
    let decoded = validator.decode::<T>(body).ok();
    let report = validator.validate_as::<T>(body);
    assert_eq!(validator.is_valid_as::<T>(body), report.is_valid(), "{report}");
    if let Some(event) = validator.clean(body) {
        let whole = validator.validate(body);
        assert!(whole.is_valid() && whole.notices().is_empty(), "{whole}");
        assert_eq!(whole.event(), Some(event));
    }
    // What cannot be written back shows as what was not read.
    let decoded = decoded.and_then(|value| serde_json::to_string(&value).ok());
    let text = std::str::from_utf8(body).unwrap_or_default();
    let mut place: Option<T> = None;
    T::decode(text, &mut place);
    let made = match place {
        None => Decoder::GivesUp,
        Some(value) if read(text).is_ok_and(|read: T| read == value) => Decoder::Same,
        Some(_) => Decoder::Other,
    };
    Outcome { decoded, report, decoder: made }
}
