//! Judges the instances of one case with offhook's loader and validator.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use offhook_conformance::suite::{keyword, reason};
use offhook_model::{Draft, MANIFEST, SchemaError, load};
use offhook_validator::Validator;
use serde_json::value::{RawValue, to_raw_value};

use crate::request::{Case, Test};

/// The payload's name, and the name of its schema's file without `.json`.
const PAYLOAD: &str = "case";

/// What came of a case.
pub(crate) enum Verdicts {
    /// Whether each instance is valid, in order.
    Judged(Vec<bool>),
    /// offhook refuses the schema by design, for this reason.
    Refused(String),
}

/// Judges every instance of `case`. A schema without `$schema` is of the `draft`.
///
/// # Errors
///
/// The schema is refused for a reason that is not one of design, or a file cannot be written.
pub(crate) fn judge(case: &Case<'_>, draft: Draft) -> Result<Verdicts, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    write_vendor(folder.path(), &declared(case.schema.get(), draft)?)?;
    let mut sets = match load(folder.path()) {
        Ok(sets) => sets,
        Err(error) => return refusal(&error, folder.path()).map(Verdicts::Refused),
    };
    let set = sets.pop().ok_or("expected one set of schemas, found none")?;
    let validator = Validator::of_set(Arc::new(set));
    let is_valid = |test: &Test<'_>| {
        let report = validator.validate_event(PAYLOAD, test.instance.get().as_bytes());
        report.map(|report| report.is_valid())
    };
    let verdicts: Option<Vec<bool>> = case.tests.iter().map(is_valid).collect();
    Ok(Verdicts::Judged(verdicts.ok_or("expected the schema of a payload, found none")?))
}

/// Returns why offhook refuses a schema, or the error if it should not.
fn refusal(error: &SchemaError, folder: &Path) -> Result<String, Box<dyn Error>> {
    let message = error.to_string().replace(&format!("{}/", folder.display()), "");
    let pointers = error.faults().iter().map(|fault| fault.pointer());
    let reasons = pointers.map(|pointer| reason(&keyword(pointer?)?));
    match reasons.collect::<Option<Vec<_>>>().as_deref() {
        Some([reason, ..]) => Ok(format!("refused by design, {reason}: {message}")),
        _ => Err(message.into()),
    }
}

/// Writes a folder in offhook's layout, with `schema` as the vendor's only payload.
fn write_vendor(folder: &Path, schema: &str) -> std::io::Result<()> {
    let manifest = r#"{
  "title": "Bowtie",
  "document": { "name": "A case of Bowtie", "read": "2026-01-01" },
  "discriminator": null
}
"#;
    fs::write(folder.join(MANIFEST), manifest)?;
    fs::write(folder.join(format!("{PAYLOAD}.json")), schema)
}

/// `schema` with its `$schema`, by which alone offhook tells drafts apart. Booleans need none.
fn declared(schema: &str, draft: Draft) -> serde_json::Result<String> {
    let Ok(mut members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(schema) else {
        return Ok(schema.to_owned());
    };
    let declaration = to_raw_value(draft.uri())?;
    members.entry("$schema".to_owned()).or_insert(&declaration);
    serde_json::to_string(&members)
}
