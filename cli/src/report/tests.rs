//! No payload and no name makes any format panic, or write what its readers cannot read.

use offhook::voiceblender;
use offhook_validator::Validator;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::archive::Payload;
use crate::args::Format;
use crate::outcome::Outcome;
use crate::report;
use crate::totals::Totals;

const PAYLOAD: &str = r#"{
    "display_name": "Zoë 東", "timestamp": "2026-01-15T14:30:00Z", "leg\u0007<\ud83d\ude00": 1,
    "leg_id": ["a", {"b": 1}], "from": "+14155551234", "type": "leg.ringing"
}"#;

/// Bytes that begin, end or break something, somewhere.
const BYTES: &[u8] = b"\xff\n\r\t\"\\\xcc0}\0\x1b\x1e<&%:";

const NAMES: [&str; 4] = ["-", "a.json", "./\u{1e}\u{1f}]]>&\"'.gz", "::error::\r\n%\u{ffff}\u{0}"];

/// What a format makes of payloads with one byte changed.
fn changed(format: Format, show_values: bool) -> Vec<u8> {
    let validator = Validator::new(voiceblender::SCHEMA).unwrap();
    let (render, mut sink) = report::of(format, show_values);
    let (mut out, mut totals) = (Vec::new(), Totals::default());
    for at in 0..PAYLOAD.len() {
        let mut rendered = Vec::new();
        for (number, byte) in BYTES.iter().enumerate() {
            let mut body = PAYLOAD.as_bytes().to_owned();
            body[at] = *byte;
            let report = validator.validate(&body);
            let (source, record) = (NAMES[number % NAMES.len()], (at % 2 == 0).then_some(at + 1));
            totals.add(&report);
            render.report(
                &mut rendered,
                &Payload { source, file: 0, record, body: &body },
                &report,
            );
        }
        sink.write(&mut out, &rendered).unwrap();
    }
    totals.unreadable.extend(NAMES.map(str::to_owned));
    sink.end(&mut out, &totals, Outcome::Incomplete).unwrap();
    out
}

#[test]
fn people_see_no_controls() {
    let told = String::from_utf8(changed(Format::Human, false)).unwrap();
    assert!(!told.contains(|char: char| char.is_control() && char != '\n'));
}

#[test]
fn json_is_a_line_a_payload() {
    for show_values in [false, true] {
        let told = String::from_utf8(changed(Format::Json, show_values)).unwrap();
        let lines = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        assert_eq!(lines.count(), PAYLOAD.len() * BYTES.len());
    }
}

#[test]
fn sarif_is_one_log() {
    for show_values in [false, true] {
        let log: Value = serde_json::from_slice(&changed(Format::Sarif, show_values)).unwrap();
        assert!(log["runs"][0]["results"].as_array().unwrap().len() > PAYLOAD.len());
    }
}

#[test]
fn github_sees_no_more_commands_than_there_are() {
    for show_values in [false, true] {
        let told = String::from_utf8(changed(Format::Github, show_values)).unwrap();
        assert!(!told.contains(|char: char| char.is_control() && char != '\n'));
        let commands = told.lines().filter(|line| line.trim().starts_with("::")).count();
        assert_eq!(commands, 10 + 10 + 2, "ten a level, and around a group");
        assert!(!told.contains("##["));
    }
}

#[test]
fn junit_is_well_formed() {
    for show_values in [false, true] {
        let told = String::from_utf8(changed(Format::Junit, show_values)).unwrap();
        let is_legal = |char: char| !char.is_control() || char == '\n';
        assert!(
            told.chars().all(|char| is_legal(char) && !('\u{fffe}'..='\u{ffff}').contains(&char))
        );
        let mut reader = Reader::from_str(&told);
        let mut cases = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(start) | Event::Empty(start) => {
                    assert!(start.attributes().all(|attribute| attribute.is_ok()));
                    cases += usize::from(start.name().as_ref() == "testcase");
                }
                _ => {}
            }
        }
        assert_eq!(cases, PAYLOAD.len() * BYTES.len() + NAMES.len());
    }
}
