//! Arrays of everything, and a definition that leads back to itself through one.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::CallEnd;
use crate::{refusal, round_trip};

#[test]
fn elements_are_of_their_schemas_type() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","numbers":["+1","+2"],"legs":[{"id":"l"}],"levels":[[1,2.5],[]],
            "mixed":[1,"a",null,{}]}"#,
    );
    assert_eq!(event.numbers, ["+1", "+2"]);
    assert_eq!(event.legs.unwrap()[0].id, "l");
    assert_eq!(event.levels.value().unwrap()[0][1], 2.5);
    assert_eq!(event.mixed.unwrap().len(), 4);
}

#[test]
fn a_tree_has_any_depth() {
    let event: CallEnd = round_trip(
        r#"{"type":"call.end","numbers":[],"transfers":[{"to":"a","next":[{"to":"b","next":[]}]}]}"#,
    );
    let first = &event.transfers.unwrap()[0];
    assert_eq!(first.next.as_ref().unwrap()[0].to, "b");
}

#[test]
fn what_is_no_array_or_has_another_element_is_refused() {
    for payload in [
        r#"{"type":"call.end","numbers":"+1"}"#,
        r#"{"type":"call.end","numbers":["+1",2]}"#,
        r#"{"type":"call.end","numbers":[null]}"#,
        r#"{"type":"call.end","numbers":[],"legs":[{}]}"#,
        r#"{"type":"call.end","numbers":[],"levels":[1]}"#,
        r#"{"type":"call.end","numbers":[],"transfers":[{"to":"a","next":[{}]}]}"#,
    ] {
        refusal::<CallEnd>(payload);
    }
    round_trip::<CallEnd>(r#"{"type":"call.end","numbers":[],"levels":null}"#);
}
