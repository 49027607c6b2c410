//! Many generated instances of many schemas: who agrees, and whether they are what was intended.

use std::error::Error;
use std::fmt;
use std::io::Write;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use offhook_model::Json;

use crate::bundle::Bundle;
use crate::instances::{Fault, Generator};
use crate::oracle::Oracle;
use crate::payload_type::PayloadType;
use crate::shrink::shrunk;
use crate::subject::{Disagreement, Subject};

/// After so many disagreements about one payload type its other instances are not tried.
const ENOUGH: usize = 3;

/// The number that an environment variable holds, if it is set.
///
/// # Panics
///
/// It holds something else.
pub fn setting<T: FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("want a number in {name}, got {text:?}")))
}

/// Says something even if the test that says it passes: the harness keeps what `println!` says.
pub fn tell(text: &str) {
    // Nobody may be listening.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// What the instances of one payload type came to, or of several.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The seed.
    pub seed: u64,
    /// How many payload types there are.
    pub types: usize,
    /// How many instances were judged.
    pub instances: usize,
    /// How many of them were intended to be valid, and how many of these are.
    pub valid: (usize, usize),
    /// How many valid ones the types' own decoders read.
    pub at_once: usize,
    /// How many of them were intended to be faulty, and how many of these are.
    pub faulty: (usize, usize),
    /// The payload types of which no valid instance was found; any JSON values were tried there.
    pub without_valid: Vec<String>,
    /// Where not all say the same: the schema, the smallest instance, and who says what.
    pub disagreements: Vec<String>,
}

/// Tries as many `instances` of all payload types together, on all processors; half are to be valid.
///
/// The instances depend on `seed`, on the type's index, and on nothing else.
///
/// # Errors
///
/// boon or the validator does not take the schemas of a type.
pub fn survey(
    payloads: &[(String, &PayloadType)],
    instances: usize,
    seed: u64,
) -> Result<Figures, Box<dyn Error>> {
    let each = instances.div_ceil(payloads.len().max(1));
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, payload)) = payloads.get(index) else { break };
                    let found = survey_one(name, payload, each, seed, index as u64);
                    let found = found.map_err(|error| format!("{name}: {error}"));
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((index, found));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    let mut all = Figures { seed, types: payloads.len(), ..Figures::default() };
    for (_, found) in results {
        all.add(found?);
    }
    Ok(all)
}

fn survey_one(
    name: &str,
    payload: &PayloadType,
    each: usize,
    seed: u64,
    stream: u64,
) -> Result<Figures, Box<dyn Error>> {
    let bundle = Bundle::parse(payload.schema)?;
    let oracle = Oracle::new(&bundle)?;
    let subject = Subject::new(payload, &bundle, &oracle)?;
    let schema = subject.schema();
    let mut generator = Generator::new(&bundle, &oracle, seed, stream);
    let mut figures = Figures::default();
    while figures.instances < each && figures.disagreements.len() < ENOUGH {
        let valid = generator.valid(schema);
        let base = valid.clone().unwrap_or_else(|| generator.any());
        let text = generator.spell(&base);
        let verdict = figures.judge(name, &subject, &base, &text, "valid");
        if valid.is_some() {
            figures.valid.0 += 1;
            figures.valid.1 += usize::from(verdict == Some(true));
        }
        if let Some(Fault { instance, assertion }) = generator.faulty(schema, &base) {
            let text = generator.spell(&instance);
            let verdict = figures.judge(name, &subject, &instance, &text, &assertion);
            figures.faulty.0 += 1;
            figures.faulty.1 += usize::from(verdict == Some(false));
        }
    }
    if figures.valid.0 == 0 {
        figures.without_valid.push(name.to_owned());
    }
    Ok(figures)
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.instances += other.instances;
        self.valid = (self.valid.0 + other.valid.0, self.valid.1 + other.valid.1);
        self.at_once += other.at_once;
        self.faulty = (self.faulty.0 + other.faulty.0, self.faulty.1 + other.faulty.1);
        self.without_valid.extend(other.without_valid);
        self.disagreements.extend(other.disagreements);
    }

    /// The verdict on `value`, spelt as `text`, if there is only one.
    ///
    /// `intent` is what the instance was made for: `valid`, or the assertion to be broken.
    fn judge(
        &mut self,
        name: &str,
        subject: &Subject<'_>,
        value: &Json,
        text: &str,
        intent: &str,
    ) -> Option<bool> {
        self.instances += 1;
        match subject.verdict(text) {
            Ok(verdict) => {
                self.at_once += usize::from(verdict.at_once);
                Some(verdict.valid)
            }
            Err(disagreement) => {
                let instance = smallest(subject, value, text, &disagreement);
                let (instances, schema) = (self.instances, subject.schema());
                self.disagreements.push(format!(
                    "{name}: {schema}\n  instance {instances}, intended: {intent}\n{instance}\n"
                ));
                None
            }
        }
    }
}

/// The figures, a line each.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, types, instances, valid, at_once, faulty, .. } = self;
        writeln!(f, "{instances} instances of {types} types, OFFHOOK_SEED={seed}")?;
        writeln!(f, "  intended to be valid: {}, and {} are", valid.0, valid.1)?;
        writeln!(f, "  read by the types' own decoders: {at_once}")?;
        writeln!(f, "  intended to be faulty: {}, and {} are", faulty.0, faulty.1)?;
        writeln!(f, "  types without a valid instance: {}", self.without_valid.len())?;
        write!(f, "  disagreements: {}", self.disagreements.len())
    }
}

/// The smallest instance with the same disagreement, and who says what of it.
fn smallest(
    subject: &Subject<'_>,
    value: &Json,
    text: &str,
    disagreement: &Disagreement,
) -> String {
    let alike = |value: &Json| {
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
