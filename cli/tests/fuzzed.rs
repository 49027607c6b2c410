//! Archives of made-up bytes: the command says of every line what the validator says of it alone, and
//! whatever is done to a compressed archive, it ends with a status of its own.
//!
//! `OFFHOOK_FUZZ=1000000` has it read that many lines, `OFFHOOK_SEED` chooses other ones.

mod command;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::str::FromStr;
use std::thread;

use command::{VALID, gzip, invalid, lines, offhook, run_with, status, stderr, zstd};
use offhook::{Example, daily, dialstack, voiceblender};
use offhook_validator::{AnyVendor, Report, Validator};
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};

/// What lines are made of, besides the vendors' examples.
const PIECES: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\r",
    b" ",
    b"\t",
    b"\0",
    b"\x0b",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"{}",
    b"[1]",
    b"null",
    b"\"\\n\"",
    b"{\"type\":\"call.end\"}",
];

fn setting<T: FromStr>(name: &str, otherwise: T) -> T {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn random() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(setting("OFFHOOK_SEED", 1))
}

/// An example on one line.
fn on_one_line(example: &Example) -> Vec<u8> {
    example.text.replace('\n', " ").into_bytes()
}

/// About so many lines, most of which are payloads.
fn archive(random: &mut ChaCha8Rng, count: usize) -> Vec<u8> {
    let all = [daily::EXAMPLES, dialstack::EXAMPLES, voiceblender::EXAMPLES].concat();
    let examples: Vec<_> = all.iter().map(on_one_line).collect();
    let mut text = Vec::new();
    for _ in 0..count {
        match random.random_range(0..100) {
            0..50 => text.extend(examples.choose(random).unwrap()),
            50..60 => {
                let mut broken = examples.choose(random).unwrap().clone();
                let at = random.random_range(0..broken.len());
                broken[at] = random.random();
                text.extend(broken);
            }
            60..99 => text.extend(*PIECES.choose(random).unwrap()),
            // About as long as what is read at once.
            _ => text.resize(text.len() + random.random_range(0..1 << 18), b'x'),
        }
        if random.random_ratio(3, 4) {
            text.push(b'\n');
        }
    }
    text
}

/// What the command says of an archive that comes in pieces: each record, and the codes found there.
fn told(text: &[u8], random: &mut ChaCha8Rng) -> Vec<(usize, Vec<String>)> {
    let mut command = offhook(Path::new("."), &["validate", "--lines", "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            let mut rest = text;
            while !rest.is_empty() {
                let length = random.random_range(1..1 << 17).min(rest.len());
                stdin.write_all(&rest[..length]).unwrap();
                rest = &rest[length..];
            }
        });
        child.wait_with_output().unwrap()
    });
    assert_eq!(stderr(&output), "");
    let codes = |report: &serde_json::Value| {
        let violations = report["violations"].as_array().unwrap().iter();
        violations.map(|found| found["code"].as_str().unwrap().to_owned()).collect()
    };
    let record = |report: &serde_json::Value| {
        (usize::try_from(report["record"].as_u64().unwrap()).unwrap(), codes(report))
    };
    lines(&output).iter().map(record).collect()
}

#[test]
fn every_line_is_told_of_as_if_it_were_alone() {
    let compile = |schema| Validator::new(schema).unwrap();
    let schemas = [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA];
    let validator = AnyVendor::new(schemas.map(compile).into());
    let mut random = random();
    let text = archive(&mut random, setting("OFFHOOK_FUZZ", 5_000));
    let mut expected = Vec::new();
    for (number, line) in (1..).zip(text.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let codes = |report: &Report| {
            let violations = report.violations().iter();
            violations.map(|found| found.code.to_string()).collect::<Vec<_>>()
        };
        expected.push((number, codes(&validator.validate(line))));
    }
    let told = told(&text, &mut random);
    for (told, expected) in told.iter().zip(&expected) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.len(), expected.len());
}

#[test]
fn whatever_is_done_to_a_compressed_archive_is_told() {
    let text = [VALID, &invalid(), "{}", ""].join("\n").repeat(50);
    let mut random = random();
    for whole in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        for _ in 0..setting("OFFHOOK_FUZZ", 5_000_u32) / 100 {
            let mut bytes = whole.clone();
            for _ in 0..random.random_range(1..4) {
                let at = random.random_range(0..bytes.len());
                match random.random_range(0..4) {
                    0 => bytes.truncate(at + 1),
                    1 => bytes[at] ^= 1 << random.random_range(0..8),
                    2 => bytes[at] = random.random(),
                    _ => drop(bytes.splice(at..at, random.next_u32().to_le_bytes())),
                }
            }
            let output = run_with(&bytes, &["validate", "--lines", "--format", "json"]);
            let status = status(&output);
            assert!(matches!(status, 0 | 1 | 3), "{status}: {bytes:?}: {}", stderr(&output));
            let said = stderr(&output);
            assert_eq!(status == 3, said.starts_with("error: "), "{bytes:?}: {said}");
        }
    }
}
