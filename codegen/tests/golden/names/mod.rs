//! Names that Rust does not take as they are, or that two things want.

#[rustfmt::skip]
mod expected {
    pub mod my_vendor;
    pub mod type_;
}

use self::expected::my_vendor::{
    Event, EventType, Odd, OddData, OddMood, OddOption, OddOtherData, OddOtherData2, Rating,
    SCHEMA, VecEvent, VecValue,
};
use self::expected::type_;
use crate::{round_trip, tolerated, valid};

#[test]
fn fields_are_what_a_person_would_call_them() {
    let odd: Odd = valid(
        SCHEMA,
        r#"{"event":"odd","type":"a","self":"b","gen":"c","2fa":true,"größe":1,"Имя":"d",
            "foo-bar":2,"foo_bar":3,"fooBar":4,"+1":5,"-1":6,"":7,"$":8,"members":"e",
            "__field":"f","named":"g"}"#,
    );
    assert_eq!((odd.r#type.as_deref(), odd.self_.as_deref()), (Some("a"), Some("b")));
    assert_eq!((odd.r#gen.as_deref(), odd.n2fa), (Some("c"), Some(true)));
    assert_eq!(odd.imia.as_deref(), Some("d"));
    assert_eq!((odd.members.as_deref(), odd.field.as_deref()), (Some("e"), Some("f")));
    assert_eq!(odd.well_named.as_deref(), Some("g"));
    let numbers = [
        (odd.grosse, 1),
        (odd.foo_bar_2, 2),
        (odd.foo_bar, 3),
        (odd.foo_bar_3, 4),
        (odd.plus_1, 5),
        (odd.minus_1, 6),
        (odd.empty, 7),
        (odd.dollar, 8),
    ];
    for (found, wanted) in numbers {
        assert!(found.is_some_and(|found| found == wanted), "{wanted}");
    }
}

#[test]
fn every_value_has_a_variant() {
    let table = [
        ("good", OddMood::Good),
        ("Good", OddMood::Good2),
        ("GOOD", OddMood::Good3),
        ("", OddMood::Empty),
        ("unknown", OddMood::UnknownValue),
        ("self", OddMood::SelfValue),
        ("+", OddMood::Plus),
        ("-", OddMood::Minus),
        ("2", OddMood::N2),
        ("a b", OddMood::AB),
        ("a-b", OddMood::AB2),
    ];
    assert_eq!(OddMood::DOCUMENTED.len(), table.len());
    for (value, variant) in table {
        let odd: Odd = valid(SCHEMA, &format!(r#"{{"event":"odd","mood":"{value}"}}"#));
        assert_eq!(odd.mood, Some(variant), "{value}");
    }
    let odd: Odd = tolerated(SCHEMA, r#"{"event":"odd","mood":"Unknown"}"#);
    assert_eq!(odd.mood, Some(OddMood::Unknown("Unknown".to_owned())));
    let odd: Odd = valid(SCHEMA, r#"{"event":"odd","rated":"-"}"#);
    assert_eq!(odd.rated, Some(Rating::Down));
}

#[test]
fn two_schemas_that_want_one_name_have_two() {
    let odd: Odd =
        valid(SCHEMA, r#"{"event":"odd","option":{"vec":[{"d":1}]},"data":{},"other_data":{}}"#);
    let option: OddOption = odd.option.unwrap();
    let vec: Vec<VecValue> = option.vec.unwrap();
    assert_eq!(vec.len(), 1);
    let _: (Option<OddData>, Option<OddOtherData2>) = (odd.data, odd.other_data);
    let event: VecEvent = valid(SCHEMA, r#"{"event":"vec","other":{"b":1}}"#);
    let _: Option<OddOtherData> = event.other;
}

#[test]
fn an_event_may_have_any_name() {
    for (name, event_type) in [
        ("option", EventType::OptionEvent),
        ("string", EventType::StringEvent),
        ("event", EventType::EventEvent),
        ("unknown", EventType::UnknownEventEvent),
        ("self", EventType::SelfEvent),
        ("type", EventType::Type),
        ("std", EventType::Std),
        ("b_tree_map", EventType::BTreeMapEvent),
        ("call.end", EventType::CallEnd),
        ("vec", EventType::VecEvent),
    ] {
        let event: Event = round_trip(&format!(r#"{{"event":"{name}"}}"#));
        assert_eq!((event.event_type(), event.name()), (Some(event_type), name));
    }
    let event: type_::Event = round_trip(r#"{"event":"end","id":"1"}"#);
    assert!(matches!(event, type_::Event::End(_)));
}
