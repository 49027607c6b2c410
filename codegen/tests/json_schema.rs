//! The JSON Schemas of generated types: how references are resolved, and that they mean the same.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

const MANIFEST: &str = r#"{
    "title": "Acme", "document": { "name": "Acme", "read": "2026-01-01" }, "discriminator": null
}"#;

const CALL: &str = r##"{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "from": { "$ref": "#/$defs/party", "description": "Who calls." },
        "tree": { "$ref": "shared/trees.json#/$defs/tree" },
        "$ref": { "$ref": "#/$defs/50%25", "maximum": 5 },
        "properties": { "enum": [{ "$ref": "#/nowhere", "$schema": "x" }], "default": { "$ref": "#" } },
        "closed": { "$ref": "#/$defs/closed", "properties": { "b": true }, "allOf": [{ "minProperties": 1 }] },
        "size": { "$ref": "#/$defs/size" }
    },
    "additionalProperties": false,
    "$defs": {
        "closed": { "properties": { "a": true }, "additionalProperties": false },
        "party": {
            "title": "Party", "description": "A party.", "type": "object",
            "properties": { "of": { "$ref": "#" }, "home": { "type": "object", "properties": { "city": {} } } }
        },
        "size": { "type": "number", "not": { "anyOf": [SIZES] } },
        "50%": { "title": "Half", "type": "number", "minimum": 1 }
    }
}"##;

const TREES: &str = r##"{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {
        "tree": { "type": "array", "items": { "$ref": "#/$defs/branch" } },
        "branch": { "anyOf": [{ "$ref": "#/$defs/tree" }, { "type": "string" }] }
    }
}"##;

/// The generated entries.
fn entries() -> Map<String, Value> {
    let sizes: Vec<_> = (0..99).map(|size| format!("{{\"const\":{size}}}")).collect();
    let call = CALL.replace("SIZES", &sizes.join(","));
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (path, text) in
        [("vendor.json", MANIFEST), ("call.json", &*call), ("shared/trees.json", TREES)]
    {
        let path = folder.path().join("acme").join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    let vendors = offhook_codegen::generate(folder.path()).expect("types can be made");
    let mut files = vendors.iter().flat_map(|vendor| &vendor.files);
    let file = files.find(|file| file.path == "acme/json_schemas.json").expect("a file of schemas");
    let mut file: Value = serde_json::from_str(&file.text).expect("JSON");
    file["schemas"].as_object_mut().map(std::mem::take).expect("entries")
}

/// One schema of all entries: the one for `ty`, which refers to the others as definitions.
fn root(mut entries: Map<String, Value>, ty: &str) -> Value {
    for entry in entries.values_mut() {
        let references = entry["references"].as_array().cloned().unwrap_or_default();
        let schema = &mut entry["schema"];
        for reference in &references {
            let name = schema.pointer_mut(reference.as_str().expect("a pointer"));
            let name = name.expect("a reference");
            *name = format!("#/$defs/{}", name.as_str().expect("a name")).into();
        }
        *entry = schema.take();
    }
    json!({ "$ref": format!("#/$defs/{ty}"), "$defs": entries })
}

#[test]
fn references_lead_to_types_or_are_replaced_by_what_they_mean() {
    let entries = entries();
    let names: Vec<_> = entries.keys().collect();
    let types = ["Branch", "Call", "CallClosed", "CallClosedObject"];
    // `CallSize` is no type.
    assert_eq!(names, [&types[..], &["CallSize", "Party", "PartyHome", "Tree"]].concat());
    let call = &entries["Call"];
    assert_eq!(
        call["schema"]["properties"],
        json!({
            "from": { "$ref": "Party", "description": "Who calls." },
            "tree": { "$ref": "Tree" },
            // Assertions beside a reference hold as well as the target's.
            "$ref": { "maximum": 5, "allOf": [{ "title": "Half", "type": "number", "minimum": 1 }] },
            // What is in a value is no reference.
            "properties": { "enum": [{ "$ref": "#/nowhere", "$schema": "x" }], "default": { "$ref": "#" } },
            "closed": { "$ref": "CallClosed" },
            // It is too large.
            "size": { "$ref": "CallSize" },
        })
    );
    let pointers =
        ["closed", "from", "size", "tree"].map(|name| format!("/properties/{name}/$ref"));
    assert_eq!(call["references"], json!(pointers));
    // A schema inside another has an entry of its own if it has a type.
    assert_eq!(entries["Party"]["schema"]["properties"]["home"], json!({ "$ref": "PartyHome" }));
    assert_eq!(
        entries["CallClosed"]["schema"],
        json!({ "properties": { "b": true }, "allOf": [
            { "minProperties": 1 },
            { "properties": { "a": true }, "additionalProperties": false },
        ] })
    );
}

#[test]
fn they_mean_what_the_schemas_mean() {
    let schema = root(entries(), "Call");
    let compiled = jsonschema::draft202012::new(&schema).expect("a schema compiles");
    for (payload, valid) in [
        (r#"{ "tree": [["a", []], "b"] }"#, true),
        (r#"{ "tree": [["a", [[5]]], "b"] }"#, false),
        (r#"{ "from": { "of": { "tree": [] } } }"#, true),
        (r#"{ "from": { "of": { "tree": [1] } } }"#, false),
        (r#"{ "$ref": 3 }"#, true),
        (r#"{ "$ref": 6 }"#, false),
        (r#"{ "$ref": 0 }"#, false),
        (r#"{ "closed": { "a": 1 } }"#, true),
        (r#"{ "closed": { "b": 1 } }"#, false),
        (r#"{ "closed": {} }"#, false),
        (r##"{ "properties": { "$ref": "#/nowhere", "$schema": "x" } }"##, true),
        (r#"{ "properties": {} }"#, false),
        (r#"{ "size": 98.5 }"#, true),
        (r#"{ "size": 98 }"#, false),
        (r#"{ "other": 1 }"#, false),
    ] {
        let instance: Value = serde_json::from_str(payload).expect(payload);
        assert_eq!(compiled.is_valid(&instance), valid, "{payload}");
    }
}
