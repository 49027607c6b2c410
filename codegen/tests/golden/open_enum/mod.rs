//! Lists of values: closed in the schema, open in Rust.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{
    CallEnd, CallEndDirection, CallEndReason, CallEndTagsItem, CallEndVersion, CallStatus,
};
use crate::{refusal, round_trip};

#[test]
fn listed_values_are_variants() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","status":"no-answer","reason":"ring_timeout","direction":"inbound",
            "version":"v1","tags":["vip","spam"]}"#,
    );
    assert_eq!(event.status, CallStatus::NoAnswer);
    assert_eq!(event.status, "no-answer");
    assert_eq!(event.reason, Some(CallEndReason::RingTimeout));
    assert_eq!(event.direction.value(), Some(&CallEndDirection::Inbound));
    assert_eq!(event.version, Some(CallEndVersion::V1));
    assert_eq!(event.tags, Some(vec![CallEndTagsItem::Vip, CallEndTagsItem::Spam]));
    assert_eq!(CallStatus::DOCUMENTED, ["completed", "no-answer"]);
    assert_eq!(CallEndReason::DOCUMENTED, ["busy", "declined", "ring_timeout"]);
    assert_eq!(CallEndDirection::DOCUMENTED, ["inbound", "outbound"]);
}

#[test]
fn other_values_are_kept() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","status":"No-Answer","reason":"sip_500","version":"","tags":["é"]}"#,
    );
    assert_eq!(event.status, CallStatus::Unknown("No-Answer".to_owned()));
    assert_eq!(event.reason, Some(CallEndReason::from("sip_500")));
    assert_eq!(event.version.as_ref().map(CallEndVersion::as_str), Some(""));
}

#[test]
fn null_is_read_where_it_is_listed() {
    let event: CallEnd = round_trip(r#"{"type":"call.end","status":"busy","direction":null}"#);
    assert!(event.direction.is_null());
    refusal::<CallEnd>(r#"{"type":"call.end","status":null}"#);
}

#[test]
fn a_value_is_a_string() {
    let message = refusal::<CallEnd>(r#"{"type":"call.end","status":5}"#);
    assert!(message.contains("expected a string"), "{message}");
}

#[test]
fn a_value_that_is_a_variants_name_is_not_that_variant() {
    assert_eq!(CallStatus::from("Completed"), CallStatus::Unknown("Completed".to_owned()));
    assert_eq!(CallStatus::from("completed").to_string(), "completed");
    assert_eq!(format!("{:>10}", CallStatus::Completed), " completed");
}
