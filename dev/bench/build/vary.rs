//! Examples into many different payloads that are as valid: other identifiers, numbers and times,
//! and optional members left out. The same seed makes the same payloads.

use rand::rngs::ChaCha8Rng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt, SeedableRng};
use serde_json::Value;

use crate::examples::Example;
use offhook_bench_schemas::Vendor;
use offhook_model::{Json, Object, json};

const SEED: u64 = 57;

/// Large enough that a branch predictor does not learn it by heart.
const PAYLOADS: usize = 768;

/// Payloads of all events, each as often as any other, in random order.
pub(crate) fn mix(vendors: &[Vendor], examples: &[Example]) -> Vec<Example> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let events: Vec<(usize, usize)> = vendors
        .iter()
        .enumerate()
        .flat_map(|(index, vendor)| (0..vendor.events.len()).map(move |event| (index, event)))
        .collect();
    let mut payloads: Vec<Example> = (0..PAYLOADS)
        .map(|index| {
            let (vendor, event) = events[index % events.len()];
            let of_event: Vec<&Example> = examples
                .iter()
                .filter(|example| (example.vendor, example.event) == (vendor, event))
                .collect();
            let example = of_event.choose(&mut random).expect("every event has an example");
            let schema = &vendors[vendor].events[event].schema;
            let payload = varied(&example.payload, schema, &mut random);
            Example { vendor, event, payload }
        })
        .collect();
    payloads.shuffle(&mut random);
    payloads
}

/// A value like `value`, valid if that is.
fn varied(value: &Json, schema: &Value, random: &mut impl Rng) -> Json {
    if schema.get("const").or(schema.get("enum")).or(schema.get("minimum")).is_some() {
        return value.clone();
    }
    match value {
        Json::Object(members) => varied_members(members, schema, random).into(),
        Json::Array(elements) => {
            elements.iter().map(|element| varied(element, &schema["items"], random)).collect()
        }
        Json::String(text) if schema["format"] == "date-time" => time(text, random).into(),
        Json::String(text) => other_digits(text, random).into(),
        Json::Number(number) => {
            let text = other_digits(number.as_str(), random);
            json::parse(&text).expect("digits for digits are a number")
        }
        Json::Bool(_) | Json::Null => value.clone(),
    }
}

fn varied_members(members: &Object, schema: &Value, random: &mut impl Rng) -> Object {
    let mut result = Object::new();
    for (name, value) in members {
        let schema_of_member = &schema["properties"][name];
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|required| required.iter().any(|required| required == name));
        if is_required || schema_of_member.is_null() || random.random_bool(0.75) {
            result.insert(name.clone(), varied(value, schema_of_member, random));
        }
    }
    result
}

/// The text with other digits, but for the first one, which may have its reason.
fn other_digits(text: &str, random: &mut impl Rng) -> String {
    let mut is_first = true;
    text.chars()
        .map(|character| match character {
            '0'..='9' if !std::mem::take(&mut is_first) => digit(random),
            other => other,
        })
        .collect()
}

/// Another time of the same form: what stands after the seconds keeps its length.
fn time(text: &str, random: &mut impl Rng) -> String {
    let (month, day) = (random.random_range(1..=12), random.random_range(1..=28));
    let hour = random.random_range(0..24);
    let (minute, second) = (random.random_range(0..60), random.random_range(0..60));
    let fraction = &text["2026-01-15T14:35:30".len()..];
    let end = fraction.find(['Z', '+', '-']).unwrap_or(fraction.len());
    let (fraction, offset) = fraction.split_at(end);
    let fraction: String =
        fraction.chars().map(|c| if c == '.' { c } else { digit(random) }).collect();
    format!("2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

fn digit(random: &mut impl Rng) -> char {
    char::from(random.random_range(b'0'..=b'9'))
}
