//! Payloads by the kind of what is wrong with them, so that of each kind only a few are drawn.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{PoisonError, RwLock};

use offhook_validator::{Report, Violation};

/// How many payloads of a kind are drawn: one may be by chance, and what three have in common is what
/// all the others have.
const FEW: u8 = 3;

/// How many kinds are remembered. Payloads can have as many as they like, each with another name in it,
/// and memory has to stay flat; nobody looks at so many pictures.
const MOST: usize = 4096;

/// How many payloads of which kind were drawn.
///
/// Several may ask while one draws. An answer of no is for ever, as nothing here is ever taken back: so
/// whoever is ahead can rely on it, and what is drawn in the end depends on the order of the payloads
/// alone.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    kinds: RwLock<HashMap<u64, u8>>,
}

impl Drawn {
    /// Whether a payload of a kind may still be drawn.
    pub(crate) fn lacks(&self, kind: u64) -> bool {
        let kinds = self.kinds.read().unwrap_or_else(PoisonError::into_inner);
        kinds.get(&kind).map_or(kinds.len() < MOST, |drawn| *drawn < FEW)
    }

    /// Counts the next payload, if it is to be drawn, and tells whether it is.
    pub(crate) fn take(&self, kind: u64) -> bool {
        let is_drawn = self.lacks(kind);
        if is_drawn {
            let mut kinds = self.kinds.write().unwrap_or_else(PoisonError::into_inner);
            *kinds.entry(kind).or_default() += 1;
        }
        is_drawn
    }
}

/// The kind of a payload: its event, and which rules it is against, however often and in which order.
pub(crate) fn kind(report: &Report) -> u64 {
    let violations = report.violations().iter().map(|violation| rule(violation, false));
    let notices = report.notices().iter().map(|notice| rule(notice, true));
    let rules: BTreeSet<_> = violations.chain(notices).collect();
    hash((report.vendor(), report.event(), rules))
}

/// What a violation or a notice is against. Where no rule says so, it is what has that place.
fn rule(violation: &Violation, is_notice: bool) -> u64 {
    let Violation { code, schema, pointer, .. } = violation;
    hash((code, is_notice, schema.as_ref().ok_or(pointer)))
}

fn hash(value: impl Hash) -> u64 {
    // Without a random key: the same payloads get the same report.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use offhook::dialstack;
    use offhook_validator::Validator;

    use super::{Drawn, FEW, MOST, kind};

    #[test]
    fn a_kind_is_an_event_and_what_it_is_against() {
        let validator = Validator::new(dialstack::SCHEMA).unwrap();
        let strict = Validator::new(dialstack::SCHEMA).unwrap().strict();
        let body = |id, seconds, more| {
            format!(
                r#"{{"id": {id}, "type": "recording.available",
                "created_at": "2026-01-15T14:35:35Z", "account_id": "acct_01",
                "data": {{"call_id": "call_01", "duration_seconds": {seconds}{more}}}}}"#
            )
        };
        let of = |body: String| kind(&validator.validate(body.as_bytes()));
        let number = of(body("\"a\"", "\"1\"", ""));
        assert_eq!(number, of(body("\"bcd\"", "[]", "")), "no value is part of it");
        let more = of(body("\"a\"", "1", ", \"x\": 1"));
        let text = body("\"a\"", "1", ", \"x\": 1");
        let kinds = [
            number,
            of(body("1", "1", "")),
            of(body("1", "\"1\"", "")),
            more,
            of(body("\"a\"", "1", ", \"y\": 1")),
            of(body("\"a\"", "\"1\"", ", \"x\": 1")),
            kind(&strict.validate(text.as_bytes())),
            of(text.replace("recording.available", "call.end")),
        ];
        for (at, kind) in kinds.iter().enumerate() {
            assert!(!kinds[..at].contains(kind), "{at}");
        }
    }

    #[test]
    fn a_few_of_each_kind_are_drawn() {
        let drawn = Drawn::default();
        for kind in [7, 8] {
            for _ in 0..FEW {
                assert!(drawn.lacks(kind) && drawn.take(kind));
            }
            assert!(!drawn.lacks(kind) && !drawn.take(kind));
        }
    }

    #[test]
    fn no_more_kinds_than_so_many_are_remembered() {
        let drawn = Drawn::default();
        let taken = (0..10 * MOST as u64).filter(|kind| drawn.take(*kind)).count();
        assert_eq!((taken, drawn.kinds.read().unwrap().len()), (MOST, MOST));
        assert!(!drawn.lacks(u64::MAX) && !drawn.take(u64::MAX));
        assert!(drawn.lacks(0) && drawn.take(0), "those that are known go on");
    }
}
