//! `cargo xtask new`: what it writes passes `gen`, whatever the vendor's manifest asks for.

use crate::folder::{Folder, report};
use serde_json::{Value, json};

/// A manifest, an envelope or null, and the properties and required members of a new event.
struct Case {
    name: &'static str,
    discriminator: Value,
    envelope: Value,
    properties: Value,
    required: Value,
}

fn described() -> Value {
    json!({ "description": "A text.", "type": "string", "x-source": "prose" })
}

/// The property that names the new event.
fn naming(source: &str) -> Value {
    json!({
        "description": "Wire name of the event: always `call.parked`.",
        "type": "string",
        "const": "call.parked",
        "x-source": source,
    })
}

/// A reference into the envelope.
fn reference(pointer: &str) -> Value {
    json!({ "$ref": format!("shared/envelope.json#{pointer}") })
}

fn flat() -> Vec<Case> {
    vec![
        Case {
            name: "no envelope",
            discriminator: json!("/type"),
            envelope: json!(null),
            properties: json!({ "type": naming("table") }),
            required: json!(["type"]),
        },
        Case {
            name: "an envelope in the document's order, with a place for the event's own",
            discriminator: json!("/type"),
            envelope: json!({
                "properties": {
                    "id": described(),
                    "type": described(),
                    "data": { "description": "D.", "type": "object", "x-source": "example" },
                    "at": described(),
                },
                "required": ["id", "data"],
            }),
            properties: json!({
                "id": reference("/properties/id"),
                "type": naming("prose"),
                "data": {
                    "description": "TODO: what happened; its members are to be listed.",
                    "type": "object",
                    "additionalProperties": true,
                    "x-source": "example",
                    "x-sensitive": true,
                },
                "at": reference("/properties/at"),
            }),
            required: json!(["id", "type", "data"]),
        },
        Case {
            name: "no discriminator",
            discriminator: json!(null),
            envelope: json!({
                "properties": { "id": described(), "a/b": described() },
                "required": ["id"],
            }),
            properties: json!({
                "id": reference("/properties/id"),
                "a/b": reference("/properties/a~1b"),
            }),
            required: json!(["id"]),
        },
        Case {
            name: "neither discriminator nor envelope",
            discriminator: json!(null),
            envelope: json!(null),
            properties: json!({
                "todo": {
                    "description": "TODO: the member that belongs here in the place of this one.",
                    "type": "string",
                    "x-source": "table",
                },
            }),
            required: json!(null),
        },
    ]
}

fn nested() -> Vec<Case> {
    vec![
        Case {
            name: "a nested discriminator",
            discriminator: json!("/meta/event_name"),
            envelope: json!({
                "properties": {
                    "id": described(),
                    "meta": {
                        "description": "About the delivery.",
                        "type": "object",
                        "properties": {
                            "attempt": described(),
                            "event_name": described(),
                            "sent": described(),
                        },
                        "required": ["event_name", "sent"],
                        "x-source": "prose",
                    },
                },
                "required": ["meta"],
            }),
            properties: json!({
                "id": reference("/properties/id"),
                "meta": {
                    "description": "About the delivery.",
                    "type": "object",
                    "properties": {
                        "attempt": reference("/properties/meta/properties/attempt"),
                        "event_name": naming("prose"),
                        "sent": reference("/properties/meta/properties/sent"),
                    },
                    "required": ["event_name", "sent"],
                    "x-source": "prose",
                },
            }),
            required: json!(["meta"]),
        },
        Case {
            name: "a nested discriminator without an envelope",
            discriminator: json!("/a~1b/event"),
            envelope: json!(null),
            properties: json!({
                "a/b": {
                    "description": "TODO: what this object holds.",
                    "type": "object",
                    "properties": { "event": naming("table") },
                    "required": ["event"],
                    "x-source": "table",
                },
            }),
            required: json!(["a/b"]),
        },
    ]
}

#[test]
fn a_new_event_follows_the_manifest_and_passes_gen() {
    let mut faults = Vec::new();
    for Case { name, discriminator, envelope, properties, required } in
        flat().into_iter().chain(nested())
    {
        let path = if envelope.is_null() { Value::Null } else { json!("shared/envelope.json") };
        let manifest = json!({
            "title": "Acme",
            "document": { "name": "Acme webhooks", "read": "2026-01-02" },
            "discriminator": discriminator,
            "envelope": path,
        });
        let folder = Folder::with(&[("in/acme/vendor.json", &manifest.to_string())]);
        if let Value::Object(mut members) = envelope {
            members.insert("type".to_owned(), "object".into());
            folder.put("in/acme/shared/envelope.json", &Value::from(members).to_string());
        }
        let outcome = folder.xtask("new acme call.parked --schemas in");
        if outcome.code != Some(0) {
            faults.push(format!("{name}: {}", outcome.stderr));
            continue;
        }
        let text = folder.get("in/acme/call.parked.json").expect("the schema was written");
        let schema: Value = serde_json::from_str(&text).expect("it is JSON");
        // As text, since the order matters.
        for (got, want) in [(&schema["properties"], properties), (&schema["required"], required)] {
            let (got, want) = (got.to_string(), want.to_string());
            if got != want {
                faults.push(format!("{name}: want {want}, got {got}"));
            }
        }
        let generated = folder.xtask("gen --schemas in --out out");
        if generated.code != Some(0) {
            faults.push(format!("{name}: {}", generated.stderr));
        }
        let tidied = folder.xtask("tidy --schemas in");
        if !tidied.stdout.contains("call.parked.json#/title: want a finished text") {
            faults.push(format!("{name}: want `tidy` to miss a title, got {}", tidied.stdout));
        }
    }
    report(&faults);
}

#[test]
fn a_new_vendor_gets_a_manifest_and_is_laid_out_like_the_others() {
    let today = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let folder = Folder::with(&[]);
    let before = today();
    let outcome = folder.xtask("new blue_sky call.parked --schemas in");
    let after = today();
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let want = "\
in/blue_sky/vendor.json
in/blue_sky/call.parked.json
next: replace every TODO, and write the event's members as schemas/README.md says
      put the document's example at in/blue_sky/examples/call.parked.json
      run `cargo xtask gen --schemas in --out DIR`, and `cargo xtask tidy --schemas in` for what is missing
";
    assert_eq!(outcome.stdout, want);
    let manifest = |today: &str| {
        format!(
            r#"{{
  "title": "Blue sky",
  "document": {{ "name": "TODO: the document's name", "read": "{today}" }},
  "discriminator": "/type",
  "id": null,
  "envelope": null,
  "order": "document",
  "signature": null
}}
"#
        )
    };
    let got = folder.get("in/blue_sky/vendor.json").expect("the manifest was written");
    assert!([manifest(&before), manifest(&after)].contains(&got), "{got}");
    let want = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "TODO: call parked",
  "description": "TODO: what happened, and when the vendor says so.",
  "type": "object",
  "properties": {
    "type": {
      "description": "Wire name of the event: always `call.parked`.",
      "type": "string",
      "const": "call.parked",
      "x-source": "table"
    }
  },
  "required": ["type"]
}
"#;
    assert_eq!(folder.get("in/blue_sky/call.parked.json").as_deref(), Some(want));
}

#[test]
fn what_cannot_be_a_file_or_would_replace_one_is_refused() {
    let event = r#"{ "type": "object", "properties": { "type": { "type": "string", "const": "ping" } }, "required": ["type"] }"#;
    let manifest = |envelope: &str| {
        format!(
            r#"{{ "title": "Acme", "document": {{ "name": "A", "read": "2026-01-02" }}, "discriminator": "/type", "envelope": {envelope} }}"#
        )
    };
    let folder = Folder::with(&[
        ("in/acme/vendor.json", &manifest("null")),
        ("in/acme/ping.json", event),
        ("in/acme/below/pong.json", &event.replace("ping", "pong")),
    ]);
    let name = "want a name of letters, digits, ";
    let table = [
        ("new acme a/b", name),
        ("new acme a\\b", name),
        ("new acme ''", name),
        ("new acme .a", name),
        ("new acme ..", name),
        ("new acme 'ä'", name),
        ("new ../acme a", name),
        ("new '' a", name),
        ("new acme vendor", "want a name that vendor.json"),
        ("new acme ping", "want a new event, got one that has a schema: in/acme/ping.json"),
        // What only `gen` can tell.
        ("new acme pong", "want one schema for \"pong\""),
    ];
    let before = folder.listing();
    let mut faults = Vec::new();
    for (arguments, want) in table {
        let outcome = folder.xtask(&format!("{arguments} --schemas in"));
        if outcome.code != Some(2) || !outcome.stderr.contains(want) {
            faults.push(format!("{arguments}: want {want}, got {outcome:?}"));
        }
        if folder.listing() != before {
            faults.push(format!("{arguments}: want no trace, got {:?}", folder.listing()));
        }
    }
    assert_eq!(folder.get("in/acme/ping.json").as_deref(), Some(event));
    folder.put("in/acme/vendor.json", &manifest("\"shared/none.json\""));
    let outcome = folder.xtask("new acme a --schemas in");
    if outcome.code != Some(2) || !outcome.stderr.contains("in/acme/shared/none.json: ") {
        faults.push(format!("an envelope that is missing: {outcome:?}"));
    }
    report(&faults);
}
