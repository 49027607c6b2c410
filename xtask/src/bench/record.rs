//! All that a run found out, and its JSON form.

use std::fs;
use std::process::Command;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::cases::{self, Measured};
use super::estimates::{Estimates, quickest};
use super::figures::{Figure, Unit, Wanted};
use super::package::output;

pub(crate) struct Record {
    pub(crate) machine: Machine,
    pub(crate) rounds: usize,
    /// Each case, and what was measured of it: for one payload, and for the mix.
    pub(crate) cases: Vec<(&'static str, [Option<Measured>; 2])>,
    pub(crate) estimates: Estimates,
    pub(crate) figures: Vec<Figure>,
}

/// Where and when it was.
pub(crate) struct Machine {
    pub(crate) day: String,
    pub(crate) processor: String,
    pub(crate) rustc: String,
}

impl Record {
    pub(crate) fn new(estimates: Estimates, figures: Vec<Figure>, rounds: usize) -> Self {
        let measured = |case: cases::Case| {
            let measured = case.comparisons.map(|side| side?.measured(&estimates));
            (case.what, measured)
        };
        let cases = cases::cases().into_iter().map(measured).collect();
        Self { machine: Machine::this(), rounds, cases, estimates, figures }
    }

    /// Ratios first, as in the tables; times are nanoseconds a payload.
    pub(crate) fn to_json(&self) -> Value {
        let Machine { day, processor, rustc } = &self.machine;
        json!({
            "day": day,
            "processor": processor,
            "rustc": rustc,
            "rounds": self.rounds,
            "cases": self.cases.iter().map(case).collect::<Vec<_>>(),
            "figures": self.figures.iter().map(figure).collect::<Vec<_>>(),
            "sets": sets(&self.estimates),
        })
    }
}

impl Machine {
    fn this() -> Self {
        let unknown = || "unknown".to_owned();
        let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(": ")?.1.to_owned())
        });
        let rustc = output(Command::new("rustc").arg("--version")).ok();
        let rustc = rustc.and_then(|text| String::from_utf8(text).ok());
        Self {
            day: Timestamp::now().to_zoned(TimeZone::UTC).date().to_string(),
            processor: processor.unwrap_or_else(unknown),
            rustc: rustc.map_or_else(unknown, |text| text.trim().to_owned()),
        }
    }
}

fn case((what, [one, mix]): &(&'static str, [Option<Measured>; 2])) -> Value {
    let side = |measured: &Option<Measured>| {
        measured.as_ref().map(|Measured { wanted, ratio, ours, theirs }| {
            json!({ "wanted": wanted, "ratio": ratio, "ours": ours, "theirs": theirs })
        })
    };
    json!({ "case": what, "one": side(one), "mix": side(mix) })
}

fn figure(figure: &Figure) -> Value {
    let Figure { what, unit, wanted, ours, theirs } = figure;
    let unit = match unit {
        Unit::Nanoseconds => "nanoseconds",
        Unit::Bytes => "bytes",
        Unit::Seconds => "seconds",
    };
    let (wanted_ratio, wanted_ours) = match wanted {
        Some(Wanted::Ratio(ratio)) => (Some(ratio), None),
        Some(Wanted::Ours(ours)) => (None, Some(ours)),
        None => (None, None),
    };
    json!({
        "figure": what, "unit": unit, "wanted_ratio": wanted_ratio, "wanted_ours": wanted_ours,
        "ratio": ours / theirs, "ours": ours, "theirs": theirs,
    })
}

fn sets(estimates: &Estimates) -> Map<String, Value> {
    let set = |(name, set): (&String, &super::estimates::Set)| {
        let way = |(name, rounds): (&String, &Vec<f64>)| {
            (name.clone(), json!({ "quickest": quickest(rounds), "rounds": rounds }))
        };
        let ways: Map<String, Value> = set.ways.iter().map(way).collect();
        (name.clone(), json!({ "payloads": set.payloads, "bytes": set.bytes, "ways": ways }))
    };
    estimates.iter().map(set).collect()
}
