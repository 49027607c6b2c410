//! Members that are of one JSON type or another.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;

use self::expected::acme::{CallEnd, CallEndScore, EpochSeconds};
use crate::{refusal, round_trip};

#[test]
fn a_value_is_of_the_type_that_it_came_as() {
    let event: CallEnd = round_trip(r#"{"type":"call.end","timestamp":17,"score":4.5}"#);
    assert!(matches!(event.timestamp, EpochSeconds::Integer(seconds) if seconds == 17));
    assert!(matches!(event.score, Maybe::Value(CallEndScore::Number(score)) if score == 4.5));
    let event: CallEnd = round_trip(r#"{"type":"call.end","timestamp":"17","score":true}"#);
    assert_eq!(event.timestamp, EpochSeconds::String("17".to_owned()));
    assert_eq!(event.score, Maybe::Value(CallEndScore::Boolean(true)));
    let event: CallEnd = round_trip(r#"{"type":"call.end","timestamp":-1,"score":null}"#);
    assert_eq!(event.score, Maybe::Null);
}

#[test]
fn other_types_are_refused() {
    for value in ["true", "null", "[]", "{}"] {
        let message = refusal::<CallEnd>(&format!(r#"{{"type":"call.end","timestamp":{value}}}"#));
        assert!(message.starts_with("want an integer or a string"), "{value}: {message}");
    }
    refusal::<CallEnd>(r#"{"type":"call.end","timestamp":1.5}"#);
    refusal::<CallEnd>(r#"{"type":"call.end","timestamp":1,"score":"4.5"}"#);
}
