//! Numbers that one schema lets through and another does not, for what is not proven otherwise.

use jsonschema::Validator;
use serde_json::{Number, Value};

/// How many bounds are tried.
const MOST_BOUNDS: usize = 32;

/// Beyond this, a half is lost to rounding.
const LARGEST: f64 = 1e15;

/// Whether some number meets `inner` and not `outer`.
pub(crate) fn exists(outer: &Value, inner: &Value) -> bool {
    let mut bounds = vec![0.0];
    collect(outer, &mut bounds);
    collect(inner, &mut bounds);
    let (Some(outer), Some(inner)) = (validator(outer), validator(inner)) else {
        return false;
    };
    let near = |bound: f64| [0.0, 0.5, -0.5, 1.0, -1.0].map(|distance| bound + distance);
    bounds.into_iter().flat_map(near).filter_map(Number::from_f64).any(|number| {
        let number = Value::Number(number);
        inner.is_valid(&number) && !outer.is_valid(&number)
    })
}

fn validator(schema: &Value) -> Option<Validator> {
    jsonschema::options().offline().with_draft(jsonschema::Draft::Draft202012).build(schema).ok()
}

/// Adds the numbers that a schema has, which are most often bounds.
fn collect(value: &Value, bounds: &mut Vec<f64>) {
    match value {
        Value::Number(number) => bounds
            .extend(number.as_f64().filter(|it| it.abs() < LARGEST && bounds.len() < MOST_BOUNDS)),
        Value::Array(elements) => elements.iter().for_each(|it| collect(it, bounds)),
        Value::Object(members) => members.values().for_each(|it| collect(it, bounds)),
        _ => {}
    }
}
