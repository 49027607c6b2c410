//! What is valid is found so at once, and nothing is made before it is needed: else, both would be
//! lost without a sign but the time that it takes.

use std::fs;
use std::path::Path;

use offhook::{daily, dialstack, voiceblender};
use serde_json::{Map, Value, json};

use super::run;
use crate::budget::Room;
use crate::validator::Validator;
use crate::validator::body::Body;

/// The examples of a vendor; none, where there is no `schemas/`, as in a published crate.
fn examples(validator: &Validator) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let Ok(entries) = fs::read_dir(folder.join(validator.vendor()).join("examples")) else {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return Vec::new();
    };
    let texts = entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    texts.collect()
}

/// The object without each of its members in turn, and those of objects in it.
fn without_a_member(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut all = Vec::new();
    for (name, value) in object {
        let mut less = object.clone();
        less.remove(name);
        all.push(less);
        for inner in value.as_object().map(without_a_member).unwrap_or_default() {
            let mut other = object.clone();
            other.insert(name.clone(), inner.into());
            all.push(other);
        }
    }
    all
}

/// Holds a report against one that is made without a quick look.
fn check_look(validator: &Validator, payload: &str) {
    let body = payload.as_bytes();
    let checker = &validator.checker;
    let read = Body::read(body, checker.max_size, Room::unlimited());
    let slow = checker.report(body, read, None, None);
    assert_eq!(validator.validate(body), slow, "{payload}");
}

/// The object with each of its members in turn changed, and those of objects in it.
fn with_another_value(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut all = Vec::new();
    for (name, value) in object {
        let inner = value.as_object().map(with_another_value).unwrap_or_default();
        let others = [json!(null), json!(-1), json!("x"), json!(["x"]), json!({ "x": 1 })];
        for other in others.into_iter().chain(inner.into_iter().map(Value::from)) {
            let mut changed = object.clone();
            changed.insert(name.clone(), other);
            all.push(changed);
        }
    }
    all
}

/// What is found valid slowly only, or where there is nothing to add that is looked for slowly.
fn found_slowly(validator: &Validator, payload: &str) -> bool {
    let body = payload.as_bytes();
    let report = validator.validate(body);
    if !report.is_valid() {
        return false;
    }
    let examined = validator.checker.quickly(body, None).is_some_and(|(text, event)| {
        let program = &event.parts(&validator.checker.schemas).program;
        run::examine(program, text).is_some_and(|(examined, _)| examined.is_faultless())
    });
    let clean = validator.clean(body);
    assert_eq!(examined, clean.is_some(), "{payload}");
    !validator.checker.is_quickly_valid(body, None)
        || report.notices().is_empty() && clean.is_none()
}

#[test]
fn what_vendors_send_is_found_valid_quickly() {
    for schema in [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA] {
        let validator = Validator::new(schema).unwrap();
        let mut valid = 0;
        for example in examples(&validator) {
            assert!(!found_slowly(&validator, &example), "{example}");
            let object: Map<String, Value> = serde_json::from_str(&example).unwrap();
            for less in without_a_member(&object) {
                let text = Value::from(less).to_string();
                assert!(!found_slowly(&validator, &text), "{text}");
                valid += usize::from(validator.is_valid(text.as_bytes()));
            }
            // What comes without being asked for is skipped.
            let more = example.replacen('{', r#"{"new":{"a":[1,"b",{}]},"#, 1);
            assert!(!found_slowly(&validator, &more), "{more}");
        }
        assert!(valid > 5 || examples(&validator).is_empty(), "{valid}");
    }
}

#[test]
fn a_quick_look_changes_nothing() {
    for schema in [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA] {
        let validator = Validator::new(schema).unwrap();
        for example in examples(&validator) {
            let object: Map<String, Value> = serde_json::from_str(&example).unwrap();
            for changed in [without_a_member(&object), with_another_value(&object)].concat() {
                check_look(&validator, &Value::from(changed).to_string());
            }
        }
    }
}

#[test]
fn a_name_that_only_seems_to_be_the_events_is_not_taken_for_it() {
    let schema = r#"{ "vendor": "acme", "discriminator": "/type", "schemas": {
        "a.json": { "type": "object" }, "b.json": { "type": "object", "required": ["b"] }
    } }"#;
    let validator = Validator::new(schema).unwrap();
    for (payload, event) in [
        (r#"{"type":"a"}"#, Some("a")),
        (r#"{"type":"b","b":{"type":"a"}}"#, Some("b")),
        (r#"{"type":"b","b":1,"\"type":"a"}"#, Some("b")),
        (r#"{"type":"\u0061"}"#, Some("a")),
        (r#"{"x":{"type":"a"}}"#, None),
        (r#"{"x\"type":"a"}"#, None),
        (r#"{"type":"b","type":"a"}"#, Some("b")),
    ] {
        assert_eq!(validator.validate(payload.as_bytes()).event(), event, "{payload}");
        let valid = event.is_some() && !payload.ends_with(r#""b","type":"a"}"#);
        assert_eq!(validator.is_valid(payload.as_bytes()), valid, "{payload}");
    }
}

#[test]
fn nothing_is_compiled_before_it_is_needed() {
    for schema in [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA] {
        let validator = Validator::new(schema).unwrap();
        let begun = || validator.checker.payloads.values().filter(|event| event.is_begun()).count();
        assert_eq!(begun(), 0);
        let examples = examples(&validator);
        let example = examples.first().map_or("{}", String::as_str);
        assert_eq!(validator.is_valid(example.as_bytes()), !examples.is_empty());
        assert_eq!(begun(), examples.len().min(1));
    }
}
