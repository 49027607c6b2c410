//! The contract of `offhook sample`, held against the command itself.

mod command;

use std::fs;
use std::path::Path;
use std::process::Output;

use offhook::{Example, daily, dialstack, voiceblender};
use serde_json::Value;

use command::{offhook, run, status, stderr, stdout, validate_stdin};

fn sample(args: &[&str]) -> Output {
    run(Path::new("."), &[&["sample"], args].concat())
}

/// What `offhook validate` says of payloads, one a line.
fn validate(payloads: &[u8], args: &[&str]) -> Output {
    validate_stdin(payloads, &[&["--lines"], args].concat())
}

/// The names of all events that are built in, by vendor.
fn events() -> [(&'static str, Vec<&'static str>); 3] {
    let events = |examples: &[Example]| {
        let mut events: Vec<_> = examples.iter().map(|example| example.event).collect();
        events.dedup();
        events
    };
    [
        ("daily", events(daily::EXAMPLES)),
        ("dialstack", events(dialstack::EXAMPLES)),
        ("voiceblender", events(voiceblender::EXAMPLES)),
    ]
}

#[test]
fn a_payload_is_laid_out_for_people_and_many_stand_on_a_line_each() {
    let one = sample(&["dialstack", "recording.available", "--seed", "1"]);
    assert_eq!((status(&one), stderr(&one)), (0, ""));
    let expected = include_str!("samples/recording.available.json");
    assert_eq!(stdout(&one), expected);
    let compact = sample(&["dialstack", "recording.available", "--seed", "1", "--compact"]);
    let many = sample(&["dialstack", "recording.available", "--seed", "1", "--count", "3"]);
    let lines: Vec<&str> = stdout(&many).lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, stdout(&compact).trim_end()));
    assert_eq!(
        serde_json::from_str::<Value>(lines[0]).unwrap(),
        serde_json::from_str::<Value>(expected).unwrap()
    );
}

/// The same bytes on every machine; `UPDATE=1` rewrites them.
#[test]
fn a_seed_gives_the_same_bytes_for_ever() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    for (vendor, event, args) in [
        ("daily", "dialin.stopped", &[][..]),
        ("dialstack", "recording.available", &[]),
        ("dialstack", "call.end", &["--count", "5"]),
        ("dialstack", "call.end", &["--count", "5", "--break", "type"]),
        ("voiceblender", "leg.disconnected", &["--count", "5"]),
    ] {
        let output = sample(&[&[vendor, event, "--seed", "1"], args].concat());
        assert_eq!((status(&output), stderr(&output)), (0, ""));
        let extension = if args.is_empty() { "json" } else { "ndjson" };
        let broken = if args.contains(&"--break") { ".type" } else { "" };
        let file = folder.join(format!("{event}{broken}.{extension}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, stdout(&output)).unwrap();
        }
        assert_eq!(stdout(&output), fs::read_to_string(&file).unwrap(), "{}", file.display());
    }
}

#[test]
fn without_a_seed_one_is_told_that_repeats_it() {
    let first = sample(&["voiceblender", "dtmf.received", "--count", "2"]);
    assert_eq!(status(&first), 0);
    let seed = stderr(&first).strip_prefix("note: --seed ").unwrap();
    let seed = seed.strip_suffix(" repeats this\n").unwrap();
    let again = sample(&["voiceblender", "dtmf.received", "--count", "2", "--seed", seed]);
    assert_eq!((stdout(&again), stderr(&again)), (stdout(&first), ""));
    let other = sample(&["voiceblender", "dtmf.received", "--count", "2"]);
    assert_ne!(stdout(&other), stdout(&first));
}

#[test]
fn of_a_hundred_payloads_of_each_event_there_is_nothing_to_say() {
    for (vendor, events) in events() {
        let mut payloads = Vec::new();
        for event in &events {
            let count = if *event == "call.end" { "100" } else { "10" };
            let output = sample(&[vendor, event, "--seed", "3", "--count", count]);
            assert_eq!(status(&output), 0, "{event}: {}", stderr(&output));
            payloads.extend(output.stdout);
        }
        let output = validate(&payloads, &["--strict"]);
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{}", stdout(&output));
    }
}

#[test]
fn broken_payloads_have_the_fault_that_was_asked_for() {
    for (args, wanted) in [
        (["dialstack", "call.end", "required"], "required"),
        (["dialstack", "call.end", "json"], "json"),
        (["dialstack", "call.emergency", "forbidden"], "forbidden"),
        (["daily", "dialin.stopped", "pattern"], "pattern"),
        (["voiceblender", "leg.disconnected", "range"], "range"),
    ] {
        let [vendor, event, code] = args;
        let output = sample(&[vendor, event, "-n", "8", "--seed", "1", "--break", code]);
        assert_eq!((status(&output), stderr(&output)), (0, ""));
        let reports = validate(&output.stdout, &["--vendor", vendor, "--format", "json"]);
        assert_eq!(status(&reports), 1);
        let mut lines = 0;
        for line in stdout(&reports).lines() {
            let report: Value = serde_json::from_str(line).unwrap();
            let violations = report["violations"].as_array().unwrap();
            assert_eq!(violations.len(), 1, "{line}");
            assert_eq!(violations[0]["code"], wanted, "{line}");
            assert_eq!(report["notices"].as_array().unwrap().len(), 0, "{line}");
            lines += 1;
        }
        assert_eq!(lines, 8);
    }
}

#[test]
fn notices_are_alone_too() {
    for code in ["advice", "undocumented"] {
        let args = ["dialstack", "call.end", "-n", "5", "--seed", "1", "--break", code];
        let output = sample(&args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert_eq!(status(&validate(&output.stdout, &[])), 0);
        let reports = validate(&output.stdout, &["--format", "json"]);
        for line in stdout(&reports).lines() {
            let report: Value = serde_json::from_str(line).unwrap();
            assert_eq!(report["notices"].as_array().unwrap().len(), 1, "{line}");
            assert_eq!(report["notices"][0]["code"], code, "{line}");
        }
    }
}

#[test]
fn several_broken_payloads_have_different_faults() {
    let args = ["dialstack", "call.end", "-n", "9", "--seed", "1", "--break", "required"];
    let output = sample(&args);
    let reports = validate(&output.stdout, &["--format", "json"]);
    let mut missing: Vec<String> = stdout(&reports)
        .lines()
        .map(|line| {
            let report: Value = serde_json::from_str(line).unwrap();
            report["violations"][0]["pointer"].to_string()
        })
        .collect();
    missing.sort();
    missing.dedup();
    assert_eq!(missing.len(), 9, "{missing:?}");
}

#[test]
fn a_fault_can_be_asked_for_by_its_place() {
    for pointer in ["/data/duration_seconds", "/data/user_id", "/data", ""] {
        let args = ["dialstack", "call.end", "-n", "4", "--seed", "1", "--break", pointer];
        let output = sample(&args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let reports = validate(&output.stdout, &["--vendor", "dialstack", "--format", "json"]);
        for line in stdout(&reports).lines() {
            let report: Value = serde_json::from_str(line).unwrap();
            assert_eq!(report["violations"].as_array().unwrap().len(), 1, "{line}");
            assert_eq!(report["violations"][0]["pointer"], pointer, "{line}");
        }
    }
}

/// What is said where nothing can be made.
#[track_caller]
fn refused(args: &[&str], message: &str) {
    let output = sample(args);
    assert_eq!((status(&output), stdout(&output)), (2, ""));
    assert!(stderr(&output).starts_with(message), "{}", stderr(&output));
}

#[test]
fn what_is_not_there_is_answered_with_what_is() {
    refused(
        &["daily"],
        "error: want an event of daily:\n  dialin.stopped\n\nUsage: offhook sample",
    );
    refused(
        &["dialstack", "call.ended"],
        "error: dialstack has no event 'call.ended'\n\n  tip: did you mean 'call.end'?\n",
    );
    refused(
        &["dialstack", "fax"],
        "error: dialstack has no event 'fax'\n\n  `offhook events --vendor dialstack` lists what there is\n",
    );
    refused(
        &["dialstak", "call.end"],
        "error: expected one of the vendors daily, dialstack, voiceblender, found 'dialstak'\n\n  tip: did you mean 'dialstack'?\n",
    );
    refused(
        &["dialstack", "call.end", "--count", "0"],
        "error: invalid value '0' for '--count <N>'",
    );
    refused(
        &["dialstack", "call.end", "--break", "tpye"],
        "error: invalid value 'tpye' for '--break <CODE|POINTER>': want a JSON Pointer such as /id, or one of json, ",
    );
}

#[test]
fn what_is_not_possible_is_answered_with_what_is() {
    refused(
        &["dialstack", "recording.summary.complete", "--break", "range"],
        "error: found no payload of dialstack's recording.summary.complete whose only fault is range\n\n  tip: it can be json, duplicate_key, unknown_event, required, type, format, undocumented\n",
    );
    refused(
        &["dialstack", "call.end", "--break", "/data/duration"],
        "error: found no payload of dialstack's call.end whose only fault is at '/data/duration'\n\n  tip: ",
    );
}

/// Schemas with a bit of everything.
const ACME: &str = r##"{ "vendor": "acme", "discriminator": "/meta/kind", "schemas": {
    "node.changed.json": {
        "type": "object",
        "required": ["meta", "tree", "labels", "pair", "codes", "amount", "block", "version"],
        "properties": {
            "meta": {
                "type": "object", "required": ["kind"],
                "properties": { "kind": { "const": "node.changed" } }
            },
            "tree": { "$ref": "#/$defs/node" },
            "labels": {
                "type": "object", "minProperties": 1, "maxProperties": 3,
                "patternProperties": { "^x-[a-z]+$": { "type": "string", "minLength": 3 } },
                "additionalProperties": false
            },
            "pair": {
                "type": "array", "minItems": 2, "maxItems": 2, "items": false,
                "prefixItems": [{ "type": "integer" }, { "enum": ["left", "right"] }]
            },
            "codes": {
                "type": "array", "minItems": 2, "maxItems": 4, "uniqueItems": true,
                "items": { "type": "string", "maxLength": 4, "pattern": "^[A-Z]+$" }
            },
            "amount": {
                "type": "number", "exclusiveMinimum": 0, "maximum": 1, "multipleOf": 0.05
            },
            "version": { "const": 2 },
            "block": { "type": "integer", "minimum": 1, "multipleOf": 4096 },
            "party": {
                "oneOf": [
                    { "type": "object", "required": ["email"], "properties": { "email": { "type": "string", "format": "email" } } },
                    { "type": "object", "required": ["uri"], "properties": { "uri": { "type": "string", "format": "uri" } } },
                    { "type": "null" }
                ]
            },
            "state": { "allOf": [{ "enum": ["on", "off", "lost"] }, { "not": { "const": "lost" } }] }
        },
        "dependentRequired": { "state": ["party"] },
        "if": { "properties": { "state": { "const": "off" } }, "required": ["state"] },
        "then": { "required": ["since"], "properties": { "since": { "type": "string", "format": "date-time" } } },
        "else": { "properties": { "since": false } },
        "$defs": {
            "node": {
                "type": "object", "required": ["name", "children"],
                "properties": {
                    "name": { "type": "string" },
                    "children": { "type": "array", "items": { "$ref": "#/$defs/node" } }
                }
            }
        }
    },
    "node.endless.json": {
        "type": "object", "required": ["meta", "next"],
        "properties": {
            "meta": { "properties": { "kind": { "const": "node.endless" } } },
            "next": { "$ref": "node.endless.json" }
        }
    },
    "node.never.json": {
        "type": "object", "required": ["meta", "both"],
        "properties": {
            "meta": { "type": "object", "properties": { "kind": { "const": "node.never" } } },
            "both": { "allOf": [{ "minimum": 2 }, { "maximum": 1 }], "type": "number" }
        }
    }
} }"##;

fn acme() -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("acme.schema.json");
    fs::write(&file, ACME).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn schemas_of_your_own_make_payloads_too() {
    let schema = acme();
    let args = ["acme", "node.changed", "--seed", "1", "--schema", &schema];
    let output = sample(&[&args[..], &["-n", "50"]].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let report = validate(&output.stdout, &["--strict", "--schema", &schema]);
    assert_eq!(status(&report), 0, "{}", stdout(&report));
    for code in ["const", "items", "length", "pattern", "properties", "range", "union", "forbidden"]
    {
        let output = sample(&[&args[..], &["-n", "3", "--break", code]].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let reports = validate(&output.stdout, &["--schema", &schema, "--format", "json"]);
        for line in stdout(&reports).lines() {
            let report: Value = serde_json::from_str(line).unwrap();
            let codes = report["violations"].as_array().unwrap().iter();
            let codes: Vec<&Value> = codes.map(|violation| &violation["code"]).collect();
            assert_eq!(codes, [code], "{line}");
        }
    }
}

#[test]
fn schemas_that_nothing_meets_are_given_up() {
    let schema = acme();
    for event in ["node.endless", "node.never"] {
        refused(
            &["acme", event, "--schema", &schema],
            &format!("error: found no valid payload of acme's {event} in "),
        );
    }
    refused(
        &["dialstack", "call.end", "--schema", &schema],
        "error: expected one of the vendors acme, found",
    );
    refused(
        &["acme", "node.changed", "--schema", "nowhere"],
        "error: cannot load the schemas: nowhere: ",
    );
}

/// A folder of schemas shows by its examples what payloads look like.
#[test]
fn examples_beside_schemas_are_taken_after() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("blue");
    fs::create_dir_all(folder.join("examples")).unwrap();
    let manifest = r#"{
        "title": "Blue", "document": { "name": "Blue", "read": "2026-11-30" }, "discriminator": null
    }"#;
    fs::write(folder.join("vendor.json"), manifest).unwrap();
    let schema = r#"{ "type": "object", "required": ["ref"], "properties": { "ref": { "type": "string" } } }"#;
    fs::write(folder.join("ping.json"), schema).unwrap();
    fs::write(folder.join("examples/ping.json"), r#"{ "ref": "bl-00c0ffee17" }"#).unwrap();
    let folder = folder.to_str().unwrap();
    let output = sample(&["blue", "ping", "--seed", "1", "--compact", "--schema", folder]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let payload: Value = serde_json::from_str(stdout(&output)).unwrap();
    let reference = payload["ref"].as_str().unwrap();
    assert!(reference.starts_with("bl-") && reference.len() == 13, "{reference}");
    assert_ne!(reference, "bl-00c0ffee17");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault_to_speak_of() {
    let mut child = offhook(
        Path::new("."),
        &["sample", "daily", "dialin.stopped", "--seed", "1", "-n", "2000"],
    )
    .spawn()
    .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((status(&output), stderr(&output)), (3, ""));
}
