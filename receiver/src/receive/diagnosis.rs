//! Limits how often a receiver diagnoses deliveries that match no signature.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The largest body that is diagnosed, in bytes: 8 KiB. A payload of a vendor has some kilobytes.
pub(super) const MAX_DIAGNOSED_SIZE: usize = 8 << 10;

/// The time from one diagnosis to the next is at least this long: there are at most ten a second.
pub(super) const DIAGNOSIS_INTERVAL: Duration = Duration::from_millis(100);

/// Lets a diagnosis pass now and then. Threads may share it.
#[derive(Debug)]
pub(super) struct Diagnosis {
    since: Instant,
    /// When the next one may be, in milliseconds since then.
    next: AtomicU64,
}

impl Diagnosis {
    pub(super) fn new() -> Self {
        Self { since: Instant::now(), next: AtomicU64::new(0) }
    }

    /// Returns whether a body of this size may be diagnosed now, and counts it if so.
    pub(super) fn admits(&self, size: usize) -> bool {
        size <= MAX_DIAGNOSED_SIZE && self.admits_after(self.since.elapsed())
    }

    fn admits_after(&self, elapsed: Duration) -> bool {
        let in_milliseconds =
            |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX / 2);
        let now = in_milliseconds(elapsed);
        let after = now + in_milliseconds(DIAGNOSIS_INTERVAL);
        // Of several threads at once, one gets it. Nothing else depends on the order.
        let passed = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| {
            (now >= next).then_some(after)
        });
        passed.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::{DIAGNOSIS_INTERVAL, Diagnosis, MAX_DIAGNOSED_SIZE};

    #[test]
    fn ten_diagnoses_pass_in_a_second() {
        let diagnosis = Diagnosis::new();
        let after = |milliseconds| diagnosis.admits_after(Duration::from_millis(milliseconds));
        assert_eq!((0..1_000).filter(|time| after(*time)).count(), 10);
        assert!(after(1_000) && !after(1_099) && after(1_100));
        assert!(diagnosis.admits_after(Duration::MAX) && !diagnosis.admits_after(Duration::MAX));
        assert_eq!(DIAGNOSIS_INTERVAL.as_millis(), 100);
    }

    #[test]
    fn a_body_that_is_too_large_is_not_counted() {
        let diagnosis = Diagnosis::new();
        assert!(!diagnosis.admits(MAX_DIAGNOSED_SIZE + 1));
        assert!(diagnosis.admits(MAX_DIAGNOSED_SIZE));
    }

    #[test]
    fn of_many_threads_one_passes() {
        let diagnosis = Diagnosis::new();
        let passed: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        (0..100).filter(|_| diagnosis.admits_after(Duration::ZERO)).count()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(passed, 1);
    }
}
