//! Edits of shared definitions.

use serde_json::{Value, json};

use super::{Files, diff, event, lines};

/// Sixteen events with a field of a shared definition.
fn files(count: usize, direction: &Value, call: &Value) -> Files {
    let shared = json!({ "$defs": { "direction": direction, "call": call } });
    let events = (0..count).map(|index| {
        let members = json!({
            "direction": { "$ref": "shared/call.json#/$defs/direction", "description": "x" },
            "call": { "$ref": "shared/call.json#/$defs/call" }
        });
        event(&format!("e{index:02}"), &members)
    });
    events.chain([("shared/call.json".to_owned(), shared)]).collect()
}

#[test]
fn an_edit_of_a_shared_definition_is_told_once() {
    let call = json!({ "type": "object" });
    let old = files(16, &json!({ "enum": ["in"] }), &call);
    let new = files(16, &json!({ "enum": ["in", "out"] }), &call);
    let changes = diff(&old, &new);
    assert_eq!(
        lines(&changes),
        ["breaks receivers: shared/call.json#/$defs/direction in 16: may be \"out\", too"]
    );
    assert_eq!((changes[0].event.as_deref(), changes[0].pointer.as_str()), (None, ""));
    let used = &changes[0].used_by[1];
    assert_eq!((used.event.as_deref(), used.pointer.as_str()), (Some("e01"), "/direction"));
}

#[test]
fn an_edit_inside_a_shared_object_is_told_once() {
    let call = |members: &Value, required: &Value| json!({ "type": "object", "properties": members, "required": required });
    let direction = json!({ "type": "string" });
    let text = json!({ "type": "string" });
    let old = call(&json!({ "x": text, "y": text, "z": text }), &json!(["x"]));
    let new = call(&json!({ "x": text, "z": { "type": "integer" }, "w": text }), &json!(["z"]));
    assert_eq!(
        lines(&diff(&files(3, &direction, &old), &files(3, &direction, &new))),
        [
            "breaks receivers: shared/call.json#/$defs/call/properties/x in 3: no longer required",
            "breaks receivers: shared/call.json#/$defs/call/properties/y in 3: the field is gone",
            "breaks senders: shared/call.json#/$defs/call/properties/z in 3: required now",
            "breaks receivers and senders: shared/call.json#/$defs/call/properties/z in 3: integer instead of string",
            "breaks nobody: shared/call.json#/$defs/call/properties/w in 3: the field is new, and optional",
        ]
    );
}

#[test]
fn a_definition_that_one_field_uses_is_told_where_it_is_used() {
    let call = json!({ "type": "object" });
    let old = files(1, &json!({ "enum": ["in"] }), &call);
    let new = files(1, &json!({ "enum": ["in", "out"] }), &call);
    assert_eq!(lines(&diff(&old, &new)), ["breaks receivers: e00/direction: may be \"out\", too"]);
}
