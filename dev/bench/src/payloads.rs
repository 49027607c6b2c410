//! The payloads, in sets that are measured together.

use std::borrow::Cow;
use std::iter;

use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::Value;

use crate::events::EVENTS;
use crate::ways::Way;

/// Payloads in an archive.
const ARCHIVED: usize = 100_000;

/// The first error is in the name, the others are in the data: one is of each common kind.
const FAULTS: [(&str, &str); 3] = [
    (r#""from_number":"+14155551234","#, ""),
    (r#""duration_seconds":325"#, r#""duration_seconds":"325""#),
    (r#""status":"completed""#, r#""status":"answered""#),
];

/// Whose payload it is; receivers know, since each vendor has an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// One event.
    Daily,
    /// 21 events; `type` is the second member.
    Dialstack,
    /// 35 events; members are sorted, so `type` is among the last.
    Voiceblender,
}

/// A payload and what is known of it beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Payload {
    /// The vendor.
    pub vendor: Vendor,
    /// Where the event stands in the table: for peers that cannot find out.
    pub(crate) event: usize,
    /// The body.
    pub text: &'static str,
}

/// Payloads that are measured together.
pub struct Set {
    /// Its name in results.
    pub name: &'static str,
    /// Whether its payloads are valid: all of them or none.
    pub is_valid: bool,
    /// The payloads.
    pub payloads: Vec<Payload>,
    /// How they are read.
    pub ways: Vec<&'static Way>,
}

/// All sets. Their texts live as long as the program.
///
/// # Panics
///
/// The schemas and examples lack `call.end`, or the build made no payloads of them.
pub fn sets() -> Vec<Set> {
    let examples = payloads(include_str!(concat!(env!("OUT_DIR"), "/examples.txt")));
    let mix = payloads(include_str!(concat!(env!("OUT_DIR"), "/mix.txt")));
    let type_first = payloads(include_str!(concat!(env!("OUT_DIR"), "/type-first.txt")));
    let call_end = examples.iter().find(|payload| EVENTS[payload.event].name == "call.end");
    let call_end = *call_end.expect("call.end has an example");

    let all = |name, payloads| Set { name, is_valid: true, payloads, ways: Way::all() };
    let place = |name, payloads| Set { ways: Way::of_place(), ..all(name, payloads) };
    vec![
        all("call.end", vec![call_end]),
        all("mix", mix.clone()),
        all("daily", of(Vendor::Daily, &examples)),
        all("dialstack", of(Vendor::Dialstack, &examples)),
        all("voiceblender", of(Vendor::Voiceblender, &examples)),
        place("mix-dialstack", of(Vendor::Dialstack, &mix)),
        place("mix-type-last", of(Vendor::Voiceblender, &mix)),
        place("mix-type-first", of(Vendor::Voiceblender, &type_first)),
        Set { is_valid: false, ways: Way::of_faults(), ..all("broken", vec![broken(call_end)]) },
        Set { ways: Way::of_archive(), ..all("archive", in_archive()) },
    ]
}

/// The text of an archive: payloads of one vendor, each on a line.
///
/// # Panics
///
/// The build made no payloads.
pub fn archive() -> String {
    archived().iter().flat_map(|payload| [payload.text, "\n"]).collect()
}

/// Payloads of all vendors without end: those of the mix in random order, one in a hundred with a
/// fault.
///
/// # Panics
///
/// The build made no payloads.
pub fn traffic() -> impl Iterator<Item = Cow<'static, str>> {
    let mix = payloads(include_str!(concat!(env!("OUT_DIR"), "/mix.txt")));
    let mut random = ChaCha8Rng::seed_from_u64(0);
    iter::repeat_with(move || {
        let text = mix.choose(&mut random).expect("there are payloads").text;
        match random.random_range(0..400) {
            0 => text[..text.len() - 1].into(),
            1 => text.replacen(r#""type":"#, r#""kind":"#, 1).into(),
            2 | 3 => text.replacen(r#":"2026-"#, r#":"26-"#, 1).into(),
            _ => text.into(),
        }
    })
}

/// The payloads of the archive: those of the mix, each many times, in random order.
fn archived() -> Vec<Payload> {
    let mix = payloads(include_str!(concat!(env!("OUT_DIR"), "/mix.txt")));
    let payloads = of(Vendor::Dialstack, &mix);
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let mut any = || *payloads.choose(&mut random).expect("the vendor has payloads");
    (0..ARCHIVED).map(|_| any()).collect()
}

/// The payloads of the archive as they lie in its text.
fn in_archive() -> Vec<Payload> {
    let lines = archive().leak().lines();
    archived().into_iter().zip(lines).map(|(payload, text)| Payload { text, ..payload }).collect()
}

/// Reads lines of a vendor's name and a payload.
fn payloads(lines: &'static str) -> Vec<Payload> {
    lines.lines().map(payload).collect()
}

fn payload(line: &'static str) -> Payload {
    let (vendor, text) = line.split_once(' ').expect("a line is a vendor and a payload");
    let vendor = match vendor {
        "daily" => Vendor::Daily,
        "dialstack" => Vendor::Dialstack,
        _ => Vendor::Voiceblender,
    };
    let value: Value = serde_json::from_str(text).expect("a payload is JSON");
    let event =
        EVENTS.iter().position(|event| event.vendor == vendor && value["type"] == event.name);
    Payload { vendor, event: event.expect("a payload is documented"), text }
}

fn of(vendor: Vendor, payloads: &[Payload]) -> Vec<Payload> {
    payloads.iter().filter(|payload| payload.vendor == vendor).copied().collect()
}

fn broken(payload: Payload) -> Payload {
    let mut text = payload.text.to_owned();
    for (right, wrong) in FAULTS {
        assert!(text.contains(right), "want {right} in {text}");
        text = text.replace(right, wrong);
    }
    Payload { text: text.leak(), ..payload }
}
