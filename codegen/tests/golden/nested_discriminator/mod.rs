//! An event's name that stands below the top.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, Event, EventType};
use crate::{refusal, round_trip};

#[test]
fn the_name_is_found_where_the_vendor_puts_it() {
    let payload = r#"{"event":"call.start","meta":{"attempt":1,"event":"call.end"}}"#;
    let Event::CallEnd(event) = round_trip(payload) else {
        panic!("call.end is documented");
    };
    assert_eq!(event.meta.event, EventType::CallEnd);
    assert_eq!(event.event.as_deref(), Some("call.start"));
    let Event::Unknown(event) = round_trip(r#"{"meta":{"event":"call.start"}}"#) else {
        panic!("call.start is not documented");
    };
    assert_eq!(event.name, "call.start");
    assert_eq!(event.envelope.meta.attempt, None);
}

#[test]
fn without_a_name_there_is_no_event() {
    for payload in
        ["{}", r#"{"event":"call.end"}"#, r#"{"meta":"call.end"}"#, r#"{"meta":{"event":null}}"#]
    {
        let message = refusal::<Event>(payload);
        assert_eq!(message, "want the event's name, a string at `/meta/event`", "{payload}");
    }
    refusal::<CallEnd>(r#"{"meta":{"event":"call.start"}}"#);
}
