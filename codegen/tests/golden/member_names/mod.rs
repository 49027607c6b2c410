//! Members and types that are called like what stands inside the macros of the runtime.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{CallEnd, SCHEMA};
use crate::{decoded, tolerated, valid};

#[test]
fn every_member_is_its_own() {
    let event: CallEnd = valid(
        SCHEMA,
        r#"{"type":"call.end","before":"1","deserializer":"2","f":"3","it":"4","make":"5",
            "members":"6","name":"7","names":"8","other":"9","place":"10","raw":"11","read":"12",
            "reader":"13","rest":"14","serializer":"15","text":"16","value":"17",
            "party":{"a":"18"},"to":{"guards":"room","rest":"19"},"more":"20"}"#,
    );
    assert_eq!(
        (event.place.as_str(), event.rest.as_str(), event.value.as_str()),
        ("10", "14", "17")
    );
    assert_eq!(event.party.map(|party| party.a).as_deref(), Some("18"));
    let least = r#"{"type":"call.end","value":"1","rest":"2","place":"3"}"#;
    assert_eq!(decoded(least), Some(valid::<CallEnd>(SCHEMA, least)));
}

#[test]
fn a_condition_is_about_its_own_member() {
    for name in ["before", "it", "make", "names", "reader"] {
        let payload =
            format!(r#"{{"type":"call.end","value":"1","rest":"2","place":"3","{name}":""}}"#);
        tolerated::<CallEnd>(SCHEMA, &payload);
    }
    tolerated::<CallEnd>(SCHEMA, r#"{"type":"call.end","value":"1","rest":"","place":"3"}"#);
    tolerated::<CallEnd>(
        SCHEMA,
        r#"{"type":"call.end","value":"1","rest":"2","place":"3","more":""}"#,
    );
}
