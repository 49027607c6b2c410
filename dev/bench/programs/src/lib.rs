//! What users have without offhook: jsonschema judges a `Value`, which then becomes one of typify's
//! types.

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;

use jsonschema::{PatternOptions, Validator};
use offhook_bench_typify as typify;
use serde_json::Value;

include!(concat!(env!("OUT_DIR"), "/events.rs"));

struct Event {
    vendor: &'static str,
    name: &'static str,
    schema: &'static str,
    read: fn(Value) -> serde_json::Result<()>,
}

/// Events, each with its compiled schema.
pub struct Peer {
    events: HashMap<&'static str, (&'static Event, Validator)>,
}

impl Peer {
    /// Compiles the schemas of the events that are `wanted`, by vendor and name.
    ///
    /// # Errors
    ///
    /// jsonschema does not take a schema.
    pub fn new(wanted: impl Fn(&str, &str) -> bool) -> Result<Self, Box<dyn Error>> {
        let mut events = HashMap::new();
        for event in EVENTS.iter().filter(|event| wanted(event.vendor, event.name)) {
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .with_pattern_options(PatternOptions::regex())
                .build(&serde_json::from_str(event.schema)?)?;
            events.insert(event.name, (event, validator));
        }
        Ok(Self { events })
    }

    /// Judges a payload, and reads it.
    ///
    /// # Errors
    ///
    /// It is not JSON, names no event, is not valid, or does not fit its type.
    pub fn decode(&self, body: &str) -> Result<(), Box<dyn Error>> {
        let value: Value = serde_json::from_str(body)?;
        let name = value["type"].as_str().ok_or("want an event's name")?;
        let (event, validator) = self.events.get(name).ok_or("want a documented event")?;
        validator.validate(&value).map_err(jsonschema::ValidationError::to_owned)?;
        Ok((event.read)(value)?)
    }

    /// Judges a payload: how many errors it has.
    pub fn errors(&self, body: &[u8]) -> usize {
        // Quicker than `from_slice`, which checks UTF-8 a string at a time.
        let text = std::str::from_utf8(body).ok();
        let Some(value) = text.and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
            return 1;
        };
        match value["type"].as_str().and_then(|name| self.events.get(name)) {
            Some((_, validator)) if validator.is_valid(&value) => 0,
            Some((_, validator)) => validator.iter_errors(&value).count(),
            None => 1,
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> serde_json::Result<()> {
    black_box(serde_json::from_value::<T>(value)?);
    Ok(())
}
