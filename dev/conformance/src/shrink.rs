//! JSON values made smaller as long as something stays true of them.

use bigdecimal::Zero;
use offhook_model::json::parse;
use offhook_model::{Json, Object};

use crate::number::{exact, number};

/// How many values are tried at most.
const TRIES: usize = 4_000;

/// A smallest value, made of `value` by leaving out and by simplifying, of which `keeps` is true.
pub(crate) fn shrunk(value: &Json, mut keeps: impl FnMut(&Json) -> bool) -> Json {
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
fn smaller(value: &Json) -> Vec<Json> {
    let mut found = Vec::new();
    let simple =
        ["null", "false", "0", "\"\"", "[]", "{}"].map(|text| parse(text).unwrap_or_default());
    let rank = rank(value);
    found.extend(simple.into_iter().filter(|simple| self::rank(simple) < rank));
    match value {
        Json::String(string) => found.extend(shorter(string).into_iter().map(Json::String)),
        Json::Number(text) => {
            let text = text.as_str();
            let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
            let whole = mantissa.split('.').next().unwrap_or(mantissa);
            let mut nearer = vec![number("1"), number(whole), number(mantissa)];
            let shorter = (0..text.len()).map(|at| [&text[..at], &text[at + 1..]].concat());
            nearer.extend(shorter.filter_map(|text| parse(&text).ok()));
            found.extend(nearer.into_iter().filter(|value| self::rank(value) < rank));
        }
        Json::Array(elements) => {
            found.extend(elements.iter().cloned());
            for index in 0..elements.len() {
                let mut fewer = elements.clone();
                fewer.remove(index);
                found.push(Json::Array(fewer));
            }
            for (index, element) in elements.iter().enumerate() {
                for smaller in smaller(element) {
                    let mut changed = elements.clone();
                    changed[index] = smaller;
                    found.push(Json::Array(changed));
                }
            }
        }
        Json::Object(members) => {
            found.extend(members.values().cloned());
            found.extend(members.keys().map(|name| Json::Object(without(members, name))));
            for (name, value) in members {
                for smaller in smaller(value) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), smaller);
                    found.push(Json::Object(changed));
                }
                for shorter in shorter(name) {
                    let mut changed = without(members, name);
                    if !changed.contains_key(&shorter) {
                        changed.insert(shorter, value.clone());
                        found.push(Json::Object(changed));
                    }
                }
            }
        }
        Json::Null | Json::Bool(_) => {}
    }
    found
}

fn without(members: &Object, name: &str) -> Object {
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
fn rank(value: &Json) -> (u8, usize) {
    match value {
        Json::Null => (0, 0),
        Json::Bool(word) => (1, usize::from(*word)),
        Json::Number(number) => {
            (2, if exact(number).is_zero() { 0 } else { number.as_str().len() })
        }
        Json::String(string) => (3, string.len()),
        Json::Array(elements) => (4, elements.len()),
        Json::Object(members) => (5, members.len()),
    }
}

#[cfg(test)]
mod tests {
    use offhook_model::Json;
    use offhook_model::json::parse;

    use super::shrunk;

    #[test]
    fn what_does_not_matter_goes() {
        let json = |text| parse(text).expect("JSON");
        let value = json(r#"{"a": [1, {"b": "long text", "c": [true, 325.5, null]}], "d": {}}"#);
        let has_fraction = |value: &Json| value.to_string().contains('.');
        assert_eq!(shrunk(&value, has_fraction), json("5.5"));
        let has_b = |value: &Json| value.pointer("/a/1/b").is_some();
        assert_eq!(shrunk(&value, has_b), json(r#"{"a": [null, {"b": null}]}"#));
        let text =
            |value: &Json| value.pointer("/a/1/b").and_then(Json::as_str).map_or(0, str::len);
        assert_eq!(text(&shrunk(&value, |value| text(value) > 2)), 3);
        assert_eq!(shrunk(&value, |_| true), json("null"));
    }
}
