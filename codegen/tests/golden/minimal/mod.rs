//! One event, of which nothing is known but its name.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use std::str::FromStr as _;

use serde_json::{Value, json};

use self::expected::acme::{CallEnd, EXAMPLES, Event, EventType, SCHEMA};
use crate::{refusal, round_trip};

#[test]
fn an_event_is_told_by_its_name() {
    let event: Event = round_trip(r#"{"type":"call.end"}"#);
    assert!(matches!(event, Event::CallEnd(_)));
    assert_eq!(event.name(), "call.end");
    assert_eq!(event.event_type(), Some(EventType::CallEnd));
    let event: CallEnd = round_trip(r#"{"type":"call.end"}"#);
    assert_eq!(event.r#type, EventType::CallEnd);
}

#[test]
fn undocumented_members_are_dropped_wherever_they_stand() {
    let text = r#"{"before":{"type":"call.start"},"type":"call.end","after":[]}"#;
    let event: Event = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), r#"{"type":"call.end"}"#);
}

#[test]
fn an_unknown_event_is_kept_whole() {
    let text = r#"{ "type": "call.start", "id": 1 }"#;
    let Event::Unknown(event) = round_trip(text) else {
        panic!("call.start is not documented");
    };
    assert_eq!(event.name, "call.start");
    assert_eq!(event.raw.as_str(), text);
    assert_eq!(Event::Unknown(event).event_type(), None);
}

#[test]
fn what_has_no_name_or_another_is_refused() {
    for payload in ["{}", r#"{"type":5}"#, "[]", r#"{"type":null}"#, r#""call.end""#] {
        let message = refusal::<Event>(payload);
        assert_eq!(message, "want the event's name, a string at `/type`", "{payload}");
        refusal::<CallEnd>(payload);
    }
    refusal::<CallEnd>(r#"{"type":"call.start"}"#);
}

#[test]
fn event_types_are_their_wire_names() {
    assert_eq!(EventType::ALL, [EventType::CallEnd]);
    assert_eq!(EventType::from_str("call.end"), Ok(EventType::CallEnd));
    assert!(EventType::from_str("call.ended").is_err());
    assert_eq!(round_trip::<EventType>(r#""call.end""#).to_string(), "call.end");
}

#[test]
fn the_examples_come_along() {
    let text = include_str!("schemas/acme/examples/call.end.json");
    let crlf = "{\r\n  \"type\": \"call.end\"\r\n}\r\n";
    let other = "{ \"type\": \"call.end\", \"note\": \"\\\"#\" }";
    let examples = EXAMPLES.iter().map(|example| (example.name, example.event, example.text));
    assert!(examples.eq([
        ("call.end", "call.end", text),
        ("call.end.crlf", "call.end", crlf),
        ("call.end.quoted", "call.end", other),
    ]));
}

#[test]
fn the_schemas_come_along() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["vendor"], "acme");
    assert_eq!(schema["title"], "Acme");
    assert_eq!(schema["types"], json!({ "call.end.json#": "CallEnd" }));
    assert_eq!(schema["schemas"]["call.end.json"]["title"], "Call ended");
}
