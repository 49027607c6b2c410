//! Schemas and values in words, for every message of offhook.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use crate::graph::Graph;
use crate::graph::{Contains, SchemaId};
use crate::json::{Json, quoted};
use crate::type_set::TypeSet;

/// Returns a number with its noun: `1 event`, `2 events`.
///
/// ```
/// use offhook_model::message::count;
///
/// assert_eq!(count(1, "event"), "1 event");
/// assert_eq!(count(21, "event"), "21 events");
/// ```
pub fn count<N: Copy + fmt::Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The values of a list, or what matches a pattern.
pub fn listed(values: &[Json], patterns: &[&str]) -> String {
    let length = |value: &Json| value.as_str().map_or(8, str::len) + ", \"\"".len();
    let lengths = values.iter().map(length).sum::<usize>();
    let mut want = String::with_capacity("one of ".len() + lengths);
    match values {
        [] => want.push_str("no value"),
        [one] => push(one, &mut want),
        several => {
            for value in several {
                want.push_str(if want.is_empty() { "one of " } else { ", " });
                push(value, &mut want);
            }
        }
    }
    for pattern in patterns {
        // Writing to a string does not fail.
        let _ = write!(want, ", or a string that matches `{pattern}`");
    }
    want
}

/// Puts a value after other text.
fn push(value: &Json, text: &mut String) {
    match value {
        Json::String(string) => text.push_str(&quoted(string)),
        other => text.push_str(&other.to_string()),
    }
}

/// What lacks a member wants.
pub fn member(name: &str) -> String {
    ["the member ", &quoted(name)].concat()
}

/// Whether another value was meant.
pub fn meant_value(near: &str) -> String {
    ["did you mean ", &quoted(near), "?"].concat()
}

/// Whether another member was meant.
pub fn meant_member(near: &str) -> String {
    ["did you mean `", near, "`?"].concat()
}

/// Some types, each with its article.
pub fn types(types: TypeSet) -> Cow<'static, str> {
    let mut names = types.names();
    match (names.next(), names.next()) {
        (Some(one), None) => article(one).into(),
        _ => join(types.names().map(article)).into(),
    }
}

/// `a`, `a or b`, `a, b or c`; null comes last.
pub fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_by_key(|part| *part == "null");
    match parts.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// A JSON type with its article.
pub fn article(json: &str) -> &'static str {
    match json {
        "object" => "an object",
        "array" => "an array",
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "a boolean",
        _ => "null",
    }
}

/// What an assertion about a value itself wants.
pub fn assertion(keyword: &str, value: &Json) -> String {
    let text = || value.as_str().unwrap_or_default();
    let limit = || value.as_u64().unwrap_or_default();
    match keyword {
        "format" => format_name(text()),
        "pattern" => format!("a string that matches `{}`", text()),
        "minimum" => format!("a number of at least {value}"),
        "maximum" => format!("a number of at most {value}"),
        "exclusiveMinimum" => format!("a number above {value}"),
        "exclusiveMaximum" => format!("a number below {value}"),
        "multipleOf" => {
            format!("a multiple of {}", value.as_f64().unwrap_or_default())
        }
        "minLength" => {
            format!("a string of at least {}", count(limit(), "character"))
        }
        "maxLength" => at_most("a string", "character", limit()),
        "minItems" => format!("an array of at least {}", count(limit(), "element")),
        "maxItems" => at_most("an array", "element", limit()),
        "uniqueItems" => "an array of different elements".to_owned(),
        "minProperties" => {
            format!("an object of at least {}", count(limit(), "member"))
        }
        "maxProperties" => at_most("an object", "member", limit()),
        // Nothing else is an assertion about a value itself.
        _ => "a value that the schema allows".to_owned(),
    }
}

/// What an array that ends after a tuple of `most` elements wants.
pub fn elements_at_most(most: usize) -> String {
    at_most("an array", "element", u64::try_from(most).unwrap_or(u64::MAX))
}

/// What a `contains` wants.
pub fn contained(contains: &Contains) -> String {
    let some = match (contains.min, contains.max) {
        (min, None) => format!("at least {}", count(min, "element")),
        (_, Some(0)) => "no element".to_owned(),
        (0, Some(max)) => format!("at most {}", count(max, "element")),
        (min, Some(max)) if min == max => format!("exactly {}", count(max, "element")),
        (min, Some(max)) => format!("{min} to {}", count(max, "element")),
    };
    format!("an array with {some} of the kind that it contains")
}

/// The values and patterns of branches that do nothing but list them.
pub fn vocabulary<'r>(
    graph: &'r Graph,
    branches: &[SchemaId],
) -> Option<(Vec<Json>, Vec<&'r str>)> {
    let (mut values, mut patterns) = (Vec::new(), Vec::new());
    for branch in branches {
        let schema = graph.get(graph.follow(*branch));
        let assertions = schema.only(&["type", "enum", "const", "pattern"])?;
        let get = |keyword| assertions.get(keyword);
        match (get("enum"), get("const"), get("pattern")) {
            (Some(Json::Array(listed)), None, None) => values.extend(listed.iter().cloned()),
            (None, Some(value), None) => values.push(value.clone()),
            (None, None, Some(Json::String(pattern))) => patterns.push(pattern.as_str()),
            _ => return None,
        }
    }
    (!values.is_empty()).then_some((values, patterns))
}

/// What a union wants of which no branch fits, and nothing tells which was meant.
pub fn a_branch(graph: &Graph, branches: &[SchemaId]) -> String {
    match alternatives(graph, branches) {
        Some(members) => {
            let members: Vec<String> = members.into_iter().map(member).collect();
            join(members.iter().map(String::as_str))
        }
        None => "a value that fits a branch of the union".to_owned(),
    }
}

/// What a `oneOf` wants of which several branches fit.
pub fn only_one(graph: &Graph, branches: &[SchemaId]) -> String {
    match alternatives(graph, branches) {
        Some(members) => {
            let members: Vec<String> = members.into_iter().map(quoted).collect();
            format!("only one of the members {}", members.join(", "))
        }
        None => "a value that fits only one branch of the union".to_owned(),
    }
}

/// The members, if each branch does nothing but require one.
fn alternatives<'r>(graph: &'r Graph, branches: &[SchemaId]) -> Option<Vec<&'r str>> {
    branches.iter().map(|branch| only_required(graph, *branch)).collect()
}

/// The members that must be absent where the schema `id` must not hold, if it is about that alone.
pub fn absent(graph: &Graph, id: SchemaId) -> Option<Vec<&str>> {
    let schema = graph.get(graph.follow(id));
    match schema.unions.as_slice() {
        [union] if union.keyword == "anyOf" && schema.only_combines() => {
            union.branches.iter().map(|branch| only_required(graph, *branch)).collect()
        }
        _ => only_required(graph, id).map(|name| vec![name]),
    }
}

/// The one member that the schema `id` requires, if it does nothing else.
fn only_required(graph: &Graph, id: SchemaId) -> Option<&str> {
    let schema = graph.get(graph.follow(id));
    schema.only(&["type", "required"])?;
    let mut names = schema.required();
    names.next().filter(|_| names.next().is_none())
}

fn format_name(format: &str) -> String {
    match format {
        "date-time" => "an RFC 3339 date-time".to_owned(),
        other => format!("a string of the format {other:?}"),
    }
}

fn at_most(what: &str, noun: &str, limit: u64) -> String {
    match limit {
        // `a string` is `an empty string`, as is all else.
        0 => format!("an empty {}", what.rsplit(' ').next().unwrap_or(what)),
        limit => format!("{what} of at most {}", count(limit, noun)),
    }
}
