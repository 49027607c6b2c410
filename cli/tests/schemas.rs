//! Schemas of one's own: every command reads them as the generator does, and refuses what is broken in
//! the same words.

mod command;

use std::fs;
use std::path::{Path, PathBuf};

use command::{directory, lines, run, run_with, status, stderr, stdout};

const MANIFEST: &str = r#"{
    "title": "Acme", "document": { "name": "Acme", "read": "2026-01-02" }, "discriminator": null
}"#;
const DRAFT_4: &str = "http://json-schema.org/draft-04/schema#";
const DRAFT_7: &str = "http://json-schema.org/draft-07/schema#";
const DRAFT_2020_12: &str = "https://json-schema.org/draft/2020-12/schema";

/// A vendor `acme` with one payload, whose schema has these members beside `$schema`.
fn acme(name: &str, draft: &str, members: &str) -> PathBuf {
    let schema = format!(r#"{{"$schema":"{draft}",{members}}}"#);
    directory(name, &[("in/acme/vendor.json", MANIFEST), ("in/acme/ping.json", &schema)])
}

/// Whether a payload is valid by the schemas in `in`.
fn is_valid(directory: &Path, payload: &str) -> bool {
    fs::write(directory.join("payload.json"), payload).unwrap();
    let args = ["validate", "--schema", "in", "--format", "json", "payload.json"];
    let output = run(directory, &args);
    let reports = lines(&output);
    assert_eq!(reports.len(), 1, "{}", stderr(&output));
    reports[0]["valid"].as_bool().unwrap()
}

#[test]
fn a_schema_means_what_its_draft_says() {
    for (number, (draft, members, payload, valid)) in [
        (DRAFT_4, r#""minimum":5,"exclusiveMinimum":true"#, "5", false),
        (DRAFT_4, r#""minimum":5,"exclusiveMinimum":true"#, "6", true),
        (DRAFT_4, r#""const":1"#, "2", true),
        (DRAFT_7, r#""const":1"#, "2", false),
        (DRAFT_7, r##""definitions":{"a":true},"$ref":"#/definitions/a","maximum":1"##, "2", true),
        (DRAFT_2020_12, r##""$defs":{"a":true},"$ref":"#/$defs/a","maximum":1"##, "2", false),
        (DRAFT_7, r#""items":[{"type":"string"}],"additionalItems":false"#, r#"["a",1]"#, false),
        (DRAFT_7, r#""items":[{"type":"string"}]"#, r#"["a",1]"#, true),
        (DRAFT_2020_12, r#""prefixItems":[{"type":"string"}]"#, "[1]", false),
        (DRAFT_7, r#""dependencies":{"a":["b"]}"#, r#"{"a":1}"#, false),
        (DRAFT_2020_12, r#""dependencies":{"a":["b"]}"#, r#"{"a":1}"#, false),
        (DRAFT_7, r#""dependencies":{"a":{"required":["b"]}}"#, r#"{"a":1}"#, false),
        (DRAFT_2020_12, r##""$defs":{"a":{"$anchor":"x","type":"null"}},"$ref":"#x""##, "1", false),
        (DRAFT_7, r##""definitions":{"a":{"$id":"#x","type":"null"}},"$ref":"#x""##, "1", false),
        (
            DRAFT_2020_12,
            r#""$id":"https://acme.test/ping.json","$defs":{"a":{"$id":"a.json","type":"null"}},"$ref":"a.json""#,
            "1",
            false,
        ),
        (DRAFT_7, r##""definitions":{"50%":{"type":"null"}},"$ref":"#/definitions/50%25""##, "1", false),
        (
            DRAFT_7,
            r##""definitions":{"group":{"name":{"type":"null"}}},"$ref":"#/definitions/group/name""##,
            "1",
            false,
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let directory = acme(&format!("schemas-draft-{number}"), draft, members);
        assert_eq!(is_valid(&directory, payload), valid, "{draft} {members} {payload}");
    }
}

#[test]
fn patterns_are_those_of_ecma_262() {
    for (number, (pattern, payload, valid)) in [
        (r"^.$", r#""\r""#, false),
        (r"^.$", r#""\u2028""#, false),
        (r"^\\w$", r#""é""#, false),
        (r"é\\b", r#""é""#, false),
        (r"^\\d$", r#""٣""#, false),
        (r"^[\\w-.]$", r#""-""#, true),
        (r"^[^]$", r#""\n""#, true),
        (r"^\\0$", r#""\u0000""#, true),
        (r"^\\ud83d\\ude00$", r#""😀""#, true),
        (r"^a{$", r#""a{""#, true),
    ]
    .into_iter()
    .enumerate()
    {
        let members = format!(r#""pattern":"{pattern}""#);
        let directory = acme(&format!("schemas-pattern-{number}"), DRAFT_2020_12, &members);
        assert_eq!(is_valid(&directory, payload), valid, "{pattern} {payload}");
    }
    for (number, (pattern, reason)) in [
        ("(?=a)", "look"),
        (r"(a)\\1", "back-reference"),
        (r"\\Aa", "is not in ECMA-262"),
        ("(?i)a", "are not in ECMA-262"),
        ("(a{9999}){9999}", "too large"),
    ]
    .into_iter()
    .enumerate()
    {
        let members = format!(r#""pattern":"{pattern}""#);
        let directory = acme(&format!("schemas-refused-pattern-{number}"), DRAFT_2020_12, &members);
        let output = run(&directory, &["validate", "--schema", "in", "in/acme/ping.json"]);
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{pattern}");
        assert!(stderr(&output).contains(reason), "{pattern}: {}", stderr(&output));
    }
}

#[test]
fn every_command_refuses_what_is_broken_with_all_faults_at_once() {
    let members = r##""requierd":["a"],"properties":{"a":{"type":"sting"},"b":{"$ref":"#/nowhere"}},"maxLength":-1"##;
    let directory = acme("schemas-broken", DRAFT_2020_12, members);
    let schemas = ["--schema", "in"];
    let commands: [&[&str]; 6] = [
        &["validate", "payload.json"],
        &["drift", "payload.json"],
        &["events"],
        &["explain", "acme", "ping"],
        &["sample", "acme", "ping"],
        &["sign", "payload.json"],
    ];
    fs::write(directory.join("payload.json"), "{}").unwrap();
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    let diff: Vec<&str> = vec!["schema", "diff", "in", "in"];
    let generate = vec!["gen", "--schemas", "in", "--out", "out"];
    let tidy = vec!["tidy", "--schemas", "in"];
    let with_schemas = commands.iter().map(|command| [command, &schemas[..]].concat());
    for args in with_schemas.chain([diff, generate, tidy]) {
        let output = run(&directory, &args);
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{args:?}: {}", stderr(&output));
        let faults = stderr(&output).lines().filter_map(|line| {
            let at = line.find("in/acme/ping.json#")?;
            Some(line[at..].to_owned())
        });
        said.push((args.join(" "), faults.collect()));
    }
    let (_, faults) = &said[0];
    let pointers = ["/maxLength", "/properties/a/type", "/properties/b/$ref", "/requierd"];
    for pointer in pointers {
        let start = format!("in/acme/ping.json#{pointer}: expected ");
        assert!(faults.iter().any(|fault| fault.starts_with(&start)), "{start}: {faults:#?}");
    }
    assert_eq!(faults.len(), pointers.len());
    for (args, others) in &said {
        assert_eq!(others, faults, "{args}");
    }
}

#[test]
fn members_that_stand_twice_are_refused() {
    let directory = acme("schemas-twice", DRAFT_2020_12, r#""type":"null","type":"string""#);
    let output = run(&directory, &["validate", "--schema", "in", "in/acme/ping.json"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("in/acme/ping.json#/type: "), "{}", stderr(&output));
}

#[test]
fn what_no_type_can_express_is_refused_by_the_generator_alone() {
    let members = r#""nullable":true,"unknown":1,"format":"colour""#;
    let directory = acme("schemas-inexpressible", DRAFT_2020_12, members);
    assert!(is_valid(&directory, "1"));
    let output = run(&directory, &["gen", "--schemas", "in", "--out", "out"]);
    assert_eq!(status(&output), 2);
    for keyword in ["nullable", "unknown", "format"] {
        let place = format!("in/acme/ping.json#/{keyword}: ");
        assert!(stderr(&output).contains(&place), "{}", stderr(&output));
    }
}

#[test]
fn an_unknown_format_is_a_note_unless_it_is_a_slip_or_formats_are_strict() {
    let directory = acme("schemas-format", DRAFT_2020_12, r#""format":"colour""#);
    fs::write(directory.join("payload.json"), "\"red\"").unwrap();
    let args = ["validate", "--schema", "in", "payload.json"];
    let output = run(&directory, &args);
    let note = "note: acme: \"colour\" is no known format, and asserts nothing: 1 place, the first at ping.json#/format\n";
    assert_eq!((status(&output), stderr(&output)), (0, note));
    let output = run(&directory, &[&args[..], &["--strict-formats"]].concat());
    assert_eq!((status(&output), stdout(&output)), (2, ""));
    assert!(stderr(&output).contains("in/acme/ping.json#/format: "), "{}", stderr(&output));

    let directory = acme("schemas-format-slip", DRAFT_2020_12, r#""format":"datetime""#);
    let output = run(&directory, &["validate", "--schema", "in", "in/acme/ping.json"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("\"date-time\""), "{}", stderr(&output));
}

#[test]
fn formats_of_draft_7_are_asserted() {
    for (number, (format, good, bad)) in [
        ("regex", r#""^a+$""#, r#""(""#),
        ("idn-email", r#""実例@実例.テスト""#, r#""2962""#),
        ("idn-hostname", r#""実例.テスト""#, r#""-a-""#),
    ]
    .into_iter()
    .enumerate()
    {
        let members = format!(r#""format":"{format}""#);
        let directory = acme(&format!("schemas-idn-{number}"), DRAFT_7, &members);
        assert!(is_valid(&directory, good), "{format} {good}");
        assert!(!is_valid(&directory, bad), "{format} {bad}");
    }
}

#[test]
fn a_schema_file_alone_is_a_vendor_without_events() {
    let schema = r#"{"type":"object","required":["a"]}"#;
    let directory = directory("schemas-file", &[("thing.schema.json", schema), ("x.json", "{}")]);
    let args = ["validate", "--schema", "thing.schema.json", "--format", "json", "x.json"];
    let output = run(&directory, &args);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
    let report = &lines(&output)[0];
    assert_eq!((&report["vendor"], &report["event"]), (&"thing".into(), &"thing".into()));
    assert_eq!(report["document"], serde_json::Value::Null);
}

#[test]
fn other_json_and_what_is_no_file_are_refused() {
    let files =
        [("other.json", r#"{"a":1}"#), ("list.json", "[]"), ("text.json", "{"), ("e/x", "")];
    let directory = directory("schemas-none", &files);
    let large = fs::File::create(directory.join("large.json")).unwrap();
    large.set_len(1 << 30).unwrap();
    let mut paths = vec!["other.json", "list.json", "text.json", "e", "nowhere", "large.json"];
    if cfg!(unix) {
        let made = std::process::Command::new("mkfifo").arg(directory.join("pipe")).status();
        assert!(made.unwrap().success());
        paths.extend(["pipe", "/dev/zero"]);
    }
    for path in paths {
        let output = run(&directory, &["validate", "--schema", path, "other.json"]);
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{path}");
        let message = stderr(&output);
        assert!(message.starts_with("error: cannot load the schemas: "), "{path}: {message}");
        assert!(message.contains(path), "{path}: {message}");
    }
}

/// Two documents of a vendor: `seconds` was a string, and is an integer.
fn documents(name: &str) -> PathBuf {
    let manifest = |date: &str| {
        format!(
            r#"{{"vendor":"acme","title":"Acme","document":{{"name":"Acme","date":"{date}","read":"2026-09-03"}},"discriminator":"/type"}}"#
        )
    };
    let schema = |ty: &str| {
        format!(
            r#"{{"$schema":"{DRAFT_2020_12}","type":"object","properties":{{"type":{{"const":"end"}},"seconds":{{"type":"{ty}"}}}},"required":["type"]}}"#
        )
    };
    directory(
        name,
        &[
            ("in/acme/vendor.json", &manifest("2026-01")),
            ("in/acme/end.json", &schema("string")),
            ("in/acme-2026-08/vendor.json", &manifest("2026-08")),
            ("in/acme-2026-08/end.json", &schema("integer")),
        ],
    )
}

#[test]
fn the_newest_document_that_a_payload_meets_is_chosen() {
    let directory = documents("schemas-documents");
    let old = r#"{"type":"end","seconds":"5"}"#;
    let told = |payload: &str, more: &[&str]| {
        fs::write(directory.join("payload.json"), payload).unwrap();
        let args = ["validate", "--schema", "in", "--format", "json", "payload.json"];
        let output = run(&directory, &[&args, more].concat());
        let report = lines(&output).remove(0);
        assert_eq!(report["vendor"], "acme");
        let document = report["document"].as_str().unwrap().to_owned();
        (status(&output), document, report["other_documents"].to_string())
    };
    let other = |date: &str, valid: bool| format!(r#"[{{"document":"{date}","valid":{valid}}}]"#);
    assert_eq!(told(old, &[]), (0, "2026-01".into(), other("2026-08", false)));
    assert_eq!(told(r#"{"type":"end"}"#, &[]), (0, "2026-08".into(), other("2026-01", true)));
    assert_eq!(
        told(r#"{"type":"end","seconds":null}"#, &[]),
        (1, "2026-08".into(), other("2026-01", false))
    );
    // A document that is named is the only one; a vendor alone is its first.
    assert_eq!(told(old, &["--vendor", "acme"]), (0, "2026-01".into(), "null".into()));
    assert_eq!(told(old, &["--vendor", "acme@2026-08"]), (1, "2026-08".into(), "null".into()));
    for (vendor, known) in [
        ("acme@2027", r#""2026-01", "2026-08", found "2027""#),
        ("amce", r#""acme", found "amce""#),
    ] {
        let output = run(&directory, &["validate", "--schema", "in", "--vendor", vendor]);
        assert_eq!(status(&output), 2, "{vendor}");
        assert!(stderr(&output).contains(known), "{}", stderr(&output));
    }
}

#[test]
fn summaries_and_drift_tell_documents_apart() {
    let directory = documents("schemas-documents-summary");
    let payloads = "{\"type\":\"end\",\"seconds\":\"5\"}\n{\"type\":\"end\",\"seconds\":5}\n";
    fs::write(directory.join("all.ndjson"), payloads).unwrap();
    let args = ["validate", "--schema", "in", "--summary", "sum.json", "all.ndjson"];
    assert_eq!(status(&run(&directory, &args)), 0);
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(directory.join("sum.json")).unwrap()).unwrap();
    for document in ["acme@2026-01", "acme@2026-08"] {
        assert_eq!(summary["totals"]["events"][document]["end"]["valid"], 1, "{summary}");
    }
    let output = run(&directory, &["drift", "--schema", "in", "--format", "json", "all.ndjson"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let state: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents: Vec<&String> = state["events"].as_object().unwrap().keys().collect();
    assert_eq!(documents, ["acme@2026-01", "acme@2026-08"]);
}

#[test]
fn two_documents_of_one_date_are_refused() {
    let directory = documents("schemas-documents-twice");
    let manifest = directory.join("in/acme-2026-08/vendor.json");
    let text = fs::read_to_string(&manifest).unwrap().replace("2026-08", "2026-01");
    fs::write(&manifest, text).unwrap();
    let output = run_with(b"{}", &["validate", "--schema", directory.join("in").to_str().unwrap()]);
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("acme-2026-08/vendor.json#/document: "),
        "{}",
        stderr(&output)
    );
}
