//! `Debug` output with everything in it, for who asks.

use std::fmt;

use serde::Serialize;

/// Shows an event with its personal data, as JSON.
///
/// `Debug` of generated types leaves out phone numbers, names, transcripts and addresses, so that
/// they do not end up in logs by accident. This wrapper is how to ask for them.
///
/// ```
/// # #[cfg(feature = "daily")] {
/// use offhook::Unredacted;
/// use offhook::daily::DialinStopped;
///
/// let payload = r#"{"version":"1.0.0","type":"dialin.stopped","id":"1",
///     "payload":{"display_name":"Ada"},"event_ts":1728036616.857}"#;
/// let event: DialinStopped = serde_json::from_str(payload)?;
/// assert!(!format!("{event:?}").contains("Ada"));
/// assert!(format!("{:?}", Unredacted(&event)).contains("Ada"));
/// # }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Unredacted<'a, T>(pub &'a T);

impl<T: Serialize> fmt::Debug for Unredacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() {
            serde_json::to_string_pretty(self.0)
        } else {
            serde_json::to_string(self.0)
        };
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}
