//! Every member of every example, taken out, and every value, given another type: the report has
//! exactly that one fault, at exactly that place.

use offhook_test_support::vendors::{Example, any_vendor, examples};
use offhook_validator::{Code, Report};
use serde_json::{Value, json};

/// A value of the example, with its schema.
struct Place {
    pointer: String,
    schema: Value,
    /// For a member of an object with a schema: whether it must be there.
    required: Option<bool>,
}

/// All values whose schema describes them, the root first.
fn places(example: &Example, payload: &Value) -> Vec<Place> {
    fn walk(schema: &Value, value: &Value, pointer: &str, places: &mut Vec<Place>) {
        let Some((members, properties)) = value.as_object().zip(schema["properties"].as_object())
        else {
            return;
        };
        let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (name, member) in members {
            let Some(schema) = properties.get(name) else {
                continue;
            };
            let pointer = format!("{pointer}/{name}");
            places.push(Place {
                pointer: pointer.clone(),
                schema: schema.clone(),
                required: Some(required.iter().any(|required| required == name)),
            });
            walk(schema, member, &pointer, places);
        }
    }
    let schema = example.schema();
    let mut places = vec![Place { pointer: String::new(), schema: schema.clone(), required: None }];
    walk(schema, payload, "", &mut places);
    places
}

fn payload(example: &Example) -> Value {
    serde_json::from_str(example.text).expect("an example is JSON")
}

fn validate(example: &Example, payload: &Value) -> Report {
    let body = payload.to_string();
    let report = example.vendor.validator.validate(body.as_bytes());
    let any = any_vendor().validate(body.as_bytes());
    if report.event().is_some() {
        assert_eq!(any, report);
    }
    assert_eq!(any.is_valid(), report.is_valid());
    report
}

/// Takes the value at `pointer` out of its object.
fn remove(payload: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a member's pointer");
    let parent = payload.pointer_mut(parent).and_then(Value::as_object_mut);
    parent.and_then(|members| members.remove(name)).expect("the member is there");
}

fn found(report: &Report) -> Vec<(Code, &str)> {
    report.violations().iter().map(|found| (found.code, found.pointer.as_str())).collect()
}

#[test]
fn a_missing_required_member_is_the_one_violation() {
    let mut checked = 0;
    for example in examples() {
        let payload = payload(example);
        for place in places(example, &payload).iter().filter(|place| place.required == Some(true)) {
            let mut without = payload.clone();
            remove(&mut without, &place.pointer);
            let report = validate(example, &without);
            let wanted = [(Code::Required, place.pointer.as_str())];
            assert_eq!(found(&report), wanted, "{}: {report}", example.name);
            // The event is known by `type` alone.
            let event = (place.pointer != "/type").then_some(example.event);
            assert_eq!(report.event(), event, "{}", example.name);

            let strict = example.vendor.strict.validate(without.to_string().as_bytes());
            assert_eq!(found(&strict)[..1], wanted, "{}: {strict}", example.name);
            checked += 1;
        }
    }
    assert!(checked > 400, "{checked}");
}

#[test]
fn a_missing_optional_member_is_no_violation() {
    let mut checked = 0;
    for example in examples() {
        let payload = payload(example);
        for place in places(example, &payload).iter().filter(|place| place.required == Some(false))
        {
            let mut without = payload.clone();
            remove(&mut without, &place.pointer);
            let report = validate(example, &without);
            assert!(report.is_valid(), "{} without {}: {report}", example.name, place.pointer);
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}

/// All that is optional at once.
#[test]
fn the_required_members_alone_are_valid() {
    for example in examples() {
        let mut payload = payload(example);
        let places = places(example, &payload);
        for place in places.iter().rev().filter(|place| place.required == Some(false)) {
            remove(&mut payload, &place.pointer);
        }
        let report = validate(example, &payload);
        assert!(report.is_valid() && report.notices().is_empty(), "{}: {report}", example.name);
    }
}

#[test]
fn a_value_of_another_type_is_the_one_violation() {
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!("another text"),
        json!([]),
        json!([{}]),
        json!({}),
        json!({ "type": "call.end" }),
    ];
    let mut checked = 0;
    for example in examples() {
        let payload = payload(example);
        for place in places(example, &payload) {
            for other in &others {
                if takes(&place.schema, other) {
                    continue;
                }
                let mut wrong = payload.clone();
                *wrong.pointer_mut(&place.pointer).expect("the place is there") = other.clone();
                let report = validate(example, &wrong);
                let wanted = [(Code::Type, place.pointer.as_str())];
                assert_eq!(found(&report), wanted, "{} with {other}: {report}", example.name);
                let found = &report.violations()[0].found;
                let kind = match other {
                    Value::Null => "null",
                    Value::Bool(_) => "a boolean",
                    Value::Number(_) if found.ends_with("fraction") => "a number with a fraction",
                    Value::Number(_) => "a number",
                    Value::String(_) => "a string",
                    Value::Array(_) => "an array",
                    Value::Object(_) => "an object",
                };
                assert_eq!(found, kind, "{} with {other}", example.name);
                checked += 1;
            }
        }
    }
    assert!(checked > 5_000, "{checked}");
}

/// Whether the schema's `type` takes a value of this type.
fn takes(schema: &Value, value: &Value) -> bool {
    let takes = |name: &Value| match name.as_str().expect("a type has a name") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    };
    match &schema["type"] {
        Value::Array(several) => several.iter().any(takes),
        Value::Null => true,
        one => takes(one),
    }
}

/// What is documented as absent in a case must be absent, null or not, and may be otherwise.
#[test]
fn a_forbidden_member_is_the_one_violation() {
    let emergency = examples().iter().filter(|example| example.event == "call.emergency");
    for example in emergency {
        for name in ["location_id", "location_name", "location_address"] {
            for value in [json!("text"), json!(null), json!(5)] {
                for provisioned in [true, false] {
                    let mut payload = payload(example);
                    let data = payload["data"].as_object_mut().expect("data is an object");
                    data.remove("location_id");
                    data.remove("location_name");
                    data.insert("e911_provisioned".to_owned(), provisioned.into());
                    data.insert(name.to_owned(), value.clone());
                    let report = validate(example, &payload);
                    let pointer = format!("/data/{name}");
                    let codes: Vec<Code> =
                        report.violations().iter().map(|found| found.code).collect();
                    assert!(report.violations().iter().all(|found| found.pointer == pointer));
                    let forbidden = !provisioned && name != "location_address";
                    assert_eq!(codes.contains(&Code::Forbidden), forbidden, "{report}");
                    if !forbidden {
                        assert_eq!(codes.contains(&Code::Type), !value.is_string(), "{report}");
                    }
                }
            }
        }
    }
}
