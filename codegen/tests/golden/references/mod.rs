//! Definitions in `shared/`, and what an event says of its own beside a reference.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{Agent, CallEnd, Event, Queue};
use crate::{refusal, round_trip};

#[test]
fn a_definition_is_one_type_wherever_it_is_referred_to() {
    let payload = r#"{"type":"call.end","caller":"+1","callee":"+2","owner":{"id":"o"},
        "agent":{"id":"a","number":"+3"},"extra":[null],"queue":{"name":"q","agents":[{"id":"b"}]}}"#;
    let event: CallEnd = round_trip(payload);
    let agents: [&Agent; 2] = [&event.agent, event.owner.as_ref().unwrap()];
    assert_eq!(agents.map(|agent| agent.id.as_str()), ["a", "o"]);
    let queue: &Queue = event.queue.as_ref().unwrap();
    assert_eq!(queue.agents.as_ref().map(Vec::len), Some(1));
    let Event::CallStart(start) = round_trip(r#"{"type":"call.start","agent":{"id":"a"}}"#) else {
        panic!("call.start is documented");
    };
    assert_eq!(start.agent.map(|agent| agent.id), Some("a".to_owned()));
}

#[test]
fn a_reference_may_say_that_a_value_is_not_sensitive_after_all() {
    let event: CallEnd =
        round_trip(r#"{"type":"call.end","caller":"+1415","callee":"+2415","agent":{"id":"a"}}"#);
    let shown = format!("{event:?}");
    assert!(!shown.contains("+1415"), "{shown}");
    assert!(shown.contains("+2415"), "{shown}");
}

#[test]
fn what_a_definition_requires_is_required_everywhere() {
    let message = refusal::<Event>(r#"{"type":"call.start","agent":{}}"#);
    assert!(message.starts_with("missing field `id`"), "{message}");
}
