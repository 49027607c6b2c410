//! `JsonSchema` of types that somebody else's schemas make: how references are resolved.

use jsonschema::Validator;
use offhook_runtime::schema::json_schema::transcribed;
use schemars::SchemaGenerator;
use serde_json::{Value, json};

fn compile(schema: &Value) -> Validator {
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(schema).expect("a schema is one by its draft's own schema");
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("a schema compiles")
}

/// Schemas that somebody else wrote, as codegen bundles them.
const ACME: &str = r##"{
    "vendor": "acme", "discriminator": null,
    "types": { "call.json#": "Call", "call.json#/$defs/party": "Party" },
    "schemas": {
        "call.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
                "from": { "$ref": "#/$defs/party", "description": "Who calls." },
                "tree": { "$ref": "shared/tree%20s.json#/$defs/tree" },
                "$ref": { "$ref": "#/definitions/50%25", "maximum": 5 },
                "items": { "$ref": "#/$defs/none" },
                "properties": { "enum": [{ "$ref": "#/nowhere", "$schema": "x" }], "default": { "$ref": "#" } },
                "closed": { "$ref": "#/$defs/closed", "properties": { "b": true }, "allOf": [{ "minProperties": 1 }] }
            },
            "additionalProperties": false,
            "$defs": {
                "none": false,
                "closed": { "properties": { "a": true }, "additionalProperties": false },
                "party": {
                    "title": "Party", "description": "A party.", "type": "object",
                    "properties": { "of": { "$ref": "#" } }
                }
            },
            "definitions": { "50%": { "title": "Half", "type": "number", "minimum": 1 } }
        },
        "shared/tree s.json": { "$defs": {
            "tree": { "type": "array", "items": { "$ref": "#/$defs/branch" } },
            "branch": { "anyOf": [{ "$ref": "#/$defs/tree" }, { "type": "string" }] }
        } }
    }
}"##;

fn acme(place: &str) -> Value {
    let mut generator = SchemaGenerator::default();
    let mut root = transcribed(ACME, &[&[place]], &mut generator).to_value();
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    root["$defs"] = Value::Object(generator.take_definitions(true));
    root
}

#[test]
fn references_lead_to_types_or_are_replaced_by_what_they_mean() {
    let call = acme("call.json#");
    assert_eq!(
        call["properties"],
        json!({
            "from": { "$ref": "#/$defs/AcmeParty", "description": "Who calls." },
            // It leads back to itself, without a type on the way.
            "tree": { "$ref": "#/$defs/AcmeSharedTreeSTree" },
            // Assertions beside a reference hold as well as the target's.
            "$ref": { "maximum": 5, "allOf": [{ "title": "Half", "type": "number", "minimum": 1 }] },
            "items": { "allOf": [false] },
            // What is in a value is no reference.
            "properties": { "enum": [{ "$ref": "#/nowhere", "$schema": "x" }], "default": { "$ref": "#" } },
            "closed": { "properties": { "b": true }, "allOf": [
                { "minProperties": 1 },
                { "properties": { "a": true }, "additionalProperties": false },
            ] },
        })
    );
    let definitions = call["$defs"].as_object().expect("definitions");
    let names: Vec<&str> = definitions.keys().map(String::as_str).collect();
    let branch = "AcmeSharedTreeSBranch";
    assert_eq!(names, ["AcmeCall", "AcmeParty", branch, "AcmeSharedTreeSTree"]);
    assert_eq!(definitions["AcmeParty"]["properties"]["of"]["$ref"], "#/$defs/AcmeCall");
}

#[test]
fn recursion_without_types_ends_and_means_the_same() {
    let compiled = compile(&acme("call.json#"));
    for (payload, valid) in [
        (r#"{ "tree": [["a", []], "b"] }"#, true),
        (r#"{ "tree": [["a", [[5]]], "b"] }"#, false),
        (r#"{ "from": { "of": { "tree": [] } } }"#, true),
        (r#"{ "from": { "of": { "tree": [1] } } }"#, false),
        (r#"{ "$ref": 3 }"#, true),
        (r#"{ "$ref": 6 }"#, false),
        (r#"{ "$ref": 0 }"#, false),
        (r#"{ "items": 1 }"#, false),
        (r#"{ "closed": { "a": 1 } }"#, true),
        (r#"{ "closed": { "b": 1 } }"#, false),
        (r#"{ "closed": {} }"#, false),
        (r##"{ "properties": { "$ref": "#/nowhere", "$schema": "x" } }"##, true),
        (r#"{ "properties": {} }"#, false),
        (r#"{ "other": 1 }"#, false),
    ] {
        let instance: Value = serde_json::from_str(payload).expect(payload);
        assert_eq!(compiled.is_valid(&instance), valid, "{payload}");
    }
}

/// Two places of the same words have two names.
#[test]
fn definitions_of_places_do_not_clash() {
    let bundle = r##"{ "vendor": "acme", "types": { "a.json#": "BC" }, "schemas": {
        "a.json": { "items": { "$ref": "b/c.json#" }, "contains": { "$ref": "b.json#/c" } },
        "b/c.json": { "items": { "$ref": "#" } },
        "b.json": { "c": { "items": { "$ref": "#/c" } } }
    } }"##;
    let mut generator = SchemaGenerator::default();
    let schema = transcribed(bundle, &[&["a.json#"]], &mut generator).to_value();
    assert_eq!(schema["contains"]["$ref"], "#/$defs/AcmeBC_2");
    assert_eq!(schema["items"]["$ref"], "#/$defs/AcmeBC_3");
    assert_eq!(generator.definitions().len(), 2);
}
