//! What is proven of random schemas holds for every instance that is tried.

use jsonschema::Validator;
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::{diff, event, lines};
use crate::catalogue::Json;
use crate::diff::canonical::Judge;
use crate::diff::change::Verdict;
use crate::diff::union;

fn scalar(random: &mut ChaCha8Rng) -> Value {
    let all = json!([null, true, 0, 1, 2, 1.5, -1, "", "a", "ab", "2026-01-01", [], {}]);
    all.as_array().and_then(|all| all.choose(random)).cloned().unwrap_or_default()
}

fn schema(random: &mut ChaCha8Rng, depth: usize) -> Value {
    let mut schema = json!({});
    for _ in 0..random.random_range(1..4) {
        let count = random.random_range(0..3);
        let (name, value) = match random.random_range(0..if depth == 0 { 9 } else { 20 }) {
            0..3 => {
                let types = ["string", "integer", "number", "null", "object", "array", "boolean"];
                let first = random.random_range(0..6);
                let two = [types[first], types[first + 1]];
                ("type", if count == 0 { json!(two[0]) } else { json!(two) })
            }
            3 => ("enum", json!([scalar(random), scalar(random)])),
            4 => ("minimum", json!(count)),
            5 => ("exclusiveMaximum", json!(count)),
            6 => ("maxLength", json!(count)),
            7 => ("format", json!("date")),
            8 => ("pattern", json!(["^a", "b$", "^a$"][count])),
            9..11 => {
                ("anyOf", json!([self::schema(random, depth - 1), self::schema(random, depth - 1)]))
            }
            11..13 => {
                ("oneOf", json!([self::schema(random, depth - 1), self::schema(random, depth - 1)]))
            }
            13 => ("not", self::schema(random, depth - 1)),
            14 => ("if", self::schema(random, depth - 1)),
            15 => ("then", self::schema(random, depth - 1)),
            16 => ("items", self::schema(random, depth - 1)),
            17 => ("contains", self::schema(random, depth - 1)),
            18 => ("properties", json!({ "p": self::schema(random, depth - 1) })),
            _ => ("required", json!(["p"])),
        };
        schema[name] = value;
    }
    schema
}

fn instances() -> Vec<Value> {
    let mut all = vec![json!([1, 2]), json!([null, "a"]), json!("b"), json!("abb"), json!(0.5)];
    let scalars = json!([null, true, 0, 1, 2, 3, 1.5, -1, "", "a", "ab", "2026-01-01", [], {}]);
    for scalar in scalars.as_array().into_iter().flatten() {
        all.extend([scalar.clone(), json!([scalar]), json!({ "p": scalar })]);
    }
    all
}

fn validator(schema: &Value) -> Validator {
    let draft = jsonschema::Draft::Draft202012;
    let options = jsonschema::options().with_draft(draft).should_validate_formats(true);
    options.build(schema).expect("a schema")
}

#[test]
fn no_instance_contradicts_what_is_proven() {
    let random = &mut ChaCha8Rng::seed_from_u64(15);
    let instances = instances();
    let mut proven = 0;
    for _ in 0..400 {
        let mut judge = Judge::new();
        let old = schema(random, 2);
        let mut new = schema(random, 2);
        if random.random_bool(0.5) {
            // Most edits are of one keyword.
            let edit = new.as_object().and_then(|new| new.iter().next()).expect("a keyword");
            let (name, value) = (edit.0.clone(), edit.1.clone());
            new = old.clone();
            new[name] = value;
        }
        let effect = union::effect(&mut judge, &[], &[Json::from(&old)], &[Json::from(&new)]);
        let [of_old, of_new] = [&old, &new].map(validator);
        for instance in &instances {
            let (is_old, is_new) = (of_old.is_valid(instance), of_new.is_valid(instance));
            let holds = (effect.receivers != Verdict::Safe || !is_new || is_old)
                && (effect.senders != Verdict::Safe || !is_old || is_new);
            assert!(holds, "{effect:?} of {new} instead of {old}, and {instance}");
        }
        proven += usize::from(effect.receivers != Verdict::Undecided);
    }
    assert!(proven > 200, "only {proven} are proven");
}

#[test]
fn no_instance_contradicts_what_is_told() {
    let random = &mut ChaCha8Rng::seed_from_u64(16);
    let instances = instances();
    for _ in 0..150 {
        let old = schema(random, 2);
        let edit = schema(random, 2);
        let mut new = old.clone();
        if let (Some(new), Some(edit)) = (new.as_object_mut(), edit.as_object()) {
            new.extend(edit.iter().take(2).map(|(name, value)| (name.clone(), value.clone())));
        }
        let files = [&old, &new].map(|schema| vec![event("a", &json!({ "v": schema }))]);
        let told = diff(&files[0], &files[1]);
        // A new member is taken to break nobody, though it may have been anything before.
        if told.iter().any(|change| change.what == "the field is new, and optional") {
            continue;
        }
        let is_safe = [
            !told.iter().any(|it| it.breaks_receivers || it.undecided_receivers),
            !told.iter().any(|it| it.breaks_senders || it.undecided_senders),
        ];
        let [of_old, of_new] = [&old, &new].map(validator);
        for instance in &instances {
            let (is_old, is_new) = (of_old.is_valid(instance), of_new.is_valid(instance));
            let holds = (!is_safe[0] || !is_new || is_old) && (!is_safe[1] || !is_old || is_new);
            assert!(holds, "{:?} for {new} instead of {old}, and {instance}", lines(&told));
        }
    }
}
