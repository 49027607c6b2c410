//! Deliveries of every kind, and the answers that they get.

use std::time::Duration;

use offhook::{daily, dialstack, voiceblender};
use offhook_runtime::{Example, Payload};
use offhook_validator::{SchemaError, Validator};
use serde_json::{Value, json};

use super::diagnosis::{DIAGNOSIS_INTERVAL, MAX_DIAGNOSED_SIZE};
use super::{Delivery, Receiver, ReceiverError, Rejection, UnknownEvents};
use crate::signature::{Mistake, Scheme, SecretError, SignatureError, Signer, Verifier};

const AT: u64 = 1_705_312_530;
const SECRET: &str = "c2VjcmV0";
const PARKED: &str = r#"{"id":"evt_01","type":"call.parked","created_at":"2026-01-15T14:35:30Z","account_id":"acct_01","data":{"slot":7}}"#;

type Headers = Vec<(&'static str, String)>;

fn verifier(scheme: Scheme) -> Verifier {
    Verifier::new(scheme, [SECRET]).unwrap().with_clock(|| AT.cast_signed())
}

fn receiver<E: Payload>(schema: &str, signs: Scheme) -> Receiver<E> {
    Receiver::with(Validator::new(schema).unwrap(), verifier(signs))
}

fn dialstack() -> Receiver<dialstack::Event> {
    receiver(dialstack::SCHEMA, Scheme::DialStack)
}

fn signed(scheme: Scheme, body: &str) -> Headers {
    Signer::new(scheme, SECRET).unwrap().sign("msg_01", AT, body.as_bytes()).unwrap()
}

/// What comes of a body that is signed as it should be.
fn outcome(
    receiver: &Receiver<dialstack::Event>,
    body: &str,
) -> Result<Delivery<dialstack::Event>, Rejection> {
    receiver.receive(signed(Scheme::DialStack, body), body.as_bytes())
}

/// A payload of `call.end`, with `edit` done to it.
fn call_end(edit: impl FnOnce(&mut Value)) -> String {
    let example = dialstack::EXAMPLES.iter().find(|example| example.event == "call.end").unwrap();
    let mut payload = serde_json::from_str(example.text).unwrap();
    edit(&mut payload);
    payload.to_string()
}

/// Every example is received, with the id that the vendor's document has, or else the body's hash.
#[test]
fn examples_of_all_vendors_are_received() {
    fn check<E: Payload>(
        schema: &str,
        signs: Scheme,
        examples: &[Example],
        id: impl Fn(&E, &Delivery<()>) -> bool,
    ) {
        let receiver = receiver::<E>(schema, signs).strict();
        for example in examples {
            let headers = signed(signs, example.text);
            let Delivery { event, report, id: got, account, genuine } =
                receiver.receive(headers, example.text.as_bytes()).unwrap();
            assert!(report.is_valid());
            assert_eq!(account, None);
            assert_eq!(genuine.signed_at(), (signs != Scheme::VoiceBlender).then_some(AT));
            let rest = Delivery { event: (), report, id: got, account, genuine };
            assert!(id(&event, &rest), "{}: {}", example.name, rest.id());
        }
    }
    check::<daily::Event>(daily::SCHEMA, Scheme::Daily, daily::EXAMPLES, |event, delivery| {
        event.id() == delivery.id()
    });
    check::<dialstack::Event>(
        dialstack::SCHEMA,
        Scheme::DialStack,
        dialstack::EXAMPLES,
        |event, delivery| event.id() == delivery.id(),
    );
    check::<voiceblender::Event>(
        voiceblender::SCHEMA,
        Scheme::VoiceBlender,
        voiceblender::EXAMPLES,
        |_, delivery| delivery.id().len() == 64,
    );
}

#[test]
fn an_id_is_of_the_event_and_not_of_the_attempt() {
    let receive = |scheme, body: &str| {
        let receiver = receiver::<voiceblender::Event>(voiceblender::SCHEMA, scheme);
        receiver.receive(signed(scheme, body), body.as_bytes()).unwrap()
    };
    let own = Scheme::VoiceBlender;
    let body = r#"{"leg_id":"leg_1","timestamp":"2026-01-15T14:35:35Z","type":"leg.muted"}"#;
    // Made with `sha256sum`.
    let hash = "d15b630b4f1d69c43ad8cf0263a8c6077972aada6ea8060efe5a532e82fa6660";
    assert_eq!(receive(own, body).id(), hash);
    assert_ne!(receive(own, &format!("{body} ")).id(), hash);
    // Where the scheme has an id, that one counts.
    assert_eq!(receive(Scheme::StandardWebhooks, body).id(), "msg_01");
    // As it reads, not as it is written.
    let escaped = call_end(|_| {}).replace("\"evt_", "\"\\u0065vt_");
    let delivery = outcome(&dialstack(), &escaped).unwrap();
    assert!(delivery.id().starts_with("evt_"), "{}", delivery.id());
    assert_eq!(delivery.id(), delivery.event().id());
}

#[test]
fn a_blank_id_is_none_and_a_long_one_is_hashed() {
    let id_of = |id: Value| {
        let body = call_end(|payload| payload["id"] = id);
        let hash = crate::hex::encode(&<sha2::Sha256 as sha2::Digest>::digest(body.as_bytes()));
        (outcome(&dialstack(), &body).unwrap().id().to_owned(), hash)
    };
    for blank in ["", " ", "\t\n", "\u{3000}"] {
        let (id, hash) = id_of(json!(blank));
        assert_eq!(id, hash, "{blank:?}");
    }
    for kept in ["x".to_owned(), " x ".to_owned(), "x".repeat(256)] {
        assert_eq!(id_of(json!(kept)).0, kept);
    }
    // The same on every attempt, whatever else the body has.
    let (id, hash) = id_of(json!("x".repeat(257)));
    assert_ne!(id, hash);
    // Made with `sha256sum`.
    assert_eq!(id, "15eb95a462ee20bd91a415ae2d4aed341288186ddaa2b37908f7d592f0c3f85f");
    // As a header, too.
    let receiver = receiver::<dialstack::Event>(dialstack::SCHEMA, Scheme::StandardWebhooks);
    let signer = Signer::new(Scheme::StandardWebhooks, SECRET).unwrap();
    let body = call_end(|_| {});
    for length in [256, 257] {
        let headers = signer.sign(&"x".repeat(length), AT, body.as_bytes()).unwrap();
        let delivery = receiver.receive(headers, body.as_bytes()).unwrap();
        assert_eq!(delivery.id().len(), if length == 256 { 256 } else { 64 });
    }
}

/// Nobody knows who sent it, so what it costs is bounded.
#[test]
fn a_receiver_diagnoses_only_if_asked_and_then_a_little() {
    let mistake = |receiver: &Receiver<dialstack::Event>, size: usize| {
        let body = format!("{}\n", " ".repeat(size - 1));
        let signed = signed(Scheme::DialStack, body.trim_end_matches('\n'));
        match receiver.receive(signed, body.as_bytes()) {
            Err(Rejection::Unsigned(SignatureError::NoMatch { mistake })) => mistake,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(mistake(&dialstack(), 10), None);
    let wanted = Some(Mistake::NewlineAdded);
    assert_eq!(mistake(&dialstack().diagnose(), MAX_DIAGNOSED_SIZE), wanted);
    assert_eq!(mistake(&dialstack().diagnose(), MAX_DIAGNOSED_SIZE + 1), None);
    let receiver = dialstack().diagnose();
    assert_eq!(mistake(&receiver, 10), wanted);
    // The clones of a receiver share its limit. A slow machine may take longer than that is for.
    let start = std::time::Instant::now();
    let found = (0..100).filter(|_| mistake(&receiver.clone(), 10).is_some()).count();
    let most = start.elapsed().as_millis() / DIAGNOSIS_INTERVAL.as_millis() + 2;
    assert!(found as u128 <= most, "{found} of {most}");
}

#[test]
fn an_account_is_known_by_one_header() {
    let body = call_end(|_| {});
    let with = |values: &[&[u8]]| {
        let signed = signed(Scheme::DialStack, &body);
        let headers = signed.iter().map(|(name, value)| (*name, value.as_bytes()));
        let more = values.iter().map(|value| ("x-dialstack-ACCOUNT-id", *value));
        dialstack().receive(headers.chain(more), body.as_bytes()).unwrap()
    };
    assert_eq!(with(&[b"acct_01"]).account(), Some("acct_01"));
    assert_eq!(with(&[]).account(), None);
    assert_eq!(with(&[b"acct_01", b"acct_02"]).account(), None);
    assert_eq!(with(&[b"\xff"]).account(), None);
}

#[test]
fn every_outcome_has_its_status_and_body() {
    let incomplete = || Err(Rejection::Incomplete("connection reset".into()));
    let wrong_type = call_end(|payload| payload["data"]["duration_seconds"] = json!("325"));
    let new_value = call_end(|payload| payload["data"]["status"] = json!("parked"));
    let undocumented = call_end(|payload| payload["data"]["codec"] = json!("opus"));
    let broken_envelope = PARKED.replace("acct_01\"", "acct_01\",\"id\":5");
    let plain = dialstack;
    let acknowledging = || plain().unknown_events(UnknownEvents::Acknowledge);
    let handing_over = || plain().unknown_events(UnknownEvents::HandOver);
    let large = " ".repeat(super::DEFAULT_MAX_SIZE + 1);
    let unsigned = |headers: Headers| dialstack().diagnose().receive(headers, PARKED.as_bytes());
    let stale = Signer::new(Scheme::DialStack, SECRET).unwrap();
    let stale = stale.sign("", AT - 301, PARKED.as_bytes()).unwrap();
    let rows = [
        (incomplete(), 400, r#"{"error":"incomplete"}"#, "want a whole body: connection reset"),
        (
            outcome(&plain(), &large),
            413,
            r#"{"error":"too_large","limit":1048576}"#,
            "expected a body of at most 1048576 bytes, found more",
        ),
        (
            unsigned(Vec::new()),
            401,
            r#"{"error":"unsigned"}"#,
            "expected the header X-DialStack-Signature, found none",
        ),
        (
            unsigned(stale),
            401,
            r#"{"error":"unsigned"}"#,
            "expected a signature at most 300 s old, found one of 301 s ago",
        ),
        (
            unsigned(signed(Scheme::DialStack, &format!("{PARKED}\n"))),
            401,
            r#"{"error":"unsigned"}"#,
            "no signature matches the body with any secret: with a line break at the end of the body one would",
        ),
        (
            outcome(&plain(), "{"),
            422,
            r#"{"error":"invalid","vendor":"dialstack","event":null,"violations":[{"code":"json","#,
            "1:2 expected a member's name in double quotes, or `}`, found the end of the text [json]",
        ),
        (
            outcome(&plain(), &wrong_type),
            422,
            r#"{"error":"invalid","vendor":"dialstack","event":"call.end","violations":[{"code":"type","pointer":"/data/duration_seconds","#,
            "/data/duration_seconds: expected a number, found a string [type]",
        ),
        (outcome(&plain(), &new_value), 0, "", ""),
        (
            outcome(&plain().strict(), &new_value),
            422,
            r#"{"error":"invalid","vendor":"dialstack","event":"call.end","violations":[{"code":"enum","pointer":"/data/status","#,
            "found another string [enum]",
        ),
        (outcome(&plain().strict(), &undocumented), 0, "", ""),
        (
            outcome(&plain(), PARKED),
            422,
            r#"{"error":"unknown_event","vendor":"dialstack","event":null,"violations":[{"code":"unknown_event","pointer":"/type","#,
            "expected one of the 21 events that dialstack documents, found another name [unknown_event]",
        ),
        (
            outcome(&acknowledging(), PARKED),
            200,
            r#"{"ignored":"unknown_event"}"#,
            "found another name [unknown_event], acknowledged",
        ),
        (outcome(&handing_over(), PARKED), 0, "", ""),
        (outcome(&handing_over().strict(), PARKED), 0, "", ""),
        (
            outcome(&acknowledging(), &broken_envelope),
            422,
            r#"{"error":"invalid","vendor":"dialstack","event":null,"violations":[{"code":"unknown_event""#,
            "and 1 more",
        ),
    ];
    for (row, (outcome, status, body, log)) in rows.into_iter().enumerate() {
        match outcome {
            Ok(_) => assert_eq!(status, 0, "row {row}: expected a rejection, found a delivery"),
            Err(rejection) => {
                assert_eq!(rejection.status(), status, "row {row}: {rejection}");
                assert!(rejection.body().starts_with(body), "row {row}: {}", rejection.body());
                assert!(rejection.to_string().ends_with(log), "row {row}: {rejection}");
                assert!(!rejection.to_string().contains('\n'), "row {row}");
                serde_json::from_str::<Value>(&rejection.body()).unwrap();
            }
        }
    }
}

#[test]
fn what_is_handed_over_comes_with_what_deviates() {
    let body = call_end(|payload| payload["data"]["status"] = json!("parked"));
    let delivery = outcome(&dialstack(), &body).unwrap();
    assert_eq!(delivery.report().violations()[0].pointer, "/data/status");
    assert_eq!(delivery.attempted_at(), Some(AT));
    assert_eq!(delivery.genuine().secret(), 0);
    assert_eq!(delivery.into_event().name(), "call.end");
    let unknown = dialstack().unknown_events(UnknownEvents::HandOver);
    let delivery = outcome(&unknown, PARKED).unwrap();
    assert_eq!((delivery.id(), delivery.event().name()), ("evt_01", "call.parked"));
}

#[test]
fn no_answer_shows_a_value() {
    let secret = "+14155551234";
    let body = call_end(|payload| payload["data"]["duration_seconds"] = json!(secret));
    let rejection = outcome(&dialstack(), &body).unwrap_err();
    let all = format!("{rejection} {rejection:?} {}", rejection.body());
    assert!(!all.contains(secret), "{all}");
    let many = call_end(|payload| {
        let faults = (0..150).map(|index| (format!("a{index}"), json!(1)));
        payload["data"] = Value::Object(faults.collect());
    });
    let strict = Receiver::with(
        Validator::new(dialstack::SCHEMA).unwrap().strict(),
        verifier(Scheme::DialStack),
    );
    let answer: Value = serde_json::from_str(&outcome(&strict, &many).unwrap_err().body()).unwrap();
    assert_eq!(answer["violations"].as_array().unwrap().len(), 100);
    assert!(answer["omitted"].as_u64().unwrap() >= 50, "{}", answer["omitted"]);
}

/// What nobody signed is not parsed: a forged body gets the same answer whatever it holds.
#[test]
fn size_comes_before_signature_and_signature_before_content() {
    let receiver = dialstack().max_size(10);
    assert_eq!(receiver.size_limit(), 10);
    let forged = |body: &[u8]| {
        receiver.receive([("x-dialstack-signature", "t=1")], body).unwrap_err().status()
    };
    assert_eq!(forged(&[b'{'; 11]), 413);
    assert_eq!(forged(&[b'{'; 10]), 401);
    assert_eq!(forged(b"\xff"), 401);
    assert_eq!(outcome(&receiver, "{").unwrap_err().status(), 422);
    // A limit of the validator's holds as well, and with the same answer.
    let small = Validator::new(dialstack::SCHEMA).unwrap().max_size(5);
    let small = Receiver::with(small, verifier(Scheme::DialStack)).max_size(10);
    assert_eq!(outcome(&small, "{     ").unwrap_err().status(), 413);
}

#[test]
fn a_receiver_of_one_event_refuses_the_others() {
    let own = receiver::<voiceblender::LegMuted>(voiceblender::SCHEMA, Scheme::VoiceBlender);
    let status = |body: &str| {
        own.receive(signed(Scheme::VoiceBlender, body), body.as_bytes())
            .map_err(|rejection| rejection.status())
            .map(|delivery| delivery.into_event().leg_id)
    };
    let body = r#"{"leg_id":"leg_1","timestamp":"2026-01-15T14:35:35Z","type":"leg.muted"}"#;
    assert_eq!(status(body), Ok(Some("leg_1".to_owned())));
    assert_eq!(status(&body.replace("muted", "unmuted")), Err(422));
    assert_eq!(status(&body.replace("muted", "parked")), Err(422));
}

#[test]
fn what_makes_no_receiver_is_said() {
    let error = |schema: &str, secrets: &[&str]| {
        Receiver::<dialstack::Event>::new(schema, secrets).unwrap_err()
    };
    assert!(matches!(error("[]", &[SECRET]), ReceiverError::Schema(SchemaError { .. })));
    let unsigned = dialstack::SCHEMA.replace("\"signature\":\"dialstack\"", "\"signature\":null");
    assert_eq!(
        error(&unsigned, &[SECRET]).to_string(),
        "expected a vendor that signs its deliveries, found dialstack, of which no scheme is known",
    );
    assert!(matches!(error(dialstack::SCHEMA, &[]), ReceiverError::Secret(SecretError::None)));
    assert!(matches!(error(dialstack::SCHEMA, &[" "]), ReceiverError::Secret(SecretError::Blank)));
}

#[test]
#[should_panic(expected = "want a type of the validator's own SCHEMA")]
fn a_receiver_of_another_vendors_events_is_refused_when_it_is_made() {
    let _ = Receiver::<daily::Event>::new(dialstack::SCHEMA, [SECRET]);
}

#[test]
fn receivers_are_shared_and_show_no_secret() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Receiver<dialstack::Event>>();
    let tolerant = Verifier::new(Scheme::DialStack, ["ds_secret"]).unwrap();
    let tolerant = tolerant.with_tolerance(Duration::ZERO);
    let validator = Validator::new(dialstack::SCHEMA).unwrap();
    let shown = format!("{:?}", Receiver::<dialstack::Event>::with(validator, tolerant).clone());
    assert!(shown.contains("dialstack") && !shown.contains("ds_secret"), "{shown}");
}
