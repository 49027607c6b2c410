//! One payload into what was seen.

use std::collections::BTreeMap;

use offhook_validator::{Code, Report, Violation};
use serde_json::Value;

use crate::archive::Payload;
use crate::catalogue::Vendor;
use crate::checker::Checker;
use crate::drift::clock::Clock;
use crate::drift::cut::cut;
use crate::drift::outline::Outline;
use crate::drift::profile::{Deviation, Position, Seen};
use crate::drift::state::State;
use crate::edition::edition;

/// What is known of all documented events.
pub(crate) struct Known {
    /// By document (`vendor@date`) and event.
    events: BTreeMap<String, BTreeMap<String, (Outline, Clock)>>,
    /// Of payloads of which nothing else is known.
    clock: Clock,
    /// Where vendors name the event.
    discriminators: Vec<String>,
}

impl Known {
    pub(crate) fn new(vendors: &[Vendor]) -> Self {
        let events = |vendor: &Vendor| {
            let known = |event| (Outline::new(event), Clock::of(event));
            vendor.events().map(|event| (event.name.to_owned(), known(event))).collect()
        };
        let events: BTreeMap<_, BTreeMap<_, _>> =
            vendors.iter().map(|vendor| (vendor.edition(), events(vendor))).collect();
        let clock = Clock::all(events.values().flat_map(BTreeMap::values).map(|(_, clock)| clock));
        let mut discriminators: Vec<_> =
            vendors.iter().filter_map(|vendor| vendor.discriminator.clone()).collect();
        discriminators.dedup();
        Self { events, clock, discriminators }
    }

    /// The name of the event that a payload of nobody's seems to be.
    fn name<'p>(&self, payload: &'p Value) -> Option<&'p str> {
        self.discriminators.iter().find_map(|pointer| payload.pointer(pointer)?.as_str())
    }
}

/// Counts a payload.
pub(crate) fn add(state: &mut State, known: &Known, checker: &Checker, payload: &Payload<'_>) {
    let at = (payload.file, payload.record.unwrap_or_default());
    state.sources.entry(payload.file).or_insert_with(|| payload.source.to_owned());
    let Ok(value) = serde_json::from_slice::<Value>(payload.body) else {
        return state.add_nameless(at);
    };
    let report = match checker.clean(payload.body) {
        Some((validator, event)) => {
            let document = edition(validator.vendor(), validator.document());
            return add_event(state, known, (&document, event), &value, at, None);
        }
        None => checker.validate(payload.body),
    };
    let document = report.vendor().map(|vendor| edition(vendor, report.document()));
    match (document, report.event()) {
        (Some(document), Some(event)) => {
            add_event(state, known, (&document, event), &value, at, Some(&report));
        }
        (document, _) => {
            let Some(name) = known.name(&value) else {
                return state.add_nameless(at);
            };
            let profile = state.unknown(&document.unwrap_or_default(), &cut(name));
            profile.add_payload(at, known.clock.day(&value), true);
            Outline::walk(None, &value, &mut |pointer, value| {
                profile.add_value(pointer, value, at);
            });
        }
    }
}

fn add_event(
    state: &mut State,
    known: &Known,
    (document, event): (&str, &str),
    value: &Value,
    at: Position,
    report: Option<&Report>,
) {
    let Some((outline, clock)) = known.events.get(document).and_then(|events| events.get(event))
    else {
        return state.add_nameless(at);
    };
    let profile = State::profile(&mut state.events, document, event);
    let findings = || {
        let violations = report.into_iter().flat_map(Report::violations);
        violations.chain(report.into_iter().flat_map(Report::notices))
    };
    profile.add_payload(at, clock.day(value), findings().next().is_some());
    Outline::walk(Some(outline), value, &mut |pointer, value| {
        profile.add_value(pointer, value, at);
    });
    for finding in findings() {
        profile.add_deviation(deviation(outline, value, finding), Seen::once(at));
    }
}

fn deviation(outline: &Outline, payload: &Value, finding: &Violation) -> Deviation {
    let value = matches!(finding.code, Code::Enum | Code::Const)
        .then(|| payload.pointer(&finding.pointer))
        .flatten()
        .map(|value| match value {
            Value::String(text) => Value::from(cut(text)).to_string(),
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "an array".to_owned(),
            other => other.to_string(),
        });
    Deviation {
        code: finding.code,
        pointer: Outline::field(Some(outline), payload, &finding.pointer),
        expected: finding.expected.to_string(),
        value,
    }
}
