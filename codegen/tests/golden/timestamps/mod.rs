//! Timestamps, which keep the sender's text.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::CallEnd;
use crate::{refusal, round_trip};

#[test]
fn a_timestamp_is_written_as_it_was_read() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","ended_at":"2026-01-15T14:33:00.120+01:00",
            "started_at":"2026-01-15t14:33:00z","answered_at":null,
            "held_at":["2026-01-15T14:33:00Z"]}"#,
    );
    assert_eq!(event.ended_at.as_str(), "2026-01-15T14:33:00.120+01:00");
    assert!(event.ended_at.is_rfc3339());
    assert!(event.answered_at.is_null());
}

#[test]
fn what_is_no_timestamp_is_kept_too() {
    let event: CallEnd = round_trip(r#"{"type":"call.end","ended_at":"yesterday"}"#);
    assert!(!event.ended_at.is_rfc3339());
}

#[test]
fn a_timestamp_is_a_string() {
    refusal::<CallEnd>(r#"{"type":"call.end","ended_at":1768487580}"#);
}
