//! Events whose schemas share how the member that names them is described.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, CallStart, Envelope, Event, EventType};
use crate::round_trip;

const HEARD: &str = r#"{"type":"call.end","outcome":"heard","seconds":1}"#;
const START: &str = r#"{"type":"call.start","followed_by":"call.end"}"#;

#[test]
fn each_event_has_its_own_name() {
    let Event::CallEnd(CallEnd::Heard(heard)) = round_trip::<Event>(HEARD) else {
        panic!("want the branch of a call that was heard");
    };
    assert_eq!(heard.r#type, EventType::CallEnd);
    let Event::CallStart(start) = round_trip::<Event>(START) else {
        panic!("want the beginning of a call");
    };
    assert_eq!(start.r#type, EventType::CallStart);
}

#[test]
fn the_type_of_an_event_refuses_the_name_of_another() {
    assert!(serde_json::from_str::<CallStart>(HEARD).is_err());
    let other = HEARD.replace("call.end", "call.start");
    assert!(matches!(serde_json::from_str(&other), Ok(CallEnd::Unknown(_)) | Err(_)));
}

#[test]
fn members_that_name_nothing_stay_open() {
    let start: CallStart = round_trip(&START.replace("\"call.end\"", "\"call.parked\""));
    assert_eq!(start.followed_by.map(|name| name.as_str().to_owned()), Some("call.parked".into()));
    let envelope: Envelope = round_trip(r#"{"type":"call.parked"}"#);
    assert_eq!(envelope.r#type.as_str(), "call.parked");
}
