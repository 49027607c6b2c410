//! Numbers, which are written back as they were read, and booleans.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::CallEnd;
use crate::{refusal, round_trip};

#[test]
fn a_number_keeps_its_spelling() {
    for payload in [
        r#"{"type":"call.end","seconds":325,"rings":3,"hold":0}"#,
        r#"{"type":"call.end","seconds":-0.5,"rings":18446744073709551615}"#,
        r#"{"type":"call.end","seconds":12.0,"rings":-9223372036854775808,"cost":null}"#,
    ] {
        let event: CallEnd = round_trip(payload);
        assert_eq!(serde_json::to_string(&event).unwrap(), payload);
    }
}

#[test]
fn the_value_of_an_integer_counts() {
    let event: CallEnd = round_trip(r#"{"type":"call.end","seconds":1e3,"rings":2.0}"#);
    assert_eq!(event.seconds, 1000.0);
    assert_eq!(event.rings.as_i64(), Some(2));
    refusal::<CallEnd>(r#"{"type":"call.end","seconds":1,"rings":2.5}"#);
}

#[test]
fn numbers_and_booleans_are_no_strings() {
    for payload in [
        r#"{"type":"call.end","seconds":"325","rings":3}"#,
        r#"{"type":"call.end","seconds":325,"rings":true}"#,
        r#"{"type":"call.end","seconds":325,"rings":3,"recorded":1}"#,
        r#"{"type":"call.end","seconds":null,"rings":3}"#,
    ] {
        refusal::<CallEnd>(payload);
    }
    round_trip::<CallEnd>(
        r#"{"type":"call.end","seconds":325,"rings":3,"recorded":false,"billed":null}"#,
    );
}
