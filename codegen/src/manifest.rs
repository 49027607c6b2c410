//! `vendor.json` into [`Manifest`].

use std::path::Path;

use jsonschema::error::ValidationErrorKind;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::GenError;
use crate::explain::explain;
use crate::json::escape;

/// What holds for the vendor as a whole.
#[derive(Deserialize)]
pub(crate) struct Manifest {
    /// The vendor's name for people.
    pub(crate) title: String,
    pub(crate) document: Document,
    /// JSON Pointer to the member that names an event.
    pub(crate) discriminator: Option<String>,
    /// JSON Pointer to the member that is the same on every delivery of an event.
    pub(crate) id: Option<String>,
    /// The schema of what all events have in common.
    pub(crate) envelope: Option<String>,
    /// How its sender orders the members of objects.
    #[serde(default)]
    pub(crate) order: Order,
}

#[derive(Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Order {
    /// As the vendor's document does.
    #[default]
    Document,
    /// By name.
    Sorted,
}

/// The document that the schemas transcribe.
#[derive(Deserialize)]
pub(crate) struct Document {
    pub(crate) name: String,
    /// The day on which it was read, as year, month and day.
    pub(crate) read: String,
}

impl Manifest {
    /// Understands the file at `path`, whose content is `manifest`.
    pub(crate) fn read(path: &Path, manifest: &Value) -> Result<Self, GenError> {
        check(path, manifest)?;
        Self::deserialize(manifest).map_err(|error| GenError::at(path, "", error.to_string()))
    }
}

/// What the file must look like; one of its keys is of interest to others alone.
fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "title": { "type": "string", "minLength": 1 },
            "document": {
                "type": "object",
                "properties": {
                    "name": { "type": "string", "minLength": 1 },
                    "read": { "type": "string", "format": "date" }
                },
                "required": ["name", "read"],
                "additionalProperties": false
            },
            "discriminator": { "type": ["string", "null"], "format": "json-pointer", "minLength": 2 },
            "id": { "type": ["string", "null"], "format": "json-pointer", "minLength": 2 },
            "envelope": { "type": ["string", "null"] },
            "order": { "type": "string", "enum": ["document", "sorted"] },
            "signature": {
                "enum": ["daily", "dialstack", "standard-webhooks", "voiceblender", null]
            }
        },
        "required": ["title", "document", "discriminator"],
        "additionalProperties": false
    })
}

/// A key that is unknown is shown beside those that are not.
fn check(path: &Path, manifest: &Value) -> Result<(), GenError> {
    let schema = schema();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| GenError::at(path, "", explain(&error)))?;
    validator.validate(manifest).map_err(|error| {
        let at = error.instance_path().as_str();
        let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() else {
            return GenError::at(path, at, explain(&error));
        };
        let unknown = unexpected.first().map(String::as_str).unwrap_or_default();
        let known = schema.pointer(&error.schema_path().as_str().replace("additionalP", "p"));
        let known: Vec<String> = known
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(key, _)| format!("{key:?}"))
            .collect();
        let message = format!("want one of {}, got {unknown:?}", known.join(", "));
        GenError::at(path, &format!("{at}/{}", escape(unknown)), message)
    })
}
