//! Values of one schema or another: told by kind, by constants, by members, or not at all.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;

use self::expected::acme::{
    Asserting, Closed, Deep, DeepLeg, Kinds, KindsCodes, KindsParty, Nested, NestedObject,
    Overlapping, SCHEMA, State, Tagged,
};
use crate::{decoded, refused, tolerated, valid};

#[test]
fn a_kind_tells() {
    let kinds: Kinds = valid(SCHEMA, r#"{"party":"a","codes":[1,2]}"#);
    assert_eq!(kinds.party, KindsParty::String("a".to_owned()));
    assert!(matches!(kinds.codes, Some(KindsCodes::Array(codes)) if codes.len() == 2));
    let kinds: Kinds = valid(SCHEMA, r#"{"party":7,"codes":1}"#);
    assert!(matches!(kinds.party, KindsParty::Integer(number) if number == 7));
    let kinds: Kinds = valid(SCHEMA, r#"{"party":{"name":"a"}}"#);
    assert!(matches!(kinds.party, KindsParty::Object(party) if party.name == "a"));
    for wrong in [r#"{"party":true}"#, r#"{"party":{}}"#, r#"{"party":"a","codes":["1"]}"#] {
        refused::<Kinds>(SCHEMA, wrong);
    }
}

#[test]
fn a_union_with_null_is_the_other_type() {
    let kinds: Kinds = valid(SCHEMA, r#"{"party":"a","call":{"id":"1"},"state":"up"}"#);
    assert!(matches!(kinds.call, Maybe::Value(call) if call.id == "1"));
    assert_eq!(kinds.state, Maybe::Value(State::Up));
    let kinds: Kinds = valid(SCHEMA, r#"{"party":"a","call":null,"state":null}"#);
    assert_eq!((kinds.call, kinds.state), (Maybe::Null, Maybe::Null));
    refused::<Kinds>(SCHEMA, r#"{"party":"a","call":{}}"#);
}

#[test]
fn a_constant_tells() {
    let tagged: Tagged = valid(SCHEMA, r#"{"kind":"phone","number":"1"}"#);
    assert!(matches!(tagged, Tagged::Phone(phone) if phone.number == "1"));
    let tagged: Tagged = valid(SCHEMA, r#"{"number":1,"kind":"queue"}"#);
    assert!(matches!(tagged, Tagged::Queue(queue) if queue.number.is_some()));
    for kind in ["mailbox", "fax"] {
        let tagged: Tagged = valid(SCHEMA, &format!(r#"{{"kind":"{kind}","pages":1}}"#));
        assert!(matches!(tagged, Tagged::MailboxOrFax(_)), "{tagged:?}");
    }
    let tagged: Tagged = tolerated(SCHEMA, r#"{"kind":"pager","number":"1"}"#);
    assert!(matches!(tagged, Tagged::Unknown(_)), "{tagged:?}");
    refused::<Tagged>(SCHEMA, r#"{"kind":"phone","number":1}"#);
    refused::<Tagged>(SCHEMA, r#""phone""#);
}

#[test]
fn what_may_be_there_tells() {
    assert!(matches!(valid(SCHEMA, r#"{"name":"a","number":"1"}"#), Closed::Phone(_)));
    assert!(matches!(valid(SCHEMA, r#"{"name":"a"}"#), Closed::Phone(_)));
    assert!(matches!(valid(SCHEMA, r#"{"name":"a","floor":1}"#), Closed::Room(_)));
    let both: Closed = tolerated(SCHEMA, r#"{"number":"1","floor":1}"#);
    assert!(matches!(both, Closed::Unknown(_)), "{both:?}");
}

#[test]
fn what_is_both_is_kept_whole() {
    assert!(matches!(valid(SCHEMA, r#"{"number":"1"}"#), Overlapping::Numbered(_)));
    assert!(matches!(valid(SCHEMA, r#"{"name":"a"}"#), Overlapping::Named(_)));
    let both: Overlapping = valid(SCHEMA, r#"{"number":"1","name":"a"}"#);
    assert!(matches!(both, Overlapping::Unknown(_)), "{both:?}");
    let neither: Overlapping = tolerated(SCHEMA, "{}");
    assert!(matches!(neither, Overlapping::Unknown(_)), "{neither:?}");
}

#[test]
fn branches_that_only_assert_make_no_type() {
    let asserting: Asserting = valid(SCHEMA, r#"{"name":"a"}"#);
    assert_eq!((asserting.name.as_deref(), asserting.number), (Some("a"), None));
    valid::<Asserting>(SCHEMA, r#"{"name":"a","number":"1"}"#);
    tolerated::<Asserting>(SCHEMA, "{}");
}

#[test]
fn a_union_in_a_union_is_one() {
    let nested: Nested = valid(SCHEMA, r#"{"kind":"b","b":1}"#);
    assert!(matches!(nested, Nested::Object(NestedObject::B(_))), "{nested:?}");
    let nested: Nested = valid(SCHEMA, r#"{"kind":"c"}"#);
    assert!(matches!(nested, Nested::Object(NestedObject::C(_))), "{nested:?}");
    let nested: Nested = valid(SCHEMA, r#""a""#);
    assert_eq!(nested, Nested::String("a".to_owned()));
    refused::<Nested>(SCHEMA, "1");
}

#[test]
fn a_tag_may_stand_below_or_be_required_around_the_union() {
    for payload in [
        r#"{"leg":{"meta":{"kind":"phone"},"number":"1"}}"#,
        r#"{"leg":{"meta":{"kind":"hall"},"name":"a"}}"#,
        r#"{"end":{"by":"caller","after":7}}"#,
        r#"{"end":{"by":"callee","reason":"busy"}}"#,
    ] {
        let deep: Deep = valid(SCHEMA, payload);
        assert_eq!(decoded(payload), Some(deep), "{payload}");
    }
    let deep: Deep = valid(SCHEMA, r#"{"leg":{"name":"a","meta":{"kind":"room"}}}"#);
    assert!(matches!(deep.leg, Some(DeepLeg::RoomLeg(leg)) if leg.name.as_deref() == Some("a")));
    for wrong in [r#"{"leg":{"meta":{"kind":"sip"}}}"#, r#"{"end":{"by":"nobody"}}"#] {
        tolerated::<Deep>(SCHEMA, wrong);
    }
}
