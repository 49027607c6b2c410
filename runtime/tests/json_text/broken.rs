//! The vendors' examples, broken at random, the same way every time.

use std::fs;
use std::path::{Path, PathBuf};

use crate::readers::{Verdict, agreed};

const MUTANTS: usize = 20_000;

/// A small generator of numbers that look random, the same every time (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Breaks a payload in one place; now and then it stays JSON.
fn mutate(body: &mut Vec<u8>, random: &mut Random) {
    const BYTES: &[u8] =
        b"{}[]:,\"\"\\\\/u0123456789.-+eE tfn\n\r\t\0\x0b\x1f\x7f\x80\xc3\xa9\xed\xff";
    let at = random.below(body.len() + 1);
    let end = body.len().min(at + 1 + random.below(12));
    match random.below(8) {
        0 => body.insert(at, random.of(BYTES)),
        1 => drop(body.drain(at..end)),
        2 => body.truncate(at),
        3 => body.extend_from_within(at..end),
        4 => {
            let copied = body[at..end].to_vec();
            let to = random.below(body.len() + 1);
            body.splice(to..to, copied);
        }
        _ if at == body.len() => body.push(random.of(BYTES)),
        5 => body[at] ^= 1 << random.below(8),
        6 => body[at] = random.of(BYTES),
        _ => drop(body.remove(at)),
    }
}

/// The vendors' example payloads, always in the same order. A published crate has none.
fn examples() -> Vec<Vec<u8>> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut paths: Vec<PathBuf> = ["daily", "dialstack", "voiceblender"]
        .iter()
        .filter_map(|vendor| fs::read_dir(schemas.join(vendor).join("examples")).ok())
        .flatten()
        .map(|entry| entry.expect("the folder is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        eprintln!("SKIPPED: {} is not here", schemas.display());
    }
    paths.iter().map(|path| fs::read(path).expect("an example is readable")).collect()
}

#[test]
fn examples_broken_at_random() {
    let examples = examples();
    if examples.is_empty() {
        return;
    }
    let mut random = Random(0x0ff_400c);
    let (mut json, mut out_of_range) = (0, 0);
    for n in 0..MUTANTS {
        let mut body = examples[n % examples.len()].clone();
        for _ in 0..=random.below(3) {
            mutate(&mut body, &mut random);
        }
        match agreed(&body) {
            Verdict::Json => json += 1,
            Verdict::NotJson => {}
            Verdict::OutOfRange => out_of_range += 1,
        }
    }
    // Some of each, so that readers can err both ways; and the one exception stays one.
    assert!((MUTANTS / 10..MUTANTS * 9 / 10).contains(&json), "{json} are JSON");
    assert!(out_of_range < MUTANTS / 100, "{out_of_range} have numbers out of range");
}
