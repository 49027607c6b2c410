//! References by `$id`, by anchor, from file to file, and to odd places.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{AB, Call, CallNestedState, Deep, Party, SCHEMA};
use crate::{refused, valid};

#[test]
fn every_reference_leads_to_what_it_names() {
    let call: Call = valid(
        SCHEMA,
        r#"{"caller":{"name":"a"},"callee":{"name":"b"},"trunk":{"lines":2},"state":"up",
            "state_before":"down","nested":{"state":"up"},"rate":"b","ratio":{"c":0.5},
            "inner":{"depth":3}}"#,
    );
    let caller: Option<Party> = call.caller;
    assert_eq!(caller.map(|caller| caller.name).as_deref(), Some("a"));
    assert_eq!(call.callee.map(|callee| callee.name).as_deref(), Some("b"));
    assert!(call.trunk.unwrap().lines.is_some_and(|lines| lines == 2));
    assert_eq!(call.state, Some(CallNestedState::Up));
    assert_eq!(call.state_before, Some(CallNestedState::Down));
    assert_eq!(call.rate, Some(AB::B));
    assert!(call.ratio.unwrap().c.is_some_and(|ratio| ratio == 0.5));
    assert!(matches!(call.inner, Some(Deep { depth, .. }) if depth == 3));
}

#[test]
fn what_they_name_is_asserted() {
    for wrong in [
        r#"{"caller":{}}"#,
        r#"{"callee":{}}"#,
        r#"{"trunk":{"lines":"2"}}"#,
        r#"{"state":1}"#,
        r#"{"state_before":1}"#,
        r#"{"rate":1}"#,
        r#"{"ratio":{"c":"0.5"}}"#,
        r#"{"inner":{}}"#,
    ] {
        refused::<Call>(SCHEMA, wrong);
    }
}

#[test]
fn the_validator_is_given_files_and_pointers() {
    assert!(!SCHEMA.contains(r#""$id""#) && !SCHEMA.contains(r#""$anchor""#), "{SCHEMA}");
    assert!(SCHEMA.contains(r#""$ref":"shared/odd.json#/$defs/c~0d%25""#), "{SCHEMA}");
}
