//! Text of payloads, schemas and other programs is escaped wherever the library shows it.

use std::fmt::Display;

use offhook::dialstack::{self, CallStatus, EventType};
use offhook::{Timestamp, visible};
use offhook_validator::{Code, Report, Validator};
use serde_json::{Value, json};

/// Commands to terminals and runners, ends of lines, and characters that nobody sees.
const HOSTILE: &str = "\0\u{1b}[31m\u{7}\r\n\t\u{85}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{180b}\u{200b}\
    \u{200d}\u{2028}\u{202e}\u{2060}\u{2066}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{e0001}\u{e0100}\
    \n::error::x##[stop-commands]";

/// Asserts that a text can be shown, and that the hostile text is in it as often as it should be.
fn shows(shown: &impl Display, times: usize) {
    let shown = shown.to_string();
    for line in shown.split('\n') {
        assert_eq!(visible(line), line, "{shown}");
    }
    let marks = shown.matches("\\u0000\\u001b[31m\\u0007\\u000d\\u000a\\u0009\\u0085").count();
    assert_eq!(marks, times, "{shown}");
    assert_eq!(shown.matches("\\udb40\\udd00\\u000a::error::x#\\u0023[stop").count(), times);
}

fn payload(event: &str, data: &Value) -> Vec<u8> {
    let payload = json!({
        "id": HOSTILE,
        "type": event,
        "created_at": HOSTILE,
        "account_id": HOSTILE,
        "data": data,
    });
    payload.to_string().into_bytes()
}

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
        ("a\r\n1:1 /id: want the member \"id\", got an object without it [required]", 1),
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
        assert_eq!(visible(&error), error);
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

#[cfg(feature = "signature")]
#[test]
fn rejections_and_signature_errors() {
    use offhook_validator::receive::{Receiver, ReceiverError, Rejection, Unavailable};
    use offhook_validator::signature::{Scheme, Signer, Verifier};

    let incomplete = Rejection::Incomplete(HOSTILE.into());
    shows(&incomplete, 1);
    shows(&Unavailable::new(HOSTILE), 1);
    shows(&Rejection::Invalid(report()), 0);
    let receiver = Receiver::<dialstack::Event>::new(dialstack::SCHEMA, ["secret"]).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let signer = Signer::new(Scheme::DialStack, "secret").unwrap();
    for event in [HOSTILE, "recording.available"] {
        for data in [json!({}), json!({HOSTILE: 1}), json!({"call_id": {HOSTILE: 1}})] {
            let body = payload(event, &data);
            let headers = signer.sign("", now.as_secs(), &body).unwrap();
            let headers = headers.iter().map(|(name, value)| (*name, value.as_bytes()));
            let rejection = receiver.receive(headers, &body).map(drop).unwrap_err();
            shows(&rejection, 0);
        }
    }
    for scheme in Scheme::ALL {
        let verifier = Verifier::new(*scheme, ["YWJjZA=="]).unwrap();
        for header in [scheme.signature_header(), HOSTILE] {
            shows(&verifier.verify([(header, HOSTILE.as_bytes())], b"x").unwrap_err(), 0);
        }
    }
    let schema = json!({
        "vendor": HOSTILE,
        "schemas": {"call.json": {"type": "object"}},
    });
    let error = Receiver::<dialstack::Event>::new(&schema.to_string(), ["secret"]);
    let error: ReceiverError = error.map(drop).unwrap_err();
    shows(&error, usize::from(matches!(error, ReceiverError::NoScheme { .. })));
}
