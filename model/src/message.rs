//! Schemas and values in words, for every message of offhook.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use crate::expected::{Bound, Count, Expected, MOST_VALUES, Values};
use crate::graph::{Graph, SchemaId};
use crate::json::{Json, quoted};
use crate::type_set::TypeSet;

/// Returns a number with its noun: `1 event`, `2 events`.
///
/// ```
/// use offhook_model::message::count;
///
/// assert_eq!(count(1, "event"), "1 event");
/// assert_eq!(count(21, "event"), "21 events");
/// assert_eq!(count(2, "property"), "2 properties");
/// ```
pub fn count<N: Copy + fmt::Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if number == N::from(1) => format!("{number} {noun}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}

/// Returns what is expected, as it follows "expected".
pub fn expected(expected: &Expected) -> String {
    match expected {
        Expected::Types(types) => self::types(*types).into_owned(),
        Expected::Values(all) => listed(all),
        Expected::Bound(Bound::Minimum, limit) => format!("a number of at least {limit}"),
        Expected::Bound(Bound::Maximum, limit) => format!("a number of at most {limit}"),
        Expected::Bound(Bound::ExclusiveMinimum, limit) => format!("a number above {limit}"),
        Expected::Bound(Bound::ExclusiveMaximum, limit) => format!("a number below {limit}"),
        Expected::MultipleOf(factor) => format!("a multiple of {factor}"),
        Expected::Length(bound) => counted("a string", "character", *bound),
        Expected::Pattern(pattern) => format!("a string that matches `{pattern}`"),
        Expected::Format(format) if &**format == "date-time" => "an RFC 3339 date-time".to_owned(),
        Expected::Format(format) => format!("a string of the format {format:?}"),
        Expected::Items(bound) => counted("an array", "element", *bound),
        Expected::UniqueItems => "an array of different elements".to_owned(),
        Expected::Contains { minimum, maximum } => contained(*minimum, *maximum),
        Expected::NoOtherItems => "an array without further elements".to_owned(),
        Expected::Properties(bound) => counted("an object", "property", *bound),
        Expected::Property(name) => property(name),
        Expected::AnyProperty(names) => {
            let all: Vec<String> = names.iter().map(|name| property(name)).collect();
            join(all.iter().map(String::as_str))
        }
        Expected::OneProperty(names) => {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            format!("only one of the properties {}", names.join(", "))
        }
        Expected::NoProperty(name) => format!("no property {}", quoted(name)),
        Expected::DocumentedProperty => "a documented property".to_owned(),
        Expected::DifferentProperties => "each property once".to_owned(),
        Expected::PropertyNames(name) => format!("{name} for the name of every property"),
        Expected::Nothing => "no value here".to_owned(),
        Expected::Branch => "a value that fits a branch of the union".to_owned(),
        Expected::OneBranch => "a value that fits only one branch of the union".to_owned(),
        Expected::NotRuledOut => "a value that the schema does not rule out".to_owned(),
        Expected::Other(text) => text.to_string(),
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&expected(self))
    }
}

/// The values of a list, or what matches a pattern.
fn listed(all: &Values) -> String {
    let told = &all.values[..all.values.len().min(MOST_VALUES)];
    let length = |value: &Json| value.as_str().map_or(8, str::len) + ", \"\"".len();
    let lengths = told.iter().map(length).sum::<usize>();
    let mut text = String::with_capacity("one of ".len() + lengths);
    match told {
        [] => text.push_str("no value"),
        [one] => push(one, &mut text),
        several => {
            for value in several {
                text.push_str(if text.is_empty() { "one of " } else { ", " });
                push(value, &mut text);
            }
        }
    }
    let others = all.values.len() - told.len();
    // Writing to a string does not fail.
    if others > 0 {
        let _ = write!(text, " and {}", count(others, "other"));
    }
    for pattern in &all.patterns {
        let _ = write!(text, ", or a string that matches `{pattern}`");
    }
    text
}

/// Puts a value after other text.
fn push(value: &Json, text: &mut String) {
    match value {
        Json::String(string) => text.push_str(&quoted(string)),
        other => text.push_str(&other.to_string()),
    }
}

fn property(name: &str) -> String {
    ["the property ", &quoted(name)].concat()
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
fn article(json: &str) -> &'static str {
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

/// What a `contains` wants.
fn contained(minimum: u64, maximum: Option<u64>) -> String {
    let some = match (minimum, maximum) {
        (min, None) => format!("at least {}", count(min, "element")),
        (_, Some(0)) => "no element".to_owned(),
        (0, Some(max)) => format!("at most {}", count(max, "element")),
        (min, Some(max)) if min == max => format!("exactly {}", count(max, "element")),
        (min, Some(max)) => format!("{min} to {}", count(max, "element")),
    };
    format!("an array with {some} of the kind that it contains")
}

/// Returns the values and patterns of branches that do nothing but list them.
pub fn vocabulary(graph: &Graph, branches: &[SchemaId]) -> Option<Values> {
    let mut all = Values::default();
    for branch in branches {
        let schema = graph.get(graph.follow(*branch));
        let assertions = schema.only(&["type", "enum", "const", "pattern"])?;
        let get = |keyword| assertions.get(keyword);
        match (get("enum"), get("const"), get("pattern")) {
            (Some(Json::Array(listed)), None, None) => all.values.extend(listed.iter().cloned()),
            (None, Some(value), None) => all.values.push(value.clone()),
            (None, None, Some(Json::String(pattern))) => all.patterns.push(pattern.as_str().into()),
            _ => return None,
        }
    }
    (!all.values.is_empty()).then_some(all)
}

/// Returns what a union expects of which no branch fits, where nothing tells which was meant.
pub fn a_branch(graph: &Graph, branches: &[SchemaId]) -> Expected {
    alternatives(graph, branches).map_or(Expected::Branch, Expected::AnyProperty)
}

/// Returns what a `oneOf` expects of which several branches fit.
pub fn only_one(graph: &Graph, branches: &[SchemaId]) -> Expected {
    alternatives(graph, branches).map_or(Expected::OneBranch, Expected::OneProperty)
}

/// The members, if each branch does nothing but require one.
fn alternatives(graph: &Graph, branches: &[SchemaId]) -> Option<Vec<Box<str>>> {
    branches.iter().map(|branch| only_required(graph, *branch).map(Box::from)).collect()
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

fn counted(what: &str, noun: &str, bound: Count) -> String {
    match bound {
        Count::AtLeast(least) => format!("{what} of at least {}", count(least, noun)),
        Count::AtMost(most) => at_most(what, noun, most),
    }
}

fn at_most(what: &str, noun: &str, limit: u64) -> String {
    match limit {
        // `a string` is `an empty string`, as is all else.
        0 => format!("an empty {}", what.rsplit(' ').next().unwrap_or(what)),
        limit => format!("{what} of at most {}", count(limit, noun)),
    }
}
