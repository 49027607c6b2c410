//! Text of deliveries and schemas is escaped wherever a rejection or an error shows it.

use std::time::{SystemTime, UNIX_EPOCH};

use offhook::dialstack;
use offhook_receiver::signature::{Scheme, Signer, Verifier};
use offhook_receiver::{Receiver, ReceiverError, Rejection, Unavailable};
use offhook_test_support::hostile_text::{HOSTILE, payload, shows};
use offhook_validator::{Report, Validator};
use serde_json::json;

/// One of a member's name, one of a value.
fn report() -> Report {
    let data = json!({"call_id": "c", "duration_seconds": 1, HOSTILE: {HOSTILE: HOSTILE}});
    let validator = Validator::new(dialstack::SCHEMA).unwrap().strict();
    validator.validate(&payload("recording.available", &data))
}

#[test]
fn rejections_and_signature_errors() {
    let incomplete = Rejection::Incomplete(HOSTILE.into());
    shows(&incomplete, 1);
    shows(&Unavailable::new(HOSTILE), 1);
    shows(&Rejection::Invalid(report()), 0);
    let receiver = Receiver::<dialstack::Event>::new(dialstack::SCHEMA, ["secret"]).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
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
