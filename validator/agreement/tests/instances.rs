//! Instances generated from schemas: what the type decodes, what the validator says and what boon
//! says is the same for every one, and what is read is written back.
//!
//! The schemas are those of all events of the built-in vendors and of codegen's golden cases. Half
//! of the instances are intended to be valid, half to have one fault; what they really are does not
//! matter, but it is counted. `OFFHOOK_INSTANCES` says how many there are in all, `OFFHOOK_SEED`
//! which; the same seed repeats them.
//!
//! `cargo test -p offhook-agreement --test instances -- --nocapture` shows the figures.

use std::error::Error;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use offhook_agreement::instances::{Fault, Generator};
use offhook_agreement::{Bundle, Disagreement, Oracle, PayloadType, Subject, shrunk};
use serde_json::Value;

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
const INSTANCES: u64 = 100_000;

/// The seed, unless `OFFHOOK_SEED` says otherwise.
const SEED: u64 = 1;

/// After so many disagreements about one payload type the rest is not tried.
const ENOUGH: usize = 3;

/// What share of those intended to be valid must be, in percent.
const VALID: usize = 95;

/// What share of those intended to be faulty must be, in percent.
const FAULTY: usize = 85;

/// What a payload type's instances came to.
#[derive(Clone, Debug, Default)]
struct Figures {
    instances: u64,
    /// How many were intended to be valid, and how many are.
    valid: (usize, usize),
    /// How many were intended to be faulty, and how many are.
    faulty: (usize, usize),
    /// Whether no valid instance was found: then any JSON values are tried.
    without_valid: bool,
    disagreements: Vec<String>,
}

#[test]
fn type_validator_and_boon_agree() {
    let instances = variable("OFFHOOK_INSTANCES").unwrap_or(INSTANCES);
    let seed = variable("OFFHOOK_SEED").unwrap_or(SEED);
    let each = instances.div_ceil(PAYLOADS.len() as u64);
    println!("OFFHOOK_SEED={seed}: {each} instances of each of {} types", PAYLOADS.len());
    let mut all = Figures::default();
    for ((owner, payload), figures) in PAYLOADS.iter().zip(of_all(each, seed)) {
        if figures.without_valid {
            println!("no valid instance found: {owner}/{}", payload.file);
        }
        all.instances += figures.instances;
        all.valid = (all.valid.0 + figures.valid.0, all.valid.1 + figures.valid.1);
        all.faulty = (all.faulty.0 + figures.faulty.0, all.faulty.1 + figures.faulty.1);
        let place = format!("{owner}/{}: ", payload.file);
        all.disagreements
            .extend(figures.disagreements.into_iter().map(|found| place.clone() + &found));
    }
    let Figures { instances, valid, faulty, disagreements, .. } = all;
    println!("instances: {instances}");
    println!("intended to be valid: {}, and {} are", valid.0, valid.1);
    println!("intended to be faulty: {}, and {} are", faulty.0, faulty.1);
    println!("disagreements: {}", disagreements.len());
    assert!(disagreements.is_empty(), "\n{}", disagreements.concat());
    assert!(valid.1 * 100 >= valid.0 * VALID, "want {VALID} % of the valid ones to be so");
    assert!(faulty.1 * 100 >= faulty.0 * FAULTY, "want {FAULTY} % of the faulty ones to be so");
}

fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("want a number in {name}, got {text:?}")))
}

/// The figures of all payload types, on all processors.
fn of_all(each: u64, seed: u64) -> Vec<Figures> {
    let next = AtomicUsize::new(0);
    let figures = Mutex::new(vec![Figures::default(); PAYLOADS.len()]);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((owner, payload)) = PAYLOADS.get(index) else { break };
                    let found = of_one(payload, each, seed, index as u64)
                        .unwrap_or_else(|error| panic!("{owner}/{}: {error}", payload.file));
                    figures.lock().expect("no thread panics while it counts")[index] = found;
                }
            });
        }
    });
    figures.into_inner().expect("no thread panics while it counts")
}

/// The figures of one payload type: its instances are the same whatever the others are.
fn of_one(
    payload: &PayloadType,
    each: u64,
    seed: u64,
    stream: u64,
) -> Result<Figures, Box<dyn Error>> {
    let bundle = Bundle::parse(payload.schema)?;
    let oracle = Oracle::new(&bundle)?;
    let subject = Subject::new(payload, &bundle, &oracle)?;
    let schema = subject.schema();
    let mut generator = Generator::new(&bundle, &oracle, seed, stream);
    let mut figures = Figures { without_valid: true, ..Figures::default() };
    while figures.instances < each && figures.disagreements.len() < ENOUGH {
        let valid = generator.valid(schema);
        let base = valid.clone().unwrap_or_else(|| generator.any());
        let text = generator.spell(&base);
        let verdict = figures.judge(&subject, &base, &text, "valid");
        if valid.is_some() {
            figures.without_valid = false;
            figures.valid.0 += 1;
            figures.valid.1 += usize::from(verdict == Some(true));
        }
        if let Some(Fault { instance, assertion }) = generator.faulty(schema, &base) {
            let text = generator.spell(&instance);
            let verdict = figures.judge(&subject, &instance, &text, &assertion);
            figures.faulty.0 += 1;
            figures.faulty.1 += usize::from(verdict == Some(false));
        }
    }
    Ok(figures)
}

impl Figures {
    /// The verdict on `value`, spelt as `text`, if there is only one.
    ///
    /// `intent` is what the instance was made for: `valid`, or the assertion to be broken.
    fn judge(
        &mut self,
        subject: &Subject<'_>,
        value: &Value,
        text: &str,
        intent: &str,
    ) -> Option<bool> {
        self.instances += 1;
        match subject.verdict(text) {
            Ok(verdict) => Some(verdict),
            Err(disagreement) => {
                let instance = smallest(subject, value, text, &disagreement);
                let instances = self.instances;
                let schema = subject.schema();
                self.disagreements.push(format!(
                    "{schema}\n  instance {instances}, intended: {intent}\n{instance}\n"
                ));
                None
            }
        }
    }
}

/// The smallest instance with the same disagreement, and who says what of it.
fn smallest(
    subject: &Subject<'_>,
    value: &Value,
    text: &str,
    disagreement: &Disagreement,
) -> String {
    let alike = |value: &Value| {
        let found = subject.verdict(&value.to_string());
        found.err().filter(|found| found.is_like(disagreement))
    };
    if alike(value).is_none() {
        // It is a matter of spelling.
        return format!("  instance:  {text}\n{disagreement}");
    }
    let smallest = shrunk(value, |value| alike(value).is_some());
    let disagreement = alike(&smallest).map(|found| found.to_string()).unwrap_or_default();
    format!("  smallest:  {smallest}\n{disagreement}")
}
