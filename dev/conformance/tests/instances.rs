//! Instances generated from schemas: what the type decodes, what the validator says and what boon
//! says is the same for every one, and what is read is written back.
//!
//! The schemas are those of all events of the built-in vendors and of codegen's golden cases. Half
//! of the instances are intended to be valid, half to have one fault; what they really are does not
//! matter, but it is counted. `OFFHOOK_INSTANCES` says how many there are in all, `OFFHOOK_SEED`
//! which; the same seed repeats them.

use offhook_conformance::{PayloadType, setting, survey, tell};

/// What codegen makes of the golden cases, and a table of all payload types.
mod generated {
    #![allow(
        dead_code,
        missing_docs,
        unreachable_pub,
        unused_imports,
        clippy::all,
        clippy::pedantic,
        reason = "generated types are for others to use"
    )]

    use super::PayloadType;

    include!(concat!(env!("OUT_DIR"), "/payloads/mod.rs"));
}

use generated::PAYLOADS;

/// How many instances there are in all, unless `OFFHOOK_INSTANCES` says otherwise.
const INSTANCES: usize = 100_000;

/// The seed, unless `OFFHOOK_SEED` says otherwise.
const SEED: u64 = 1;

/// What share of those intended to be valid must be, in percent.
const VALID: usize = 95;

/// What share of those intended to be faulty must be, in percent.
const FAULTY: usize = 85;

#[test]
fn type_validator_and_boon_agree() {
    let instances = setting("OFFHOOK_INSTANCES").unwrap_or(INSTANCES);
    let seed = setting("OFFHOOK_SEED").unwrap_or(SEED);
    let payloads: Vec<_> = PAYLOADS
        .iter()
        .map(|(owner, payload)| (format!("{owner}/{}", payload.file), payload))
        .collect();
    let figures = survey(&payloads, instances, seed).unwrap_or_else(|error| panic!("{error}"));
    tell(&format!("the events and the golden cases: {figures}"));
    assert!(figures.disagreements.is_empty(), "\n{}", figures.disagreements.concat());
    let (intended, real) = figures.valid;
    assert!(real * 100 >= intended * VALID, "want {VALID} % of the valid ones to be valid");
    let (intended, real) = figures.faulty;
    assert!(real * 100 >= intended * FAULTY, "want {FAULTY} % of the faulty ones to be faulty");
}
