//! Text of payloads, schemas and other programs is escaped wherever the library shows it.

use offhook::dialstack::{self, CallStatus, EventType};
use offhook::{Timestamp, visible};
use offhook_test_support::hostile_text::{HOSTILE, payload, shows};
use offhook_validator::{Code, Report, Validator};
use serde_json::{Value, json};

fn validator() -> Validator {
    Validator::new(dialstack::SCHEMA).unwrap()
}

/// One of a member's name, one of a value.
fn report() -> Report {
    let data = json!({"call_id": "c", "duration_seconds": 1, HOSTILE: {HOSTILE: HOSTILE}});
    validator().strict().validate(&payload("recording.available", &data))
}

#[test]
fn violations_and_reports() {
    let report = report();
    shows(&report, 1);
    let pointer = format!("/data/{HOSTILE}").replace('~', "~0");
    let found = report.violations().iter().find(|found| found.pointer == pointer);
    let found = found.expect("the pointer is raw");
    shows(found, 1);
    shows(&found.message(), 0);
    let written: Value = serde_json::to_value(found).unwrap();
    assert_eq!(written["pointer"], pointer);
    assert_eq!(written["message"], found.message());
}

#[test]
fn what_a_schema_wants() {
    let schema = json!({
        "vendor": "acme",
        "discriminator": "/type",
        "schemas": {"call.json": {
            "type": "object",
            "properties": {
                "type": {"const": "call"},
                "a": {"enum": [HOSTILE, "b"]},
                "b": {"type": "string", "pattern": format!("^{}$", HOSTILE.replace('[', "\\["))},
                "c": {"const": HOSTILE},
                "d": {"type": "string", "format": "date-time"},
            },
            "required": ["type", HOSTILE],
        }},
    });
    let validator = Validator::new(&schema.to_string()).unwrap();
    let report = validator.validate(br#"{"type":"call","a":1,"b":"","c":1,"d":"x"}"#);
    for code in [Code::Required, Code::Enum, Code::Const, Code::Pattern] {
        let found = report.violations().iter().find(|found| found.code == code);
        let shown = found.unwrap_or_else(|| panic!("{code}: {report}")).to_string();
        assert!(shown.contains("\\u202e"), "{shown}");
        assert_eq!(visible(&shown), shown);
    }
    assert_eq!(
        report.violations().iter().filter(|found| found.pointer == format!("/{HOSTILE}")).count(),
        1
    );
}

#[test]
fn a_logged_report_has_a_line_for_each_finding() {
    let table = [
        ("a", 1),
        ("a\nb", 1),
        ("a\r\n1:1 /id: missing required property \"id\" [required]", 1),
        ("\u{2028}\u{85}\u{b}\u{c}", 1),
        (HOSTILE, 1),
    ];
    for (name, findings) in table {
        let data = json!({"call_id": "c", "duration_seconds": 1, name: 1});
        let body = json!({
            "id": "e", "type": "recording.available", "created_at": "2026-01-15T14:35:35Z",
            "account_id": "a", "data": data,
        });
        for validator in [validator(), validator().strict()] {
            let report = validator.validate(body.to_string().as_bytes());
            assert_eq!(report.violations().len() + report.notices().len(), findings);
            let line_breaks = |char: char| matches!(char, '\n'..='\r' | '\u{85}' | '\u{2028}');
            assert_eq!(report.to_string().split(line_breaks).count(), findings, "{report}");
        }
    }
}

#[test]
fn errors_of_schemas_and_codes() {
    let refused = HOSTILE.parse::<Code>().unwrap_err().to_string();
    assert_eq!(visible(&refused), refused);
    assert!(refused.contains("\\u202e"), "{refused}");
    for bad in [
        json!({"pattern": format!("({HOSTILE}")}),
        json!({"$ref": HOSTILE}),
        json!({"type": HOSTILE}),
        json!({HOSTILE: true, "minimum": HOSTILE}),
    ] {
        let schema = json!({
            "vendor": HOSTILE,
            "discriminator": "/type",
            "schemas": {"call.json": bad, format!("{HOSTILE}.json"): bad},
        });
        let error = Validator::new(&schema.to_string()).map(drop).unwrap_err().to_string();
        // A line for each fault.
        for line in error.lines() {
            assert_eq!(visible(line), line);
        }
    }
}

#[test]
fn values_of_types() {
    shows(&CallStatus::from(HOSTILE), 1);
    assert_eq!(CallStatus::from(HOSTILE).as_str(), HOSTILE);
    assert_eq!(
        format!("{:>12}|{:<4}|", CallStatus::Busy, CallStatus::from("\t")),
        "        busy|\\u0009|"
    );
    shows(&Timestamp::from(HOSTILE.to_owned()), 1);
    shows(&HOSTILE.parse::<EventType>().unwrap_err(), 0);
}
