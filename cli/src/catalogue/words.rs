//! What a schema lets through, in words: `string or null, an RFC 3339 date-time`.

use crate::catalogue::schema::Schema;
use offhook_model::Json;

/// How many alternatives are told before it is said that there are more.
const DEEPEST: usize = 4;

/// What a value must be; `any value` if it may be anything.
pub(crate) fn value(schema: &Schema<'_>) -> String {
    let phrases = phrases(schema, DEEPEST);
    if phrases.is_empty() { "any value".to_owned() } else { phrases.join(", ") }
}

/// What a value should be, as the document only hints at.
pub(crate) fn advice(schema: &Schema<'_>) -> Option<String> {
    let all = schema.all();
    let advice: Vec<String> = all
        .iter()
        .filter_map(|schema| schema.child("x-advice"))
        .flat_map(|advice| [phrases(&advice, DEEPEST), parts(&advice)].concat())
        .collect();
    (!advice.is_empty()).then(|| advice.join(", "))
}

/// What the unnamed parts of a value are: fields are not made of advice.
fn parts(schema: &Schema<'_>) -> Vec<String> {
    let part = |(keyword, part)| Some(format!("each {part} {}", value(&schema.child(keyword)?)));
    [("additionalProperties", "member"), ("items", "element")]
        .into_iter()
        .filter_map(part)
        .collect()
}

/// What holds only under a condition, a sentence each.
pub(crate) fn conditions(schema: &Schema<'_>) -> Vec<String> {
    let mut conditions = Vec::new();
    for schema in schema.all() {
        let advised = schema.child("x-advice").map(|advice| self::conditions(&advice));
        let advised = advised.into_iter().flatten();
        conditions.extend(advised.map(|condition| format!("advice: {condition}")));
        let Some(condition) = schema.child("if") else {
            continue;
        };
        let when = holds(&condition);
        for (keyword, word) in [("then", "if"), ("else", "unless")] {
            if let Some(then) = schema.child(keyword) {
                conditions.push(format!("{word} {when}: {}", holds(&then)));
            }
        }
    }
    conditions
}

fn phrases(schema: &Schema<'_>, depth: usize) -> Vec<String> {
    if let Json::Bool(anything) = schema.json() {
        return if *anything { Vec::new() } else { vec!["nothing at all".to_owned()] };
    }
    let mut phrases = Vec::new();
    for schema in schema.all() {
        let own = [types(&schema), listed(&schema), texts(&schema), bounds(&schema)];
        let own = own.into_iter().flatten().chain(alternatives(&schema, depth));
        for phrase in own.filter(|phrase| !phrases.contains(phrase)).collect::<Vec<_>>() {
            phrases.push(phrase);
        }
    }
    // A list of values says of which type they are.
    if phrases.iter().any(|phrase| is_listed(phrase)) {
        phrases.retain(|phrase| !matches!(phrase.as_str(), "string" | "number" | "boolean"));
    }
    phrases
}

fn is_listed(phrase: &str) -> bool {
    phrase.starts_with("always ") || phrase.starts_with("one of ")
}

fn types(schema: &Schema<'_>) -> Option<String> {
    match schema.own("type")? {
        Json::Array(types) => {
            let types: Vec<&str> = types.iter().filter_map(Json::as_str).collect();
            Some(types.join(" or "))
        }
        one => one.as_str().map(str::to_owned),
    }
}

fn listed(schema: &Schema<'_>) -> Option<String> {
    if let Some(only) = schema.own("const") {
        return Some(format!("always {only}"));
    }
    let values = schema.own("enum")?.as_array()?;
    let values: Vec<String> = values.iter().map(Json::to_string).collect();
    Some(format!("one of {}", values.join(", ")))
}

fn texts(schema: &Schema<'_>) -> Option<String> {
    let mut texts = Vec::new();
    if let Some(format) = schema.own("format").and_then(Json::as_str) {
        texts.push(match format {
            "date-time" => "an RFC 3339 date-time".to_owned(),
            other => format!("of the format {other}"),
        });
    }
    if let Some(pattern) = schema.own("pattern").and_then(Json::as_str) {
        texts.push(format!("matching `{pattern}`"));
    }
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// Bounds by keyword, each with the words for it.
const BOUNDS: [(&str, &str, &str); 13] = [
    ("minimum", "at least ", ""),
    ("exclusiveMinimum", "more than ", ""),
    ("maximum", "at most ", ""),
    ("exclusiveMaximum", "less than ", ""),
    ("multipleOf", "a multiple of ", ""),
    ("minLength", "at least ", " characters"),
    ("maxLength", "at most ", " characters"),
    ("minItems", "at least ", " elements"),
    ("maxItems", "at most ", " elements"),
    ("minProperties", "at least ", " members"),
    ("maxProperties", "at most ", " members"),
    ("minContains", "at least ", " of the elements that it contains"),
    ("maxContains", "at most ", " of the elements that it contains"),
];

fn bounds(schema: &Schema<'_>) -> Option<String> {
    let bound = |(keyword, before, after): (&str, &str, &str)| {
        Some(format!("{before}{}{after}", schema.own(keyword)?))
    };
    let mut bounds: Vec<String> = BOUNDS.into_iter().filter_map(bound).collect();
    if schema.own("uniqueItems").is_some_and(Json::is_true) {
        bounds.push("no element twice".to_owned());
    }
    (!bounds.is_empty()).then(|| bounds.join(", "))
}

fn alternatives(schema: &Schema<'_>, depth: usize) -> Vec<String> {
    let mut all = Vec::new();
    for keyword in ["anyOf", "oneOf"] {
        let branches = schema.children(keyword);
        if branches.is_empty() {
            continue;
        }
        if depth == 0 {
            all.push("one of several forms".to_owned());
            continue;
        }
        let branches: Vec<String> = branches
            .iter()
            .map(|branch| match phrases(branch, depth - 1) {
                none if none.is_empty() => "any value".to_owned(),
                phrases => phrases.join(", "),
            })
            .collect();
        all.push(branches.join("; or "));
    }
    all
}

/// What a schema says of an object's members.
fn holds(schema: &Schema<'_>) -> String {
    let mut parts = Vec::new();
    let mut told = Vec::new();
    for (name, member) in schema.named("properties") {
        told.push(name);
        parts.push(match member.json() {
            Json::Bool(false) => format!("`{name}` is absent"),
            _ => match member.own("const") {
                Some(value) => format!("`{name}` is {value}"),
                None => format!("`{name}` is {}", value(&member)),
            },
        });
    }
    let required = schema.own("required").and_then(Json::as_array).unwrap_or_default();
    for name in required.iter().filter_map(Json::as_str).filter(|name| !told.contains(name)) {
        parts.push(format!("`{name}` is there"));
    }
    if parts.is_empty() {
        return format!("it meets {}", schema.json());
    }
    parts.join(" and ")
}
