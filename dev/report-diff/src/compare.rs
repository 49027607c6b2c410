//! Finds the differences of two records, each as a field that has another value.

mod finding;
mod wording;

use std::collections::BTreeSet;

use offhook_report_recorder::Line;
use serde_json::{Map, Value};

use crate::record::{Case, Record};
use finding::Finding;

/// A field of one report that has another value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) set: String,
    /// The instance; empty for the set's schemas.
    pub(crate) instance: String,
    pub(crate) way: String,
    /// A member of the report or of a finding; or `refusal`, `verdict`, `finding`, `order`, `record`.
    pub(crate) field: String,
    /// The finding's code; empty for a field of the whole report.
    pub(crate) code: String,
    /// The keyword that the finding's schema location leads to.
    pub(crate) keyword: String,
    /// The value in the earlier record; empty if there was none.
    pub(crate) from: String,
    /// The value in the later record; empty if there is none.
    pub(crate) to: String,
    /// Whether the later verdict is the right one, where that is known.
    pub(crate) right: Option<bool>,
}

impl Difference {
    /// The part of the corpus.
    pub(crate) fn corpus(&self) -> &str {
        self.set.split('/').next().unwrap_or_default()
    }

    /// The kind of instance, as `mutant`; `schemas` for the set's schemas.
    pub(crate) fn kind(&self) -> &str {
        let kind = self.instance.split('/').next().filter(|kind| !kind.is_empty());
        kind.unwrap_or("schemas")
    }

    /// The instance and its set.
    pub(crate) fn case(&self) -> String {
        if self.instance.is_empty() {
            self.set.clone()
        } else {
            format!("{} {}", self.set, self.instance)
        }
    }
}

/// Returns all differences, in the order of the records.
///
/// Of schemas that only one of the two refused, there is one difference and none for each instance.
///
/// # Errors
///
/// The records are of different corpora.
pub(crate) fn differences(base: &Record, head: &Record) -> Result<Vec<Difference>, String> {
    if base.corpus != head.corpus {
        let (base, head) = (&base.corpus, &head.corpus);
        return Err(format!("expected records of one corpus, found {base} and {head}"));
    }
    let mut found = Vec::new();
    let cases: BTreeSet<_> = base.lines.keys().chain(head.lines.keys()).collect();
    for case in cases {
        let mut pair = Pair { case, base, head, found: &mut found };
        if case.instance.is_some() {
            pair.compare_reports();
        } else {
            pair.compare_schemas();
        }
    }
    Ok(found)
}

/// A case in both records.
struct Pair<'a> {
    case: &'a Case,
    base: &'a Record,
    head: &'a Record,
    found: &'a mut Vec<Difference>,
}

impl Pair<'_> {
    fn add(&mut self, field: &str, from: String, to: String) -> &mut Difference {
        let Case { set, instance, way } = self.case.clone();
        let instance = instance.unwrap_or_default();
        let field = field.to_owned();
        self.found.push(Difference {
            set,
            instance,
            way,
            field,
            from,
            to,
            ..Difference::default()
        });
        self.found.last_mut().expect("one was pushed")
    }

    fn compare_schemas(&mut self) {
        let Case { set, way, .. } = self.case;
        let [from, to] = [self.base, self.head].map(|record| record.refusal(set, way));
        if from.is_some() || to.is_some() {
            let [from, to] = [from, to].map(|text| wording::message(text.unwrap_or_default()));
            if from != to {
                let right = to.is_empty().then(|| right(self.head, set, way)).flatten();
                self.add("refusal", from, to).right = right;
            }
            return;
        }
        let lines = [self.base, self.head].map(|record| record.lines.get(self.case));
        if let [Some(from), Some(to)] = lines {
            self.compare_members(&members(&from.result), &members(&to.result));
        } else {
            self.add_missing(lines);
        }
    }

    fn compare_reports(&mut self) {
        let lines = [self.base, self.head].map(|record| record.lines.get(self.case));
        let Case { set, way, .. } = self.case;
        if let [Some(from), Some(to)] = lines {
            if from.result != to.result {
                self.compare_findings(from, to);
            }
        } else if [self.base, self.head].iter().all(|record| record.refusal(set, way).is_none()) {
            self.add_missing(lines);
        }
    }

    /// Adds that a line is in one record alone.
    fn add_missing(&mut self, lines: [Option<&Line>; 2]) {
        let [from, to] = lines.map(|line| line.map(|line| line.result.to_string()));
        self.add("record", from.unwrap_or_default(), to.unwrap_or_default());
    }

    fn compare_findings(&mut self, from: &Line, to: &Line) {
        let expected = to.expected;
        let [from, to] = [&from.result, &to.result];
        let [mut before, mut after] = [from, to].map(members);
        let [valid, still] = [&mut before, &mut after].map(|members| members.remove("valid"));
        if valid != still {
            let right = expected.map(|expected| still == Some(expected.into()));
            let verdict = |valid: Option<Value>| valid.as_ref().map(shown).unwrap_or_default();
            self.add("verdict", verdict(valid), verdict(still)).right = right;
        }
        let [old, new] = [&mut before, &mut after].map(finding::take);
        for difference in finding::differences(&old, &new) {
            let Finding { code, keyword, .. } = difference.finding;
            let (code, keyword) = (code.clone(), keyword.clone());
            let added = self.add(&difference.field, difference.from, difference.to);
            (added.code, added.keyword) = (code, keyword);
        }
        self.compare_members(&before, &after);
    }

    fn compare_members(&mut self, from: &Map<String, Value>, to: &Map<String, Value>) {
        let names: BTreeSet<_> = from.keys().chain(to.keys()).collect();
        for name in names {
            let [from, to] = [from, to].map(|members| members.get(name));
            if from != to {
                let [from, to] = [from, to].map(|value| value.map(shown).unwrap_or_default());
                self.add(name, from, to);
            }
        }
    }
}

/// Whether all verdicts on a set's instances are right; nothing if none is known.
fn right(record: &Record, set: &str, way: &str) -> Option<bool> {
    let known = record.instances(set, way).filter_map(|line| {
        let expected = line.expected?;
        Some(line.result["valid"] == expected)
    });
    known.fold(None, |all, right| Some(all.unwrap_or(true) && right))
}

/// The members of a report, without those whose absence means the same.
fn members(report: &Value) -> Map<String, Value> {
    let mut members = report.as_object().cloned().unwrap_or_default();
    if members.get("omitted").is_some_and(|number| *number == 0) {
        members.remove("omitted");
    }
    members
}

/// A string as it is, another value as JSON.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Difference, differences};
    use crate::record::Record;

    /// A record of one report.
    fn record(result: &Value) -> Record {
        let line = json!({
            "set": "suite/a", "instance": "test/0", "way": "library", "expected": true,
            "result": result,
        });
        Record::parse(&format!("{}\n{line}\n", json!({ "corpus": "1" }))).expect("a record")
    }

    fn report(valid: bool, violations: &Value) -> Value {
        json!({ "vendor": "a", "valid": valid, "violations": violations, "notices": [] })
    }

    /// The fields that differ, with both values.
    fn found(from: &Value, to: &Value) -> Vec<[String; 3]> {
        let differences = differences(&record(from), &record(to)).expect("one corpus");
        differences
            .into_iter()
            .map(|Difference { field, from, to, .. }| [field, from, to])
            .collect()
    }

    fn violation(want: &str, line: u64) -> Value {
        json!({
            "code": "type", "pointer": "/a", "line": line, "message": format!("want {want}, got a string"),
            "want": want, "got": "a string", "schema": "a.json#/properties/a/type",
        })
    }

    #[test]
    fn renamed_members_are_no_difference() {
        let now = json!({
            "code": "type", "pointer": "/a", "line": 1,
            "message": "expected a number, found a string",
            "expected": "a number", "found": "a string", "schema": "a.json#/properties/a/type",
        });
        let from = report(false, &json!([violation("a number", 1)]));
        assert!(found(&from, &report(false, &json!([now]))).is_empty());
    }

    #[test]
    fn a_verdict_and_its_violation_are_told() {
        let from = report(false, &json!([violation("a number", 1)]));
        let fields = found(&from, &report(true, &json!([]))).map_fields();
        assert_eq!(fields, ["verdict", "finding"]);
        let [from, to] = [&from, &report(true, &json!([]))].map(record);
        let all = differences(&from, &to).expect("one corpus");
        assert_eq!(all[0].right, Some(true));
        assert_eq!((&*all[1].code, &*all[1].keyword), ("type", "type"));
    }

    #[test]
    fn a_finding_that_changed_is_told_by_field() {
        let from = report(false, &json!([violation("a number", 1)]));
        let to = report(false, &json!([violation("an integer", 2)]));
        assert_eq!(found(&from, &to).map_fields(), ["expected", "line", "message"]);
    }

    #[test]
    fn another_order_is_told() {
        let (one, other) = (violation("a number", 1), violation("an integer", 2));
        let from = report(false, &json!([one, other]));
        let to = report(false, &json!([other, one]));
        assert_eq!(found(&from, &to).map_fields(), ["order"]);
    }

    #[test]
    fn refused_schemas_are_one_difference() {
        let schemas = |result: Value| {
            let line =
                json!({ "set": "a/b", "instance": null, "way": "command", "result": result });
            format!("{}\n{line}\n", json!({ "corpus": "1" }))
        };
        let accepted = schemas(json!({ "status": 0 }))
            + &json!({
                "set": "a/b", "instance": "test/0", "way": "command", "expected": false,
                "result": { "valid": true },
            })
            .to_string();
        let refused = schemas(json!({ "refused": "want a draft, got none" }));
        let [from, to] = [refused, accepted].map(|text| Record::parse(&text).expect("a record"));
        let all = differences(&from, &to).expect("one corpus");
        assert_eq!(all.len(), 1);
        assert_eq!((&*all[0].field, &*all[0].from), ("refusal", "expected a draft, found none"));
        assert_eq!(all[0].right, Some(false));
    }

    trait Fields {
        fn map_fields(self) -> Vec<String>;
    }

    impl Fields for Vec<[String; 3]> {
        fn map_fields(self) -> Vec<String> {
            self.into_iter().map(|[field, ..]| field).collect()
        }
    }
}
