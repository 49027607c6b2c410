//! The calls into the libraries of the tree that is recorded.
//!
//! This file alone changes when their interfaces do. It must then stay as it was for older trees:
//! see the README beside this package.

use std::path::Path;

use offhook_validator::Validator;
use serde_json::{Value, json};

/// Judges payloads of one vendor.
pub(crate) struct Judge(Validator);

/// Reads a folder of one vendor's folder, as the generator does; also returns what it learnt.
pub(crate) fn read(schemas: &Path) -> Result<(Judge, Value), String> {
    let vendors = offhook_codegen::generate(schemas).map_err(|error| error.to_string())?;
    let [vendor] = &*vendors else {
        return Err(format!("expected one vendor, found {}", vendors.len()));
    };
    let is_schema = |path: &str| path.ends_with("/schema.json");
    let schema = vendor.files.iter().find(|file| is_schema(&file.path));
    let schema = schema.ok_or("expected a generated schema.json, found none")?;
    let validator = Validator::new(&schema.text).map_err(|error| error.to_string())?;
    let events: Vec<_> = vendor.events.iter().map(|event| &event.name).collect();
    let read = json!({ "vendor": vendor.name, "events": events, "notes": vendor.notes });
    Ok((Judge(validator), read))
}

impl Judge {
    /// Returns the report of a payload, with the members that the command's report has.
    ///
    /// `payload` names the schema where payloads do not name their event.
    pub(crate) fn report(&self, payload: Option<&str>, body: &[u8]) -> Option<Value> {
        let report = match payload {
            None => self.0.validate(body),
            Some(name) => self.0.validate_event(name, body)?,
        };
        let personal: Vec<_> =
            report.personal().iter().map(|range| [range.start, range.end]).collect();
        Some(json!({
            "vendor": report.vendor(),
            "event": report.event(),
            "valid": report.is_valid(),
            "violations": report.violations(),
            "notices": report.notices(),
            "omitted": report.omitted(),
            "personal": personal,
        }))
    }
}
