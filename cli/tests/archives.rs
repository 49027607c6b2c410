//! Files of many payloads, whole and broken, compressed and not, by one and by several.

mod command;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use command::{VALID, directory, invalid, lines, offhook, run, run_with, status, stderr, stdout};
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

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
    let directory = directory(
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
    let directory = directory("compressed-one", &[("call.json.gz", &gzip(VALID.as_bytes()))]);
    let output = run(&directory, &["validate", "call.json.gz"]);
    assert_eq!((status(&output), stdout(&output)), (0, "1 payload: 1 valid\n"));
}

#[test]
fn of_a_cut_archive_every_record_before_is_counted() {
    let text = records(2_000);
    for (name, whole) in
        [("cut.ndjson.gz", gzip(text.as_bytes())), ("cut.ndjson.zst", zstd(text.as_bytes()))]
    {
        let directory = directory(&format!("cut-{name}"), &[(name, &whole[..whole.len() * 2 / 3])]);
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
    let directory = directory(
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
        "error: cannot read b.ndjson.gz: want gzip, as its name says, got something else"
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
    let directory = directory("bad-lines", &[("bad.ndjson", &text)]);
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
    let text = records(20_000);
    let directory = directory(
        "cores",
        &[
            ("a.ndjson", text.as_bytes()),
            ("b/1.json", VALID.as_bytes()),
            ("b/2.json", invalid().as_bytes()),
            ("c.ndjson.gz", &gzip(text.as_bytes())),
        ],
    );
    for format in ["human", "json", "sarif", "github", "junit"] {
        let outputs = ["1", "2", "7"].map(|jobs| {
            let args =
                ["validate", "--format", format, "--jobs", jobs, "a.ndjson", "b", "c.ndjson.gz"];
            run(&directory, &args)
        });
        assert!(outputs[0].stdout.len() > 100_000);
        assert!(outputs.iter().all(|output| output.stdout == outputs[0].stdout), "{format}");
    }
}

#[test]
fn shards_add_up_to_the_whole() {
    let text = records(5_000);
    let directory = directory(
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
    assert_eq!(sum["totals"]["events"]["dialstack"]["recording.available"]["valid"], 4_286);

    let partly = run(&directory, &["merge", "1.json", "3.json"]);
    assert_eq!(stderr(&partly), "note: still missing: 2/3\n");
    for (files, message) in [
        (["1.json", "1.json"], "want each part once, got 1/3 again"),
        (["1.json", "whole.json"], "want parts of the same number of parts, got others"),
        (["1.json", "b/1.json"], "want what `offhook validate --summary`"),
        (["1.json", "nowhere.json"], "nowhere.json: "),
    ] {
        let output = run(&directory, &["merge", files[0], files[1]]);
        assert_eq!(status(&output), 2, "{files:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
    let twice = run(&directory, &["merge", "whole.json", "whole.json"]);
    assert!(stdout(&twice).starts_with("10006 payloads: "), "runs over different inputs add up");
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
