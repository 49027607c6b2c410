//! Events that share the schema of the member that names them: each is decoded as itself, and as
//! nothing else, exactly where the validator finds nothing.

use offhook_conformance::{PayloadType, setting, survey, tell};
use offhook_validator::{Report, Validator};
use serde_json::{Value, json};

/// What codegen makes of every way to share it, and tables of these.
mod generated {
    #![allow(
        dead_code,
        missing_docs,
        unreachable_pub,
        unused_imports,
        clippy::all,
        clippy::pedantic,
        reason = "generated types are for others to use"
    )]

    use super::{PayloadType, Read, Vendor};

    macro_rules! vendor {
        ($module:ident, $pointer:literal, $union:expr) => {
            Vendor {
                name: stringify!($module),
                schema: $module::acme::SCHEMA,
                pointer: $pointer,
                union: $union,
                decode: |validator, text| {
                    let event: $module::acme::Event = validator.decode(text.as_bytes())?;
                    Ok(read(&event, event.name(), event.event_type().is_some()))
                },
                tolerant: |text| {
                    let event: $module::acme::Event = serde_json::from_str(text)?;
                    Ok(read(&event, event.name(), event.event_type().is_some()))
                },
            }
        };
    }

    fn read(event: &impl serde::Serialize, name: &str, documented: bool) -> Read {
        let written = serde_json::to_value(event).unwrap_or_default();
        Read { name: name.to_owned(), documented, written }
    }

    include!(concat!(env!("OUT_DIR"), "/discriminators/mod.rs"));
}

use generated::{PAYLOADS, VENDORS};

/// How many instances of all types there are, unless `OFFHOOK_INSTANCES` says otherwise.
const INSTANCES: usize = 20_000;

/// A vendor whose events share the schema, with its `Event` behind functions.
pub struct Vendor {
    name: &'static str,
    schema: &'static str,
    /// Where the event's name is.
    pointer: &'static str,
    /// Where a union is that tells objects apart, if there is one.
    union: Option<&'static str>,
    decode: fn(&Validator, &str) -> Result<Read, Report>,
    tolerant: fn(&str) -> serde_json::Result<Read>,
}

/// What was read of an event.
pub struct Read {
    name: String,
    documented: bool,
    written: Value,
}

/// A payload called `name` with `members` beside its name.
fn payload(vendor: &Vendor, name: &str, members: &Value) -> Value {
    let mut payload = members.clone();
    match vendor.pointer {
        "/type" => payload["type"] = json!(name),
        _ => payload["meta"] = json!({ "type": name }),
    }
    if let Some(object) = vendor.union.and_then(|at| payload.pointer_mut(at)) {
        object["kind"] = json!("mail");
        object["address"] = json!("a@example.org");
    }
    payload
}

#[test]
fn an_event_is_decoded_as_itself() {
    let valid =
        [json!({}), json!({ "id": "1", "cause": "user.created", "effect": "user.updated" })];
    for vendor in VENDORS {
        let validator = Validator::new(vendor.schema).expect("the schemas are sound");
        for name in ["user.created", "user.updated"] {
            for members in &valid {
                let payload = payload(vendor, name, members);
                let text = payload.to_string();
                let both = [
                    (vendor.decode)(&validator, &text).map_err(|report| report.to_string()),
                    (vendor.tolerant)(&text).map_err(|error| error.to_string()),
                ];
                for read in both {
                    let read = read.unwrap_or_else(|error| panic!("{}: {error}", vendor.name));
                    assert_eq!(read.name, name, "{}", vendor.name);
                    assert!(read.documented, "{}: {text}", vendor.name);
                    assert_eq!(read.written, payload, "{}", vendor.name);
                }
            }
        }
    }
}

#[test]
fn decoding_and_validating_agree() {
    for vendor in VENDORS {
        let validator = Validator::new(vendor.schema).expect("the schemas are sound");
        let created = payload(vendor, "user.created", &json!({}));
        let updated = payload(vendor, "user.updated", &json!({}));
        let members = [
            (json!({ "cause": "user.updated" }), [false, false]),
            (json!({ "effect": "user.created" }), [false, false]),
            (json!({ "cause": null }), [false, false]),
            (json!({ "id": 1 }), [false, false]),
            // Of the event that lacks these members they are undocumented.
            (json!({ "previous": created }), [true, true]),
            (json!({ "previous": updated }), [true, false]),
            (json!({ "history": [created, updated] }), [true, true]),
            (json!({ "history": [{}] }), [true, false]),
        ];
        for (members, expected) in members {
            for (name, expected) in ["user.created", "user.updated"].into_iter().zip(expected) {
                let text = payload(vendor, name, &members).to_string();
                let report = validator.validate(text.as_bytes());
                assert_eq!(report.is_valid(), expected, "{}: {text}: {report}", vendor.name);
                let decoded = (vendor.decode)(&validator, &text);
                assert_eq!(decoded.is_ok(), expected, "{}: {text}", vendor.name);
            }
        }
    }
}

#[test]
fn an_event_of_no_schema_is_unknown() {
    for vendor in VENDORS {
        let payload = payload(vendor, "user.gone", &json!({ "id": "1" }));
        let read = (vendor.tolerant)(&payload.to_string())
            .unwrap_or_else(|error| panic!("{}: {error}", vendor.name));
        assert_eq!((read.name.as_str(), read.documented), ("user.gone", false), "{}", vendor.name);
        assert_eq!(read.written, payload, "{}", vendor.name);
    }
}

#[test]
fn type_validator_and_boon_agree() {
    let instances = setting("OFFHOOK_INSTANCES").unwrap_or(INSTANCES);
    let payloads: Vec<_> = PAYLOADS
        .iter()
        .map(|(owner, payload)| (format!("{owner}/{}", payload.file), payload))
        .collect();
    let figures = survey(&payloads, instances, setting("OFFHOOK_SEED").unwrap_or(1))
        .unwrap_or_else(|error| panic!("{error}"));
    tell(&format!("events that share the schema of their name: {figures}"));
    assert!(figures.disagreements.is_empty(), "\n{}", figures.disagreements.concat());
    assert!(figures.without_valid.is_empty(), "{:?}", figures.without_valid);
}
