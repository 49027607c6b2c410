//! Schemas without a `type`: members and elements are described, and any other value is valid too.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;
use serde_json::Value;

use self::expected::acme::{NoType, NoTypeCodes, NoTypeCounts, NoTypeParty, SCHEMA};
use crate::{refused, tolerated, valid};

#[test]
fn what_is_described_has_its_type() {
    let payload = r#"{"needed":1,"party":{"name":"a"},"codes":[1],"counts":{"a":1},"bounded":3}"#;
    let no_type: NoType = valid(SCHEMA, payload);
    let Maybe::Value(NoTypeParty::Object(party)) = no_type.party else {
        panic!("want an object");
    };
    assert_eq!(party.name, "a");
    assert!(matches!(no_type.codes, Maybe::Value(NoTypeCodes::Array(codes)) if codes[0] == 1));
    let Maybe::Value(NoTypeCounts::Object(counts)) = no_type.counts else {
        panic!("want a map");
    };
    assert!(counts["a"] == 1);
    for wrong in [
        r#"{"needed":1,"party":{}}"#,
        r#"{"needed":1,"codes":["a"]}"#,
        r#"{"needed":1,"counts":{"a":"b"}}"#,
    ] {
        refused::<NoType>(SCHEMA, wrong);
    }
}

#[test]
fn anything_else_is_kept() {
    for value in ["null", "true", "17", "1.5", r#""a""#, r#"["a"]"#, r#"{"name":"a"}"#] {
        let payload = format!(r#"{{"needed":{value},"any":{value},"always":{value}}}"#);
        let no_type: NoType = valid(SCHEMA, &payload);
        assert_eq!(no_type.any, no_type.always);
        assert_eq!(no_type.any.value().is_none(), value == "null");
    }
    let payload = r#"{"needed":null,"party":"a","codes":{"a":1},"counts":[],"bounded":"a"}"#;
    let no_type: NoType = valid(SCHEMA, payload);
    assert_eq!(no_type.needed, Value::Null);
    assert_eq!(no_type.party, Maybe::Value(NoTypeParty::Other("a".into())));
    let payload = r#"{"needed":1,"party":null,"codes":null,"counts":null,"bounded":null}"#;
    valid::<NoType>(SCHEMA, payload);
}

#[test]
fn what_no_type_can_say_is_for_the_validator() {
    refused::<NoType>(SCHEMA, "{}");
    tolerated::<NoType>(SCHEMA, r#"{"needed":1,"bounded":2}"#);
    assert!(crate::fault::<NoType>(SCHEMA, r#"{"needed":1,"never":1}"#).is_some());
}
