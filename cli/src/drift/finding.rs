//! What was seen, held against the documents: a row for whatever they lack, and for fields that are
//! there more often than they promise.

use offhook_validator::Code;
use serde::Serialize;

use crate::catalogue::{Event, Field, Step, Vendor};
use crate::drift::profile::{Deviation, Kind, Profile, Seen};
use crate::drift::state::State;
use crate::outcome::Outcome;

/// Fewer payloads say nothing about what is always there.
const ENOUGH: usize = 20;

/// Something that the documents lack.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Finding<'s> {
    /// Empty if it cannot be told.
    pub(crate) vendor: &'s str,
    pub(crate) event: &'s str,
    pub(crate) what: What,
    /// The field; empty if it is about the event.
    pub(crate) pointer: &'s str,
    /// What was seen there, or what was wanted.
    pub(crate) detail: String,
    pub(crate) count: usize,
    /// Of how many.
    pub(crate) of: usize,
    pub(crate) first: String,
    pub(crate) last: String,
}

/// What is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum What {
    UnknownEvent,
    UndocumentedField,
    UnlistedValue,
    BrokenAdvice,
    /// Any other violation.
    Contradiction,
    /// Payloads that name no event, or are no JSON.
    Nameless,
}

impl What {
    /// For people.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::UnknownEvent => "unknown event",
            Self::UndocumentedField => "undocumented field",
            Self::UnlistedValue => "unlisted value",
            Self::BrokenAdvice => "broken advice",
            Self::Contradiction => "contradiction",
            Self::Nameless => "no event named",
        }
    }

    fn of(code: Code) -> Self {
        match code {
            Code::Undocumented => Self::UndocumentedField,
            Code::Enum | Code::Const => Self::UnlistedValue,
            Code::Advice => Self::BrokenAdvice,
            _ => Self::Contradiction,
        }
    }
}

/// A field that is always there, and of which the document says so or not.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Presence<'s> {
    pub(crate) vendor: &'s str,
    pub(crate) event: &'s str,
    pub(crate) pointer: String,
    pub(crate) required: bool,
    /// In how many payloads, or other objects, it is: in all that there are.
    pub(crate) count: usize,
    pub(crate) of: usize,
    /// How often it is null.
    pub(crate) null: usize,
    pub(crate) first: String,
    pub(crate) last: String,
}

/// Returns the exit status of what was seen.
pub(crate) fn outcome(state: &State) -> Outcome {
    if !state.complete || !state.unreadable.is_empty() {
        Outcome::Incomplete
    } else if findings(state).is_empty() {
        Outcome::Valid
    } else {
        Outcome::Invalid
    }
}

/// What the documents lack, event by event, in a stable order.
pub(crate) fn findings(state: &State) -> Vec<Finding<'_>> {
    let mut all = Vec::new();
    for (vendor, events) in &state.unknown {
        for (event, profile) in events {
            let detail = fields(profile);
            let found = (What::UnknownEvent, "", detail);
            all.extend(
                profile
                    .seen
                    .map(|seen| finding(state, (vendor, event), found, seen, state.payloads())),
            );
        }
    }
    for (vendor, events) in &state.events {
        for (event, profile) in events {
            let mut own: Vec<_> = profile
                .deviations
                .iter()
                .map(|(deviation, seen)| {
                    let Deviation { code, pointer, .. } = deviation;
                    let found = (What::of(*code), pointer.as_str(), detail(deviation, profile));
                    let of = chances(deviation, profile);
                    finding(state, (vendor, event), found, *seen, of)
                })
                .collect();
            own.sort_by(|one, other| {
                (one.what, one.pointer, &one.detail).cmp(&(
                    other.what,
                    other.pointer,
                    &other.detail,
                ))
            });
            all.extend(own);
        }
    }
    if let Some(seen) = state.nameless {
        let detail = "no JSON, or no member that names an event".to_owned();
        let found = (What::Nameless, "", detail);
        all.push(finding(state, ("", ""), found, seen, state.payloads()));
    }
    all
}

fn finding<'s>(
    state: &State,
    (vendor, event): (&'s str, &'s str),
    (what, pointer, detail): (What, &'s str, String),
    seen: Seen,
    of: usize,
) -> Finding<'s> {
    let (first, last) = (state.place(seen.first), state.place(seen.last));
    Finding { vendor, event, what, pointer, detail, count: seen.count, of, first, last }
}

/// Of how many fields or objects one deviates.
fn chances(deviation: &Deviation, profile: &Profile) -> usize {
    match (deviation.code, profile.fields.get(&deviation.pointer)) {
        (Code::Undocumented | Code::Required, _) | (_, None) => profile.chances(&deviation.pointer),
        (_, Some(traffic)) => traffic.seen.count,
    }
}

fn detail(deviation: &Deviation, profile: &Profile) -> String {
    let kinds = || kinds(profile, &deviation.pointer);
    match (deviation.code, &deviation.value) {
        (Code::Undocumented, _) => kinds(),
        (_, Some(value)) => value.clone(),
        (Code::Enum | Code::Const, None) => "further values".to_owned(),
        (Code::Type, _) => format!("expected {}, seen: {}", deviation.expected, kinds()),
        (code, _) => format!("expected {} [{code}]", deviation.expected),
    }
}

/// The kinds of a field's values: `string`, or `string 90 %, null 10 %`.
fn kinds(profile: &Profile, pointer: &str) -> String {
    let Some(traffic) = profile.fields.get(pointer) else {
        return String::new();
    };
    if let [kind] = traffic.kinds.keys().collect::<Vec<_>>()[..] {
        return kind.as_str().to_owned();
    }
    let mut kinds: Vec<_> = traffic.kinds.iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let share = |(kind, count): &(&Kind, &usize)| {
        format!("{} {}", kind.as_str(), percent(**count, traffic.seen.count))
    };
    kinds.iter().map(share).collect::<Vec<_>>().join(", ")
}

/// The fields at the top of payloads.
fn fields(profile: &Profile) -> String {
    let top = profile.fields.keys().filter(|pointer| pointer.matches('/').count() == 1);
    let names: Vec<_> = top.map(|pointer| &pointer[1..]).collect();
    format!("with {}", names.join(", "))
}

/// How many of a hundred.
pub(crate) fn share(count: usize, of: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let share = 100.0 * count as f64 / of.max(1) as f64;
    share
}

/// `12 %`, `0.1 %`
pub(crate) fn percent(count: usize, of: usize) -> String {
    let share = share(count, of);
    match share {
        // What is not all should not look so, and what is there not like nothing.
        _ if count == of => "100 %".to_owned(),
        99.9.. => "99.9 %".to_owned(),
        ..0.1 if count > 0 => "<0.1 %".to_owned(),
        ..10.0 => format!("{share:.1} %"),
        _ => format!("{share:.0} %"),
    }
}

/// The documented fields that are always there: required ones, and those that need not be.
pub(crate) fn presence<'s>(state: &'s State, vendors: &[Vendor]) -> Vec<Presence<'s>> {
    let mut all = Vec::new();
    for vendor in vendors {
        let Some((name, profiles)) = state.events.get_key_value(&vendor.edition()) else {
            continue;
        };
        for (event, profile) in profiles {
            let fields = vendor.event(event).map(Event::fields).unwrap_or_default();
            let always = fields.iter().filter_map(|field| always(field, profile));
            all.extend(always.map(|(pointer, required, seen)| Presence {
                vendor: name,
                event,
                null: profile.kind(&pointer, Kind::Null),
                pointer,
                required,
                count: seen.count,
                of: seen.count,
                first: state.place(seen.first),
                last: state.place(seen.last),
            }));
        }
    }
    all
}

fn always(field: &Field<'_>, profile: &Profile) -> Option<(String, bool, Seen)> {
    let pointer = field.pointer();
    let seen = profile.fields.get(&pointer)?.seen;
    let Seen { count, .. } = seen;
    let is_member = matches!(field.path.last(), Some(Step::Member(_)));
    let there = count >= ENOUGH && count == profile.chances(&pointer) && is_member;
    there.then_some((pointer, field.required, seen))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_do_not_look_like_all_or_nothing() {
        for (count, of, expected) in [
            (5, 5, "100 %"),
            (0, 5, "0.0 %"),
            (999_999, 1_000_000, "99.9 %"),
            (1, 1_000_000, "<0.1 %"),
            (1, 8, "12 %"),
            (1, 80, "1.2 %"),
        ] {
            assert_eq!(percent(count, of), expected, "{count} of {of}");
        }
    }
}
