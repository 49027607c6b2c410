//! Schemas in words: what one wants of a value, and the code of a violation.

use serde_json::Value;

use crate::rules::{Contains, RuleId, Rules, whole};
use crate::violation::Code;
use crate::words::{join, member, quoted};

/// What an assertion about a value itself wants.
pub(crate) fn value(keyword: &str, value: &Value) -> (Code, String) {
    let text = || value.as_str().unwrap_or_default();
    let limit = || whole(value).unwrap_or_default();
    match keyword {
        "format" => (Code::Format, format_name(text())),
        "pattern" => (Code::Pattern, format!("a string that matches `{}`", text())),
        "minimum" => (Code::Range, format!("a number of at least {value}")),
        "maximum" => (Code::Range, format!("a number of at most {value}")),
        "exclusiveMinimum" => (Code::Range, format!("a number above {value}")),
        "exclusiveMaximum" => (Code::Range, format!("a number below {value}")),
        "multipleOf" => {
            (Code::Range, format!("a multiple of {}", value.as_f64().unwrap_or_default()))
        }
        "minLength" => {
            (Code::Length, format!("a string of at least {}", count(limit(), "character")))
        }
        "maxLength" => (Code::Length, at_most("a string", "character", limit())),
        "minItems" => (Code::Items, format!("an array of at least {}", count(limit(), "element"))),
        "maxItems" => (Code::Items, at_most("an array", "element", limit())),
        "uniqueItems" => (Code::Items, "an array of different elements".to_owned()),
        "minProperties" => {
            (Code::Properties, format!("an object of at least {}", count(limit(), "member")))
        }
        "maxProperties" => (Code::Properties, at_most("an object", "member", limit())),
        // Nothing else is an assertion about a value itself.
        _ => (Code::Union, "a value that the schema allows".to_owned()),
    }
}

/// What an array that ends after a tuple of `most` elements wants.
pub(crate) fn elements_at_most(most: usize) -> String {
    at_most("an array", "element", u64::try_from(most).unwrap_or(u64::MAX))
}

/// What a `contains` wants.
pub(crate) fn contained(contains: &Contains) -> String {
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
pub(crate) fn vocabulary<'r>(
    rules: &'r Rules,
    branches: &[RuleId],
) -> Option<(Vec<Value>, Vec<&'r str>)> {
    let (mut values, mut patterns) = (Vec::new(), Vec::new());
    for branch in branches {
        let rule = rules.get(rules.follow(*branch));
        let assertions = rule.plain(&["type", "enum", "const", "pattern"])?;
        let get = |keyword| assertions.get(keyword);
        match (get("enum"), get("const"), get("pattern")) {
            (Some(Value::Array(listed)), None, None) => values.extend(listed.iter().cloned()),
            (None, Some(value), None) => values.push(value.clone()),
            (None, None, Some(Value::String(pattern))) => patterns.push(pattern.as_str()),
            _ => return None,
        }
    }
    (!values.is_empty()).then_some((values, patterns))
}

/// What a union wants of which no branch fits, and nothing tells which was meant.
pub(crate) fn a_branch(rules: &Rules, branches: &[RuleId]) -> String {
    match alternatives(rules, branches) {
        Some(members) => {
            let members: Vec<String> = members.into_iter().map(member).collect();
            join(members.iter().map(String::as_str))
        }
        None => "a value that fits a branch of the union".to_owned(),
    }
}

/// What a `oneOf` wants of which several branches fit.
pub(crate) fn only_one(rules: &Rules, branches: &[RuleId]) -> String {
    match alternatives(rules, branches) {
        Some(members) => {
            let members: Vec<String> = members.into_iter().map(quoted).collect();
            format!("only one of the members {}", members.join(", "))
        }
        None => "a value that fits only one branch of the union".to_owned(),
    }
}

/// The members, if each branch does nothing but require one.
fn alternatives<'r>(rules: &'r Rules, branches: &[RuleId]) -> Option<Vec<&'r str>> {
    branches.iter().map(|branch| only_required(rules, *branch)).collect()
}

/// The members that must be absent where the schema `id` must not hold, if it is about that alone.
pub(crate) fn absent(rules: &Rules, id: RuleId) -> Option<Vec<&str>> {
    let rule = rules.get(rules.follow(id));
    match rule.unions.as_slice() {
        [union] if union.keyword == "anyOf" && rule.only_combines() => {
            union.branches.iter().map(|branch| only_required(rules, *branch)).collect()
        }
        _ => only_required(rules, id).map(|name| vec![name]),
    }
}

/// The one member that the schema `id` requires, if it does nothing else.
fn only_required(rules: &Rules, id: RuleId) -> Option<&str> {
    let rule = rules.get(rules.follow(id));
    rule.plain(&["type", "required"])?;
    let mut names = rule.required();
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

fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
