//! JSON values made smaller as long as something stays true of them.

use serde_json::{Map, Value, json};

/// How many values are tried at most.
const TRIES: usize = 20_000;

/// A smallest value, made of `value` by leaving out and by simplifying, of which `keeps` is true.
pub(crate) fn shrunk(value: &Value, mut keeps: impl FnMut(&Value) -> bool) -> Value {
    let mut smallest = value.clone();
    let mut tries = TRIES;
    while let Some(smaller) = smaller(&smallest).into_iter().find(|value| {
        tries = tries.saturating_sub(1);
        tries > 0 && keeps(value)
    }) {
        smallest = smaller;
    }
    smallest
}

/// What `value` can be made smaller to in one step, the greatest steps first.
fn smaller(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let simple = [json!(null), json!(false), json!(0), json!(""), json!([]), json!({})];
    let rank = rank(value);
    found.extend(simple.into_iter().filter(|simple| self::rank(simple) < rank));
    match value {
        Value::String(string) => found.extend(shorter(string).into_iter().map(Value::String)),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            let nearer = [json!(1), whole(number), whole(number / 2.0)];
            found.extend(nearer.into_iter().filter(|value| self::rank(value) < rank));
        }
        Value::Array(elements) => {
            found.extend(elements.iter().cloned());
            for index in 0..elements.len() {
                let mut fewer = elements.clone();
                fewer.remove(index);
                found.push(Value::Array(fewer));
            }
            for (index, element) in elements.iter().enumerate() {
                for smaller in smaller(element) {
                    let mut changed = elements.clone();
                    changed[index] = smaller;
                    found.push(Value::Array(changed));
                }
            }
        }
        Value::Object(members) => {
            found.extend(members.values().cloned());
            found.extend(members.keys().map(|name| Value::Object(without(members, name))));
            for (name, value) in members {
                for smaller in smaller(value) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), smaller);
                    found.push(Value::Object(changed));
                }
                for shorter in shorter(name) {
                    let mut changed = without(members, name);
                    if !changed.contains_key(&shorter) {
                        changed.insert(shorter, value.clone());
                        found.push(Value::Object(changed));
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
    found
}

/// A number without its fraction.
#[expect(clippy::cast_possible_truncation, reason = "what is too large stays large")]
fn whole(number: f64) -> Value {
    json!(number as i64)
}

fn without(members: &Map<String, Value>, name: &str) -> Map<String, Value> {
    members.clone().into_iter().filter(|(other, _)| other != name).collect()
}

/// `string` without its half, or without one character.
fn shorter(string: &str) -> Vec<String> {
    let characters: Vec<char> = string.chars().collect();
    let half = characters.len() / 2;
    let halves = [&characters[..half], &characters[half..]];
    let mut found: Vec<String> = halves.into_iter().map(|half| half.iter().collect()).collect();
    // Both halves of a single character are no shorter than it.
    found.retain(|half| half.len() < string.len());
    for index in 0..characters.len().min(64) {
        let mut fewer = characters.clone();
        fewer.remove(index);
        found.push(fewer.into_iter().collect());
    }
    found
}

/// What a value is compared by, so that shrinking comes to an end.
fn rank(value: &Value) -> (u8, usize) {
    match value {
        Value::Null => (0, 0),
        Value::Bool(word) => (1, usize::from(*word)),
        Value::Number(number) => {
            (2, if number.as_f64() == Some(0.0) { 0 } else { number.to_string().len() })
        }
        Value::String(string) => (3, string.len()),
        Value::Array(elements) => (4, elements.len()),
        Value::Object(members) => (5, members.len()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::shrunk;

    #[test]
    fn what_does_not_matter_goes() {
        let value = json!({ "a": [1, { "b": "long text", "c": [true, 325.5, null] }], "d": {} });
        let has_fraction = |value: &Value| value.to_string().contains('.');
        assert_eq!(shrunk(&value, has_fraction), json!(325.5));
        let has_b = |value: &Value| value.pointer("/a/1/b").is_some();
        assert_eq!(shrunk(&value, has_b), json!({ "a": [null, { "b": null }] }));
        let text =
            |value: &Value| value.pointer("/a/1/b").and_then(Value::as_str).map_or(0, str::len);
        assert_eq!(text(&shrunk(&value, |value| text(value) > 2)), 3);
        assert_eq!(shrunk(&value, |_| true), json!(null));
    }
}
