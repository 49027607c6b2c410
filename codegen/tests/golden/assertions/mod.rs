//! Bounds, lengths, patterns and formats: the types stay, the validator asserts.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{Assertions, SCHEMA};
use crate::{refused, tolerated, valid};

#[test]
fn what_keeps_within_bounds_is_valid() {
    let assertions: Assertions = valid(
        SCHEMA,
        r#"{"seconds":1.5,"count":10,"pin":"äöü1","at":"2026-01-02T03:04:05Z","day":"2024-02-29",
            "hour":"03:04:05Z","took":"PT1M","id":"123e4567-e89b-12d3-a456-426614174000",
            "mail":"a@acme.example","link":"https://acme.example/","v4":"127.0.0.1","v6":"::1",
            "either":"a","labels":{"a":"b"},"tags":["a","b"]}"#,
    );
    assert!(assertions.count.is_some_and(|count| count == 10));
    assert_eq!(assertions.at.unwrap().as_str(), "2026-01-02T03:04:05Z");
}

#[test]
fn what_does_not_is_read_all_the_same() {
    for wrong in [
        r#"{"seconds":-0.5}"#,
        r#"{"seconds":3600}"#,
        r#"{"seconds":0.7}"#,
        r#"{"count":0}"#,
        r#"{"count":11}"#,
        r#"{"pin":"abc1d"}"#,
        r#"{"pin":"ab1"}"#,
        r#"{"pin":"abcd"}"#,
        r#"{"at":"yesterday"}"#,
        r#"{"day":"2026-02-29"}"#,
        r#"{"hour":"25:00:00Z"}"#,
        r#"{"took":"a minute"}"#,
        r#"{"id":"1"}"#,
        r#"{"mail":"acme.example"}"#,
        r#"{"link":"/index.html"}"#,
        r#"{"v4":"127.0.0.256"}"#,
        r#"{"v6":"127.0.0.1"}"#,
        r#"{"either":0}"#,
        r#"{"either":""}"#,
        r#"{"labels":{}}"#,
        r#"{"labels":{"a":"","b":"","c":""}}"#,
        r#"{"tags":[]}"#,
        r#"{"tags":["a","b","c"]}"#,
    ] {
        tolerated::<Assertions>(SCHEMA, wrong);
    }
}

#[test]
fn what_is_of_another_type_is_not() {
    for wrong in [
        r#"{"seconds":"1.5"}"#,
        r#"{"count":1.5}"#,
        r#"{"pin":1234}"#,
        r#"{"at":1767322800}"#,
        r#"{"either":true}"#,
        r#"{"labels":[]}"#,
        r#"{"tags":{}}"#,
    ] {
        refused::<Assertions>(SCHEMA, wrong);
    }
}
