//! What only the validator looks at: bounds, patterns, conditions, advice.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use serde_json::Value;

use self::expected::acme::{CallEnd, SCHEMA};
use crate::round_trip;

#[test]
fn the_types_do_not_care() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","answered":false,"seconds":-1.7,"pin":"none","parties":["b","b","b"],
            "labels":{"A":1,"B":2,"C":3}}"#,
    );
    assert_eq!(event.pin.as_deref(), Some("none"));
}

#[test]
fn the_validator_is_told_everything() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let event = &schema["schemas"]["call.end.json"];
    assert_eq!(event["properties"]["seconds"]["x-advice"]["maximum"], 3600);
    assert_eq!(event["allOf"][0]["then"]["properties"]["seconds"], false);
    let mut keywords: Vec<&str> = event.as_object().unwrap().keys().map(String::as_str).collect();
    keywords.sort_unstable();
    assert_eq!(
        keywords,
        [
            "$schema",
            "additionalProperties",
            "allOf",
            "anyOf",
            "dependentRequired",
            "description",
            "not",
            "properties",
            "required",
            "title",
            "type",
            "x-advice",
        ]
    );
}
