//! Objects in objects, each a struct named after where it stands.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, CallEndData, CallEndDataFrom, MOSReport, MOSReportA};
use crate::{refusal, round_trip};

#[test]
fn structs_are_named_after_their_place_or_as_they_ask() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","data":{"from":{"number":"+1"},"quality":{"mos":4.5,"a":{"b":"c"}}}}"#,
    );
    let data: CallEndData = event.data;
    let from: Option<CallEndDataFrom> = data.from;
    assert_eq!(from.map(|from| from.number), Some("+1".to_owned()));
    let quality: MOSReport = data.quality.unwrap();
    let first: MOSReportA = quality.a.unwrap();
    assert_eq!(first.b.as_deref(), Some("c"));
}

#[test]
fn a_nested_object_may_be_null_or_missing_if_its_schema_says_so() {
    round_trip::<CallEnd>(r#"{"type":"call.end","data":{"from":null}}"#);
    for payload in [
        r#"{"type":"call.end"}"#,
        r#"{"type":"call.end","data":null}"#,
        r#"{"type":"call.end","data":{}}"#,
        r#"{"type":"call.end","data":{"from":"+1"}}"#,
        r#"{"type":"call.end","data":{"from":null,"quality":{}}}"#,
    ] {
        refusal::<CallEnd>(payload);
    }
}
