//! Files of many payloads, whole and broken, compressed and not, by one and by several.

mod command;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Output, Stdio};
use std::thread;

use command::{
    VALID, directory_of_bytes, gzip, invalid, lines, offhook, run, run_with, status, stderr,
    stdout, zstd,
};

/// So many records, every seventh of them invalid.
fn records(count: usize) -> String {
    let record = |at| {
        let text = if at % 7 == 3 { invalid() } else { VALID.to_owned() };
        text.replace("call_01", &format!("call_{at}")) + "\n"
    };
    (0..count).map(record).collect()
}

/// The records and whether they are valid.
fn verdicts(output: &Output) -> Vec<(u64, bool)> {
    let verdict = |report: &serde_json::Value| {
        (report["record"].as_u64().unwrap(), report["valid"].as_bool().unwrap())
    };
    lines(output).iter().map(verdict).collect()
}

#[test]
fn compressed_archives_are_read_as_if_they_were_not() {
    let text = records(500);
    let (start, end) = text.as_bytes().split_at(text.len() / 3);
    // A frame to be skipped, as zstd's tools write them.
    let skipped = [&b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd(end)].concat();
    let directory = directory_of_bytes(
        "compressed",
        &[
            ("plain.ndjson", text.as_bytes()),
            ("one.ndjson.gz", &gzip(text.as_bytes())),
            ("two.ndjson.gz", &[gzip(start), gzip(end)].concat()),
            ("one.jsonl.zst", &zstd(text.as_bytes())),
            ("two.jsonl.zst", &[zstd(start), skipped].concat()),
            ("unnamed.ndjson", &gzip(text.as_bytes())),
        ],
    );
    let args = ["validate", "--format", "json"];
    let plain = verdicts(&run(&directory, &[&args[..], &["plain.ndjson"]].concat()));
    assert_eq!(plain.len(), 500);
    for file in
        ["one.ndjson.gz", "two.ndjson.gz", "one.jsonl.zst", "two.jsonl.zst", "unnamed.ndjson"]
    {
        let output = run(&directory, &[&args[..], &[file]].concat());
        assert_eq!((verdicts(&output), stderr(&output)), (plain.clone(), ""), "{file}");
        assert_eq!(status(&output), 1, "{file}");
    }
    let output = run_with(&gzip(text.as_bytes()), &["validate", "--format", "json", "--lines"]);
    assert_eq!(verdicts(&output), plain);
}

#[test]
fn a_compressed_file_may_be_one_payload() {
    let directory =
        directory_of_bytes("compressed-one", &[("call.json.gz", &gzip(VALID.as_bytes()))]);
    let output = run(&directory, &["validate", "call.json.gz"]);
    assert_eq!((status(&output), stdout(&output)), (0, "1 payload: 1 valid\n"));
}

#[test]
fn of_a_cut_archive_every_record_before_is_counted() {
    let text = records(2_000);
    for (name, whole) in
        [("cut.ndjson.gz", gzip(text.as_bytes())), ("cut.ndjson.zst", zstd(text.as_bytes()))]
    {
        let directory =
            directory_of_bytes(&format!("cut-{name}"), &[(name, &whole[..whole.len() * 2 / 3])]);
        let output = run(&directory, &["validate", "--format", "json", name]);
        assert_eq!(status(&output), 3, "{name}");
        assert!(stderr(&output).starts_with(&format!("error: cannot read {name}: ")));
        let verdicts = verdicts(&output);
        assert!(!verdicts.is_empty(), "{name}");
        for (at, (record, valid)) in verdicts.iter().enumerate() {
            let is_last = at + 1 == verdicts.len();
            assert_eq!(*record, at as u64 + 1, "{name}");
            assert!(is_last || *valid == (at % 7 != 3), "{name}: {record}");
        }
    }
}

#[test]
fn a_broken_frame_is_no_secret() {
    let mut broken = zstd(records(100).as_bytes());
    let last = broken.len() - 1;
    broken[last] ^= 1; // A part of the checksum.
    let directory = directory_of_bytes(
        "broken-frame",
        &[
            ("a.ndjson.zst", &broken),
            ("b.ndjson.gz", b"{}"),
            ("c.ndjson", b"\x1f\x8b\x08 and no more"),
            ("d.json", VALID.as_bytes()),
        ],
    );
    let output =
        run(&directory, &["validate", "a.ndjson.zst", "b.ndjson.gz", "c.ndjson", "d.json"]);
    assert_eq!(status(&output), 3);
    let said: Vec<_> = stderr(&output).lines().collect();
    assert!(said[0].contains("a.ndjson.zst: a zstd frame does not have the checksum"), "{said:?}");
    assert_eq!(
        said[1],
        "error: cannot read b.ndjson.gz: expected gzip, as its name says, found something else"
    );
    assert!(said[2].starts_with("error: cannot read c.ndjson: "), "{said:?}");
    assert!(stdout(&output).contains("101 payloads: 87 valid, 14 invalid;"), "{}", stdout(&output));
}

#[test]
fn every_bad_line_is_a_record_and_every_good_one_is_counted() {
    let mut text = Vec::new();
    for line in [
        VALID.as_bytes(),
        b"\r",
        b"\xff\xfe\x00binary\x01",
        VALID.as_bytes(),
        b"  ",
        b"{\"type\": \"call.end\"",
        b"null\r",
        "\u{feff}{}".as_bytes(),
        "1".repeat(100 << 20).as_bytes(),
        [VALID.as_bytes(), b"\r"].concat().as_slice(),
        b"\0",
    ] {
        text.extend(line);
        text.push(b'\n');
    }
    text.extend(VALID.as_bytes()); // No last newline.
    let directory = directory_of_bytes("bad-lines", &[("bad.ndjson", &text)]);
    let output = run(&directory, &["validate", "--format", "json", "bad.ndjson"]);
    let expected = [
        (1, true),
        (3, false),
        (4, true),
        (6, false),
        (7, false),
        (8, false),
        (9, false),
        (10, true),
        (11, false),
        (12, true),
    ];
    assert_eq!(verdicts(&output), expected);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
    for report in lines(&output).iter().filter(|report| report["valid"] == false) {
        let violation = &report["violations"][0];
        assert_eq!(violation["line"], report["record"], "{report}");
    }
}

#[test]
fn the_output_is_the_same_on_however_many_cores() {
    let text = records(8_000);
    let directory = directory_of_bytes(
        "cores",
        &[
            ("a.ndjson", text.as_bytes()),
            ("b/1.json", VALID.as_bytes()),
            ("b/2.json", invalid().as_bytes()),
            ("c.ndjson.gz", &gzip(text.as_bytes())),
        ],
    );
    for format in ["human", "json", "sarif", "github", "junit"] {
        let outputs = ["1", "7"].map(|jobs| {
            let args =
                ["validate", "--format", format, "--jobs", jobs, "a.ndjson", "b", "c.ndjson.gz"];
            run(&directory, &args)
        });
        assert!(outputs[0].stdout.len() > 100_000, "{format}");
        assert!(outputs.iter().all(|output| output.stdout == outputs[0].stdout), "{format}");
    }
}

#[test]
fn of_each_kind_of_fault_the_first_are_drawn_and_the_others_are_named() {
    // Far more than is read at once, so that who is ahead draws what comes later.
    let wrong_type = [3, 4, 500, 2_000, 4_000, 6_000, 6_001, 8_000, 9_998, 9_999];
    let missing = [5_000, 7_000];
    let line = |at: usize| match at {
        _ if wrong_type.contains(&at) => invalid(),
        _ if missing.contains(&at) => VALID.replace("\"call_id\":\"call_01\",", "\"x\":1,"),
        _ => VALID.to_owned(),
    };
    let text: String = (1..10_000).map(|at| line(at) + "\n").collect();
    let directory = directory_of_bytes("kinds", &[("a.ndjson", text.as_bytes())]);
    let output = run(&directory, &["validate", "a.ndjson"]);
    let told = stdout(&output);

    let drawn = told.lines().filter_map(|line| line.trim().strip_prefix("--> a.ndjson:"));
    let drawn: Vec<_> = drawn.map(|place| place.split_once(':').unwrap().0).collect();
    assert_eq!(drawn, ["3", "4", "500", "5000", "7000"]);
    let what = "error[type]: expected a number, found a string at /data/duration_seconds\n";
    let among = format!(
        "/duration_seconds/type\n\na.ndjson:2000:151: {what}a.ndjson:4000:151: {what}\nerror: "
    );
    assert!(told.contains(&among), "{told}");
    let lines = told.lines().filter_map(|line| line.strip_prefix("a.ndjson:"));
    let lines: Vec<_> = lines.map(|place| place.split_once(':').unwrap().0).collect();
    assert_eq!(lines, ["2000", "4000", "6000", "6001", "8000", "9998", "9999"]);
    let totals = "\n\n9999 payloads: 9987 valid, 12 invalid; 12 violations (10 type, 2 required), \
                  2 notices\n";
    assert!(told.ends_with(totals), "{told}");
    let note = "note: one line each for 7 more payloads like those in pictures; ";
    assert!(stderr(&output).starts_with(note), "{}", stderr(&output));

    for jobs in ["1", "7"] {
        let again = run(&directory, &["validate", "--jobs", jobs, "a.ndjson"]);
        assert_eq!((stdout(&again), stderr(&again)), (told, stderr(&output)), "{jobs}");
    }
    let mut child =
        offhook(&directory, &["validate", "--lines", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || {
        text.as_bytes().chunks(997).for_each(|piece| stdin.write_all(piece).unwrap());
    });
    let pieces = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(stdout(&pieces).replace("<stdin>", "a.ndjson"), told);
}

#[test]
fn what_is_masked_is_told_only_where_it_is_drawn() {
    // There is nothing to mask about null.
    let [null, masked] = ["null", "1"].map(|x| VALID.replacen('{', &format!("{{\"x\":{x},"), 1));
    for (records, is_told) in [
        ([&null, &null, &null, &null], false),
        ([&null, &null, &null, &masked], false),
        ([&null, &null, &masked, &null], true),
    ] {
        let text = records.map(String::as_str).join("\n");
        let output = run_with(text.as_bytes(), &["validate", "--lines"]);
        let told = "note: what may be personal is masked";
        assert_eq!(stderr(&output).contains(told), is_told, "{text}\n{}", stdout(&output));
    }
}

#[test]
fn shards_add_up_to_the_whole() {
    let text = records(5_000);
    let directory = directory_of_bytes(
        "shards",
        &[
            ("a.ndjson", text.as_bytes()),
            ("b/1.json", VALID.as_bytes()),
            ("b/2.json", invalid().as_bytes()),
            ("b/3.json", b"{}"),
        ],
    );
    let inputs = ["a.ndjson", "b", "missing.json"];
    let whole = run(&directory, &[&["validate", "--summary", "whole.json"][..], &inputs].concat());
    for number in 1..=3 {
        let (shard, file) = (format!("{number}/3"), format!("{number}.json"));
        let args = ["validate", "--shard", &shard, "--summary", &file, "--format", "json"];
        let output = run(&directory, &[&args[..], &inputs].concat());
        assert!((1_500..1_800).contains(&lines(&output).len()));
    }
    let merged = run(&directory, &["merge", "1.json", "3.json", "2.json"]);
    assert_eq!(stdout(&merged), stdout(&whole).lines().last().unwrap().to_owned() + "\n");
    assert_eq!((status(&merged), status(&whole)), (3, 3), "one file could not be read");

    let read = |file: &str| -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(directory.join(file)).unwrap()).unwrap()
    };
    let sum = run(&directory, &["merge", "--format", "json", "1.json", "2.json", "3.json"]);
    let sum: serde_json::Value = serde_json::from_slice(&sum.stdout).unwrap();
    assert_eq!(sum["totals"], read("whole.json")["totals"]);
    assert_eq!(
        sum["totals"]["events"]["dialstack@2026-11-21"]["recording.available"]["valid"],
        4_287
    );

    let partly = run(&directory, &["merge", "1.json", "3.json"]);
    assert_eq!(stderr(&partly), "note: still missing: 2/3\n");
    for (files, message) in [
        (["1.json", "1.json"], "expected each part once, found 1/3 again"),
        (["1.json", "whole.json"], "expected parts of the same whole, found 1/3 and 1/1"),
        (["1.json", "b/1.json"], "want what `offhook validate --summary`"),
    ] {
        let output = run(&directory, &["merge", files[0], files[1]]);
        assert_eq!(status(&output), 2, "{files:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
    let twice = run(&directory, &["merge", "whole.json", "whole.json"]);
    assert!(stdout(&twice).starts_with("10006 payloads: "), "runs over different inputs add up");
}

#[test]
fn totals_are_the_same_on_one_core_on_all_and_in_shards() {
    // Several chunks of lines, and lines of all kinds.
    let mut text = records(20_000);
    text += "\n{\"type\": \"call.end\"\n[]\r\n\u{1}\n";
    text += &VALID.replacen('{', "{\"more\": 1, ", 1);
    let directory = directory_of_bytes(
        "totals",
        &[("a.ndjson", text.as_bytes()), ("b.jsonl.gz", &gzip(records(5_000).as_bytes()))],
    );
    let summary = |args: &[&str]| -> serde_json::Value {
        let all = [&["validate", "--summary", "summary.json", "a.ndjson", "b.jsonl.gz"], args];
        let output = run(&directory, &all.concat());
        assert_eq!(status(&output), 1);
        let summary = std::fs::read(directory.join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
        summary["totals"].clone()
    };
    let one = summary(&["--jobs", "1"]);
    assert_eq!(one["valid"].as_u64().unwrap() + one["invalid"].as_u64().unwrap(), 25_004);
    assert_eq!((&one["invalid"], &one["notices"]["undocumented"]), (&3_574.into(), &1.into()));
    assert_eq!(summary(&[]), one);

    let files = ["1.json", "2.json", "3.json"];
    for (file, shard) in files.iter().zip(["1/3", "2/3", "3/3"]) {
        summary(&["--shard", shard]);
        std::fs::rename(directory.join("summary.json"), directory.join(file)).unwrap();
    }
    let merged = run(&directory, &[&["merge", "--format", "json"], &files[..]].concat());
    let merged: serde_json::Value = serde_json::from_slice(&merged.stdout).unwrap();
    assert_eq!(merged["totals"], one);
}

#[cfg(unix)]
#[test]
fn what_was_seen_so_far_is_told_when_interrupted() {
    let mut child = offhook(Path::new("."), &["validate", "--lines", "--format", "human", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    write!(stdin, "{VALID}\n{}\n", invalid()).unwrap();
    stdin.flush().unwrap();
    // Once the fault is told, both have been seen; nothing more comes.
    let mut told = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    told.read_line(&mut first).unwrap();
    assert!(first.starts_with("error"), "{first}");
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let rest: Vec<String> = told.lines().map(Result::unwrap).collect();
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 130);
    assert_eq!(rest.last().unwrap(), "2 payloads: 1 valid, 1 invalid; 1 violation (1 type)");
    assert!(stderr(&output).contains("note: interrupted; this is what was seen so far"));
    drop(stdin);
}

#[test]
fn what_is_to_be_merged_and_cannot_be_read_is_told() {
    let directory = directory_of_bytes("merge-unreadable", &[("a.json", b"\xff\xfe")]);
    let output = run(&directory, &["merge", "none.json"]);
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).starts_with("error: cannot read none.json: "), "{}", stderr(&output));
    let output = run(&directory, &["merge", "a.json"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).starts_with("error: a.json: want what "), "{}", stderr(&output));
}
