//! When two JSON values are the same, and when one is another without its undocumented members.

use offhook_model::location::escape;
use offhook_runtime::value::decimal::Decimal;
use serde_json::{Number, Value};

/// Whether two values are equal as JSON Schema has it: numbers by value, objects in any order.
pub fn same(one: &Value, other: &Value) -> bool {
    differs(one, other, &mut |_| false, &mut String::new()).is_none()
}

/// The first place where `written` is not what was `read`, if there is one.
///
/// A member may have been dropped if `undocumented` says so of its pointer.
pub fn difference(
    read: &Value,
    written: &Value,
    mut undocumented: impl FnMut(&str) -> bool,
) -> Option<String> {
    differs(read, written, &mut undocumented, &mut String::new())
}

/// As [`difference`], below `pointer`.
fn differs(
    read: &Value,
    written: &Value,
    undocumented: &mut dyn FnMut(&str) -> bool,
    pointer: &mut String,
) -> Option<String> {
    match (read, written) {
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let mut pairs = read.iter().zip(written).enumerate();
            pairs.find_map(|(index, (read, written))| {
                below(pointer, &index.to_string(), |pointer| {
                    differs(read, written, undocumented, pointer)
                })
            })
        }
        (Value::Object(read), Value::Object(written)) => {
            let added = written.keys().any(|name| !read.contains_key(name));
            let mut members = read.iter();
            let differing = members.find_map(|(name, read)| {
                below(pointer, name, |pointer| match written.get(name) {
                    Some(written) => differs(read, written, undocumented, pointer),
                    None => (!undocumented(pointer)).then(|| pointer.clone()),
                })
            });
            differing.or_else(|| added.then(|| pointer.clone()))
        }
        (Value::Number(one), Value::Number(other)) if same_number(one, other) => None,
        (one, other) if one == other => None,
        _ => Some(pointer.clone()),
    }
}

/// Calls `f` with the pointer to `name` below `pointer`.
fn below<T>(pointer: &mut String, name: &str, f: impl FnOnce(&mut String) -> T) -> T {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&escape(name));
    let result = f(pointer);
    pointer.truncate(length);
    result
}

/// `1` is `1.0`.
fn same_number(one: &Number, other: &Number) -> bool {
    Decimal::new(&one.to_string()) == Decimal::new(&other.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{difference, same};

    #[test]
    fn numbers_are_the_same_by_value() {
        assert!(same(&json!([1, -2, 3e10]), &json!([1.0, -2.0, 30_000_000_000_u64])));
        assert!(!same(&json!(9_007_199_254_740_993_u64), &json!(9_007_199_254_740_992_u64)));
        assert!(!same(&json!(1), &json!("1")));
    }

    #[test]
    fn members_have_no_order_and_elements_have() {
        assert!(same(&json!({"a": 1, "b": [2]}), &json!({"b": [2], "a": 1})));
        assert!(!same(&json!([1, 2]), &json!([2, 1])));
        assert!(!same(&json!([1]), &json!([1, 2])));
    }

    #[test]
    fn only_undocumented_members_may_be_dropped() {
        let read = json!({"a": {"b/c": 1, "d": 2}});
        let written = json!({"a": {"d": 2}});
        assert_eq!(difference(&read, &written, |pointer| pointer == "/a/b~1c"), None);
        assert_eq!(difference(&read, &written, |_| false).as_deref(), Some("/a/b~1c"));
        assert_eq!(difference(&written, &read, |_| true).as_deref(), Some("/a"));
        assert_eq!(difference(&read, &json!({"a": {"d": 3}}), |_| true).as_deref(), Some("/a/d"));
    }
}
