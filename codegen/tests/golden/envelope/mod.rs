//! What all events have, and what of it an unknown event must have.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, Event};
use crate::{refusal, round_trip};

const COMMON: &str = r#""id":"1","name":"Ada","created_at":"2026-01-15T14:33:00Z","sequence":7"#;

fn payload(wire: &str) -> String {
    format!(r#"{{{COMMON},"account":"a","type":"{wire}","data":{{"call_id":"c"}}}}"#)
}

#[test]
fn accessors_work_on_every_event() {
    for wire in ["call.end", "call.start", "call.park"] {
        let event: Event = round_trip(&payload(wire));
        assert_eq!(event.name(), wire);
        assert_eq!(event.id(), "1");
        assert_eq!(event.created_at().as_str(), "2026-01-15T14:33:00Z");
        assert_eq!(event.sequence(), 7);
        assert_eq!(event.account(), Some("a"));
    }
}

#[test]
fn a_member_called_like_a_method_is_reached_through_its_struct() {
    let Event::CallEnd(event) = round_trip(&payload("call.end")) else {
        panic!("call.end is documented");
    };
    assert_eq!(event.name, "Ada");
}

#[test]
fn a_struct_is_of_one_event_alone() {
    round_trip::<CallEnd>(&payload("call.end"));
    refusal::<CallEnd>(&payload("call.start"));
}

#[test]
fn an_unknown_event_has_the_envelope() {
    let Event::Unknown(event) = round_trip(&payload("call.park")) else {
        panic!("call.park is not documented");
    };
    assert_eq!(event.envelope.r#type, "call.park");
    assert_eq!(event.envelope.data["call_id"], "c");
    let message = refusal::<Event>(&payload("call.park").replace(r#""id":"1","#, ""));
    assert!(message.starts_with("missing field `id`"), "{message}");
    refusal::<Event>(&payload("call.park").replace(r#"{"call_id":"c"}"#, "[]"));
}
