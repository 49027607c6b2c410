//! Events that are described elsewhere, put together, or one of several things.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{Chosen, Event, EventType, Merged, Plain, Referred, SCHEMA};
use crate::{refused, round_trip, tolerated, valid};

#[test]
fn an_event_is_found_by_its_nested_name() {
    let event: Event = round_trip(r#"{"id":"1","meta":{"event":"plain"}}"#);
    assert!(matches!(event, Event::Plain(Plain { id: Some(_), .. })));
    let event: Event = round_trip(r#"{"meta":{"event":"referred"},"count":2}"#);
    assert!(matches!(event, Event::Referred(Referred { count: Some(_), .. })));
    let event: Event = round_trip(r#"{"meta":{"at":1,"event":"merged"},"name":"a"}"#);
    assert!(matches!(event, Event::Merged(_)));
    let event: Event = round_trip(r#"{"meta":{"event":"chosen"},"number":"1"}"#);
    assert!(matches!(event, Event::Chosen(Chosen::Called(_))));
    assert_eq!(event.event_type(), Some(EventType::Chosen));
    let event: Event = round_trip(r#"{"meta":{"event":"new"}}"#);
    assert!(matches!(event, Event::Unknown(_)));
}

#[test]
fn an_event_described_elsewhere_is_a_type_like_others() {
    let referred: Referred = valid(SCHEMA, r#"{"meta":{"event":"referred"},"count":2}"#);
    assert_eq!(referred.meta.event, EventType::Referred);
    refused::<Referred>(SCHEMA, r#"{"meta":{"event":"plain"}}"#);
    let merged: Merged = valid(SCHEMA, r#"{"meta":{"at":1,"event":"merged"},"name":"a"}"#);
    assert!(merged.meta.at.is_some_and(|at| at == 1));
    refused::<Merged>(SCHEMA, r#"{"meta":{"event":"merged"}}"#);
}

#[test]
fn an_event_is_one_of_several_things() {
    let written: Chosen = valid(SCHEMA, r#"{"meta":{"event":"chosen"},"address":"a"}"#);
    assert!(matches!(written, Chosen::Written(written) if written.address == "a"));
    let both: Chosen =
        tolerated(SCHEMA, r#"{"meta":{"event":"chosen"},"address":"a","number":"1"}"#);
    assert!(matches!(both, Chosen::Unknown(_)));
    let neither: Chosen = tolerated(SCHEMA, r#"{"meta":{"event":"chosen"}}"#);
    assert!(matches!(neither, Chosen::Unknown(_)));
    refused::<Chosen>(SCHEMA, r#"{"meta":{"event":"chosen"},"number":1}"#);
}
