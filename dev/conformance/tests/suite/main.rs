//! The JSON-Schema-Test-Suite, drafts 7 and 2020-12: the verdicts of the suite, of the validator,
//! and of the type that codegen makes of a schema are the same for every instance, and what is read
//! is written back.
//!
//! `cargo test -p offhook-conformance --test suite -- --nocapture` lists what is refused.

mod bowtie;

use std::collections::BTreeMap;
use std::fmt::Write;

use offhook_conformance::suite::{
    Accepted, BY_DESIGN, Group, Refused, SetAside, Test, keyword, reason,
};
use offhook_conformance::{Disagreement, PayloadType, agreement, setting, survey, tell};
use offhook_validator::Validator;

/// What codegen makes of the suite, and tables of it.
mod generated {
    #![allow(
        dead_code,
        missing_docs,
        unreachable_pub,
        unused_imports,
        clippy::all,
        clippy::pedantic,
        reason = "names and sizes are the suite's"
    )]

    use super::{Accepted, Group, PayloadType, Refused, SetAside};

    include!(concat!(env!("OUT_DIR"), "/suite/mod.rs"));
}

use generated::{ACCEPTED, REFUSED, SET_ASIDE, SUITE};

/// How many instances are generated in all, unless `OFFHOOK_INSTANCES` says otherwise.
const INSTANCES: usize = 40_000;

/// The seed, unless `OFFHOOK_SEED` says otherwise.
const SEED: u64 = 1;

/// What the groups of a draft came to.
#[derive(Default)]
struct Figures {
    agree: usize,
    refused: usize,
    disagree: usize,
    instances: usize,
}

#[test]
fn every_verdict_is_that_of_the_suite() {
    let Some(suite) = SUITE else {
        tell("SKIPPED: no ../shared/json-schema-test-suite, no JSON_SCHEMA_TEST_SUITE");
        return;
    };
    tell(&format!("the suite is {suite}"));
    let mut figures = BTreeMap::<&str, Figures>::new();
    let mut faults = String::new();
    for accepted in ACCEPTED {
        let figures = figures.entry(accepted.group.draft).or_default();
        match disagreements(accepted, &mut figures.instances) {
            found if found.is_empty() => figures.agree += 1,
            found => {
                figures.disagree += 1;
                faults += &found;
            }
        }
    }
    for refused in REFUSED {
        figures.entry(refused.group.draft).or_default().refused += 1;
    }
    print_figures(&figures);
    let unexplained = unexplained();
    assert!(faults.is_empty() && unexplained.is_empty(), "\n{faults}{unexplained}");
}

fn print_figures(figures: &BTreeMap<&str, Figures>) {
    for (draft, Figures { agree, refused, disagree, instances }) in figures {
        tell(&format!(
            "{draft}: {agree} groups agree ({instances} instances), {refused} are refused, \
             {disagree} disagree"
        ));
    }
    for (reason, keywords) in BY_DESIGN {
        tell(&format!("refused: {reason}"));
        for name in *keywords {
            let of_name = |refused: &&Refused| keyword(refused.pointer).as_deref() == Some(name);
            let count = REFUSED.iter().filter(of_name).count();
            tell(&format!("  {count:3} for {name}"));
        }
    }
    for SetAside { draft, file, groups, why } in SET_ASIDE {
        tell(&format!("set aside: {draft}/{file}, {groups} groups: {why}"));
    }
    for Refused { group, message, .. } in REFUSED {
        println!("refused: {}: {message}", name(group));
    }
}

/// The refusals for keywords that are not on the list.
fn unexplained() -> String {
    let mut text = String::new();
    for Refused { group, pointer, message } in REFUSED {
        if keyword(pointer).as_deref().and_then(reason).is_none() {
            let _ = writeln!(text, "refused: {}: {message}", name(group));
        }
    }
    text
}

#[test]
fn generated_instances_of_the_schemas_agree() {
    let payloads: Vec<_> =
        ACCEPTED.iter().map(|accepted| (name(&accepted.group), &accepted.payload)).collect();
    let instances = setting("OFFHOOK_INSTANCES").unwrap_or(INSTANCES);
    let seed = setting("OFFHOOK_SEED").unwrap_or(SEED);
    let figures = survey(&payloads, instances, seed).unwrap_or_else(|error| panic!("{error}"));
    tell(&format!("the suite's schemas: {figures}"));
    assert!(figures.disagreements.is_empty(), "\n{}", figures.disagreements.concat());
}

/// Where the suite is contradicted by a group's type or by the validator.
fn disagreements(accepted: &Accepted, instances: &mut usize) -> String {
    let Accepted { group, payload, tests } = accepted;
    let mut text = String::new();
    let validator = match Validator::new(payload.schema) {
        Ok(validator) => validator,
        Err(error) => return format!("{}: {error}\n", name(group)),
    };
    let tests: Vec<Test<'_>> = serde_json::from_str(tests).expect("the suite's tests are JSON");
    for test in tests {
        *instances += 1;
        if let Some(fault) = disagreement(payload, &validator, &test) {
            let Test { description, data, .. } = test;
            let _ = write!(text, "{}: {description}: {data}\n{fault}", name(group));
        }
    }
    text
}

fn disagreement(
    payload: &PayloadType,
    validator: &Validator,
    test: &Test<'_>,
) -> Option<Box<Disagreement>> {
    let body = test.data.get();
    let outcome = payload.judge(validator, body.as_bytes());
    agreement(outcome, body, ("suite", test.valid)).err()
}

fn name(group: &Group) -> String {
    let Group { draft, file, description } = group;
    format!("{draft}/{file}: {description}")
}
