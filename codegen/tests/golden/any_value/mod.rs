//! Members of which no document says what they hold.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;
use serde_json::{Value, json};

use self::expected::acme::CallEnd;
use crate::{refusal, round_trip};

#[test]
fn any_value_is_kept() {
    for value in ["null", "true", "17", "1.5", r#""a""#, "[1,[]]", r#"{"a":{"b":null}}"#] {
        let event: CallEnd = round_trip(&format!(
            r#"{{"type":"call.end","custom":{value},"result":{value},"context":{value}}}"#
        ));
        let expected: Value = serde_json::from_str(value).unwrap();
        assert_eq!(event.custom, expected);
        assert_eq!(event.context, expected);
        match event.result {
            Maybe::Null => assert!(expected.is_null()),
            result => assert_eq!(result, Maybe::Value(expected)),
        }
    }
}

#[test]
fn null_is_a_value_and_absence_is_none() {
    refusal::<CallEnd>(r#"{"type":"call.end","custom":1}"#);
    let event: CallEnd = round_trip(r#"{"type":"call.end","custom":null,"context":null}"#);
    assert_eq!(event.result, Maybe::Absent);
}

#[test]
fn an_open_object_keeps_all_its_members() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","custom":1,"context":1,"headers":{"X-A":["b"],"":0},"labels":null}"#,
    );
    assert_eq!(event.headers.unwrap()["X-A"], json!(["b"]));
    assert!(event.labels.is_null());
    refusal::<CallEnd>(r#"{"type":"call.end","custom":1,"context":1,"headers":[]}"#);
}
