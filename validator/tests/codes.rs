//! The code of every assertion that a schema can make, also of those that no vendor's document
//! makes yet: each with the value that it is about.

use offhook_validator::{Report, Validator};
use serde_json::{Value, json};

/// The report about a payload whose member `x` has `value`, by `schema`.
fn validate(schema: &Value, value: &str) -> (Report, usize) {
    let bundle = json!({
        "vendor": "acme", "title": "Acme", "discriminator": "/type", "envelope": null, "types": {},
        "schemas": { "test.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": { "type": { "type": "string", "const": "test" }, "x": schema },
        } }
    });
    let validator = Validator::new(&bundle.to_string()).expect("a schema");
    let before = r#"{"type":"test","x":"#;
    (validator.validate(format!("{before}{value}}}").as_bytes()), before.len())
}

#[test]
fn every_assertion_has_its_code_and_its_value() {
    let cases = [
        (json!({ "type": "string" }), "5", "type", "/x"),
        (json!({ "type": ["string", "null"] }), "5", "type", "/x"),
        (json!({ "type": "integer" }), "5.5", "type", "/x"),
        (json!({ "enum": ["a", 1, null, [2], { "b": 3 }] }), "\"c\"", "enum", "/x"),
        (json!({ "enum": [1, "a"] }), "1.5", "enum", "/x"),
        (json!({ "const": { "a": [1, 2] } }), "{\"a\":[1,3]}", "const", "/x"),
        (json!({ "format": "date-time" }), "\"noon\"", "format", "/x"),
        (json!({ "format": "uuid" }), "\"noon\"", "format", "/x"),
        (json!({ "pattern": "^a" }), "\"b\"", "pattern", "/x"),
        (json!({ "minimum": 1 }), "0", "range", "/x"),
        (json!({ "maximum": 1.5 }), "1.6", "range", "/x"),
        (json!({ "exclusiveMinimum": 1 }), "1.0", "range", "/x"),
        (json!({ "exclusiveMaximum": 1 }), "1e0", "range", "/x"),
        (json!({ "multipleOf": 0.1 }), "0.15", "range", "/x"),
        (json!({ "multipleOf": 3 }), "1e400", "json", "/x"),
        (json!({ "minLength": 3 }), "\"\\u00e9\\ud83d\\ude00\"", "length", "/x"),
        (json!({ "maxLength": 1 }), "\"ab\"", "length", "/x"),
        (json!({ "minItems": 1 }), "[]", "items", "/x"),
        (json!({ "maxItems": 1 }), "[1,2]", "items", "/x"),
        (json!({ "uniqueItems": true }), "[1,{\"a\":2},{\"\\u0061\":2.0}]", "items", "/x"),
        (json!({ "contains": { "const": 1 } }), "[2]", "items", "/x"),
        (json!({ "contains": { "const": 1 }, "maxContains": 1 }), "[1,1]", "items", "/x"),
        (json!({ "minProperties": 1 }), "{}", "properties", "/x"),
        (json!({ "maxProperties": 0 }), "{\"a\":1}", "properties", "/x"),
        (json!({ "propertyNames": { "pattern": "^a" } }), "{\"b\":1}", "properties", "/x"),
        (json!({ "required": ["a/b"] }), "{}", "required", "/x/a~1b"),
        (json!({ "items": { "type": "string" } }), "5", "", ""),
        (json!({ "oneOf": [{ "minimum": 1 }, { "minimum": 2 }] }), "3", "union", "/x"),
        (json!({ "anyOf": [{ "minimum": 1 }, { "maximum": -1 }] }), "0", "union", "/x"),
        (json!({ "not": { "const": 1 } }), "1", "union", "/x"),
        // The branch for values of this type is the one that is meant.
        (json!({ "anyOf": [{ "type": "string" }, { "type": "number" }] }), "null", "type", "/x"),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "number", "minimum": 1 }] }),
            "0",
            "range",
            "/x",
        ),
        // A list that a pattern extends.
        (json!({ "anyOf": [{ "enum": ["a"] }, { "pattern": "^b" }] }), "\"c\"", "enum", "/x"),
    ];
    for (schema, value, code, pointer) in cases {
        let (report, offset) = validate(&schema, value);
        let found: Vec<_> = report
            .violations()
            .iter()
            .map(|found| (found.code.as_str(), found.pointer.as_str(), found.offset, found.length))
            .collect();
        let wanted = (code, pointer, offset, value.len());
        let wanted = if code.is_empty() { Vec::new() } else { vec![wanted] };
        assert_eq!(found, wanted, "{value} by {schema}: {report}");
    }
}

/// Findings inside of what is found: pointers of members and elements, and the names' own bytes.
#[test]
fn findings_below_a_value_have_their_own_place() {
    for (schema, value, code, pointer, token) in [
        (json!({ "additionalProperties": false }), "{\"a\":1}", "forbidden", "/x/a", "\"a\""),
        (
            json!({ "properties": { "a": {} }, "additionalProperties": false }),
            "{\"a\":1,\"\\u0062\":2}",
            "forbidden",
            "/x/b",
            "\"\\u0062\"",
        ),
        (json!({ "properties": { "a": false } }), "{\"a\" : null}", "forbidden", "/x/a", "\"a\""),
        (json!({ "items": { "type": "string" } }), "[\"\",5]", "type", "/x/1", "5"),
        (
            json!({ "items": { "items": { "minimum": 5 } } }),
            "[[9],[9,[],4]]",
            "range",
            "/x/1/2",
            "4",
        ),
        (
            json!({ "additionalProperties": { "type": "string" } }),
            "{\"a/b\":[true]}",
            "type",
            "/x/a~1b",
            "[true]",
        ),
        (
            json!({ "if": { "required": ["a"] }, "then": { "properties": { "b": { "const": 1 } } } }),
            "{\"b\":22,\"a\":0}",
            "const",
            "/x/b",
            "22",
        ),
    ] {
        let (report, before) = validate(&schema, value);
        let [found] = report.violations() else {
            panic!("{value} by {schema}: {report}");
        };
        assert_eq!((found.code.as_str(), found.pointer.as_str()), (code, pointer), "{report}");
        let start = found.offset - before;
        assert_eq!(&value[start..start + found.length], token, "{report}");
    }
}
