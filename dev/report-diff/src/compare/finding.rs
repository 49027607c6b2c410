//! Compares the violations and notices of two reports.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{shown, wording};

/// Members that had another name, with the present one.
const RENAMED: [(&str, &str); 2] = [("want", "expected"), ("got", "found")];

/// Keywords that hold names, each of which leads to a schema or a list.
const NAMED: [&str; 7] = [
    "$defs",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// Findings of two reports are taken for the same if these members are equal, the first that can be.
const ALIKE: [&[&str]; 5] = [
    &["code", "pointer", "schema"],
    &["code", "pointer"],
    &["pointer", "offset"],
    &["code", "schema"],
    &["code", "offset"],
];

/// A violation or a notice.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    /// Its members, by their present names, and `level`.
    members: Map<String, Value>,
    pub(super) code: String,
    /// The keyword that its schema location leads to.
    pub(super) keyword: String,
}

/// A member of a finding that has another value.
pub(super) struct Change<'a> {
    pub(super) finding: &'a Finding,
    /// The member, or `finding` if it is in one report alone, or `order`.
    pub(super) field: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// Takes the findings out of a report.
pub(super) fn take(report: &mut Map<String, Value>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (list, level) in [("violations", "violation"), ("notices", "notice")] {
        let list = report.remove(list).unwrap_or_default();
        let list = list.as_array().into_iter().flatten().filter_map(Value::as_object);
        findings.extend(list.map(|members| Finding::new(members.clone(), level)));
    }
    findings
}

/// Returns how the findings of a report differ from those of an earlier one.
pub(super) fn differences<'a>(from: &'a [Finding], to: &'a [Finding]) -> Vec<Change<'a>> {
    let mut old: Vec<_> = from.iter().collect();
    let mut new: Vec<_> = to.iter().collect();
    let mut changes = Vec::new();
    pair(&mut old, &mut new, |one, other| one == other);
    if old.is_empty() && new.is_empty() {
        if from != to {
            changes.extend(reordered(from, to));
        }
        return changes;
    }
    for alike in ALIKE {
        let same = |one: &Finding, other: &Finding| {
            alike.iter().all(|name| one.members.get(*name) == other.members.get(*name))
        };
        for (one, other) in pair(&mut old, &mut new, same) {
            one.compare(other, &mut changes);
        }
    }
    for finding in old {
        changes.push(finding.alone(finding.to_string(), String::new()));
    }
    for finding in new {
        changes.push(finding.alone(String::new(), finding.to_string()));
    }
    changes
}

/// Removes from both lists what is the same in both, and returns it in pairs.
fn pair<'a>(
    old: &mut Vec<&'a Finding>,
    new: &mut Vec<&'a Finding>,
    same: impl Fn(&Finding, &Finding) -> bool,
) -> Vec<(&'a Finding, &'a Finding)> {
    let mut pairs = Vec::new();
    old.retain(|one| {
        let Some(index) = new.iter().position(|other| same(one, other)) else {
            return true;
        };
        pairs.push((*one, new.remove(index)));
        false
    });
    pairs
}

/// The first place where the order is another.
fn reordered<'a>(from: &'a [Finding], to: &'a [Finding]) -> Option<Change<'a>> {
    let (one, other) = from.iter().zip(to).find(|(one, other)| one != other)?;
    let (from, to) = (one.to_string(), other.to_string());
    Some(Change { finding: one, field: "order".to_owned(), from, to })
}

impl Finding {
    fn new(mut members: Map<String, Value>, level: &str) -> Self {
        for (former, name) in RENAMED {
            if let Some(value) = members.remove(former) {
                members.insert(name.to_owned(), value);
            }
        }
        // Beside its text, what was expected may also be there as data.
        if let Some(expected) = members.get_mut("expected")
            && let Some(text) = expected.get("text").cloned()
        {
            let data = std::mem::replace(expected, text);
            members.insert("expected data".to_owned(), data);
        }
        if let Some(message) = members.get_mut("message")
            && let Some(text) = message.as_str()
        {
            *message = wording::message(text).into();
        }
        if let Some(expected) = members.get_mut("expected")
            && let Some(text) = expected.as_str()
        {
            *expected = wording::expected(text).into();
        }
        members.insert("level".to_owned(), level.into());
        let text = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default();
        let (code, keyword) = (text("code").to_owned(), keyword(text("schema")));
        Self { members, code, keyword }
    }

    /// That it is in one report alone.
    fn alone(&self, from: String, to: String) -> Change<'_> {
        Change { finding: self, field: "finding".to_owned(), from, to }
    }

    /// Adds the members that have another value in `later`.
    fn compare<'a>(&'a self, later: &'a Self, changes: &mut Vec<Change<'a>>) {
        let names: BTreeSet<_> = self.members.keys().chain(later.members.keys()).collect();
        for name in names {
            let [from, to] = [self, later].map(|finding| finding.members.get(name));
            // The earlier tree may have had no data.
            let is_new_data = name == "expected data" && from.is_none();
            if from != to && !is_new_data {
                let [from, to] = [from, to].map(|value| value.map(shown).unwrap_or_default());
                changes.push(Change { finding: later, field: name.clone(), from, to });
            }
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |name: &str| self.members.get(name).map(shown).unwrap_or_default();
        let [level, pointer, message, schema] = ["level", "pointer", "message", "schema"].map(text);
        write!(f, "{level} {pointer}: {message} [{}] {schema}", self.code)
    }
}

/// The last keyword on the way of a schema location; names and indices below keywords are none.
fn keyword(schema: &str) -> String {
    let pointer = schema.split_once('#').map_or("", |(_, pointer)| pointer);
    let mut last = "";
    let mut tokens = pointer.split('/').skip(1);
    while let Some(token) = tokens.next() {
        if NAMED.contains(&token) {
            last = token;
            tokens.next();
        } else if !token.bytes().all(|byte| byte.is_ascii_digit()) {
            last = token;
        }
    }
    last.to_owned()
}

#[cfg(test)]
mod tests {
    use super::keyword;

    #[test]
    fn a_keyword_is_no_name_and_no_index() {
        assert_eq!(keyword("a.json#/properties/type/anyOf/0/enum"), "enum");
        assert_eq!(keyword("a.json#/allOf/1"), "allOf");
        assert_eq!(keyword("a.json#/properties/required"), "properties");
        assert_eq!(keyword("a.json#"), "");
        assert_eq!(keyword(""), "");
    }
}
