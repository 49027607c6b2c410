//! The law: `decode` is `Ok` exactly when `validate` finds no violation, and then the event is what
//! plain serde reads. Held against a second JSON reader and against the schemas judged over a
//! `serde_json::Value`, for the examples of all events, mutated, and for any bytes at all.
//!
//! `OFFHOOK_CASES=100000 cargo test -p offhook-validator --release --test law` tries more.

mod corpus;
mod mutate;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::LazyLock;

use corpus::{Vendor, any_vendor, examples, vendor, vendors};
use mutate::{Tree, edit, mutation};
use offhook::{Payload, daily, dialstack, voiceblender};
use offhook_validator::{Code, Report, Violation};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use text::{Kind, Node};

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

/// Holds everything that must be true of any body against all vendors.
fn check(body: &[u8]) {
    check_as::<daily::Event>(body);
    check_as::<dialstack::Event>(body);
    check_as::<voiceblender::Event>(body);
    check_any(body);
}

fn check_one(vendor: &Vendor, body: &[u8]) {
    match vendor.name {
        "daily" => check_as::<daily::Event>(body),
        "dialstack" => check_as::<dialstack::Event>(body),
        _ => check_as::<voiceblender::Event>(body),
    }
    check_any(body);
}

/// Shows a body if a check of it fails.
struct Shown<'a>(&'a [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let shown = &self.0[..self.0.len().min(10_000)];
            eprintln!("the body is {:?}", String::from_utf8_lossy(shown));
        }
    }
}

fn check_as<E: Payload + Serialize + PartialEq + Debug>(body: &[u8]) {
    let _shown = Shown(body);
    let vendor = vendor(E::VENDOR);
    let report = vendor.validator.validate(body);
    let facts = Facts::of(vendor, body);

    assert_eq!(report.vendor(), Some(vendor.name));
    assert_eq!(report.is_valid(), facts.valid, "by the schema over a Value: {report}");
    assert_eq!(vendor.validator.is_valid(body), facts.valid, "{report}");
    let broken = |found: &Violation| matches!(found.code, Code::Json | Code::DuplicateKey);
    assert_eq!(report.violations().iter().any(broken), facts.value.is_none(), "{report}");
    if facts.value.is_some() {
        assert_eq!(report.event(), facts.event.as_deref());
    }
    if report.violations().iter().any(|found| found.code == Code::Json) {
        assert!(report.violations().iter().all(broken) && report.notices().is_empty(), "{report}");
    }
    check_places(vendor, &report, body, facts.root.as_ref());
    check_each_fault_once(&report);
    check_strict(vendor, &report, body);
    check_clean(vendor.validator.clean(body).map(|event| (vendor.name, event)), &report);
    assert!(!report.to_string().contains("s3cret"), "no value of the payload in {report}");

    let decoded = vendor.validator.decode::<E>(body);
    assert_eq!(decoded.is_ok(), report.is_valid(), "{report}");
    let plain = serde_json::from_slice::<E>(body);
    match (decoded, &facts.value) {
        (Ok(event), Some(value)) => {
            assert_eq!(event, plain.expect("plain serde reads what decodes"));
            let schema = &vendor.events[facts.event.as_deref().expect("a known event")];
            assert_eq!(serde_json::to_value(&event).unwrap(), documented(schema, value));
        }
        (Ok(event), None) => panic!("{event:?} out of what is no JSON"),
        (Err(same), _) => assert_eq!(same, report),
    }

    let plain = serde_json::from_slice::<E>(body);
    match vendor.validator.decode_lenient::<E>(body) {
        Ok((event, same)) => {
            assert_eq!(event, plain.expect("plain serde reads what decodes leniently"));
            assert_eq!(same, report);
        }
        Err(same) => {
            assert!(plain.is_err(), "plain serde reads {plain:?}");
            assert_eq!(same, report);
        }
    }
}

/// What is true of a body, found out without the validator.
struct Facts {
    /// The places in the text, if the second reader can read it.
    root: Option<Node>,
    /// The payload, if it is JSON as offhook wants it: strict, each name once, 128 levels.
    value: Option<Value>,
    /// The event that the payload names, if the vendor's document has it.
    event: Option<String>,
    valid: bool,
}

impl Facts {
    fn of(vendor: &Vendor, body: &[u8]) -> Self {
        let text = std::str::from_utf8(body).ok();
        let root = text.and_then(text::parse);
        let clean = text.is_some_and(|text| text::depth(text) <= 128)
            && root.as_ref().is_some_and(|root| !root.has_duplicates());
        let value = text.filter(|_| clean).and_then(read_value);
        let name = value.as_ref().and_then(|value| value.get("type")).and_then(Value::as_str);
        let event = name.filter(|name| vendor.events.contains_key(*name)).map(str::to_owned);
        let valid = match (&event, &value) {
            (Some(event), Some(value)) => judges()[&(vendor.name, event.clone())].is_valid(value),
            _ => false,
        };
        Self { root, value, event, valid }
    }
}

/// A `Value`, however deep; the text is known not to be too deep for the stack.
fn read_value(text: &str) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let value = Value::deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// The schema of every event, compiled for `Value`s.
fn judges() -> &'static BTreeMap<(&'static str, String), jsonschema::Validator> {
    static JUDGES: LazyLock<BTreeMap<(&'static str, String), jsonschema::Validator>> =
        LazyLock::new(|| {
            let events = vendors().iter().flat_map(|vendor| {
                vendor.events.iter().map(move |(event, schema)| (vendor.name, event, schema))
            });
            let compile = |schema: &Value| {
                jsonschema::draft202012::options()
                    .should_validate_formats(true)
                    .with_format("date-time", |text: &str| {
                        offhook::Timestamp::from(text.to_owned()).is_rfc3339()
                    })
                    .build(schema)
                    .expect("a schema compiles")
            };
            events
                .map(|(vendor, event, schema)| ((vendor, event.clone()), compile(schema)))
                .collect()
        });
    &JUDGES
}

/// The payload without members that its schema does not have.
fn documented(schema: &Value, value: &Value) -> Value {
    match (schema["properties"].as_object(), value) {
        (Some(properties), Value::Object(members)) => members
            .iter()
            .filter_map(|(name, value)| {
                Some((name.clone(), documented(properties.get(name)?, value)))
            })
            .collect(),
        _ => value.clone(),
    }
}

/// Order, bounds, line and column, pointers, and the exact bytes.
fn check_places(vendor: &Vendor, report: &Report, body: &[u8], root: Option<&Node>) {
    for findings in [report.violations(), report.notices()] {
        assert!(findings.is_sorted_by_key(|found| found.offset), "{report}");
    }
    for found in report.violations().iter().chain(report.notices()) {
        let span = found.offset..found.offset + found.length;
        assert!(span.end <= body.len(), "{found}");
        assert_eq!(
            (found.line, found.column),
            text::line_and_column(body, found.offset),
            "{found}"
        );
        assert!(found.pointer.is_empty() || found.pointer.starts_with('/'), "{found}");
        if found.length == 0 {
            assert!(found.code == Code::Json && found.offset == body.len(), "{found}");
        }
        if let Some(schema) = &found.schema {
            let (file, pointer) = schema.split_once('#').expect("a file and a pointer");
            let file = file.strip_prefix(vendor.name).and_then(|file| file.strip_prefix('/'));
            let schema = &vendor.bundle["schemas"][file.expect("a file of the vendor")];
            assert!(schema.pointer(pointer).is_some(), "{found}: {pointer}");
        }
        if let Some(root) = root {
            assert!(is_there(found, root), "{found} at {span:?}");
        }
    }
}

/// Whether the pointer leads to what the finding is about, and the bytes are those.
fn is_there(found: &Violation, root: &Node) -> bool {
    let span = found.offset..found.offset + found.length;
    let places = root.find(&found.pointer);
    match found.code {
        Code::Required => {
            let Some((parent, _)) = found.pointer.rsplit_once('/') else {
                return false;
            };
            let name = &found.pointer[parent.len()..];
            root.find(parent).iter().any(|parent| {
                let is_object = matches!(parent.node.kind, Kind::Object(_));
                is_object && parent.node.span == span && parent.node.find(name).is_empty()
            })
        }
        Code::Undocumented | Code::Forbidden => {
            places.iter().any(|place| place.name_span.as_ref() == Some(&span) && place.earlier == 0)
        }
        Code::DuplicateKey => {
            places.iter().any(|place| place.name_span.as_ref() == Some(&span) && place.earlier > 0)
        }
        // Where the text breaks, there may be no value.
        Code::Json => true,
        // Advice about members that had better be absent is about their names.
        Code::Advice => places.iter().any(|place| {
            place.node.span == span || place.name_span.as_ref() == Some(&span) && place.earlier == 0
        }),
        _ => places.iter().any(|place| place.node.span == span),
    }
}

/// No finding stands twice, and a value of the wrong type has no other.
fn check_each_fault_once(report: &Report) {
    let mut seen = BTreeSet::new();
    for found in report.violations().iter().chain(report.notices()) {
        assert!(seen.insert((found.code, &found.pointer, found.offset)), "{found}, twice");
    }
    for mistyped in report.violations().iter().filter(|found| found.code == Code::Type) {
        let others = report.violations().iter().chain(report.notices()).filter(|other| {
            other.pointer == mistyped.pointer
                // A member that must be absent may be one of the wrong type, too.
                && !matches!(other.code, Code::Type | Code::DuplicateKey | Code::Forbidden)
        });
        assert_eq!(others.count(), 0, "{report}");
    }
}

/// A strict report has the notices among the violations, and the same otherwise.
fn check_strict(vendor: &Vendor, report: &Report, body: &[u8]) {
    let strict = vendor.strict.validate(body);
    let mut both: Vec<Violation> =
        report.violations().iter().chain(report.notices()).cloned().collect();
    both.sort_by_key(|found| found.offset);
    assert_eq!(strict.violations(), both);
    assert_eq!(strict.notices(), []);
    assert_eq!(vendor.strict.is_valid(body), strict.is_valid());
    assert_eq!((strict.vendor(), strict.event()), (report.vendor(), report.event()));
    assert_eq!(strict.personal(), report.personal());
}

/// Only of what is valid and without notices is there nothing to say.
fn check_clean(clean: Option<(&str, &str)>, report: &Report) {
    if clean.is_some() {
        assert!(report.is_valid() && report.notices().is_empty(), "{report}");
        assert_eq!(clean, report.vendor().zip(report.event()));
    }
}

/// Without being told the vendor: the same report, if one vendor knows the event.
fn check_any(body: &[u8]) {
    let _shown = Shown(body);
    let any = any_vendor().validate(body);
    check_clean(any_vendor().clean(body), &any);
    let reports: Vec<Report> =
        vendors().iter().map(|vendor| vendor.validator.validate(body)).collect();
    let knowing: Vec<&Report> = reports.iter().filter(|report| report.event().is_some()).collect();
    if let [one] = knowing.as_slice() {
        assert_eq!(any, **one);
    } else {
        assert!(!any.is_valid());
        assert_eq!((any.vendor(), any.event()), (None, None));
        // What is wrong with the text does not depend on the vendor.
        let of_text = |report: &Report| -> Vec<Violation> {
            let codes = [Code::Json, Code::DuplicateKey];
            let all = report.violations().iter();
            all.filter(|found| codes.contains(&found.code)).cloned().collect()
        };
        assert_eq!(of_text(&any), of_text(&reports[0]));
    }
    for found in any.violations().iter().chain(any.notices()) {
        assert_eq!(
            (found.line, found.column),
            text::line_and_column(body, found.offset),
            "{found}"
        );
    }
    check_each_fault_once(&any);
}

fn no_gap() -> &'static str {
    ""
}

/// White space that depends on a seed; none for 0.
fn gaps(mut seed: u64) -> impl FnMut() -> &'static str {
    move || {
        if seed == 0 {
            return "";
        }
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        ["", "", "", " ", "\n", "\r\n", "\t", "\n  "][usize::try_from(seed % 8).unwrap_or(0)]
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
        let Some(example) = pick(example) else {
            return Ok(());
        };
        let mut tree = Tree::read(&example.text);
        for mutation in &mutations {
            tree.mutate(mutation);
        }
        check_one(example.vendor, tree.write(&mut gaps(seed)).as_bytes());
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
        let Some(example) = pick(example) else {
            return Ok(());
        };
        let mut tree = Tree::read(&example.text);
        for mutation in &mutations {
            tree.mutate(mutation);
        }
        let mut body = tree.write(&mut no_gap).into_bytes();
        for edit in &edits {
            edit.apply(&mut body);
        }
        check_one(example.vendor, &body);
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn holds_for_any_bytes(body in vec(any::<u8>(), 0..64)) {
        check(&body);
    }

    #[test]
    fn holds_for_any_text_of_json_marks(text in "([\\[\\]{},:\"\\\\ \n]|[0-9eE.+-]|\\\\u[0-9a-fA-F]{4}|true|false|null|\"type\":|[^\\x00-\\x7f]){0,24}") {
        check(text.as_bytes());
    }
}

fn pick(index: Index) -> Option<&'static corpus::Example> {
    let examples = examples();
    (!examples.is_empty()).then(|| index.get(examples))
}

#[test]
fn examples_are_valid_and_cover_all_events() {
    let mut events = BTreeSet::new();
    for example in examples() {
        check(example.text.as_bytes());
        let report = example.vendor.validator.validate(example.text.as_bytes());
        assert!(report.is_valid(), "{}: {report}", example.name);
        assert_eq!(report.event(), Some(example.event.as_str()));
        events.insert((example.vendor.name, &example.event));
    }
    let all: usize = vendors().iter().map(|vendor| vendor.events.len()).sum();
    assert_eq!(all, 57);
    assert!(events.is_empty() || events.len() == all);
}

#[test]
fn every_prefix_of_an_example_is_reported() {
    for vendor in vendors() {
        let Some(example) = examples().iter().find(|example| example.vendor.name == vendor.name)
        else {
            return;
        };
        let body = example.text.trim_end().as_bytes();
        for end in 0..body.len() {
            check_one(vendor, &body[..end]);
            assert!(!vendor.validator.validate(&body[..end]).is_valid());
        }
    }
}

#[test]
fn every_order_of_members_is_the_same_to_it() {
    for example in examples() {
        let Tree::Object(members) = Tree::read(&example.text) else {
            panic!("{} is no object", example.name);
        };
        for turn in 0..members.len() {
            let mut turned = members.clone();
            turned.rotate_left(turn);
            let body = Tree::Object(turned).write(&mut no_gap);
            let report = example.vendor.validator.validate(body.as_bytes());
            assert!(report.is_valid(), "{}: {report}", example.name);
            check_one(example.vendor, body.as_bytes());
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
                let report = corpus::vendor(vendor).validator.validate(body.as_bytes());
                assert_eq!(report.is_valid(), valid && levels <= 128, "{levels} levels: {report}");
                let too_deep =
                    report.violations().iter().any(|violation| violation.code == Code::Json);
                assert_eq!(too_deep, levels > 128, "{levels} levels: {report}");
                check(body.as_bytes());
            }
        }
    }
    for levels in [127, 128, 129, 100_000] {
        check(nested(levels, false).as_bytes());
        check(nested(levels, true).as_bytes());
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
            check_one(corpus::vendor(vendor), template.replace('@', number).as_bytes());
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
        check_one(vendor("voiceblender"), body.as_bytes());
    }
}

/// A type of one event, and the vendor and event that it is of.
type OfOneEvent = (&'static str, &'static str, fn(&[u8]));

/// A struct is of one event: it decodes exactly what that event's schema takes.
fn check_struct<T: Payload + PartialEq + Debug>(body: &[u8]) {
    let _shown = Shown(body);
    let vendor = vendor(T::VENDOR);
    let event = T::SCHEMA_FILE.and_then(|file| file.strip_suffix(".json")).expect("an event");
    let value = Facts::of(vendor, body).value;
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
        if own.is_empty() {
            return Ok(());
        }
        let mut tree = Tree::read(&example.get(&own).text);
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
        (r#"{"text":5}"#, "1:9 /text: want a string, got a number [type]"),
        ("{}", "1:1 /text: want the member \"text\", got an object without it [required]"),
        ("[]", "1:1 want an object, got an array [type]"),
    ] {
        let report = validator.decode::<Note>(body.as_bytes()).expect_err(body);
        assert_eq!(report.to_string(), wanted);
    }
}
