//! Drives the harness for Bowtie over its pipes, through a few cases and through the suite.
//!
//! The harness must answer every group that the suite's test accepts, with the suite's verdicts, and
//! may skip only groups that codegen refuses.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use offhook_conformance::suite::Group as Known;
use offhook_conformance::tell;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::generated::{ACCEPTED, REFUSED, SET_ASIDE, SUITE};

/// The drafts' folders in the suite, and their URIs.
const DRAFTS: [(&str, &str); 2] = [
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
];

/// A draft that the suite's test does not run.
const DRAFT_4: &str = "http://json-schema.org/draft-04/schema#";

/// A running harness.
struct Harness {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Harness {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_offhook-bowtie"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the harness starts");
        let input = child.stdin.take().expect("its input is a pipe");
        let output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let mut harness = Self { child, input, output };
        let started = harness.ask(&json!({ "cmd": "start", "version": 1 }).to_string());
        assert_eq!(started["version"], 1, "{started}");
        harness
    }

    /// Sends a line, and reads one.
    fn ask(&mut self, line: &str) -> Value {
        writeln!(self.input, "{line}").expect("the harness listens");
        let mut answer = String::new();
        self.output.read_line(&mut answer).expect("the harness answers");
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
    }

    fn speak(&mut self, dialect: &str) {
        let answer = self.ask(&json!({ "cmd": "dialect", "dialect": dialect }).to_string());
        assert_eq!(answer, json!({ "ok": true }));
    }

    /// Sends a case as text.
    fn run(&mut self, schema: &str, instances: &[&str]) -> Value {
        let one_line = |text: &str| text.replace(['\n', '\r'], " ");
        let tests: Vec<String> = instances
            .iter()
            .map(|text| format!(r#"{{"description":"","instance":{}}}"#, one_line(text)))
            .collect();
        let (schema, tests) = (one_line(schema), tests.join(","));
        let case = format!(r#"{{"description":"","schema":{schema},"tests":[{tests}]}}"#);
        let answer = self.ask(&format!(r#"{{"cmd":"run","seq":"one","case":{case}}}"#));
        assert_eq!(answer["seq"], "one");
        answer
    }

    fn stop(mut self) {
        writeln!(self.input, r#"{{"cmd":"stop"}}"#).expect("the harness listens");
        assert!(self.child.wait().expect("the harness ends").success());
    }
}

/// The verdicts of an answer that has some.
fn verdicts(answer: &Value) -> Option<Vec<bool>> {
    let results = answer["results"].as_array()?;
    results.iter().map(|result| result["valid"].as_bool()).collect()
}

#[test]
fn a_harness_judges_skips_and_survives() {
    let mut harness = Harness::start();
    harness.speak(DRAFTS[1].1);
    let answer = harness.run(r#"{"const": 37}"#, &["{}", "37", "37.0"]);
    assert_eq!(verdicts(&answer), Some(vec![false, true, true]), "{answer}");
    for (schema, verdict) in [("true", true), ("false", false), ("{}", true)] {
        assert_eq!(verdicts(&harness.run(schema, &["null"])), Some(vec![verdict]), "{schema}");
    }
    // Numbers reach the validator as they are written.
    let answer = harness.run(r#"{"minimum": 1}"#, &["1e308", "1e400", "0.99999999999999999"]);
    assert_eq!(verdicts(&answer).map(|verdicts| verdicts[..2].to_vec()), Some(vec![true, false]));

    let answer = harness.run(r#"{"$ref": "http://example.com/other.json"}"#, &["1"]);
    assert_eq!(answer["skipped"], true, "{answer}");
    let message = answer["message"].as_str().unwrap_or_default();
    assert!(message.contains("nothing is fetched from elsewhere"), "{message}");

    let answer = harness.run(r#"{"type": "no such type"}"#, &["1"]);
    assert_eq!(answer["errored"], true, "{answer}");
    assert!(answer["context"]["message"].is_string(), "{answer}");
    for line in ["{", "[]", r#"{"cmd":"dance"}"#, r#"{"cmd":"run","seq":1}"#, "\u{1}", ""] {
        assert_eq!(harness.ask(line)["errored"], true, "{line}");
    }
    assert_eq!(harness.ask(r#"{"cmd":"start","version":2}"#)["errored"], true);

    // Without `$schema`, the dialect decides.
    let tuple = r#"{"items": [{"type": "null"}]}"#;
    assert_eq!(harness.run(tuple, &["[1]"])["results"], Value::Null);
    harness.speak(DRAFTS[0].1);
    assert_eq!(verdicts(&harness.run(tuple, &["[1]", "[null]"])), Some(vec![false, true]));
    let exclusive = r#"{"minimum": 1, "exclusiveMinimum": true}"#;
    harness.speak(DRAFT_4);
    assert_eq!(verdicts(&harness.run(exclusive, &["1", "1.5"])), Some(vec![false, true]));
    harness.stop();
}

/// A schema of the suite, as text.
#[derive(Deserialize)]
struct Group<'a> {
    description: String,
    #[serde(borrow)]
    schema: &'a RawValue,
    #[serde(borrow)]
    tests: Vec<Test<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
    valid: bool,
}

/// What the harness makes of the groups of a draft.
#[derive(Debug, Default)]
struct Figures {
    agree: usize,
    skipped: usize,
    /// The groups that agree though codegen makes no type of their schemas.
    judged_alone: Vec<String>,
    /// The groups that do not agree, each with the answer.
    disagree: Vec<String>,
}

impl Figures {
    /// Adds the `answer` to a group. `is_refused` says whether codegen refuses its schema.
    fn add(&mut self, group: String, expected: &[bool], answer: &Value, is_refused: bool) {
        match verdicts(answer) {
            Some(found) if found == expected => {
                self.agree += 1;
                self.judged_alone.extend(is_refused.then_some(group));
            }
            None if answer["skipped"] == true && is_refused => self.skipped += 1,
            _ => self.disagree.push(format!("{group}: {answer}\n")),
        }
    }
}

#[test]
fn the_harness_has_the_figure_of_the_suite() {
    let Some(suite) = SUITE else {
        tell("SKIPPED: no ../shared/json-schema-test-suite, no JSON_SCHEMA_TEST_SUITE");
        return;
    };
    let mut harness = Harness::start();
    for (draft, uri) in DRAFTS {
        harness.speak(uri);
        let figures = run_draft(&mut harness, &Path::new(suite).join("tests").join(draft), draft);
        let Figures { agree, skipped, judged_alone, disagree } = figures;
        tell(&format!(
            "bowtie, {draft}: {agree} groups agree, {skipped} are skipped, {} disagree",
            disagree.len()
        ));
        for group in &judged_alone {
            tell(&format!("  judged, though no type can be made of it: {group}"));
        }
        assert!(disagree.is_empty(), "\n{}", disagree.concat());
        let of_draft = |group: &Known| group.draft == draft;
        let accepted = ACCEPTED.iter().filter(|accepted| of_draft(&accepted.group)).count();
        let refused = REFUSED.iter().filter(|refused| of_draft(&refused.group)).count();
        assert_eq!(agree - judged_alone.len(), accepted);
        assert_eq!(skipped + judged_alone.len(), refused);
    }
    harness.stop();
}

/// Sends the groups of a draft, without the files that are set aside.
fn run_draft(harness: &mut Harness, folder: &Path, draft: &str) -> Figures {
    let refused: BTreeSet<_> = REFUSED.iter().map(|refused| key(&refused.group)).collect();
    let mut figures = Figures::default();
    for path in files(folder) {
        let file = path.strip_prefix(folder).expect("a file of the folder");
        let file = file.to_string_lossy().replace('\\', "/");
        if SET_ASIDE.iter().any(|aside| aside.file == file) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("the suite is readable");
        for group in serde_json::from_str::<Vec<Group<'_>>>(&text).expect("groups") {
            let instances: Vec<&str> = group.tests.iter().map(|test| test.data.get()).collect();
            let expected: Vec<bool> = group.tests.iter().map(|test| test.valid).collect();
            let answer = harness.run(group.schema.get(), &instances);
            let is_refused = refused.contains(&(draft, &*file, &*group.description));
            let name = format!("{draft}/{file}: {}", group.description);
            figures.add(name, &expected, &answer, is_refused);
        }
    }
    figures
}

/// What tells a group from others.
fn key(group: &Known) -> (&'static str, &'static str, &'static str) {
    (group.draft, group.file, group.description)
}

/// The `*.json` below `folder`, in name order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the suite is readable");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry is readable").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found
}
