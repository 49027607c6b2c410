//! The vendor's own payloads, held against the schemas of their events.

use std::collections::BTreeMap;

use jsonschema::Registry;
use serde_json::json;

use crate::GenError;
use crate::bundle::{Bundle, Example};
use crate::explain::explain;
use crate::place::Place;

/// Compiles every schema and holds each example against its event's.
pub(crate) fn check(bundle: &Bundle) -> Result<(), GenError> {
    // What could be wrong here was found before, with its place.
    let broken = |file: &str, error: &dyn std::fmt::Display| {
        bundle.error(&Place::new(file, ""), error.to_string())
    };
    let examples = bundle.examples();
    if examples.is_empty() {
        return Ok(());
    }
    let mut registry = Registry::new();
    for (file, schema) in bundle.schemas() {
        registry = registry.add(uri(file), schema).map_err(|error| broken(file, &error))?;
    }
    let registry = registry.prepare().map_err(|error| broken("vendor.json", &error))?;
    let compile = |file: &str| {
        jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&json!({ "$ref": uri(file) }))
            .map_err(|error| broken(file, &error))
    };
    let mut validators = BTreeMap::new();
    for Example { file, event, content, .. } in examples {
        let Some(event) = event else {
            return Err(bundle.error(
                &Place::new(file, ""),
                "want a name that begins with an event's, as <event>.json or <event>.<variant>.json",
            ));
        };
        if !validators.contains_key(event) {
            validators.insert(event, compile(event)?);
        }
        let validator = &validators[event];
        if let Some(error) = validator.iter_errors(&content.json).next() {
            return Err(bundle.error(
                &Place::new(file, error.instance_path().as_str()),
                format!("this example does not validate: {}", explain(&error)),
            ));
        }
    }
    Ok(())
}

fn uri(file: &str) -> String {
    format!("offhook:///{file}")
}
