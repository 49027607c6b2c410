//! Two documents of one vendor, each with a module of its own.

#[rustfmt::skip]
mod expected {
    pub mod acme;
    pub mod acme_2026_08;
}

use offhook_runtime::Payload;
use offhook_validator::{AnyVendor, Validator};

use self::expected::{acme, acme_2026_08};
use crate::round_trip;

const OLD: &str = r#"{"type":"call.end","seconds":"5"}"#;
const NEW: &str = r#"{"type":"call.end","seconds":5}"#;

#[test]
fn a_vendor_and_a_date_tell_the_documents_apart() {
    assert_eq!((acme::Event::VENDOR, acme::Event::DOCUMENT), ("acme", Some("2026-01")));
    assert_eq!(acme_2026_08::CallHeld::VENDOR, "acme");
    assert_eq!(acme_2026_08::CallHeld::DOCUMENT, Some("2026-08"));
}

#[test]
fn each_has_types_of_its_own() {
    let old: acme::CallEnd = round_trip(OLD);
    assert_eq!(old.seconds, "5");
    let new: acme_2026_08::CallEnd = round_trip(NEW);
    assert_eq!(new.seconds.as_i64(), Some(5));
}

#[test]
fn a_validator_decodes_the_types_of_its_own_document() {
    let old = Validator::new(acme::SCHEMA).unwrap();
    let new = Validator::new(acme_2026_08::SCHEMA).unwrap();
    assert_eq!((new.vendor(), new.document()), ("acme", Some("2026-08")));
    assert!(old.decodes::<acme::Event>() && !old.decodes::<acme_2026_08::Event>());
    assert!(new.decodes::<acme_2026_08::Event>() && !new.decodes::<acme::CallEnd>());
    assert!(old.decode::<acme::Event>(OLD.as_bytes()).is_ok());
    assert!(new.decode::<acme_2026_08::Event>(NEW.as_bytes()).is_ok());
}

#[test]
fn reports_name_the_document_and_its_file() {
    let new = Validator::new(acme_2026_08::SCHEMA).unwrap();
    let report = new.validate(OLD.as_bytes());
    assert_eq!((report.vendor(), report.document()), (Some("acme"), Some("2026-08")));
    let schema = report.violations()[0].schema.as_deref();
    assert_eq!(schema, Some("acme-2026-08/call.end.json#/properties/seconds/type"));
}

#[test]
fn the_newest_document_that_a_payload_meets_is_chosen() {
    let documents = [acme::SCHEMA, acme_2026_08::SCHEMA].map(|it| Validator::new(it).unwrap());
    let any = AnyVendor::new(documents.into());
    let told = |body: &str| {
        let report = any.validate(body.as_bytes());
        let others = report.other_documents().iter();
        let others: Vec<_> = others.map(|other| (other.document.clone(), other.valid)).collect();
        let document = report.document().map(str::to_owned);
        (document.unwrap_or_default(), report.is_valid(), others)
    };
    let of = |date: &str, valid: bool| (date.to_owned(), valid);
    assert_eq!(told(OLD), ("2026-01".into(), true, vec![of("2026-08", false)]));
    assert_eq!(told(NEW), ("2026-08".into(), true, vec![of("2026-01", false)]));
    let neither = r#"{"type":"call.end","seconds":null}"#;
    assert_eq!(told(neither), ("2026-08".into(), false, vec![of("2026-01", false)]));
    // The other document does not have the event.
    assert_eq!(told(r#"{"type":"call.held"}"#), ("2026-08".into(), true, Vec::new()));
    // A payload of several documents is never passed over in silence.
    assert!(any.clean(NEW.as_bytes()).is_none());
    assert!(any.clean(br#"{"type":"call.held"}"#).is_some());
}
