//! Names that Rust, JSON Schema or the generated code needs for itself.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, CallEndKind};
use crate::round_trip;

#[test]
fn a_field_is_written_under_its_wire_name() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","match":"1","gen":"2","async":true,"union":"3","callId":"4",
            "X-Mode":"5","from number":"6","$ref_":"7","a/b~c":"8","enum":"9","properties":"10",
            "pattern":"11","fmt":"12","custom":"13","kind":"some"}"#,
    );
    assert_eq!(event.r#match.as_deref(), Some("1"));
    assert_eq!(event.r#gen.as_deref(), Some("2"));
    assert_eq!(event.r#async, Some(true));
    assert_eq!(event.call_id.as_deref(), Some("4"));
    assert_eq!(event.x_mode.as_deref(), Some("5"));
    assert_eq!(event.r#ref.as_deref(), Some("7"));
    assert_eq!(event.a_b_c.as_deref(), Some("8"));
    assert_eq!(event.kind, Some(CallEndKind::Some));
}

#[test]
fn a_field_is_not_read_under_its_rust_name() {
    let event: CallEnd = serde_json::from_str(
        r#"{"type":"call.end","call_id":"4","x_mode":"5","r#match":"1","a_b_c":"8"}"#,
    )
    .unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), r#"{"type":"call.end"}"#);
}
