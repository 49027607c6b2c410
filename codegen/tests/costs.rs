//! Schemas whose types once took exponential or quadratic time: that they end is the test.

use std::fmt::Write as _;
use std::fs;

/// Generates the types of one event with these members, as JSON text, and these definitions.
fn generate(properties: &str, definitions: &str) -> usize {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let vendor = folder.path().join("acme");
    fs::create_dir(&vendor).expect("a folder can be made");
    let manifest = r#"{
        "title": "Acme", "document": { "name": "Acme", "read": "2026-01-02" },
        "discriminator": "/type"
    }"#;
    let schema = format!(
        r#"{{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {{ "type": {{ "type": "string", "const": "call.end" }}{properties} }},
            "required": ["type"],
            "$defs": {{ "end": {{ "type": "object", "properties": {{ "x": {{ "type": "string" }} }} }}{definitions} }}
        }}"#
    );
    fs::write(vendor.join("vendor.json"), manifest).expect("a file can be written");
    fs::write(vendor.join("call.end.json"), schema).expect("a file can be written");
    let vendors = offhook_codegen::generate(folder.path()).expect("types can be made");
    vendors[0].types
}

/// Definitions, each of which applies the next one twice by `keyword`.
fn chain(keyword: &str, depth: usize) -> String {
    (0..depth).fold(String::new(), |mut text, level| {
        let next = if level + 1 == depth { "end".to_owned() } else { format!("d{}", level + 1) };
        let next = format!(r##"{{ "$ref": "#/$defs/{next}" }}"##);
        let _ = write!(text, r#", "d{level}": {{ "{keyword}": [{next}, {next}] }}"#);
        text
    })
}

fn members(number: usize, schema: &str) -> String {
    (0..number).fold(String::new(), |mut text, member| {
        let _ = write!(text, r#", "member_{member}": {schema}"#);
        text
    })
}

#[test]
fn branches_that_lead_to_the_same() {
    let property = r##", "v": { "$ref": "#/$defs/d0" }"##;
    for keyword in ["allOf", "anyOf", "oneOf"] {
        assert_eq!(generate(property, &chain(keyword, 60)), 2, "{keyword}");
    }
}

#[test]
fn many_members() {
    assert_eq!(generate(&members(1_000, r#"{ "type": "string" }"#), ""), 1);
    let objects = members(300, r#"{ "type": "object", "properties": { "a": true } }"#);
    assert_eq!(generate(&objects, ""), 301);
}

#[test]
fn many_parts_of_one_object() {
    let parts: Vec<_> = (0..500)
        .map(|part| format!(r#"{{ "properties": {{ "p{part}": {{ "type": "string" }} }} }}"#))
        .collect();
    let property = format!(r#", "v": {{ "type": "object", "allOf": [{}] }}"#, parts.join(","));
    assert_eq!(generate(&property, ""), 2);
}

#[test]
fn many_branches() {
    let branches: Vec<_> = (0..300)
        .map(|branch| {
            format!(
                r#"{{ "type": "object", "properties": {{ "kind": {{ "const": "k{branch}" }} }}, "required": ["kind"] }}"#
            )
        })
        .collect();
    let property = format!(r#", "v": {{ "oneOf": [{}] }}"#, branches.join(","));
    assert!(generate(&property, "") > 300);
}
