//! Edits of one value: whether a change is listed, and whom it breaks.

use serde_json::{Value, json};

use super::member;

fn same(old: &Value, new: &Value) {
    for (one, other) in [(old, new), (new, old)] {
        assert_eq!(member(one, other), Vec::<String>::new(), "{one} and {other}");
    }
}

fn told(old: &Value, new: &Value, lines: &[&str]) {
    assert_eq!(member(old, new), lines, "{new} instead of {old}");
}

#[test]
fn other_words_for_the_same_are_no_change() {
    for (old, new) in [
        (
            json!({ "type": "integer", "minimum": 0 }),
            json!({ "type": "integer", "exclusiveMinimum": -1 }),
        ),
        (json!({ "maximum": 10.0 }), json!({ "maximum": 10 })),
        (json!({ "const": 1e1 }), json!({ "const": 10 })),
        (json!({ "type": "string" }), json!({ "type": "string", "minLength": 0 })),
        (
            json!({ "type": ["string", "null"] }),
            json!({ "anyOf": [{ "type": "string", "description": "x" }, { "type": "null" }] }),
        ),
        (
            json!({ "type": ["string", "null"], "maxLength": 5 }),
            json!({ "anyOf": [{ "type": "null" }, { "type": "string", "maxLength": 5 }] }),
        ),
        (json!({ "type": "string" }), json!({ "oneOf": [{ "type": "string" }] })),
        (
            json!({ "type": "object", "properties": { "x": { "type": "string" } } }),
            json!({ "oneOf": [{ "type": "object", "properties": { "x": { "type": "string" } } }] }),
        ),
        (json!({ "enum": ["x", "y"] }), json!({ "enum": ["y", "x"] })),
        (json!({ "enum": ["x"] }), json!({ "const": "x" })),
        (json!({ "enum": ["x", "y"] }), json!({ "oneOf": [{ "const": "x" }, { "const": "y" }] })),
        (
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "allOf": [{ "type": "string" }, { "maxLength": 5 }] }),
        ),
        (
            json!({ "type": "object", "required": ["x"] }),
            json!({ "type": "object", "required": ["x"], "minProperties": 1 }),
        ),
        (
            json!({ "type": "object", "properties": { "x": {} }, "unevaluatedProperties": false }),
            json!({ "type": "object", "properties": { "x": {} }, "additionalProperties": false }),
        ),
        (json!({ "type": "string", "format": "made-up" }), json!({ "type": "string" })),
        (json!({ "type": "string", "title": "A" }), json!({ "type": "string", "title": "B" })),
    ] {
        same(&old, &new);
    }
}

#[test]
fn a_proven_direction_is_told() {
    told(
        &json!({ "type": "string" }),
        &json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
        &["breaks receivers: integer or string instead of string"],
    );
    told(
        &json!({ "type": "string", "maxLength": 5 }),
        &json!({ "anyOf": [{ "type": "string", "maxLength": 5 }, { "type": "null" }] }),
        &["breaks receivers: may be {\"type\":\"null\"}, too"],
    );
    told(
        &json!({ "type": "integer", "minimum": 0 }),
        &json!({ "type": "integer", "exclusiveMinimum": 4 }),
        &["breaks senders: exclusiveMinimum 4 is new; minimum 0 is gone"],
    );
    told(
        &json!({ "type": "integer" }),
        &json!({ "type": "number" }),
        &["breaks receivers: number instead of integer"],
    );
    told(
        &json!({ "type": "integer", "minimum": 0, "maximum": 9 }),
        &json!({ "type": "number", "minimum": 1, "maximum": 8 }),
        &[
            "breaks receivers: number instead of integer",
            "breaks senders: maximum 8 instead of 9",
            "breaks senders: minimum 1 instead of 0",
        ],
    );
    told(
        &json!({ "enum": ["x", "y"] }),
        &json!({ "enum": ["y", "z"] }),
        &["breaks receivers: may be \"z\", too", "breaks senders: no longer \"x\""],
    );
    told(
        &json!({ "type": "string" }),
        &json!({ "type": "string", "format": "date" }),
        &["breaks senders: format \"date\" is new"],
    );
    told(
        &json!({ "type": "string", "format": "date" }),
        &json!({ "type": "string", "format": "date-time" }),
        &["breaks receivers and senders: format \"date-time\" instead of \"date\""],
    );
    told(&json!({ "type": "string" }), &json!(false), &["breaks senders: must be absent now"]);
    told(
        &json!({ "type": "array" }),
        &json!({ "type": "array", "items": { "type": "string" } }),
        &["breaks senders: a/v/*: may not be anything now"],
    );
    told(
        &json!({ "type": "object", "additionalProperties": false }),
        &json!({ "type": "object", "additionalProperties": false, "properties": { "x": {} } }),
        &["breaks receivers: a/v/x: the field is new, and optional"],
    );
    told(
        &json!({ "type": "object" }),
        &json!({ "type": "object", "properties": { "x": { "type": "string" } } }),
        &["breaks nobody: a/v/x: the field is new, and optional"],
    );
    told(
        &json!({ "type": "object" }),
        &json!({ "type": "object", "required": ["x"] }),
        &["breaks senders: a/v/x: required now"],
    );
}

#[test]
fn members_and_elements_without_names_are_compared_together_with_the_others() {
    told(
        &json!({ "patternProperties": { "^x-": { "type": "string" } }, "additionalProperties": false }),
        &json!({
            "patternProperties": { "^x-": { "type": "string" }, "^y-": { "type": "string" } },
            "additionalProperties": false
        }),
        &[
            "undecided: patternProperties {\"^x-\":{\"type\":\"string\"},\"^y-\":{\"type\":\"string\"}} instead of {\"^x-\":{\"type\":\"string\"}}",
        ],
    );
    told(
        &json!({ "type": "array", "prefixItems": [{ "type": "string" }], "items": false }),
        &json!({
            "type": "array",
            "prefixItems": [{ "type": "string" }, { "type": "string" }],
            "items": false
        }),
        &[
            "breaks receivers: prefixItems [{\"type\":\"string\"},{\"type\":\"string\"}] instead of [{\"type\":\"string\"}]",
        ],
    );
    told(
        &json!({ "type": "array", "items": { "type": "string" } }),
        &json!({ "type": "array", "items": { "type": "string" }, "prefixItems": [{ "const": "x" }] }),
        &["undecided for senders: prefixItems [{\"const\":\"x\"}] is new"],
    );
    told(
        &json!({ "type": "array", "prefixItems": [{}], "items": { "type": "string" } }),
        &json!({ "type": "array", "prefixItems": [{}], "items": { "type": "integer" } }),
        &["undecided: items {\"type\":\"integer\"} instead of {\"type\":\"string\"}"],
    );
    told(
        &json!({ "type": "array", "maxItems": 3 }),
        &json!({ "type": "array", "maxItems": 3, "items": false }),
        &["breaks senders: no elements now"],
    );
}

#[test]
fn a_union_with_a_tag_is_compared_by_branch() {
    let branch = |name: &str| {
        let properties = json!({ "kind": { "const": name }, name: { "type": "string" } });
        json!({ "type": "object", "properties": properties, "required": ["kind"] })
    };
    for keyword in ["anyOf", "oneOf"] {
        let union = |count: usize| -> Value {
            (0..count).map(|index| branch(&format!("k{index}"))).collect()
        };
        let more = branch("k20");
        let more = offhook_model::json::parse(&more.to_string()).expect("JSON").to_string();
        let (old, new) = (json!({ keyword: union(20) }), json!({ keyword: union(21) }));
        told(&old, &new, &[&format!("breaks receivers: may be {more}, too")]);
        told(&new, &old, &[&format!("breaks senders: no longer {more}")]);
    }
}

#[test]
fn a_branch_that_is_repeated_is_not_the_same_union() {
    let branch = |at: usize| json!({ "properties": { format!("x{at}"): { "type": "string" } } });
    let branches: Vec<Value> = (0..20).map(branch).collect();
    let repeated: Vec<Value> = branches.iter().cloned().chain([branch(0)]).collect();
    let lines = member(&json!({ "oneOf": branches }), &json!({ "oneOf": repeated }));
    assert_eq!(lines.len(), 1, "{lines:?}");
}

#[test]
fn what_is_not_proven_is_undecided() {
    told(
        &json!({ "type": "string", "pattern": "^[+]" }),
        &json!({ "type": "string", "pattern": "^[+0]" }),
        &["undecided: pattern \"^[+0]\" instead of \"^[+]\""],
    );
    told(
        &json!({ "const": 9_007_199_254_740_993_u64 }),
        &json!({ "const": 9_007_199_254_740_992_u64 }),
        &[
            "breaks receivers: may be 9007199254740992, too",
            "breaks senders: no longer 9007199254740993",
        ],
    );
    told(
        &json!({ "anyOf": [{ "minLength": 1 }, { "contains": { "type": "string" } }] }),
        &json!({ "anyOf": [{ "minLength": 1 }, { "contains": { "type": "null" } }] }),
        &[],
    );
}
