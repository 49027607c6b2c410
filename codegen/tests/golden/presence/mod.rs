//! Whether a member may be missing or null: all four cases.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;

use self::expected::acme::CallEnd;
use crate::{refusal, round_trip};

#[test]
fn a_member_has_the_states_that_its_schema_lets_it_have() {
    let all: CallEnd = round_trip(
        r#"{"type":"call.end","required":"a","nullable":"b","optional":"c","optional_nullable":"d"}"#,
    );
    assert_eq!(all.required, "a");
    assert_eq!(all.nullable.as_deref(), Some("b"));
    assert_eq!(all.optional.as_deref(), Some("c"));
    assert_eq!(all.optional_nullable, Maybe::Value("d".to_owned()));

    let few: CallEnd = round_trip(r#"{"type":"call.end","required":"a","nullable":null}"#);
    assert_eq!(few.nullable, None);
    assert_eq!(few.optional, None);
    assert_eq!(few.optional_nullable, Maybe::Absent);

    let null: CallEnd = round_trip(
        r#"{"type":"call.end","required":"a","nullable":null,"optional_nullable":null}"#,
    );
    assert_eq!(null.optional_nullable, Maybe::Null);
}

#[test]
fn what_is_required_has_to_be_there() {
    let message = refusal::<CallEnd>(r#"{"type":"call.end","nullable":"b"}"#);
    assert!(message.starts_with("missing field `required`"), "{message}");
    let message = refusal::<CallEnd>(r#"{"type":"call.end","required":"a"}"#);
    assert!(message.starts_with("missing field `nullable`"), "{message}");
}

#[test]
fn null_is_refused_where_no_schema_names_it() {
    let message = refusal::<CallEnd>(r#"{"type":"call.end","required":null,"nullable":"b"}"#);
    assert!(message.starts_with("invalid type: null"), "{message}");
}

/// The validator refuses it; plain serde is the tolerant reader, and takes it for absent.
#[test]
fn null_is_absence_where_only_that_is_documented() {
    let event: CallEnd = serde_json::from_str(
        r#"{"type":"call.end","required":"a","nullable":"b","optional":null}"#,
    )
    .unwrap();
    assert_eq!(event.optional, None);
    assert!(!serde_json::to_string(&event).unwrap().contains("optional"));
}

#[test]
fn other_types_are_refused() {
    for member in ["required", "nullable", "optional", "optional_nullable"] {
        let mut payload = serde_json::json!({
            "type": "call.end", "required": "a", "nullable": "b", "optional": "c",
            "optional_nullable": "d",
        });
        payload[member] = 5.into();
        let message = refusal::<CallEnd>(&payload.to_string());
        assert!(message.starts_with("invalid type: integer `5`"), "{member}: {message}");
    }
}
