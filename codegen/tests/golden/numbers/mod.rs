//! Numbers, which are written back as they were read, and booleans.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, LineMetered, QualityRated};
use crate::{decoded, refusal, round_trip};

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

#[test]
fn a_decoder_takes_what_is_surely_within_limits() {
    let decoded = |members: &str| {
        let payload = format!(r#"{{"type":"quality.rated",{members}}}"#);
        let event = decoded::<QualityRated>(&payload);
        assert!(event.is_none() || event == Some(round_trip(&payload)), "{payload}");
        event.is_some()
    };
    for members in [
        r#""share":0"#,
        r#""share":0.0"#,
        r#""share":-0.0"#,
        r#""share":0.99"#,
        r#""share":0.30000000000000004"#,
        r#""share":2.2250738585072014e-308"#,
        r#""loss":0.050001"#,
        r#""loss":99.5"#,
        r#""bytes":-9223372036854775808"#,
        r#""bytes":18446744073709551615"#,
        r#""bytes":1e3"#,
        r#""stars":0.5"#,
        r#""stars":1.0"#,
        r#""stars":2"#,
        r#""step":20"#,
        r#""step":-1.0e1"#,
        r#""delays":[1,2.5,-1,0]"#,
        r#""codes":[1,2,30]"#,
    ] {
        assert!(decoded(members), "{members}");
    }
    for members in [
        r#""share":1"#,
        r#""share":1.0"#,
        r#""share":-1e-400"#,
        r#""share":0.99999999999999999999"#,
        r#""share":1.00000000000000000001"#,
        r#""loss":0.05"#,
        r#""loss":0.04999999999999999999999"#,
        r#""loss":99.50000000000000000001"#,
        r#""bytes":-9223372036854775809"#,
        r#""bytes":-9223372036854776833"#,
        r#""bytes":18446744073709551616"#,
        r#""bytes":18446744073709551617"#,
        r#""bytes":4503599627370497.5"#,
        r#""bytes":1e-400"#,
        r#""bytes":0.99999999999999999"#,
        r#""large":18446744073709551616"#,
        r#""large":18446744073709551616.0"#,
        r#""stars":1.5"#,
        r#""stars":1.00000000000000000001"#,
        r#""step":15"#,
        r#""step":18446744073709551616"#,
        r#""step":9007199254740993"#,
        r#""step":1e-400"#,
        r#""step":10.00000000000000000001"#,
        r#""delays":[1,1.0]"#,
        r#""delays":[0,-0.0]"#,
        r#""delays":[18446744073709551615,18446744073709551615.0]"#,
        r#""delays":[100,1e2]"#,
        r#""codes":[1,0]"#,
        r#""codes":[9007199254740993,9007199254740993.0]"#,
    ] {
        assert!(!decoded(members), "{members}");
    }
}

#[test]
fn a_limit_that_no_literal_holds_is_for_the_validator() {
    for level in ["1", "0.1", "0.1000000000000000000001"] {
        let payload = format!(r#"{{"type":"line.metered","level":{level}}}"#);
        assert_eq!(decoded::<LineMetered>(&payload), None);
    }
}
