//! What must hold of any bytes at all: a function a target, which panics where it does not.
//!
//! `libfuzzer/` calls them with what a fuzzer makes up, `tests/replay.rs` with seeds, with what was
//! found before, and with mutations of these. The README beside says how to run either.

mod codegen;
mod decode;
mod locate;
mod mutated;
mod quick;
mod scan;
mod seeds;
mod signature;

/// A target: what to call with bytes, and what bytes to begin with.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    run: fn(&[u8]),
    reads: &'static Input,
}

/// A kind of bytes. Targets that read the same begin with the same.
struct Input {
    /// The name of its folders in `corpus/` and `regressions/`.
    folder: &'static str,
    seeds: fn() -> Vec<Vec<u8>>,
    mutate: fn(&[u8], u64) -> Vec<u8>,
}

static DELIVERIES: Input =
    Input { folder: "deliveries", seeds: signature::seeds, mutate: mutated::bytes };
static PAYLOADS: Input =
    Input { folder: "payloads", seeds: seeds::payloads, mutate: mutated::payload };
static SCHEMAS: Input =
    Input { folder: "schemas", seeds: codegen::seeds, mutate: mutated::schemas };

/// All targets.
pub static TARGETS: &[Target] = &[
    Target { name: "codegen", run: codegen::run, reads: &SCHEMAS },
    Target { name: "decode", run: decode::run, reads: &PAYLOADS },
    Target { name: "locate", run: locate::run, reads: &PAYLOADS },
    Target { name: "quick", run: quick::run, reads: &PAYLOADS },
    Target { name: "scan", run: scan::run, reads: &PAYLOADS },
    Target { name: "signature", run: signature::run, reads: &DELIVERIES },
];

impl Target {
    /// The target of that name.
    ///
    /// # Panics
    ///
    /// There is none.
    pub fn named(name: &str) -> &'static Self {
        let target = TARGETS.iter().find(|target| target.name == name);
        target.unwrap_or_else(|| panic!("expected the name of a target, found {name:?}"))
    }

    /// Holds what must hold of `data`.
    ///
    /// # Panics
    ///
    /// It does not: that is a bug.
    pub fn run(&self, data: &[u8]) {
        (self.run)(data);
    }

    /// The name of the folders in `corpus/` and `regressions/` that hold what it reads.
    pub fn folder(&self) -> &'static str {
        self.reads.folder
    }

    /// What to begin with: the vendors' examples, and what is made of the schemas.
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        (self.reads.seeds)()
    }

    /// `data` after a few changes, mostly such that it stays what the target reads; the same for the
    /// same `seed`.
    pub fn mutated(&self, data: &[u8], seed: u64) -> Vec<u8> {
        (self.reads.mutate)(data, seed)
    }
}
