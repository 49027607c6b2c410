//! Applicators that a decoder judges itself, once an object has been read.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{Call, SCHEMA};
use crate::{decoded, tolerated, valid};

#[test]
fn what_meets_them_is_decoded() {
    for payload in [
        r#"{"state":"busy","paid":false,"phone":"1"}"#,
        r#"{"state":"busy","paid":false,"room":"a","tags":["a","b"]}"#,
        r#"{"state":"failed","paid":true,"phone":"1","card":"2","seen":["a","b"]}"#,
        r#"{"state":"ended","paid":true,"queue":"a","seen":"2026-01-02T03:04:05Z"}"#,
        r#"{"state":"ended","paid":false,"phone":"1","ended":"2026-01-02T03:04:05Z"}"#,
    ] {
        let call: Call = valid(SCHEMA, payload);
        assert_eq!(decoded(payload), Some(call), "{payload}");
    }
}

#[test]
fn what_does_not_is_left_to_the_validator() {
    for payload in [
        r#"{"state":"busy","paid":false}"#,
        r#"{"state":"busy","paid":false,"phone":"1","room":"a"}"#,
        r#"{"state":"busy","paid":false,"phone":"1","room":null}"#,
        r#"{"state":"busy","paid":false,"phone":"1","card":"2"}"#,
        r#"{"state":"busy","paid":true,"room":"a","card":"2"}"#,
        r#"{"state":"busy","paid":true,"queue":"a","card":"2"}"#,
        r#"{"state":"busy","paid":true,"phone":"1","ended":"2026-01-02T03:04:05Z"}"#,
        r#"{"state":"ended","paid":false,"phone":"1"}"#,
        r#"{"state":"ended","paid":true,"phone":"1","tags":["a","a"]}"#,
        r#"{"state":"ended","paid":true,"phone":"1","seen":["a"]}"#,
        r#"{"state":"ended","paid":true,"phone":"1","seen":["a",""]}"#,
        r#"{"state":"ended","paid":true,"phone":"1","seen":"yesterday"}"#,
    ] {
        tolerated::<Call>(SCHEMA, payload);
    }
}
