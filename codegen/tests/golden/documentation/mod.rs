//! Descriptions as documentation; see the expected files themselves.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::Event;
use crate::round_trip;

#[test]
fn documentation_changes_nothing() {
    round_trip::<Event>(r#"{"type":"call.end","a":"1","g":"2"}"#);
    round_trip::<Event>(r#"{"type":"call.start"}"#);
}
