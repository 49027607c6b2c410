//! Draft-07's own words: `definitions`, tuples, `dependencies`, and nothing beside a `$ref`.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use serde_json::Value;

use self::expected::acme::{Call, CallPathItem, SCHEMA};
use crate::{refused, tolerated, valid};

#[test]
fn nothing_beside_a_reference_counts() {
    let call: Call = valid(SCHEMA, r#"{"caller":{"name":"a"}}"#);
    assert_eq!(call.caller.name, "a");
    refused::<Call>(SCHEMA, r#"{"caller":{}}"#);
}

#[test]
fn a_list_of_items_is_a_tuple() {
    let call: Call = valid(SCHEMA, r#"{"caller":{"name":"a"},"span":[1,null]}"#);
    assert!(matches!(call.span, Some((begin, None)) if begin == 1));
    for span in ["[1]", "[1,2,3]", "[null,1]"] {
        refused::<Call>(SCHEMA, &format!(r#"{{"caller":{{"name":"a"}},"span":{span}}}"#));
    }
}

#[test]
fn additional_items_come_after_the_listed_ones() {
    for path in ["[]", r#"["a"]"#, r#"["a",1,2.5]"#] {
        valid::<Call>(SCHEMA, &format!(r#"{{"caller":{{"name":"a"}},"path":{path}}}"#));
    }
    let call: Call = tolerated(SCHEMA, r#"{"caller":{"name":"a"},"path":[1,"a"]}"#);
    let path = call.path.unwrap();
    assert!(matches!(path[..], [CallPathItem::Number(_), CallPathItem::String(_)]));
    refused::<Call>(SCHEMA, r#"{"caller":{"name":"a"},"path":["a",null]}"#);
}

#[test]
fn dependencies_are_for_the_validator() {
    valid::<Call>(SCHEMA, r#"{"caller":{"name":"a"},"code":17,"cause":"busy"}"#);
    tolerated::<Call>(SCHEMA, r#"{"caller":{"name":"a"},"code":17}"#);
    let call: Call = valid(SCHEMA, r#"{"caller":{"name":"a"},"relay":"b","hops":2}"#);
    assert_eq!(call.hops.value(), Some(&Value::from(2)));
    valid::<Call>(SCHEMA, r#"{"caller":{"name":"a"},"hops":null}"#);
    tolerated::<Call>(SCHEMA, r#"{"caller":{"name":"a"},"relay":"b"}"#);
    tolerated::<Call>(SCHEMA, r#"{"caller":{"name":"a"},"relay":"b","hops":"two"}"#);
}

#[test]
fn the_validator_is_given_2020_12() {
    let bundle: Value = serde_json::from_str(SCHEMA).unwrap();
    let call = &bundle["schemas"]["call.json"];
    assert!(call.get("dependencies").is_none(), "{call}");
    assert_eq!(call["dependentRequired"]["code"][0], "cause");
    assert_eq!(call["properties"]["span"]["prefixItems"].as_array().map(Vec::len), Some(2));
    assert_eq!(call["properties"]["span"]["items"], false);
    assert!(call["properties"]["caller"].get("minProperties").is_none(), "{call}");
}
