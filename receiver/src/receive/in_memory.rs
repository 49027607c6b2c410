//! Ids of events kept in memory: as many as were asked for, each in as many bytes as any other.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::idempotency::{Claim, Guard, Idempotency, Outcome, Unavailable};

/// Keeps the ids of events in the memory of this process.
///
/// It holds a number of ids, each by its SHA-256, so that long ones take no more room than short
/// ones: somewhat over 100 bytes an id. Where there is no more room, the id that was done first
/// leaves; one in progress never does.
///
/// What it does not do: other processes do not know its ids, and after a restart nobody does. An
/// event that is delivered again after its id has left is handled again: keep more ids than arrive
/// while a vendor may try again, which is under ten minutes for `DialStack` and under one for
/// `VoiceBlender`. A replay has no such limit where no time is signed, as with `VoiceBlender`: there
/// a database has to keep the ids, or the event's `timestamp` to be looked at.
///
/// Keep the ids of each vendor in an `InMemory` of its own.
#[derive(Debug)]
pub struct InMemory {
    capacity: usize,
    ids: Mutex<Ids>,
}

type Key = [u8; 32];

#[derive(Debug, Default)]
struct Ids {
    /// All of them; true are those that are done.
    done: HashMap<Key, bool>,
    /// Those that are done, the first one first.
    order: VecDeque<Key>,
}

impl InMemory {
    /// Keeps `capacity` ids, and at least one. Their memory is taken as they come.
    pub fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), ids: Mutex::default() }
    }

    /// What is done under the lock leaves it whole wherever it stops, so poison is of no matter.
    fn ids(&self) -> MutexGuard<'_, Ids> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, key: Key, outcome: Outcome) {
        let mut ids = self.ids();
        match outcome {
            Outcome::Done => {
                ids.done.insert(key, true);
                ids.order.push_back(key);
            }
            Outcome::GivenUp => {
                ids.done.remove(&key);
            }
        }
    }
}

impl Idempotency for InMemory {
    fn claim(&self, id: &str) -> Result<Claim<'_>, Unavailable> {
        let key: Key = Sha256::digest(id).into();
        let mut ids = self.ids();
        match ids.done.get(&key) {
            Some(true) => return Ok(Claim::Done),
            Some(false) => return Ok(Claim::InProgress),
            None => {}
        }
        if ids.done.len() >= self.capacity {
            let Some(first) = ids.order.pop_front() else {
                let capacity = self.capacity;
                let message = format!("expected room for one more, found {capacity} in progress");
                return Err(Unavailable::new(message));
            };
            ids.done.remove(&first);
        }
        ids.done.insert(key, false);
        Ok(Claim::New(Guard::new(move |outcome| self.end(key, outcome))))
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::InMemory;
    use crate::receive::idempotency::{Claim, Guard, Idempotency};

    fn new<'a>(store: &'a InMemory, id: &str) -> Guard<'a> {
        match store.claim(id) {
            Ok(Claim::New(guard)) => guard,
            other => panic!("{id}: {other:?}"),
        }
    }

    fn is_done(store: &InMemory, id: &str) -> bool {
        matches!(store.claim(id), Ok(Claim::Done))
    }

    #[test]
    fn an_id_is_new_then_in_progress_then_done() {
        let store = InMemory::new(2);
        let guard = new(&store, "a");
        assert!(matches!(store.claim("a"), Ok(Claim::InProgress)));
        guard.done();
        assert!(is_done(&store, "a"));
        assert!(is_done(&store, "a"));
        drop(new(&store, ""));
    }

    #[test]
    fn an_id_that_is_given_up_is_new_again() {
        let store = InMemory::new(1);
        drop(new(&store, "a"));
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _guard = new(&store, "a");
            panic!("as a handler may");
        }));
        assert!(panicked.is_err());
        new(&store, "a").done();
        assert!(is_done(&store, "a"));
    }

    #[test]
    fn the_id_that_was_done_first_leaves_first_and_none_in_progress_does() {
        let store = InMemory::new(3);
        let first = new(&store, "first");
        new(&store, "b").done();
        new(&store, "a").done();
        new(&store, "c").done();
        assert!(is_done(&store, "a") && is_done(&store, "c"));
        let b = new(&store, "b"); // In the place of `a`.
        let a = new(&store, "a"); // In that of `c`.
        let full = store.claim("d").unwrap_err().to_string();
        assert_eq!(
            full,
            "cannot claim an event's id: expected room for one more, found 3 in progress"
        );
        first.done();
        assert!(is_done(&store, "first"));
        new(&store, "d").done();
        assert!(!is_done(&store, "first"));
        drop((a, b));
    }

    #[test]
    fn it_never_keeps_more_than_asked_for_nor_long_ids() {
        for capacity in [0, 1, 7] {
            let store = InMemory::new(capacity);
            for id in 0..100 {
                let long = id.to_string().repeat(1_000);
                if id % 3 == 0 {
                    drop(new(&store, &long));
                } else {
                    new(&store, &long).done();
                }
                let ids = store.ids();
                assert!(ids.done.len() <= capacity.max(1));
                assert_eq!(ids.order.len(), ids.done.values().filter(|&&done| done).count());
            }
        }
    }

    #[test]
    fn of_several_who_claim_an_id_at_once_one_gets_it() {
        let store = InMemory::new(1_000);
        let handled = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for id in 0..1_000 {
                        if let Ok(Claim::New(guard)) = store.claim(&id.to_string()) {
                            handled.fetch_add(1, Ordering::Relaxed);
                            guard.done();
                        }
                    }
                });
            }
        });
        assert_eq!(handled.into_inner(), 1_000);
    }
}
