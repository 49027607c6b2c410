//! Edits of `vendor.json` and of dialects.

use serde_json::{Value, json};

use super::{Files, diff, event, lines, manifest};

fn told(edits: &Value, back: &Value) -> Vec<String> {
    let files = |edits: &Value| -> Files {
        let mut manifest = manifest();
        for (name, value) in edits.as_object().expect("members") {
            manifest[name] = value.clone();
        }
        let envelope = json!({ "type": "object", "properties": { "n": { "maximum": 5 } } });
        let other = json!({ "type": "object", "properties": { "n": { "maximum": 6 } } });
        vec![
            ("vendor.json".to_owned(), manifest),
            event("a", &json!({ "name": { "type": "string" }, "id": { "type": "string" } })),
            ("shared/envelope.json".to_owned(), envelope),
            ("shared/other.json".to_owned(), other),
        ]
    };
    lines(&diff(&files(edits), &files(back)))
}

#[test]
fn edits_of_the_manifest_are_told() {
    for (old, new, line) in [
        (
            json!({ "signature": "standard-webhooks" }),
            json!({ "signature": "dialstack" }),
            "breaks receivers: *: deliveries have dialstack instead of standard-webhooks",
        ),
        (
            json!({ "id": "/id" }),
            json!({ "id": "/name" }),
            "breaks receivers: *: events are identified at /name instead of /id",
        ),
        (
            json!({}),
            json!({ "id": "/name" }),
            "breaks nobody: *: events are identified at /name instead of nowhere",
        ),
        (
            json!({}),
            json!({ "order": "sorted" }),
            "breaks nobody: *: members are sent by name instead of in the document's order",
        ),
        (
            json!({}),
            json!({ "document": { "name": "Hooks", "read": "2026-01-01" } }),
            "breaks nobody: *: the document is \"Hooks\" instead of \"Webhooks\"",
        ),
        (
            json!({}),
            json!({ "envelope": "shared/envelope.json" }),
            "breaks senders: *: unknown events must meet shared/envelope.json instead of nothing",
        ),
        (
            json!({ "envelope": "shared/envelope.json" }),
            json!({ "envelope": "shared/other.json" }),
            "breaks receivers: *: unknown events must meet shared/other.json instead of shared/envelope.json",
        ),
    ] {
        assert_eq!(told(&old, &new), [line]);
    }
}

#[test]
fn another_discriminator_is_told() {
    let lines = told(&json!({}), &json!({ "discriminator": "/name" }));
    assert_eq!(
        lines[0],
        "breaks receivers and senders: *: events are named at /name instead of /type"
    );
}

#[test]
fn another_dialect_is_told_once() {
    let files = |dialect: &str| -> Files {
        ["a", "b"]
            .map(|name| {
                let (file, mut schema) = event(name, &json!({ "n": { "type": "number" } }));
                schema["$schema"] = dialect.into();
                (file, schema)
            })
            .to_vec()
    };
    let old = files("http://json-schema.org/draft-07/schema#");
    let new = files("https://json-schema.org/draft/2020-12/schema");
    let changes = diff(&old, &new);
    assert_eq!(lines(&changes), ["breaks nobody: *: $schema is draft 2020-12 instead of draft-07"]);
    assert_eq!(changes[0].used_by.len(), 2);
}
