//! A difference between two versions of schemas.

use serde::Serialize;

/// What changed, and whom that breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) vendor: String,
    /// None if it is about all of the vendor's events.
    pub(crate) event: Option<String>,
    /// The field; empty if it is about the event.
    pub(crate) pointer: String,
    /// What changed, in words.
    pub(crate) what: String,
    /// Whether payloads may now be what they never were.
    pub(crate) breaks_receivers: bool,
    /// Whether payloads may no longer be what they were.
    pub(crate) breaks_senders: bool,
}

/// How the set of payloads changes that a schema lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// There are more.
    Widened,
    /// There are fewer.
    Narrowed,
    /// There are others, as far as can be told.
    Changed,
    /// It is the same to everybody.
    None,
}

impl Change {
    /// For people.
    pub(crate) fn breaks(&self) -> &'static str {
        match (self.breaks_receivers, self.breaks_senders) {
            (true, true) => "breaks receivers and senders",
            (true, false) => "breaks receivers",
            (false, true) => "breaks senders",
            (false, false) => "breaks nobody",
        }
    }
}

impl Effect {
    pub(crate) fn breaks_receivers(self) -> bool {
        matches!(self, Self::Widened | Self::Changed)
    }

    pub(crate) fn breaks_senders(self) -> bool {
        matches!(self, Self::Narrowed | Self::Changed)
    }
}
