//! `offhook drift`, on traffic of which it is known what was invented.

mod command;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use command::{directory, lines, run, status, stderr, stdout};
use serde_json::{Value, json};

/// The vendors' own examples, in the order of their names.
fn examples(vendor: &str) -> Vec<Value> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut files: Vec<PathBuf> = fs::read_dir(schemas.join(vendor).join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap()).collect()
}

/// How often each example stands in the traffic.
const ROUNDS: usize = 30;

/// Known traffic in which nothing is against advice, round after round.
fn known() -> Vec<Value> {
    let advised = |payload: &Value| {
        let event = payload["type"].as_str().unwrap();
        !["leg.hold", "leg.unhold", "leg.ringing"].contains(&event)
    };
    let all = ["daily", "dialstack", "voiceblender"].iter().flat_map(|vendor| examples(vendor));
    let all: Vec<Value> = all.filter(advised).collect();
    std::iter::repeat_n(all, ROUNDS).flatten().collect()
}

/// Known traffic with inventions in it.
fn invented() -> Vec<Value> {
    let mut payloads = known();
    let a_round = payloads.len() / ROUNDS;
    for (at, payload) in payloads.iter_mut().enumerate() {
        match (payload["type"].as_str().unwrap(), at / a_round % 3) {
            ("call.end", 0) => payload["data"]["recording_id"] = json!("rec_1"),
            ("call.end", 1) => payload["data"]["status"] = json!("blocked"),
            ("call.end", _) => payload["data"]["status"] = json!("screened"),
            ("leg.muted", _) => {
                payload["by"] =
                    json!({ "user": "u_1", "at": "2026-01-15T14:30:00Z", "levels": [1, 2.5] });
            }
            ("voicemail.new", 0) => payload["type"] = json!("voicemail.deleted"),
            ("room.created", _) => payload["sip_headers/x"] = json!(null),
            ("call.ringing", _) => payload["data"]["from_number"] = json!("anonymous"),
            _ => {}
        }
    }
    payloads
}

fn text(payloads: &[Value]) -> String {
    payloads.iter().map(Value::to_string).map(|line| line + "\n").collect()
}

/// What was found: event, what, pointer and detail.
fn findings(state: &Value) -> BTreeSet<[String; 4]> {
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let found = state["findings"].as_array().unwrap().iter();
    found.map(|it| ["event", "what", "pointer", "detail"].map(|name| text(it, name))).collect()
}

#[test]
fn exactly_what_was_invented_is_named() {
    let directory = directory("drift", &[("calls.ndjson", &text(&invented()))]);
    let output = run(&directory, &["drift", "--format", "json", "calls.ndjson"]);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
    let state: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = [
        ["call.end", "undocumented-field", "/data/recording_id", "string"],
        ["call.end", "unlisted-value", "/data/status", "\"blocked\""],
        ["call.end", "unlisted-value", "/data/status", "\"screened\""],
        [
            "call.ringing",
            "broken-advice",
            "/data/from_number",
            r"expected a string that matches `^\+[1-9][0-9]{1,14}$` [advice]",
        ],
        ["leg.muted", "undocumented-field", "/by", "object"],
        ["room.created", "undocumented-field", "/sip_headers~1x", "null"],
        ["voicemail.deleted", "unknown-event", "", "with account_id, created_at, data, id, type"],
    ];
    assert_eq!(findings(&state), expected.map(|row| row.map(str::to_owned)).into());
    let recording = &state["findings"].as_array().unwrap()[1];
    assert_eq!(recording["pointer"], "/data/recording_id");
    assert!(recording["first"].as_str().unwrap().starts_with("calls.ndjson:"));
    assert_eq!(
        recording["of"],
        state["events"]["dialstack@2026-11-21"]["call.end"]["seen"]["count"]
    );
}

#[test]
fn of_what_is_known_there_is_nothing_to_tell() {
    let directory = directory("no-drift", &[("calls.ndjson", &text(&known()))]);
    let output = run(&directory, &["drift", "calls.ndjson"]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    assert!(stdout(&output).ends_with(" payloads: 0 things that the documents lack\n"));
    let from_name =
        |line: &str| line.contains(" call.incoming ") && line.contains(" /data/from_name ");
    assert!(stdout(&output).lines().any(from_name), "always there");
    assert!(stdout(&output).contains(" required fields: never missing\n"));
}

#[test]
fn with_what_it_suggests_there_is_nothing_left_to_tell() {
    // Advice that is broken is no addition.
    let quiet = |payload: &Value| payload["type"] != "call.ringing";
    let payloads: Vec<Value> = invented().into_iter().filter(quiet).collect();
    let directory = directory("suggest", &[("calls.ndjson", &text(&payloads))]);
    let output = run(&directory, &["drift", "--suggest", "more", "calls.ndjson"]);
    assert_eq!(status(&output), 1);
    assert_eq!(stderr(&output), "note: 6 additions in more, marked as observed: review them\n");
    let output = run(&directory, &["drift", "--schema", "more", "calls.ndjson"]);
    assert_eq!((status(&output), stderr(&output)), (0, ""), "{}", stdout(&output));
    let output = run(&directory, &["validate", "--strict", "--schema", "more", "calls.ndjson"]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));

    // What was added is all that changed, and breaks no sender.
    for vendor in ["daily", "dialstack", "voiceblender"] {
        let more = format!("more/{vendor}");
        let args = ["schema", "diff", "--for", "senders", "--format", "json", vendor, &more];
        let output = run(&directory, &args);
        assert_eq!(status(&output), 0, "{}", stdout(&output));
        let place = |change: &Value| [&change["event"], &change["pointer"]].map(Value::clone);
        let changed: BTreeSet<String> =
            lines(&output).iter().map(|change| json!(place(change)).to_string()).collect();
        let expected: &[[&str; 2]] = match vendor {
            "daily" => &[],
            "dialstack" => &[
                ["call.end", "/data/recording_id"],
                ["call.end", "/data/status"],
                ["voicemail.deleted", ""],
            ],
            _ => &[["leg.muted", "/by"], ["room.created", "/sip_headers~1x"]],
        };
        assert_eq!(changed, expected.iter().map(|place| json!(place).to_string()).collect());
    }
}

#[test]
fn parts_add_up_to_the_whole() {
    let text = text(&invented());
    let directory = directory("drift-shards", &[("calls.ndjson", &text)]);
    let whole = run(&directory, &["drift", "calls.ndjson"]);
    for number in 1..=3 {
        let shard = format!("{number}/3");
        let args = ["drift", "--shard", &shard, "--format", "json", "calls.ndjson"];
        fs::write(directory.join(format!("{number}.json")), run(&directory, &args).stdout).unwrap();
    }
    let merged = run(&directory, &["merge", "2.json", "1.json", "3.json"]);
    assert_eq!(stdout(&merged), stdout(&whole));
    assert_eq!((status(&merged), stderr(&merged)), (1, ""));

    fs::write(directory.join("other.ndjson"), &text).unwrap();
    for file in ["calls", "other"] {
        let output = run(&directory, &["drift", "--format", "json", &format!("{file}.ndjson")]);
        fs::write(directory.join(format!("{file}.json")), output.stdout).unwrap();
    }
    let both = run(&directory, &["merge", "calls.json", "other.json"]);
    let together = run(&directory, &["drift", "calls.ndjson", "other.ndjson"]);
    assert_eq!(stdout(&both), stdout(&together));
}

#[test]
fn the_page_needs_no_network() {
    let payloads = [invented(), vec![json!({ "type": "<script>alert(1)</script>" })]].concat();
    let directory = directory("drift-page", &[("calls.ndjson", &text(&payloads))]);
    let output = run(&directory, &["drift", "--format", "html", "calls.ndjson"]);
    let page = stdout(&output);
    for part in
        ["<!DOCTYPE html>", "voicemail.deleted", "/data/recording_id", "2026-01-15", "</html>"]
    {
        assert!(page.contains(part), "{part}");
    }
    for part in ["http:", "https:", "<script", " src=", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
}

#[test]
fn values_of_fields_without_a_list_are_not_told() {
    let mut payloads = invented();
    for payload in &mut payloads {
        payload["secret"] = json!("€");
        payload["data"]["from_name"] = json!("€");
    }
    let directory = directory("drift-values", &[("calls.ndjson", &text(&payloads))]);
    for format in ["human", "json", "html"] {
        let output = run(&directory, &["drift", "--format", format, "calls.ndjson"]);
        assert!(stdout(&output).contains("secret") && !stdout(&output).contains('€'), "{format}");
    }
}

#[test]
fn names_and_values_without_end_are_cut_and_not_suggested() {
    let mut payloads = known();
    for (number, payload) in payloads.iter_mut().enumerate() {
        if payload["type"] == "call.end" {
            payload["k".repeat(100_000 + number)] = json!(1);
            payload["data"]["status"] = json!("v".repeat(100_000 + number));
        }
    }
    let directory = directory("drift-endless", &[("calls.ndjson", &text(&payloads))]);
    let output = run(&directory, &["drift", "--suggest", "more", "calls.ndjson"]);
    assert_eq!(status(&output), 1);
    assert!(stdout(&output).lines().all(|line| line.len() < 300), "{}", stdout(&output));
    assert!(stderr(&output).starts_with("note: 0 additions in more"), "{}", stderr(&output));
}

#[test]
fn what_is_too_much_to_tell_apart_is_told() {
    let mut payloads = known();
    let ended = payloads.iter_mut().filter(|payload| payload["type"] == "call.end");
    for (round, payload) in ended.enumerate() {
        for number in 0..100 {
            payload[format!("r{round}_{number}")] = json!(1);
        }
    }
    let directory = directory("drift-untold", &[("calls.ndjson", &text(&payloads))]);
    for format in ["human", "html"] {
        let output = run(&directory, &["drift", "--format", format, "calls.ndjson"]);
        assert!(stdout(&output).contains("there was more: of each event, 2000 fields"), "{format}");
    }
}

#[test]
fn deep_fields_with_long_names_are_not_told_apart() {
    let name = "n".repeat(120);
    let deep = |leaves: Value| (0..100).fold(leaves, |inside, _| json!({ name.as_str(): inside }));
    let leaves = Value::Object((0..1_000).map(|i| (format!("l{i}"), json!(1))).collect());
    let payloads: Vec<Value> = (0..10)
        .map(|i| {
            let mut payload = deep(leaves.clone());
            payload["type"] = json!(format!("deep.{i}"));
            payload
        })
        .collect();
    let payloads = text(&payloads);
    let directory = directory("drift-deep", &[("calls.ndjson", &payloads)]);
    let output = run(&directory, &["drift", "--format", "json", "calls.ndjson"]);
    assert_eq!(status(&output), 1);
    assert!(output.stdout.len() < 2 * payloads.len(), "{}", output.stdout.len());
    let output = run(&directory, &["drift", "calls.ndjson"]);
    assert!(stdout(&output).contains("pointers of at most 512 bytes"), "{}", stdout(&output));
}

#[test]
fn where_there_is_nothing_it_is_said() {
    let directory = directory("drift-nothing", &[("calls.ndjson", "")]);
    let output = run(&directory, &["drift", "calls.ndjson"]);
    assert_eq!((status(&output), stderr(&output)), (0, "note: there was nothing to look at\n"));
}
