//! `Debug` output with everything in it, for who asks.

use std::fmt;

use serde::Serialize;

/// Shows an event with its personal data, as JSON.
///
/// `Debug` of generated types leaves out phone numbers, names, transcripts and addresses, so that
/// they do not end up in logs by accident. This wrapper is how to ask for them.
///
/// ```
/// # use offhook_runtime::{RawPayload, Unredacted};
/// let event: RawPayload = serde_json::from_str(r#"{"display_name":"Ada"}"#)?;
/// assert!(!format!("{event:?}").contains("Ada"));
/// assert!(format!("{:?}", Unredacted(&event)).contains("Ada"));
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

/// Stands in `Debug` output for a value that may be personal.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}
