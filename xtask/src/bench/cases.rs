//! What is compared, and the ratios that are wanted.

use super::estimates::{Estimates, quickest};

/// The set of one payload, and the shuffled mix of all events.
const SETS: [&str; 2] = ["call.end", "mix"];

/// A line of the table of ratios, before anything is measured.
pub(crate) struct Case {
    pub(crate) what: &'static str,
    /// For one payload, and for the mix.
    pub(crate) comparisons: [Option<Comparison>; 2],
}

/// Two ways, or one way on two sets.
pub(crate) struct Comparison {
    ours: Place,
    theirs: Place,
    /// The ratio that must not be exceeded.
    wanted: Option<f64>,
    /// Whether a byte is compared, or else a payload.
    a_byte: bool,
}

struct Place {
    set: &'static str,
    way: &'static str,
}

/// What was measured of a [`Comparison`].
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) wanted: Option<f64>,
    pub(crate) ratio: f64,
    /// Nanoseconds a payload.
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
}

/// All of them: those that are judged, each with its relatives.
pub(crate) fn cases() -> Vec<Case> {
    let by_events = Some(Comparison {
        a_byte: true,
        ..Comparison::new(["mix-type-last", "mix-dialstack"], ["decode"; 2], Some(1.3))
    });
    let by_place =
        Some(Comparison::new(["mix-type-last", "mix-type-first"], ["decode"; 2], Some(1.3)));
    vec![
        Case::new(
            "`decode` / `Value` + jsonschema `validate` + `from_value`",
            ["decode", "value-jsonschema-validate-from_value"],
            [Some(0.2), Some(0.25)],
        ),
        Case::new(
            "… with jsonschema's compile-time validator",
            ["decode", "value-macro-validate-from_value"],
            [None; 2],
        ),
        Case::new(
            "`decode` / plain derived struct, unvalidated, serde_json",
            ["decode", "plain-serde_json"],
            [Some(0.5), None],
        ),
        Case::new("… sonic-rs", ["decode", "plain-sonic-rs"], [None; 2]),
        Case::new("… simd-json", ["decode", "plain-simd-json"], [None; 2]),
        Case::new(
            "`decode` / `#[serde(tag)]` enum, unvalidated, serde_json",
            ["decode", "serde-tag"],
            [None; 2],
        ),
        Case::new("`decode` / `Value` alone", ["decode", "value"], [Some(1.0 / 3.0), Some(0.45)]),
        Case::new("`decode` / `IgnoredAny`", ["decode", "ignored_any"], [Some(2.0), Some(2.1)]),
        Case::new(
            "`is_valid` / `Value` + jsonschema `is_valid`",
            ["is_valid", "value-jsonschema-is_valid"],
            [Some(1.0 / 6.0), Some(0.2)],
        ),
        Case::new(
            "… with jsonschema's compile-time validator",
            ["is_valid", "value-macro-is_valid"],
            [None; 2],
        ),
        Case::new("`is_valid` / `Value` + boon", ["is_valid", "value-boon"], [None; 2]),
        Case::new(
            "`validate`, with notices and positions / `Value` + jsonschema `validate`",
            ["validate", "value-jsonschema-validate"],
            [Some(0.8), Some(0.8)],
        ),
        Case::new(
            "… with jsonschema's compile-time validator",
            ["validate", "value-macro-validate"],
            [None; 2],
        ),
        Case::of_faults(
            "report of three faults, with positions / `Value` + jsonschema `iter_errors`, without",
            "value-jsonschema-iter_errors",
            Some(0.7),
        ),
        Case::of_faults(
            "… with jsonschema's compile-time validator",
            "value-macro-iter_errors",
            None,
        ),
        Case {
            what: "`decode` of a vendor with `type` last / of one with `type` first, a byte",
            comparisons: [None, by_events],
        },
        Case {
            what: "… the same payloads, but for the place of `type`",
            comparisons: [None, by_place],
        },
    ]
}

impl Case {
    fn new(what: &'static str, ways: [&'static str; 2], wanted: [Option<f64>; 2]) -> Self {
        let [one, mix] = SETS;
        let comparison = |set, wanted| Some(Comparison::new([set; 2], ways, wanted));
        Self { what, comparisons: [comparison(one, wanted[0]), comparison(mix, wanted[1])] }
    }

    fn of_faults(what: &'static str, way: &'static str, wanted: Option<f64>) -> Self {
        let comparison = Comparison::new(["broken"; 2], ["validate", way], wanted);
        Self { what, comparisons: [Some(comparison), None] }
    }
}

impl Comparison {
    fn new(sets: [&'static str; 2], ways: [&'static str; 2], wanted: Option<f64>) -> Self {
        let place = |side: usize| Place { set: sets[side], way: ways[side] };
        Self { ours: place(0), theirs: place(1), wanted, a_byte: false }
    }

    /// The quickest rounds of both sides: what slows a shared machine down is neither's. None if a side
    /// was not measured.
    pub(crate) fn measured(&self, estimates: &Estimates) -> Option<Measured> {
        let side = |place: &Place| {
            let set = estimates.get(place.set)?;
            Some((set, set.ways.get(place.way)?))
        };
        let ((our_set, ours), (their_set, theirs)) = (side(&self.ours)?, side(&self.theirs)?);
        let scale = if self.a_byte {
            (their_set.bytes / their_set.payloads) / (our_set.bytes / our_set.payloads)
        } else {
            1.0
        };
        let (ours, theirs) = (quickest(ours), quickest(theirs));
        Some(Measured { wanted: self.wanted, ratio: ours / theirs * scale, ours, theirs })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::estimates::{Estimates, Set};
    use super::{Comparison, Measured, cases};

    fn set(bytes: f64, ways: &[(&str, &[f64])]) -> Set {
        let ways = ways.iter().map(|(way, rounds)| ((*way).to_owned(), rounds.to_vec()));
        Set { payloads: 2.0, bytes, ways: ways.collect() }
    }

    fn estimates() -> Estimates {
        BTreeMap::from([
            (
                "one".to_owned(),
                set(400.0, &[("a", &[30.0, 10.0, 40.0]), ("b", &[40.0, 80.0, 90.0])]),
            ),
            ("two".to_owned(), set(800.0, &[("a", &[80.0, 20.0, 60.0])])),
        ])
    }

    #[test]
    fn ratios_are_of_the_quickest_rounds() {
        let measured = Comparison::new(["one"; 2], ["a", "b"], Some(0.5)).measured(&estimates());
        let measured = measured.expect("both are there");
        let Measured { ratio, ours, theirs, wanted } = measured;
        assert_eq!([ratio, ours, theirs].map(|number| number.to_string()), ["0.25", "10", "40"]);
        assert_eq!(wanted, Some(0.5));
    }

    #[test]
    fn a_byte_costs_its_share_of_a_payload() {
        let comparison = Comparison::new(["one", "two"], ["a"; 2], None);
        let ratio = |comparison: Comparison| comparison.measured(&estimates()).map(|m| m.ratio);
        assert_eq!(ratio(Comparison { a_byte: true, ..comparison }), Some(1.0));
        assert_eq!(ratio(Comparison::new(["one", "two"], ["a"; 2], None)), Some(0.5));
        assert_eq!(ratio(Comparison::new(["two"; 2], ["a", "b"], None)), None);
    }

    #[test]
    fn every_case_compares_something() {
        for case in cases() {
            assert!(case.comparisons.iter().any(Option::is_some), "{}", case.what);
        }
    }
}
