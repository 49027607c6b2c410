//! A vendor whose payloads do not say what they are.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, CallStart, EXAMPLES, SCHEMA, Status};
use crate::{refusal, round_trip};

#[test]
fn each_event_is_a_type_of_its_own() {
    let end: CallEnd = round_trip(r#"{"call_id":"c","status":"completed"}"#);
    assert_eq!(end.status, Some(Status::Completed));
    let start: CallStart = round_trip(r#"{"call_id":"c","from":"+1415"}"#);
    assert!(!format!("{start:?}").contains("+1415"));
    refusal::<CallStart>(r#"{"call_id":"c"}"#);
}

#[test]
fn examples_name_their_event() {
    let examples = EXAMPLES.iter().map(|example| (example.name, example.event));
    assert!(examples.eq([("call.end", "call.end")]));
}

#[test]
fn the_schemas_come_along() {
    assert!(SCHEMA.contains(r#","vendor":"acme","title":"Acme""#), "{SCHEMA}");
}
