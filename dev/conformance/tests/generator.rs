//! What the generator of instances covers: every option, every assertion, and the text's freedoms.

use std::collections::BTreeSet;

use offhook_conformance::instances::Generator;
use offhook_conformance::json::same;
use offhook_conformance::{Bundle, Oracle, Schema};
use offhook_model::Json;
use offhook_model::json::parse;
use serde_json::{Value, json};

/// How many instances of each kind a schema is tried with.
const INSTANCES: usize = 300;

/// Calls `f` with a generator for `files`, and the whole of `a.json`.
fn with<T>(
    files: &Value,
    f: impl for<'b> FnOnce(&mut Generator<'b>, Schema<'b>, &Oracle) -> T,
) -> T {
    let text = json!({ "vendor": "acme", "schemas": files }).to_string();
    let bundle = Bundle::parse(&text).expect("a bundle");
    let oracle = Oracle::new(&bundle).expect("schemas");
    let root = bundle.file("a.json").expect("a file");
    f(&mut Generator::new(&bundle, &oracle, 1, 0), root, &oracle)
}

/// Instances of `schema`, all of which are valid.
fn instances(schema: &Value) -> Vec<Json> {
    with(&json!({ "a.json": schema }), |generator, root, oracle| {
        let instance = |_| {
            let instance = generator.valid(root).unwrap_or_else(|| panic!("no {schema}"));
            assert!(oracle.holds(root, &instance), "{instance} is no {schema}");
            instance
        };
        (0..INSTANCES).map(instance).collect()
    })
}

/// Schemas with every keyword of the supported set; each assertion in them can be broken alone.
fn schemas() -> Vec<Value> {
    vec![
        json!({ "type": ["string", "null"] }),
        json!({ "const": { "a": [1, null] } }),
        json!({ "enum": ["a", 2, null, [true], "b"] }),
        json!({ "type": "integer", "minimum": -3, "maximum": 40, "multipleOf": 4 }),
        json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1.5 }),
        json!({ "type": "number", "multipleOf": 0.01, "minimum": 0 }),
        json!({ "type": "string", "minLength": 2, "maxLength": 5 }),
        json!({ "type": "string", "pattern": "^[a-z]+[0-9]{2,}$" }),
        json!({ "type": "string", "pattern": "b|cd" }),
        json!({ "type": "string", "format": "date-time" }),
        json!({ "type": "array", "items": { "type": "boolean" }, "minItems": 1, "maxItems": 4 }),
        json!({
            "type": "array",
            "prefixItems": [{ "type": "string" }, { "type": "null" }],
            "items": false,
            "minItems": 1,
        }),
        json!({ "type": "array", "items": { "type": "integer" }, "uniqueItems": true }),
        json!({
            "type": "array",
            "contains": { "const": 7 },
            "minContains": 2,
            "maxContains": 3,
        }),
        json!({ "type": "array", "prefixItems": [{ "type": "null" }], "unevaluatedItems": false }),
        json!({
            "type": "object",
            "properties": { "a": { "type": "string" }, "b": { "type": "integer" }, "c": true },
            "required": ["a", "c"],
            "additionalProperties": false,
        }),
        json!({
            "type": "object",
            "patternProperties": { "^x-": { "type": "string" } },
            "additionalProperties": { "type": "integer" },
        }),
        json!({
            "type": "object",
            "propertyNames": { "maxLength": 3 },
            "minProperties": 1,
            "maxProperties": 3,
        }),
        json!({ "type": "object", "properties": { "a": {} }, "dependentRequired": { "a": ["b"] } }),
        json!({
            "type": "object",
            "properties": { "a": { "type": "string" }, "gone": false },
            "dependentSchemas": { "a": { "properties": { "b": { "type": "null" } }, "required": ["b"] } },
        }),
        json!({
            "allOf": [{ "type": "object", "properties": { "a": { "type": "string" } } }],
            "required": ["a"],
            "unevaluatedProperties": false,
        }),
        json!({ "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "integer" }] }),
        json!({
            "oneOf": [
                { "type": "object", "properties": { "kind": { "const": "a" } }, "required": ["kind"] },
                { "type": "object", "properties": { "kind": { "const": "b" } }, "required": ["kind"] },
            ],
        }),
        json!({ "oneOf": [{ "multipleOf": 2 }, { "multipleOf": 3 }], "type": "integer" }),
        json!({ "type": "object", "not": { "required": ["a", "b"] } }),
        json!({
            "type": "object",
            "properties": { "on": { "type": "boolean" }, "level": { "type": "integer" } },
            "required": ["on"],
            "if": { "properties": { "on": { "const": true } } },
            "then": { "required": ["level"] },
            "else": { "properties": { "level": false } },
        }),
    ]
}

/// The assertions of a schema: what names a keyword that can fail itself.
fn assertions(schema: &Value, found: &mut BTreeSet<String>) {
    let applicators = ["allOf", "if", "then", "else", "prefixItems"];
    let named = ["properties", "dependentSchemas", "patternProperties"];
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let list = value.as_array().filter(|_| applicators.contains(&keyword.as_str()));
        let members = value.as_object().filter(|_| named.contains(&keyword.as_str()));
        if list.is_none() && members.is_none() && !applicators.contains(&keyword.as_str()) {
            found.insert(keyword.clone());
        }
        list.into_iter().flatten().for_each(|schema| assertions(schema, found));
        members.into_iter().flatten().for_each(|(_, schema)| assertions(schema, found));
        if keyword == "then" || keyword == "else" {
            assertions(value, found);
        }
    }
}

#[test]
fn valid_instances_of_every_keyword_are_valid() {
    for schema in schemas() {
        instances(&schema);
    }
}

#[test]
fn every_assertion_is_broken() {
    for schema in schemas() {
        let mut wanted = BTreeSet::new();
        assertions(&schema, &mut wanted);
        let broken = with(&json!({ "a.json": schema }), |generator, root, oracle| {
            let mut broken = BTreeSet::new();
            for _ in 0..INSTANCES {
                let valid = generator.valid(root).expect("an instance");
                let fault = generator.faulty(root, &valid).expect("a fault");
                if !oracle.holds(root, &fault.instance) {
                    let keyword = fault.assertion.rsplit('/').next().unwrap_or_default();
                    broken.insert(keyword.to_owned());
                }
            }
            broken
        });
        let missed: Vec<_> = wanted.difference(&broken).collect();
        assert!(missed.is_empty(), "{missed:?} of {schema}");
    }
}

#[test]
fn members_are_absent_present_and_null() {
    let schema = json!({
        "type": "object",
        "properties": { "a": { "type": ["string", "null"] }, "b": { "type": "integer" } },
        "required": ["b"],
    });
    let found = instances(&schema);
    assert!(found.iter().any(|value| value.get("a").is_none()));
    assert!(found.iter().any(|value| value.get("a").is_some_and(Json::is_null)));
    assert!(found.iter().any(|value| value.get("a").is_some_and(Json::is_string)));
    let more = |value: &Json| value.as_object().is_some_and(|members| members.len() > 2);
    assert!(found.iter().any(more), "members that nothing documents");
}

#[test]
fn every_listed_value_every_branch_and_every_edge_comes() {
    let cases = [
        (json!({ "enum": ["a", 1, null] }), vec![json!("a"), json!(1), json!(null)]),
        (json!({ "anyOf": [{ "const": 1 }, { "const": 2 }] }), vec![json!(1), json!(2)]),
        (
            json!({ "type": "integer", "minimum": 3, "exclusiveMaximum": 9 }),
            vec![json!(3), json!(8)],
        ),
        (json!({ "type": "number", "multipleOf": 0.1, "minimum": 0.7 }), vec![json!(0.7)]),
    ];
    for (schema, wanted) in cases {
        let found = instances(&schema);
        for value in wanted {
            let value = Json::from(&value);
            assert!(found.iter().any(|other| same(other, &value)), "{value} of {schema}");
        }
    }
    let lengths = |schema: Value, length: fn(&Json) -> usize| {
        instances(&schema).iter().map(length).collect::<BTreeSet<_>>()
    };
    let characters = |value: &Json| value.as_str().map_or(0, |text| text.chars().count());
    let found = lengths(json!({ "type": "string", "minLength": 2, "maxLength": 4 }), characters);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [2, 3, 4]);
    let elements = |value: &Json| value.as_array().map_or(0, <[Json]>::len);
    let found = lengths(json!({ "type": "array", "minItems": 1, "maxItems": 3 }), elements);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn references_are_followed_across_files_and_recursion_ends() {
    let files = json!({
        "a.json": {
            "type": "object",
            "properties": { "node": { "$ref": "shared/b.json#/$defs/no%25de" } },
            "required": ["node"],
        },
        "shared/b.json": {
            "$defs": {
                "no%de": {
                    "type": "object",
                    "properties": {
                        "value": { "type": "integer" },
                        "children": { "type": "array", "items": { "$ref": "#/$defs/no%25de" } },
                    },
                    "required": ["value", "children"],
                },
            },
        },
    });
    with(&files, |generator, root, oracle| {
        let mut deepest = 0;
        for _ in 0..INSTANCES {
            let instance = generator.valid(root).expect("an instance");
            assert!(oracle.holds(root, &instance), "{instance}");
            let opened = |character: &char| *character == '[';
            deepest = deepest.max(instance.to_string().chars().filter(opened).count());
        }
        assert!((3..1000).contains(&deepest), "{deepest}");
    });
}

#[test]
fn text_is_spelt_in_many_ways_and_means_the_same() {
    with(&json!({ "a.json": true }), |generator, _, _| {
        let value = json!({ "a/b": [1, 0.5, -3e20, "é😀\"\\\n"], "c": { "d": null, "e": true } });
        let value = Json::from(&value);
        let mut texts = BTreeSet::new();
        for _ in 0..INSTANCES {
            let text = generator.spell(&value);
            let read = parse(&text).expect(&text);
            assert!(same(&read, &value), "{text}");
            texts.insert(text);
        }
        assert!(texts.len() > INSTANCES / 3, "{}", texts.len());
        for part in ["\\u00e9", "\\ud83d\\ude00", "\n", "1.0", "e0", "5e-1"] {
            assert!(texts.iter().any(|text| text.contains(part)), "{part}");
        }
    });
}
