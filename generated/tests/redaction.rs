//! `Debug` shows no value whose schema is marked `x-sensitive`; `Unredacted` shows all of them.

use std::fmt::Debug;

use offhook::{Payload, Unredacted, daily, dialstack, voiceblender};
use offhook_test_support::schema_folder::{SchemaFolder, event_of};
use serde::Serialize;
use serde_json::{Value, json};

/// Hands every string in `value` to `edit` whose schema, or one around it, is marked.
fn edit_sensitive(
    schema: &Value,
    value: &mut Value,
    around: bool,
    edit: &mut dyn FnMut(&mut String),
) {
    let sensitive = around || schema["x-sensitive"] == true;
    match value {
        Value::String(text) if sensitive => edit(text),
        Value::Array(elements) => {
            for element in elements {
                edit_sensitive(&schema["items"], element, sensitive, edit);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                edit_sensitive(&schema["properties"][name], member, sensitive, edit);
            }
        }
        _ => {}
    }
}

/// Replaces every sensitive string of every example by a text that stands nowhere else: `Debug`
/// says the same as before, and so shows none of either.
fn check<E: Payload + Serialize + Debug>() {
    let Some(corpus) = SchemaFolder::open(E::VENDOR) else {
        return;
    };
    let events = corpus.events();
    let mut sensitive = 0;
    for example in corpus.examples() {
        let case = format!("{}/{}", E::VENDOR, example.name);
        let event: E = serde_json::from_str(&example.text).expect(&case);

        let schema = corpus.schema(&format!("{}.json#", event_of(&example.name, &events)));
        let mut value: Value = serde_json::from_str(&example.text).expect(&case);
        let mut markers = Vec::new();
        edit_sensitive(&schema, &mut value, false, &mut |text| {
            *text = format!("marker-{}-\"é\"", markers.len());
            markers.push(text.clone());
        });
        let marked: E = serde_json::from_value(value).expect(&case);

        let shown = format!("{marked:?}\n{marked:#?}");
        assert_eq!(shown, format!("{event:?}\n{event:#?}"), "{case}");
        let unredacted = Unredacted(&marked);
        let (all, pretty) = (format!("{unredacted:?}"), format!("{unredacted:#?}"));
        for marker in &markers {
            assert!(!shown.contains("marker-"), "{case}: {shown}");
            let written = Value::from(marker.as_str()).to_string();
            assert!(all.contains(&written), "{case}: {marker} in {all}");
            assert!(pretty.contains(&written), "{case}: {marker} in {pretty}");
        }
        assert!(!all.contains('\n') && pretty.contains('\n'), "{case}");
        sensitive += markers.len();
    }
    assert!(sensitive > 0, "some values are marked");
}

#[test]
fn debug_of_daily_events_shows_nothing_personal() {
    check::<daily::Event>();
}

#[test]
fn debug_of_dialstack_events_shows_nothing_personal() {
    check::<dialstack::Event>();
}

#[test]
fn debug_of_voiceblender_events_shows_nothing_personal() {
    check::<voiceblender::Event>();
}

/// Nothing tells which parts of an event are personal that no document describes.
#[test]
fn debug_of_unknown_events_shows_only_what_is_documented() {
    let dialstack = json!({
        "id": "evt_1", "type": "call.parked", "created_at": "2026-01-15T14:35:30Z",
        "account_id": "acct_1", "caller": "+14155550142",
        "data": { "from_number": "+14155550142", "nested": [{ "name": "+14155550142" }] }
    });
    let daily = json!({
        "version": "1.0.0", "type": "dialin.warning", "id": "1", "event_ts": 1_728_036_616.857,
        "payload": { "sip_from": "+14155550142" }, "caller": "+14155550142"
    });
    let voiceblender = json!({
        "type": "leg.parked", "timestamp": "2026-01-15T14:35:30Z", "from": "+14155550142"
    });

    let event: dialstack::Event = serde_json::from_value(dialstack).unwrap();
    assert!(format!("{:?}", Unredacted(&event)).contains("4155550142"));
    assert!(!format!("{event:?}").contains("4155550142"), "{event:?}");
    assert!(!format!("{event:#?}").contains("4155550142"), "{event:?}");

    let event: daily::Event = serde_json::from_value(daily).unwrap();
    assert!(format!("{:?}", Unredacted(&event)).contains("4155550142"));
    assert!(!format!("{event:?}").contains("4155550142"), "{event:?}");
    assert!(!format!("{event:#?}").contains("4155550142"), "{event:?}");

    let event: voiceblender::Event = serde_json::from_value(voiceblender).unwrap();
    assert!(format!("{:?}", Unredacted(&event)).contains("4155550142"));
    assert!(!format!("{event:?}").contains("4155550142"), "{event:?}");
    assert!(!format!("{event:#?}").contains("4155550142"), "{event:?}");
}
