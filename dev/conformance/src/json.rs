//! When two JSON values are the same, and when one is another without its undocumented members.

use offhook_model::Json;
use offhook_model::location::escape;

use crate::number::exact;

/// Whether two values are equal as JSON Schema has it: numbers by value, objects in any order.
pub fn same(one: &Json, other: &Json) -> bool {
    differs(one, other, &mut |_| false, &mut String::new()).is_none()
}

/// The first place where `written` is not what was `read`, if there is one.
///
/// A member may have been dropped if `undocumented` says so of its pointer.
pub fn difference(
    read: &Json,
    written: &Json,
    mut undocumented: impl FnMut(&str) -> bool,
) -> Option<String> {
    differs(read, written, &mut undocumented, &mut String::new())
}

/// As [`difference`], below `pointer`.
fn differs(
    read: &Json,
    written: &Json,
    undocumented: &mut dyn FnMut(&str) -> bool,
    pointer: &mut String,
) -> Option<String> {
    match (read, written) {
        (Json::Array(read), Json::Array(written)) if read.len() == written.len() => {
            let mut pairs = read.iter().zip(written).enumerate();
            pairs.find_map(|(index, (read, written))| {
                below(pointer, &index.to_string(), |pointer| {
                    differs(read, written, undocumented, pointer)
                })
            })
        }
        (Json::Object(read), Json::Object(written)) => {
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
        (Json::Number(one), Json::Number(other)) if exact(one) == exact(other) => None,
        (Json::Null, Json::Null) => None,
        (Json::Bool(one), Json::Bool(other)) if one == other => None,
        (Json::String(one), Json::String(other)) if one == other => None,
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

#[cfg(test)]
mod tests {
    use offhook_model::Json;
    use offhook_model::json::parse;

    use super::{difference, same};

    fn json(text: &str) -> Json {
        parse(text).expect("JSON")
    }

    #[test]
    fn numbers_are_the_same_by_value() {
        let same = |one, other| same(&json(one), &json(other));
        assert!(same("[1, -2, 3e10, -0.0]", "[1.0, -2.0, 30000000000, 0]"));
        assert!(same("1e30", "1000000000000000000000000000000"));
        assert!(!same("9007199254740993.0", "9007199254740992"));
        assert!(!same("1e30", "1000000000000000000000000000001"));
        assert!(!same("1e-400", "0"));
        assert!(!same("1", "\"1\""));
        assert!(!same("1", "true"));
    }

    #[test]
    fn members_have_no_order_and_elements_have() {
        let same = |one, other| same(&json(one), &json(other));
        assert!(same(r#"{"a": 1, "b": [2]}"#, r#"{"b": [2], "a": 1}"#));
        assert!(!same("[1, 2]", "[2, 1]"));
        assert!(!same("[1]", "[1, 2]"));
    }

    #[test]
    fn only_undocumented_members_may_be_dropped() {
        let read = json(r#"{"a": {"b/c": 1, "d": 2}}"#);
        let written = json(r#"{"a": {"d": 2}}"#);
        let other = json(r#"{"a": {"d": 3}}"#);
        assert_eq!(difference(&read, &written, |pointer| pointer == "/a/b~1c"), None);
        assert_eq!(difference(&read, &written, |_| false).as_deref(), Some("/a/b~1c"));
        assert_eq!(difference(&written, &read, |_| true).as_deref(), Some("/a"));
        assert_eq!(difference(&read, &other, |_| true).as_deref(), Some("/a/d"));
    }
}
