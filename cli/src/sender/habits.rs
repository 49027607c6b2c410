//! What vendors do when they deliver, as far as their documents say.

use std::time::Duration;

use offhook_receiver::signature::Scheme;

/// How a vendor delivers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    pub(crate) user_agent: &'static str,
    /// How often it tries, the first time included.
    pub(crate) attempts: u32,
    /// How long an attempt may take.
    pub(crate) timeout: Duration,
    /// How many seconds it waits after each attempt; after further ones as many as after the last.
    waits: &'static [u64],
}

/// Where a document is silent.
const UNDOCUMENTED: Habits = Habits {
    user_agent: concat!("offhook/", env!("CARGO_PKG_VERSION")),
    attempts: 1,
    timeout: Duration::from_secs(30),
    waits: &[60],
};

impl Habits {
    /// Those of the vendor that has a scheme.
    pub(crate) fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::DialStack => Self {
                user_agent: "DialStack-Webhook/1.0",
                // Its document has "up to 5 retry attempts", and does not say whether the first
                // delivery is one of them.
                attempts: 5,
                ..UNDOCUMENTED
            },
            Scheme::VoiceBlender => Self {
                attempts: 3,
                timeout: Duration::from_secs(10),
                waits: &[2, 4],
                ..UNDOCUMENTED
            },
            _ => UNDOCUMENTED,
        }
    }

    /// How long it waits after an attempt, from 1.
    pub(crate) fn wait(&self, attempt: u32) -> Duration {
        let at = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
        let seconds = self.waits.get(at).or(self.waits.last());
        Duration::from_secs(seconds.copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use offhook_receiver::signature::Scheme;

    use super::Habits;

    #[test]
    fn waits_are_those_of_the_documents() {
        let waits = |scheme| [1, 2, 3].map(|attempt| Habits::of(scheme).wait(attempt));
        assert_eq!(waits(Scheme::DialStack), [60, 60, 60].map(Duration::from_secs));
        assert_eq!(waits(Scheme::VoiceBlender), [2, 4, 4].map(Duration::from_secs));
        let attempts = Scheme::ALL.iter().map(|scheme| Habits::of(*scheme).attempts);
        assert_eq!(attempts.collect::<Vec<_>>(), [1, 5, 1, 3]);
    }
}
