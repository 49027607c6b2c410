//! The law: `decode` is `Ok` exactly when `validate` finds no violation, and then the event is what
//! plain serde reads. Held against a second JSON reader and against the schemas judged over a
//! `serde_json::Value`, for the examples of all events, mutated, and for any bytes at all.
//!
//! `OFFHOOK_CASES=100000 cargo test -p offhook-validator --release --test law` tries more.

use std::collections::BTreeSet;
use std::fmt::Debug;

use offhook::{Payload, daily, dialstack, voiceblender};
use offhook_test_support::invariants::{Facts, Shown, everything, everything_of, judges};
use offhook_test_support::mutate::{Tree, edit, gaps, mutation, no_gap};
use offhook_test_support::vendors::{self, Example, examples, vendor, vendors};
use offhook_validator::Code;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde::Deserialize;

/// How many cases each property tries, unless `OFFHOOK_CASES` says otherwise.
fn config(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("OFFHOOK_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: wanted.unwrap_or(cases),
        // A case that fails becomes a line in positions.rs or a test below.
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(6_000))]

    #[test]
    fn holds_for_mutated_examples(
        example in any::<Index>(),
        mutations in vec(mutation(), 0..5),
        seed in prop_oneof![Just(0), any::<u64>()],
    ) {
        let example = example.get(examples());
        let mut tree = Tree::read(example.text);
        for mutation in &mutations {
            tree.mutate(mutation);
        }
        everything_of(example.vendor, tree.write(&mut gaps(seed)).as_bytes());
    }
}

proptest! {
    #![proptest_config(config(6_000))]

    #[test]
    fn holds_for_examples_with_edited_bytes(
        example in any::<Index>(),
        mutations in vec(mutation(), 0..2),
        edits in vec(edit(), 1..4),
    ) {
        let example = example.get(examples());
        let mut tree = Tree::read(example.text);
        for mutation in &mutations {
            tree.mutate(mutation);
        }
        let mut body = tree.write(&mut no_gap).into_bytes();
        for edit in &edits {
            edit.apply(&mut body);
        }
        everything_of(example.vendor, &body);
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn holds_for_any_bytes(body in vec(any::<u8>(), 0..64)) {
        everything(&body);
    }

    #[test]
    fn holds_for_any_text_of_json_marks(text in "([\\[\\]{},:\"\\\\ \n]|[0-9eE.+-]|\\\\u[0-9a-fA-F]{4}|true|false|null|\"type\":|[^\\x00-\\x7f]){0,24}") {
        everything(text.as_bytes());
    }
}

#[test]
fn examples_are_valid_and_cover_all_events() {
    let mut events = BTreeSet::new();
    for example in examples() {
        everything(example.text.as_bytes());
        let report = example.vendor.validator.validate(example.text.as_bytes());
        assert!(report.is_valid(), "{}: {report}", example.name);
        assert_eq!(report.event(), Some(example.event));
        events.insert((example.vendor.name, example.event));
    }
    let all: usize = vendors().iter().map(|vendor| vendor.events.len()).sum();
    assert_eq!(all, 57);
    assert_eq!(events.len(), all);
}

#[test]
fn every_prefix_of_an_example_is_reported() {
    for vendor in vendors() {
        let of_vendor = |example: &&Example| example.vendor.name == vendor.name;
        let example = examples().iter().find(of_vendor).expect("an example");
        let body = example.text.trim_end().as_bytes();
        for end in 0..body.len() {
            everything_of(vendor, &body[..end]);
            assert!(!vendor.validator.validate(&body[..end]).is_valid());
        }
    }
}

#[test]
fn every_order_of_members_is_the_same_to_it() {
    for example in examples() {
        let Tree::Object(members) = Tree::read(example.text) else {
            panic!("{} is no object", example.name);
        };
        for turn in 0..members.len() {
            let mut turned = members.clone();
            turned.rotate_left(turn);
            let body = Tree::Object(turned).write(&mut no_gap);
            let report = example.vendor.validator.validate(body.as_bytes());
            assert!(report.is_valid(), "{}: {report}", example.name);
            everything_of(example.vendor, body.as_bytes());
        }
    }
}

/// `levels` arrays or objects in one another.
fn nested(levels: usize, objects: bool) -> String {
    if objects {
        "{\"n\":".repeat(levels - 1) + "{}" + &"}".repeat(levels - 1)
    } else {
        "[".repeat(levels) + &"]".repeat(levels)
    }
}

/// The bound on depth, to the level, in every kind of place that holds anything.
#[test]
fn nesting_is_bounded_at_128_levels() {
    let headers =
        r#"{"timestamp":"2026-08-14T10:12:15Z","sip_headers":{"X":@},"type":"leg.ringing"}"#;
    let channels =
        r#"{"channels":@,"timestamp":"2026-08-14T10:12:15Z","type":"recording.finished"}"#;
    let undocumented = r#"{"x":@,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#;
    let result = r#"{"id":"e","type":"queue.call.callback_attempted","created_at":"2026-01-15T14:35:30Z",
        "account_id":"a","data":{"call_id":"c","queue_id":"q","queue_name":"n","from_number":"+14155550142",
        "to_number":"+14155550142","callback_id":"b","attempt_number":1,"result":@}}"#;
    let unknown = r#"{"x":@,"timestamp":"2026-08-14T10:12:15Z","type":"bridge.created"}"#;
    let mistyped = r#"{"leg_id":@,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#;
    for (vendor, template, outside, valid) in [
        ("voiceblender", headers, 2, true),
        ("voiceblender", channels, 1, true),
        ("voiceblender", undocumented, 1, true),
        ("dialstack", result, 2, true),
        ("voiceblender", unknown, 1, false),
        ("voiceblender", mistyped, 1, false),
    ] {
        for objects in [false, true] {
            if template == channels && !objects {
                continue;
            }
            for levels in [126, 127, 128, 129, 130, 200] {
                let body = template.replace('@', &nested(levels - outside, objects));
                let report = vendors::vendor(vendor).validator.validate(body.as_bytes());
                assert_eq!(report.is_valid(), valid && levels <= 128, "{levels} levels: {report}");
                let too_deep =
                    report.violations().iter().any(|violation| violation.code == Code::Json);
                assert_eq!(too_deep, levels > 128, "{levels} levels: {report}");
                everything(body.as_bytes());
            }
        }
    }
    for levels in [127, 128, 129, 100_000] {
        everything(nested(levels, false).as_bytes());
        everything(nested(levels, true).as_bytes());
    }
}

/// Wherever a number may stand: what a double holds is read, what it does not hold is reported.
#[test]
fn numbers_at_the_edge_of_what_a_double_holds() {
    for number in [
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.797693134862315807e308",
        "1.797693134862315808e308",
        "1.7976931348623159e308",
        "-1.7976931348623159e308",
        "17976931348623157000e289",
        "0.00000017976931348623157e315",
        "1e309",
        "1e-400",
        "0e400",
        "-0.0e999999999999999999999",
        "1e-999999999999999999999",
        "1e999999999999999999999",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        &format!("1{}", "0".repeat(308)),
        &format!("1{}", "0".repeat(309)),
        &format!("{}e-400", "9".repeat(700)),
        &format!("0.{}1e400", "0".repeat(100)),
        &format!("0.{}1e300", "0".repeat(400)),
    ] {
        for (vendor, template) in [
            (
                "daily",
                r#"{"version":"1.0.0","type":"dialin.stopped","id":"","payload":{"timestamp":@},"event_ts":@}"#,
            ),
            (
                "voiceblender",
                r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","sip_headers":{"x":@},"x":@}"#,
            ),
            (
                "voiceblender",
                r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.transfer_failed","status_code":@}"#,
            ),
            (
                "voiceblender",
                r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected","quality":{"mos_score":@,"rtp_packets_received":@,"rtp_packets_lost":@,"rtp_jitter_ms":@}}"#,
            ),
        ] {
            everything_of(vendors::vendor(vendor), template.replace('@', number).as_bytes());
        }
    }
}

/// An exponent that makes up for more digits than the standard library's reader keeps count of.
#[test]
fn numbers_whose_digits_and_exponent_cancel_out() {
    let zeros = 700_000;
    let digits = "0".repeat(zeros);
    for number in [
        format!("0.{digits}4e{}", zeros + 1),   // 4
        format!("0.{digits}45e{}", zeros + 1),  // 4.5
        format!("4{digits}e-{zeros}"),          // 4
        format!("0.{digits}1e{}", zeros + 400), // beyond a double
    ] {
        let body = format!(
            r#"{{"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected","quality":{{"mos_score":{number},"rtp_packets_received":1,"rtp_packets_lost":1,"rtp_jitter_ms":1}}}}"#
        );
        everything_of(vendor("voiceblender"), body.as_bytes());
    }
}

/// A type of one event, and the vendor and event that it is of.
type OfOneEvent = (&'static str, &'static str, fn(&[u8]));

/// A struct is of one event: it decodes exactly what that event's schema takes.
fn check_struct<T: Payload + PartialEq + Debug>(body: &[u8]) {
    let _shown = Shown(body);
    let vendor = vendor(T::VENDOR);
    let event = T::SCHEMA_FILE.and_then(|file| file.strip_suffix(".json")).expect("an event");
    let value = Facts::of(vendor, body).judged;
    let valid =
        value.is_some_and(|value| judges()[&(vendor.name, event.to_owned())].is_valid(&value));
    match vendor.validator.decode::<T>(body) {
        Ok(decoded) => {
            assert!(valid, "{decoded:?}");
            let text = std::str::from_utf8(body).expect("what decodes is text");
            let mut deserializer = serde_json::Deserializer::from_str(text);
            deserializer.disable_recursion_limit();
            assert_eq!(decoded, T::deserialize(&mut deserializer).expect("plain serde reads it"));
        }
        Err(report) => assert!(!valid && !report.is_valid(), "{report}"),
    }
}

const STRUCTS: &[OfOneEvent] = &[
    ("daily", "dialin.stopped", check_struct::<daily::DialinStopped>),
    ("dialstack", "call.emergency", check_struct::<dialstack::CallEmergency>),
    ("dialstack", "call.end", check_struct::<dialstack::CallEnd>),
    ("dialstack", "call.incoming", check_struct::<dialstack::CallIncoming>),
    (
        "dialstack",
        "queue.call.callback_attempted",
        check_struct::<dialstack::QueueCallCallbackAttempted>,
    ),
    ("dialstack", "voicemail.new", check_struct::<dialstack::VoicemailNew>),
    ("voiceblender", "leg.disconnected", check_struct::<voiceblender::LegDisconnected>),
    ("voiceblender", "leg.ringing", check_struct::<voiceblender::LegRinging>),
    ("voiceblender", "leg.transfer_failed", check_struct::<voiceblender::LegTransferFailed>),
    ("voiceblender", "recording.finished", check_struct::<voiceblender::RecordingFinished>),
];

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn holds_for_the_structs_of_events(
        which in any::<Index>(),
        example in any::<Index>(),
        mutations in vec(mutation(), 0..3),
    ) {
        let (vendor, event, check) = which.get(STRUCTS);
        let own: Vec<_> = examples()
            .iter()
            .filter(|example| example.vendor.name == *vendor && example.event == *event)
            .collect();
        let mut tree = Tree::read(example.get(&own).text);
        for mutation in &mutations {
            tree.mutate(mutation);
        }
        check(tree.write(&mut no_gap).as_bytes());
    }
}

#[test]
fn structs_decode_payloads_of_their_own_event() {
    for example in examples() {
        for (vendor, _, check) in STRUCTS {
            if example.vendor.name == *vendor {
                check(example.text.as_bytes());
            }
        }
    }
    let dialstack = vendor("dialstack");
    for (body, code) in [
        (r#"{"type":"call.ringing"}"#, Code::Const),
        (r#"{"type":"no.such"}"#, Code::Const),
        (r#"{"type":5}"#, Code::Type),
        (r"{}", Code::Required),
    ] {
        let report = dialstack.validator.decode::<dialstack::CallEnd>(body.as_bytes()).unwrap_err();
        let of_type = report.violations().iter().filter(|found| found.pointer == "/type");
        assert_eq!(of_type.map(|found| found.code).collect::<Vec<_>>(), [code], "{report}");
    }
}

/// A vendor whose payloads do not name their event: each type has its schema.
#[test]
fn holds_for_types_of_vendors_that_name_no_event() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Note {
        text: String,
    }

    impl Payload for Note {
        const VENDOR: &'static str = "acme";
        const SCHEMA_FILE: Option<&'static str> = Some("note.json");
    }

    let bundle = serde_json::json!({
        "vendor": "acme", "title": "Acme", "discriminator": null, "envelope": null, "types": {},
        "schemas": { "note.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"]
        } }
    });
    let validator = offhook_validator::Validator::new(&bundle.to_string()).expect("a schema");
    let decoded = validator.decode::<Note>(br#"{"text":"a"}"#);
    assert_eq!(decoded, Ok(Note { text: "a".to_owned() }));
    for (body, wanted) in [
        (r#"{"text":5}"#, "1:9 /text: expected a string, found a number [type]"),
        ("{}", "1:1 /text: missing required property \"text\" [required]"),
        ("[]", "1:1 expected an object, found an array [type]"),
    ] {
        let report = validator.decode::<Note>(body.as_bytes()).expect_err(body);
        assert_eq!(report.to_string(), wanted);
    }
}
