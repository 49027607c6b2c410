//! The evaluator's verdict, what it collects, the fast path and the crate `jsonschema` agree: on the
//! JSON-Schema-Test-Suite, and on schemas and payloads made up.
//!
//! The suite is looked for in the folder that `JSON_SCHEMA_TEST_SUITE` names, and beside the
//! repository in `shared/`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use offhook_model::SchemaSet;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::compiled::CompiledGraph;
use super::documented::Documented;
use super::evaluator::Evaluator;
use super::walk::{Findings, Notices, Task, collect, without_violations};
use crate::budget::Room;
use crate::evaluate::undecided::Undecided;
use crate::fast_path::compile::compile;
use crate::fast_path::run;
use crate::json::node::Node;
use crate::json::parse::parse;
use crate::report::in_order;
use crate::report::line_index::located;
use crate::schemas::Schemas;

const FILE: &str = "test.json";

/// A schema as the evaluator has it, and as the crate `jsonschema` has it.
struct Judged {
    schemas: Schemas,
    graph: CompiledGraph,
    documented: Documented,
    oracle: jsonschema::Validator,
}

fn judge(schema: &Value) -> Result<Judged, String> {
    let bundle =
        json!({ "vendor": "acme", "discriminator": null, "schemas": { FILE: schema } }).to_string();
    let set = SchemaSet::from_bundle(&bundle).map_err(|error| error.to_string())?;
    let schemas = Schemas::new(Arc::new(set));
    let graph = CompiledGraph::new(&schemas, FILE);
    let documented = Documented::new(&graph);
    let oracle = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .map_err(|error| error.to_string())?;
    Ok(Judged { schemas, graph, documented, oracle })
}

impl Judged {
    /// Everything that the collector finds where `undecided` says so.
    fn collect(&self, node: Node<'_>, undecided: &Undecided) -> Findings {
        let task = Task { schemas: &self.schemas, graph: &self.graph, undecided };
        let notices = Some(Notices { documented: &self.documented, is_known: true });
        collect(task, notices, CompiledGraph::ROOT, node, &mut Room::unlimited())
    }
}

/// Whether the crate finds the payload valid, the evaluator's verdict, and whether it collects no fault.
/// What is valid at a quick look must be so to the crate, and have the notices found there.
fn verdicts(judged: &Judged, payload: &str) -> [bool; 3] {
    look_quickly(judged, payload);
    let parsed = parse(payload, &mut Room::unlimited());
    let node = Node::new(&parsed.tape, 0);
    let value = serde_json::from_str(payload).expect("a payload is JSON");
    [
        judged.oracle.is_valid(&value),
        Evaluator::new(&judged.graph).holds(CompiledGraph::ROOT, node),
        judged.collect(node, &Undecided::everywhere()).violations.is_empty(),
    ]
}

/// Compares a quick look with the crate and with the evaluator; whether it sees that the payload is
/// valid.
fn look_quickly(judged: &Judged, payload: &str) -> bool {
    let program = compile(&judged.schemas, &judged.graph, &judged.documented);
    let Some((examined, tape)) = run::examine(&program, payload) else {
        assert!(!run::is_valid(&program, payload), "{payload}");
        assert!(!run::is_clean(&program, payload), "{payload}");
        return false;
    };
    let is_valid = examined.undecided.is_empty();
    assert_eq!(is_valid, run::is_valid(&program, payload), "{payload}");
    assert_eq!(examined.is_faultless(), run::is_clean(&program, payload), "{payload}");
    let parsed = parse(payload, &mut Room::unlimited());
    let node = Node::new(&parsed.tape, 0);
    assert!(parsed.faults.is_empty(), "{payload}");
    assert_eq!(tape.expect("a payload is small").nodes, parsed.tape.nodes, "{payload}");
    let value = serde_json::from_str(payload).expect("a payload is JSON");
    assert!(!is_valid || judged.oracle.is_valid(&value), "{payload}");
    // What is not in doubt has no faults.
    let mut everywhere = Undecided::everywhere();
    everywhere.strangers = examined.undecided.strangers;
    let found = judged.collect(node, &examined.undecided);
    let all = judged.collect(node, &everywhere);
    let notices = without_violations(all.notices, &all.violations);
    let body = payload.as_bytes();
    assert_eq!(located(body, found.violations), located(body, all.violations), "{payload}");
    if examined.nothing_to_add {
        assert_eq!(located(body, notices), [], "{payload}");
        assert_eq!(in_order(examined.personal), in_order(all.personal), "{payload}");
    }
    is_valid
}

/// The files of the suite's draft 2020-12.
fn suite() -> Option<Vec<PathBuf>> {
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/json-schema-test-suite");
    let suite = env::var_os("JSON_SCHEMA_TEST_SUITE").map_or_else(beside, PathBuf::from);
    let entries = fs::read_dir(suite.join("tests/draft2020-12")).ok()?;
    let paths = entries.map(|entry| entry.expect("an entry is readable").path());
    Some(
        paths
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect(),
    )
}

/// Whether a schema is as codegen would bundle it: without identifiers and what looks for them.
fn is_canonical(schema: &Value) -> bool {
    let of_this_draft = "https://json-schema.org/draft/2020-12/schema";
    match schema {
        Value::Object(members) => members.iter().all(|(name, value)| match name.as_str() {
            "$id" | "$anchor" | "$dynamicRef" | "$dynamicAnchor" => !value.is_string(),
            "$ref" => value
                .as_str()
                .is_none_or(|reference| reference == "#" || reference.starts_with("#/")),
            "$schema" => value.as_str().is_none_or(|schema| schema == of_this_draft),
            _ => is_canonical(value),
        }),
        Value::Array(elements) => elements.iter().all(is_canonical),
        _ => true,
    }
}

#[test]
fn they_agree_with_the_test_suite() {
    let Some(files) = suite() else {
        eprintln!("SKIPPED: the JSON-Schema-Test-Suite is not here");
        return;
    };
    let mut agreed = 0;
    // There, a format is an annotation.
    for file in files.iter().filter(|file| !file.ends_with("format.json")) {
        let text = fs::read_to_string(file).expect("a file is readable");
        let groups: Vec<Value> = serde_json::from_str(&text).expect("a file is JSON");
        for group in groups.iter().filter(|group| is_canonical(&group["schema"])) {
            let schema = &group["schema"];
            let judge = judge(schema).unwrap_or_else(|error| panic!("{schema}: {error}"));
            for test in group["tests"].as_array().expect("a group has tests") {
                let valid = test["valid"].as_bool().expect("a test has a verdict");
                let payload = test["data"].to_string();
                assert_eq!(verdicts(&judge, &payload), [valid; 3], "{payload} by {schema}");
                agreed += 1;
            }
        }
    }
    assert!(agreed > 1_000, "{agreed}");
}

/// Few names and values, so that schemas and payloads meet.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "kind"]).prop_map(str::to_owned)
}

fn payload() -> impl Strategy<Value = Value> {
    let scalar = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1.0),
        json!(2.5),
        json!("a"),
        json!("bb"),
    ]);
    scalar.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(name(), inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

/// A schema with references to the definitions `a` and `b`.
fn schema() -> impl Strategy<Value = Value> {
    let value = prop::sample::select(vec![json!(null), json!(1), json!("a"), json!("bb")]);
    let ty = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
    let leaf = prop_oneof![
        4 => prop::sample::select(ty).prop_map(|ty| json!({ "type": ty })),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<bool>().prop_map(|marked| json!({ "x-sensitive": marked })),
        1 => value.clone().prop_map(|value| json!({ "const": value })),
        1 => vec(value, 1..3).prop_map(|values| json!({ "enum": values })),
        1 => prop::sample::select(vec![
            json!({ "minimum": 1 }), json!({ "multipleOf": 2 }), json!({ "minLength": 2 }),
            json!({ "pattern": "^a" }), json!({ "maxItems": 1 }), json!({ "uniqueItems": true }),
            json!({ "minProperties": 1 }), json!({ "required": ["kind"] }),
            json!({ "dependentRequired": { "a": ["b"] } }),
        ]),
        // Below a member, as a reference to itself would have no meaning.
        2 => (name(), prop::sample::select(vec!["a", "b"])).prop_map(|(name, to)| {
            json!({ "properties": { name: { "$ref": format!("#/$defs/{to}") } } })
        }),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let one = prop::sample::select(vec![
            "not",
            "items",
            "additionalProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "contains",
            "propertyNames",
            "x-advice",
        ]);
        let list = prop::sample::select(vec!["allOf", "anyOf", "oneOf", "prefixItems"]);
        let named =
            prop::sample::select(vec!["properties", "patternProperties", "dependentSchemas"]);
        let keyword = prop_oneof![
            (one, inner.clone()).prop_map(|(keyword, schema)| vec![(keyword, schema)]),
            (list, vec(inner.clone(), 1..4)).prop_map(|(keyword, all)| vec![(keyword, json!(all))]),
            (named, btree_map(name(), inner.clone(), 1..3))
                .prop_map(|(keyword, all)| vec![(keyword, json!(all))]),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(condition, then, other)| {
                vec![("if", condition), ("then", then), ("else", other)]
            }),
            (inner, 0..3u8, 0..3u8).prop_map(|(schema, min, max)| {
                let (min, max) = (json!(min), json!(max));
                vec![("contains", schema), ("minContains", min), ("maxContains", max)]
            }),
        ];
        vec(keyword, 1..4).prop_map(|keywords| {
            let keywords = keywords.into_iter().flatten();
            Value::Object(keywords.map(|(name, value)| (name.to_owned(), value)).collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: env::var("OFFHOOK_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn they_agree_on_what_is_made_up(
        root in schema(), a in schema(), b in schema(), payloads in vec(payload(), 8),
    ) {
        let schema = json!({ "allOf": [root], "$defs": { "a": a, "b": b } });
        // A reference that leads back to its own schema is refused.
        let Ok(judge) = judge(&schema) else { return Ok(()) };
        for payload in payloads {
            let [judged, walked, unexplained] = verdicts(&judge, &payload.to_string());
            prop_assert_eq!([walked, unexplained], [judged; 2], "{} by {}", payload, schema);
        }
    }
}

#[test]
fn advice_does_not_hide_what_rules_ask_of_the_same_member() {
    let judge = judge(&json!({
        "if": { "additionalProperties": { "type": "null" } },
        "else": false,
        "x-advice": { "properties": { "kind": { "type": "string" } } },
    }));
    let judge = judge.expect("it is a schema");
    assert_eq!(verdicts(&judge, r#"{"kind":1}"#), [false; 3]);
    assert_eq!(verdicts(&judge, r#"{"kind":null}"#), [true; 3]);
}
