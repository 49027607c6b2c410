//! The files that an event begins with: they pass the generator, whatever the manifest asks for, and
//! nothing is written where something else is.

mod folder;

use folder::Folder;
use offhook_codegen::{
    CommandLine, NewEvent, ScaffoldError, Scaffolded, begin_event, generate, tidy,
};
use offhook_model::json;

/// A manifest's discriminator, an envelope or null, and the properties and required members of a new
/// event, all as JSON texts.
struct Case {
    name: &'static str,
    discriminator: &'static str,
    envelope: &'static str,
    properties: &'static str,
    required: &'static str,
}

const CASES: [Case; 7] = [
    Case {
        name: "no envelope",
        discriminator: r#""/type""#,
        envelope: "null",
        properties: r#"{ "type": NAMING_table }"#,
        required: r#"["type"]"#,
    },
    Case {
        name: "an envelope in the document's order, with a place for the event's own",
        discriminator: r#""/type""#,
        envelope: r#"{
          "properties": {
            "id": DESCRIBED,
            "at": DESCRIBED,
            "type": DESCRIBED,
            "data": { "description": "D.", "type": "object", "x-source": "example" },
            "a": DESCRIBED
          },
          "required": ["id", "data"]
        }"#,
        properties: r#"{
          "id": REFERENCE(id),
          "at": REFERENCE(at),
          "type": NAMING_prose,
          "data": {
            "description": "TODO: what happened; its members are to be listed.",
            "type": "object",
            "additionalProperties": true,
            "x-source": "example",
            "x-sensitive": true
          },
          "a": REFERENCE(a)
        }"#,
        required: r#"["id", "type", "data"]"#,
    },
    Case {
        name: "an envelope without the event's name",
        discriminator: r#""/type""#,
        envelope: r#"{ "properties": { "id": DESCRIBED, "at": DESCRIBED } }"#,
        properties: r#"{ "type": NAMING_table, "id": REFERENCE(id), "at": REFERENCE(at) }"#,
        required: r#"["type"]"#,
    },
    Case {
        name: "no discriminator",
        discriminator: "null",
        envelope: r#"{ "properties": { "id": DESCRIBED, "a/b 50%": DESCRIBED }, "required": ["id"] }"#,
        properties: r#"{ "id": REFERENCE(id), "a/b 50%": REFERENCE(a~1b%2050%25) }"#,
        required: r#"["id"]"#,
    },
    Case {
        name: "neither discriminator nor envelope",
        discriminator: "null",
        envelope: "null",
        properties: r#"{
          "todo": {
            "description": "TODO: the member that belongs here in the place of this one.",
            "type": "string",
            "x-source": "table"
          }
        }"#,
        required: "null",
    },
    Case {
        name: "a nested discriminator",
        discriminator: r#""/meta/event_name""#,
        envelope: r#"{
          "properties": {
            "id": DESCRIBED,
            "meta": {
              "description": "About the delivery.",
              "type": "object",
              "properties": { "attempt": DESCRIBED, "event_name": DESCRIBED, "sent": DESCRIBED },
              "required": ["event_name", "sent"],
              "x-source": "prose"
            }
          },
          "required": ["meta"]
        }"#,
        properties: r#"{
          "id": REFERENCE(id),
          "meta": {
            "description": "About the delivery.",
            "type": "object",
            "properties": {
              "attempt": REFERENCE(meta/properties/attempt),
              "event_name": NAMING_prose,
              "sent": REFERENCE(meta/properties/sent)
            },
            "required": ["event_name", "sent"],
            "x-source": "prose"
          }
        }"#,
        required: r#"["meta"]"#,
    },
    Case {
        name: "a nested discriminator without an envelope",
        discriminator: r#""/a~1b/~0event""#,
        envelope: "null",
        properties: r#"{
          "a/b": {
            "description": "TODO: what this object holds.",
            "type": "object",
            "properties": { "~event": NAMING_table },
            "required": ["~event"],
            "x-source": "table"
          }
        }"#,
        required: r#"["a/b"]"#,
    },
];

/// JSON text from one with abbreviations, without white space between values.
fn compact(text: &str) -> String {
    let naming = r#"{ "description": "Wire name of the event: always `call.parked`.", "type": "string", "const": "call.parked", "x-source": "SOURCE" }"#;
    let described = r#"{ "description": "A text.", "type": "string", "x-source": "prose" }"#;
    let mut text = text
        .replace("NAMING_table", &naming.replace("SOURCE", "table"))
        .replace("NAMING_prose", &naming.replace("SOURCE", "prose"))
        .replace("DESCRIBED", described);
    while let Some((before, rest)) = text.split_once("REFERENCE(") {
        let (member, after) = rest.split_once(')').expect("a closing bracket");
        text =
            format!(r#"{before}{{ "$ref": "shared/envelope.json#/properties/{member}" }}{after}"#);
    }
    json::parse(&text).unwrap_or_else(|faults| panic!("{faults:?} in {text}")).to_string()
}

fn manifest(discriminator: &str, envelope: &str) -> String {
    format!(
        r#"{{
          "title": "Acme",
          "document": {{ "name": "Acme webhooks", "read": "2026-01-02" }},
          "discriminator": {discriminator},
          "envelope": {envelope}
        }}"#
    )
}

fn begin(folder: &Folder, vendor: &str, name: &str) -> Result<Scaffolded, ScaffoldError> {
    begin_event(&NewEvent { schemas: &folder.path("in"), vendor, name, read: "2026-11-21" })
}

/// What [`begin`] refuses with, with paths inside `folder`.
fn refusal(folder: &Folder, vendor: &str, name: &str) -> String {
    let refused = begin(folder, vendor, name).expect_err("it is refused");
    folder.shown(&refused.to_string())
}

#[test]
fn a_new_event_follows_the_manifest_and_passes_the_generator() {
    for Case { name, discriminator, envelope, properties, required } in CASES {
        let has_envelope = envelope != "null";
        let path = if has_envelope { r#""shared/envelope.json""# } else { "null" };
        let folder = Folder::with(&[("in/acme/vendor.json", &manifest(discriminator, path))]);
        if has_envelope {
            let envelope = compact(envelope).replacen('{', r#"{"type":"object","#, 1);
            folder.put("in/acme/shared/envelope.json", &envelope);
        }
        begin(&folder, "acme", "call.parked").unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = folder.get("in/acme/call.parked.json").expect("the schema was written");
        let schema = json::parse(&text).expect("it is JSON");
        // As text, since the order matters.
        assert_eq!(schema["properties"].to_string(), compact(properties), "{name}");
        assert_eq!(schema["required"].to_string(), compact(required), "{name}");
        let members = schema.as_object().expect("it is an object").keys();
        let keywords: Vec<&str> = members.map(String::as_str).collect();
        let order = ["$schema", "title", "description", "type", "properties", "required"];
        assert!(order.starts_with(&keywords), "{name}: {keywords:?}");
        generate(&folder.path("in")).unwrap_or_else(|error| panic!("{name}: {error}"));
        let findings = tidy(&folder.path("in")).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(findings.iter().any(|it| it.pointer == "/title"), "{name}: {findings:?}");
    }
}

#[test]
fn a_new_vendor_gets_a_manifest_and_is_laid_out_like_the_others() {
    let folder = Folder::with(&[]);
    let begun = begin(&folder, "blue_sky", "call.parked").unwrap_or_else(|error| panic!("{error}"));
    let paths = "in/blue_sky/vendor.json\nin/blue_sky/call.parked.json\n";
    assert_eq!(folder.shown(&begun.files()), paths);
    let manifest = r#"{
  "title": "Blue sky",
  "document": { "name": "TODO: the document's name", "read": "2026-11-21" },
  "discriminator": "/type",
  "id": null,
  "envelope": null,
  "order": "document",
  "signature": null
}
"#;
    assert_eq!(folder.get("in/blue_sky/vendor.json").as_deref(), Some(manifest));
    let schema = r#"{
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
    assert_eq!(folder.get("in/blue_sky/call.parked.json").as_deref(), Some(schema));
    let again = begin(&folder, "blue_sky", "call.held").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.manifest, None);
    assert_eq!(folder.shown(&again.files()), "in/blue_sky/call.held.json\n");
}

#[test]
fn the_next_steps_can_be_typed() {
    let folder = Folder::with(&[]);
    let begun = begin(&folder, "acme", "ping").unwrap_or_else(|error| panic!("{error}"));
    let (schemas, out) = (Some("my schemas".as_ref()), Some("DIR".as_ref()));
    let steps = begun.next_steps(&CommandLine { program: "offhook", schemas, out });
    let expected = "\
next: replace every TODO, and write the event's members
      put the document's example at in/acme/examples/ping.json
      run `offhook gen --schemas 'my schemas' --out DIR`, and `offhook tidy --schemas 'my schemas'` for what is missing
";
    assert_eq!(folder.shown(&steps), expected);
}

#[test]
fn what_cannot_be_a_file_or_would_replace_one_is_refused() {
    let event = r#"{ "type": "object", "properties": { "type": { "type": "string", "const": "ping" } }, "required": ["type"] }"#;
    let folder = Folder::with(&[
        ("in/acme/vendor.json", &manifest(r#""/type""#, "null")),
        ("in/acme/ping.json", event),
        ("in/acme/below/pong.json", &event.replace("ping", "pong")),
    ]);
    let before = folder.listing();
    let name = "expected a name of letters, digits, ";
    for (vendor, event, expected) in [
        ("acme", "a/b", name),
        ("acme", "a\\b", name),
        ("acme", "", name),
        ("acme", ".a", name),
        ("acme", "..", name),
        ("acme", "ä", name),
        ("acme", "a\u{1b}[2J\n", name),
        ("../acme", "a", name),
        ("", "a", name),
        ("acme", "vendor", "expected a name other than that of vendor.json"),
        ("acme", "Vendor", "expected a name other than that of vendor.json"),
        ("acme", "ping", "in/acme/ping.json: this event already has a schema"),
        // Only the generator can tell.
        ("acme", "pong", "in/acme/"),
    ] {
        let message = refusal(&folder, vendor, event);
        assert!(message.starts_with(expected), "{vendor:?} {event:?}: {message}");
        assert!(!message.contains('\u{1b}'), "{message:?}");
        assert_eq!(folder.listing(), before, "{vendor:?} {event:?}");
    }
    assert_eq!(folder.get("in/acme/ping.json").as_deref(), Some(event));
}

#[test]
fn a_manifest_or_envelope_that_cannot_be_read_is_named() {
    let folder = Folder::with(&[("in/acme/vendor.json", "{ \"title\": ")]);
    let message = refusal(&folder, "acme", "a");
    assert!(message.starts_with("in/acme/vendor.json#/title: expected a"), "{message}");
    folder.put("in/acme/vendor.json", &manifest("null", r#""shared/none.json""#));
    let message = refusal(&folder, "acme", "a");
    assert!(message.starts_with("in/acme/shared/none.json: "), "{message}");
    assert_eq!(folder.listing(), ["in", "in/acme", "in/acme/vendor.json"]);
}

#[test]
fn a_day_that_is_none_is_refused_and_leaves_no_trace() {
    let folder = Folder::with(&[("in/other/vendor.json", &manifest("null", "null"))]);
    let before = folder.listing();
    let schemas = folder.path("in");
    let event = NewEvent { schemas: &schemas, vendor: "acme", name: "a", read: "today" };
    let error = begin_event(&event).expect_err("it is refused");
    assert!(matches!(error, ScaffoldError::Refused(_)), "{error}");
    assert_eq!(folder.listing(), before);
}

#[test]
fn an_event_begins_again_where_a_killed_run_stopped() {
    for leftover in ["in/acme/vendor.json", "in/acme/ping.json", "in/acme/.offhook-new-a1B2c3.tmp"]
    {
        let folder = Folder::with(&[(leftover, "")]);
        begin(&folder, "acme", "ping").unwrap_or_else(|error| panic!("{leftover}: {error}"));
        let expected = ["in", "in/acme", "in/acme/ping.json", "in/acme/vendor.json"];
        assert_eq!(folder.listing(), expected, "{leftover}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_neither_followed_nor_opened() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let mkfifo = |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    let envelope = r#""shared/envelope.json""#;
    let folder = Folder::with(&[
        ("in/acme/vendor.json", &manifest(r#""/type""#, "null")),
        ("in/piped/vendor.json", &manifest(r#""/type""#, envelope)),
        ("in/piped/shared/other.json", "{}"),
        ("elsewhere/vendor.json", &manifest("null", "null")),
    ]);
    symlink("../elsewhere", folder.path("in/linked")).unwrap();
    symlink("../../elsewhere/pong.json", folder.path("in/acme/pong.json")).unwrap();
    mkfifo(folder.path("in/acme/pipe.json"));
    mkfifo(folder.path("in/piped/shared/envelope.json"));
    let before = folder.listing();
    for (vendor, event, expected) in [
        ("linked", "ping", "in/linked: expected a folder, found a symbolic link"),
        ("acme", "pong", "in/acme/pong.json: expected a file or nothing, found something else"),
        ("acme", "pipe", "in/acme/pipe.json: expected a file or nothing, found something else"),
        ("piped", "ping", "in/piped/shared/envelope.json: expected a file of JSON, found"),
    ] {
        let message = refusal(&folder, vendor, event);
        assert!(message.starts_with(expected), "{message}");
        assert_eq!(folder.listing(), before);
    }
}
