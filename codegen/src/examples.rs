//! The vendor's own payloads, held against the schemas of their events.

use std::collections::BTreeMap;

use jsonschema::Registry;
use serde_json::json;

use crate::GenError;
use crate::bundle::Bundle;
use crate::explain::explain;
use crate::place::Place;

/// Compiles every schema and holds each example against its event's.
pub(crate) fn check(bundle: &Bundle) -> Result<(), GenError> {
    // What could be wrong here was found before, with its place.
    let broken = |file: &str, error: &dyn std::fmt::Display| {
        bundle.error(&Place::new(file, ""), error.to_string())
    };
    if bundle.examples().next().is_none() {
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
    for (file, payload) in bundle.examples() {
        let name = bundle.event_name(file.strip_prefix("examples/").unwrap_or(file));
        let is_of = |event: &str| {
            name.strip_prefix(event).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let events = bundle.events.iter().filter(|event| is_of(bundle.event_name(event)));
        let Some(event) = events.max_by_key(|event| bundle.event_name(event).len()) else {
            return Err(bundle.error(
                &Place::new(file, ""),
                "want a name that begins with an event's, as <event>.json or <event>.<variant>.json",
            ));
        };
        if !validators.contains_key(event) {
            validators.insert(event, compile(event)?);
        }
        let validator = &validators[event];
        if let Some(error) = validator.iter_errors(payload).next() {
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
