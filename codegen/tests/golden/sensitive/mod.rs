//! Values that `Debug` does not show.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Unredacted;

use self::expected::acme::{CallEnd, Event};
use crate::round_trip;

const PAYLOAD: &str = r#"{"type":"call.end","id":"shown-1","number":"secret-1","name":"secret-2",
    "extension":"secret-3","address":"secret-4","digits":["secret-5"],
    "guests":[{"id":"shown-2","name":"secret-6"}],"host":{"phone":"secret-7"},
    "headers":{"secret-8":1},"note":{"a":"secret-9"},"mood":"secret-10"}"#;

#[test]
fn debug_shows_no_sensitive_value() {
    let event: CallEnd = round_trip(PAYLOAD);
    for shown in
        [format!("{event:?}"), format!("{event:#?}"), format!("{:?}", Event::CallEnd(event))]
    {
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.contains("shown-1") && shown.contains("shown-2"), "{shown}");
    }
}

#[test]
fn who_asks_is_shown_everything() {
    let event: CallEnd = round_trip(PAYLOAD);
    let shown = format!("{:?}", Unredacted(&event));
    for i in 1..=10 {
        assert!(shown.contains(&format!("secret-{i}")), "{shown}");
    }
}

#[test]
fn debug_tells_what_is_there() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","id":"1","number":"2","extension":null,"address":null,"note":[]}"#,
    );
    assert_eq!(
        format!("{event:?}"),
        "CallEnd { type: CallEnd, id: \"1\", number: <redacted>, name: None, extension: None, \
         address: None, digits: None, guests: None, host: None, headers: None, \
         note: Some(<redacted>), mood: None }"
    );
}
