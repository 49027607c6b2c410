//! Schemas that lead back to themselves.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;

use self::expected::acme::{Forest, Leg, LegTarget, Menu, SCHEMA, Tree};
use crate::{decoded, refused, valid};

#[test]
fn a_type_holds_itself_in_every_way() {
    let leg: Leg = valid(
        SCHEMA,
        r#"{"id":"1","parent":{"id":"2","parent":{"id":"3"}},"other":null,
            "children":[{"id":"4","children":[]}],"by_name":{"five":{"id":"5","by_name":{}}},
            "target":{"id":"6","target":"7"},"pair":[{"id":"8"},{"id":"9"}]}"#,
    );
    assert_eq!(leg.parent.unwrap().parent.unwrap().id, "3");
    assert_eq!(leg.other, Maybe::Null);
    assert_eq!(leg.children.unwrap()[0].id, "4");
    assert_eq!(leg.by_name.unwrap()["five"].id, "5");
    let Some(LegTarget::Object(target)) = leg.target.map(|target| *target) else {
        panic!("want a leg");
    };
    assert!(matches!(target.target.as_deref(), Some(LegTarget::String(name)) if name == "7"));
    let leg: Leg = valid(SCHEMA, r#"{"id":"1","other":{"id":"2"}}"#);
    assert!(matches!(leg.other, Maybe::Value(other) if other.id == "2"));
}

#[test]
fn a_fault_far_down_is_found() {
    for wrong in [
        r#"{"id":"1","parent":{"parent":{"id":"3"}}}"#,
        r#"{"id":"1","children":[{"id":"2","children":[{}]}]}"#,
        r#"{"id":"1","by_name":{"a":{"id":"2","by_name":{"b":{}}}}}"#,
        r#"{"id":"1","target":{"id":"2","target":1}}"#,
        r#"{"id":"1","pair":[{"id":"2"}]}"#,
    ] {
        refused::<Leg>(SCHEMA, wrong);
    }
}

#[test]
fn two_files_lead_to_each_other() {
    let menu: Menu = valid(
        SCHEMA,
        r#"{"default":{"key":"0","menu":{"default":{"key":"1"}}},"options":[{"key":"2"}]}"#,
    );
    assert_eq!(menu.default.menu.unwrap().default.key, "1");
    refused::<Menu>(SCHEMA, r#"{"default":{"key":"0","menu":{}}}"#);
}

#[test]
fn a_root_holds_itself() {
    let tree: Tree = valid(SCHEMA, "[[],[[],[]]]");
    assert_eq!(tree.0[1].0.len(), 2);
    refused::<Tree>(SCHEMA, "[[],[{}]]");
    assert_eq!(valid::<Forest>(SCHEMA, "null").0, None);
    let forest: Forest = valid(SCHEMA, r#"{"a":{"b":null}}"#);
    assert!(forest.0.unwrap().0["a"].as_ref().unwrap().0["b"].is_none());
    refused::<Forest>(SCHEMA, r#"{"a":{"b":1}}"#);
}

#[test]
fn a_decoder_goes_no_deeper_than_json_may() {
    for depth in [128, 129, 100_000] {
        let payload = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(decoded::<Tree>(&payload).is_some(), depth == 128, "{depth}");
        assert_eq!(decoded::<Tree>(&"[".repeat(depth)), None, "{depth}");
    }
}
