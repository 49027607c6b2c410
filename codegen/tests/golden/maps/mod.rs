//! Objects whose members have names of the sender's choice.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{Closed, Empty, Maps, Open, Rest, SCHEMA};
use crate::{refused, tolerated, valid};

#[test]
fn a_map_has_values_of_one_type() {
    let maps: Maps = valid(
        SCHEMA,
        r#"{"counts":{"a":1},"maybe":{"a":1,"b":null},"parties":{"a":{"id":"1"}},
            "headers":{"X-Mode":"fast"},"mixed":{"s_a":"b","i_a":1,"other":[null]},
            "named":{"a":true},"free":{"a":{"b":null}},"lists":{"a":[{"b":"c"}]}}"#,
    );
    assert!(maps.counts.unwrap()["a"] == 1);
    assert!(maps.maybe.unwrap()["b"].is_none());
    assert_eq!(maps.parties.unwrap()["a"].id, "1");
    assert_eq!(maps.headers.unwrap()["X-Mode"], "fast");
    assert_eq!(maps.lists.unwrap()["a"][0]["b"], "c");
    for wrong in [
        r#"{"counts":{"a":"1"}}"#,
        r#"{"counts":{"a":null}}"#,
        r#"{"maybe":{"a":"1"}}"#,
        r#"{"parties":{"a":{}}}"#,
        r#"{"headers":{"X-Mode":1}}"#,
        r#"{"lists":{"a":{"b":"c"}}}"#,
        r#"{"free":[]}"#,
    ] {
        refused::<Maps>(SCHEMA, wrong);
    }
}

#[test]
fn names_are_for_the_validator() {
    tolerated::<Maps>(SCHEMA, r#"{"headers":{"Mode":"fast"}}"#);
    tolerated::<Maps>(SCHEMA, r#"{"named":{"long":true}}"#);
    tolerated::<Maps>(SCHEMA, r#"{"mixed":{"s_a":1}}"#);
}

#[test]
fn members_without_a_field_are_kept_where_they_are_documented() {
    let rest: Rest = valid(SCHEMA, r#"{"id":"1","additional_properties":true,"b":2,"a":1}"#);
    assert_eq!(rest.additional_properties, Some(true));
    assert_eq!(rest.additional_properties_2.keys().collect::<Vec<_>>(), ["a", "b"]);
    refused::<Rest>(SCHEMA, r#"{"id":"1","a":"1"}"#);
    let open: Open = valid(SCHEMA, r#"{"id":"1","a":[{}],"b":null}"#);
    assert!(open.additional_properties["b"].is_null());
    assert_eq!(valid::<Open>(SCHEMA, r#"{"id":"1"}"#).additional_properties.len(), 0);
}

#[test]
fn what_is_closed_is_closed_to_the_validator_alone() {
    assert_eq!(valid::<Closed>(SCHEMA, r#"{"id":"1"}"#).id, "1");
    assert!(crate::fault::<Closed>(SCHEMA, r#"{"id":"1","a":2}"#).is_some());
    let closed: Closed = serde_json::from_str(r#"{"id":"1","a":2}"#).unwrap();
    assert_eq!(closed.id, "1");
    assert!(valid::<Empty>(SCHEMA, "{}").0.is_empty());
    tolerated::<Empty>(SCHEMA, r#"{"a":1}"#);
}
