//! Schemas that are made to take long. A comparison of them must end.

use serde_json::{Map, Value, json};

use super::{diff, event, lines};

fn compare(old: &Value, new: &Value) -> Vec<String> {
    let files = |schema: &Value| vec![event("a", &json!({ "v": schema }))];
    lines(&diff(&files(old), &files(new)))
}

/// Makes a schema from a reference to another.
type Link = fn(&Value) -> Value;

/// Returns a chain of definitions; `link` makes each one from a reference to the next.
fn chain(length: usize, link: impl Fn(&Value) -> Value, end: &Value) -> Vec<(String, Value)> {
    let mut defs = Map::new();
    for index in 0..length {
        let next = json!({ "$ref": format!("#/$defs/d{}", index + 1) });
        defs.insert(format!("d{index}"), link(&next));
    }
    defs.insert(format!("d{length}"), end.clone());
    let field = json!({ "$ref": "shared/chain.json#/$defs/d0" });
    vec![
        event("a", &json!({ "v": field })),
        ("shared/chain.json".to_owned(), json!({ "$defs": defs })),
    ]
}

#[test]
fn chains_of_definitions_that_double_at_every_link() {
    let ends = [json!({ "type": "string" }), json!({ "type": "integer" })];
    let links: [(usize, Link); 3] = [
        (30, |next| json!({ "anyOf": [next, next] })),
        (40, |next| json!({ "allOf": [next, next] })),
        (30, |next| json!({ "type": "object", "properties": { "a": next, "b": next } })),
    ];
    for (length, link) in links {
        let [old, new] = ends.each_ref().map(|end| chain(length, link, end));
        assert_eq!(lines(&diff(&old, &old)), Vec::<String>::new());
        assert_ne!(lines(&diff(&old, &new)), Vec::<String>::new());
    }
}

#[test]
fn schemas_that_contain_themselves() {
    let tree = |leaf: &str| {
        let node = json!({
            "type": "object",
            "properties": {
                "leaf": { "type": leaf },
                "children": { "type": "array", "items": { "$ref": "#/$defs/d0" } },
                "other": { "anyOf": [{ "$ref": "#/$defs/d0" }, { "type": "null" }] }
            }
        });
        chain(0, Value::clone, &node)
    };
    let told = lines(&diff(&tree("string"), &tree("integer")));
    assert_eq!(
        told,
        [
            "breaks receivers and senders: a/v/leaf: integer instead of string",
            "undecided: a/v/other: anyOf changed; it is too large to compare, or contains itself",
        ]
    );
    assert_eq!(lines(&diff(&tree("string"), &tree("string"))), Vec::<String>::new());
}

#[test]
fn two_thousand_properties() {
    let object = |edited: &str| {
        let member = |index: usize| {
            let ty = if index.is_multiple_of(20) { edited } else { "string" };
            (format!("p{index}"), json!({ "type": ty, "maxLength": index }))
        };
        let properties: Map<String, Value> = (0..2_000).map(member).collect();
        json!({ "type": "object", "properties": properties })
    };
    assert_eq!(compare(&object("string"), &object("integer")).len(), 100);
}

#[test]
fn unions_and_conditions_that_multiply() {
    let many = |count: usize, part: fn(usize) -> Value, last: Value| {
        let parts: Vec<Value> = (0..count).map(part).chain([last]).collect();
        json!({ "allOf": parts })
    };
    let [old, new] = ["y", "z"].map(|name| json!({ "required": [name] }));
    let parts: [fn(usize) -> Value; 3] = [
        |at| json!({ "anyOf": [{ "required": [format!("a{at}")] }, { "minProperties": at }] }),
        |at| json!({ "oneOf": [{ "required": [format!("a{at}")] }, { "minProperties": at }] }),
        |at| json!({ "if": { "required": [format!("a{at}")] }, "then": { "minProperties": at } }),
    ];
    for part in parts {
        compare(&many(25, part, old.clone()), &many(26, part, new.clone()));
    }
    let branches = |count: usize| -> Vec<Value> {
        let branch =
            |at: usize| json!({ "properties": { format!("x{at}"): { "type": "string" } } });
        (0..count).map(branch).collect()
    };
    for keyword in ["anyOf", "oneOf"] {
        compare(&json!({ keyword: branches(300) }), &json!({ keyword: branches(301) }));
    }
}

#[test]
fn long_lists_and_slow_patterns() {
    let values = |from: usize| -> Vec<String> {
        (from..from + 2_000).map(|at| format!("{}{at}", "a".repeat(30))).collect()
    };
    let told = compare(&json!({ "enum": values(0) }), &json!({ "enum": values(1) }));
    assert_eq!(told.len(), 2);
    let slow = |list: Vec<String>| json!({ "enum": list, "pattern": "^(a+)+(a*)*b" });
    compare(&slow(values(0)), &slow(values(1)));
}
