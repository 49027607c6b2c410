//! What the time is, in seconds since 1970: the system's answer, or a test's.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time in seconds since 1970, which may be before it.
#[derive(Clone)]
pub(super) struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    pub(super) fn system() -> Self {
        Self::new(|| {
            let seconds = |elapsed: std::time::Duration| i64::try_from(elapsed.as_secs());
            match SystemTime::now().duration_since(UNIX_EPOCH) {
                Ok(since) => seconds(since).unwrap_or(i64::MAX),
                Err(before) => seconds(before.duration()).map_or(i64::MIN, |seconds| -seconds),
            }
        })
    }

    pub(super) fn new(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(super) fn now(&self) -> i64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
