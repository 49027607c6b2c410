//! Payloads of every JSON type, of a vendor whose payloads do not say what they are.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Payload;

use self::expected::acme::{
    Again, Anything, CallCreated, Either, Flag, List, Nothing, Object, Pair, Perhaps, PerhapsOne,
    RoomCreated, SCHEMA, Table, Text, Whole, Word,
};
use crate::{refused, tolerated, valid};

#[test]
fn an_object_is_a_struct_and_a_list_of_values_an_enum() {
    assert_eq!(valid::<Object>(SCHEMA, r#"{"id":"1"}"#).id, "1");
    assert_eq!(valid::<Word>(SCHEMA, r#""up""#), Word::Up);
    assert_eq!(tolerated::<Word>(SCHEMA, r#""left""#), Word::Unknown("left".to_owned()));
    assert!(matches!(valid(SCHEMA, "1.5"), Either::Number(_)));
    refused::<Object>(SCHEMA, "[]");
    refused::<Word>(SCHEMA, "null");
    refused::<Either>(SCHEMA, "true");
}

#[test]
fn any_other_value_is_wrapped() {
    assert_eq!(valid::<List>(SCHEMA, r#"[{"id":"1"}]"#).0[0].id, "1");
    assert!(valid::<Table>(SCHEMA, r#"{"a":1}"#).0["a"] == 1);
    assert_eq!(valid::<Pair>(SCHEMA, r#"["a",1]"#).0.0, "a");
    assert_eq!(valid::<Text>(SCHEMA, r#""a""#).0, "a");
    tolerated::<Text>(SCHEMA, r#""""#);
    assert!(valid::<Whole>(SCHEMA, "1").0 == 1);
    assert!(valid::<Flag>(SCHEMA, "true").0);
    assert_eq!(valid::<Nothing>(SCHEMA, "null").0, ());
    for value in ["null", "1", r#""a""#, "[1]", r#"{"a":null}"#] {
        valid::<Anything>(SCHEMA, value);
    }
    assert_eq!(valid::<Again>(SCHEMA, r#"{"id":"1"}"#).0.id, "1");
    refused::<List>(SCHEMA, r#"{"id":"1"}"#);
    refused::<Table>(SCHEMA, r#"{"a":"1"}"#);
    refused::<Pair>(SCHEMA, r#"["a"]"#);
    refused::<Whole>(SCHEMA, "1.5");
    refused::<Flag>(SCHEMA, "0");
    refused::<Nothing>(SCHEMA, "0");
    refused::<Again>(SCHEMA, "{}");
}

#[test]
fn a_payload_may_be_null() {
    assert_eq!(valid::<Perhaps>(SCHEMA, "null").0, None);
    assert!(valid::<Perhaps>(SCHEMA, r#"{"id":"1"}"#).0.is_some_and(|object| object.id == "1"));
    assert_eq!(valid::<PerhapsOne>(SCHEMA, "null").0, None);
    assert!(valid::<PerhapsOne>(SCHEMA, r#"{"id":"1"}"#).0.is_some());
    refused::<Perhaps>(SCHEMA, "{}");
    refused::<PerhapsOne>(SCHEMA, "[]");
}

#[test]
fn files_of_one_stem_are_named_by_their_folders_too() {
    valid::<RoomCreated>(SCHEMA, r#"{"room":"a"}"#);
    valid::<CallCreated>(SCHEMA, r#"{"call":"a"}"#);
    refused::<CallCreated>(SCHEMA, r#"{"room":"a"}"#);
    assert_eq!(CallCreated::SCHEMA_FILE, Some("call/created.schema.json"));
}
