//! Requests as they came over the wire -> genuine, and each other than it came: not.
//!
//! `deliveries/voiceblender` was captured on loopback in November 2026 from VoiceBlender's own
//! sender (`internal/events/webhook.go` of its public repository, at 2463183), built with Go and
//! given example payloads; its secret was `SECRET`. The first attempt was answered with a 500.

use std::fs;
use std::path::Path;

use offhook::voiceblender::{self, Event};
use offhook_receiver::signature::{Mistake, Scheme, SignatureError, Verifier};
use offhook_validator::Validator;

const SECRET: &str = "vb <secret> & é";

type Header = (String, Vec<u8>);

/// The headers and the body of a request.
fn delivery(path: &Path) -> (Vec<Header>, Vec<u8>) {
    let request = fs::read(path).expect("a delivery is readable");
    let mut rest = request.as_slice();
    let mut line = || {
        let end = rest.iter().position(|&byte| byte == b'\n').expect("a line ends");
        let (line, after) = rest.split_at(end + 1);
        rest = after;
        line.trim_ascii_end()
    };
    assert!(line().starts_with(b"POST "));
    let mut headers = Vec::new();
    loop {
        let line = line();
        if line.is_empty() {
            return (headers, rest.to_vec());
        }
        let colon = line.iter().position(|&byte| byte == b':').expect("a header has a colon");
        let name = String::from_utf8(line[..colon].to_vec()).expect("a name is text");
        headers.push((name, line[colon + 1..].trim_ascii_start().to_vec()));
    }
}

fn captured() -> Vec<(Vec<Header>, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deliveries/voiceblender");
    let files = fs::read_dir(folder).expect("the folder is readable");
    let deliveries: Vec<_> = files.map(|file| delivery(&file.unwrap().path())).collect();
    assert!(deliveries.len() >= 6);
    deliveries
}

fn verifier() -> Verifier {
    Verifier::new(Scheme::VoiceBlender, ["another", SECRET]).unwrap()
}

#[test]
fn what_voiceblender_sent_is_genuine_and_decodes() {
    let (verifier, validator) = (verifier(), Validator::new(voiceblender::SCHEMA).unwrap());
    for (headers, body) in captured() {
        assert_eq!(verifier.verify(headers, &body).unwrap().secret(), 1);
        let event: Event = validator.decode(&body).unwrap();
        // Its sender sorts members, escapes as Go does, and we write them as it does but for that.
        assert_eq!(serde_json::to_value(&event).unwrap(), body_as_value(&body));
    }
}

fn body_as_value(body: &[u8]) -> serde_json::Value {
    serde_json::from_slice(body).expect("a delivery is JSON")
}

#[test]
fn a_flipped_bit_of_it_is_refused() {
    let verifier = verifier().without_diagnosis();
    for (headers, body) in captured() {
        for bit in 0..body.len() * 8 {
            let mut flipped = body.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let error = verifier.verify(headers.clone(), &flipped).unwrap_err();
            assert_eq!(error.to_string(), "no signature matches the body with any secret");
        }
    }
}

#[test]
fn written_again_by_other_languages_it_is_recognised() {
    for (headers, body) in captured() {
        let value = body_as_value(&body);
        let javascript = value.to_string();
        let indented = serde_json::to_string_pretty(&value).unwrap();
        for again in [javascript, indented] {
            let outcome = verifier().verify(headers.clone(), again.as_bytes());
            let mistake = Some(Mistake::Reserialized);
            match outcome {
                Ok(_) => assert_eq!(again.as_bytes(), body),
                Err(SignatureError::NoMatch { mistake: found, .. }) => assert_eq!(found, mistake),
                Err(other) => panic!("{other}"),
            }
        }
    }
}
