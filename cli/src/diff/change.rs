//! A difference between two versions of schemas.

use serde::Serialize;

/// What changed, and whom that breaks.
#[expect(clippy::struct_excessive_bools, reason = "scripts read each by its name")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) vendor: String,
    /// `None` if it is about the vendor, or about several events.
    pub(crate) event: Option<String>,
    /// The field; empty if it is about the event or the vendor.
    pub(crate) pointer: String,
    /// What changed, in words.
    pub(crate) what: String,
    /// Whether payloads may now be what they never were.
    pub(crate) breaks_receivers: bool,
    /// Whether payloads may no longer be what they were.
    pub(crate) breaks_senders: bool,
    /// Whether nobody can tell if receivers break.
    pub(crate) undecided_receivers: bool,
    /// Whether nobody can tell if senders break.
    pub(crate) undecided_senders: bool,
    /// The shared definition that was edited; `None` for a change of one field.
    pub(crate) schema: Option<String>,
    /// The fields that an edit of several events changes; empty for a change of one field.
    pub(crate) used_by: Vec<Use>,
}

/// A field that a change of several is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Use {
    /// `None` for a field that unknown events must have.
    pub(crate) event: Option<String>,
    pub(crate) pointer: String,
}

/// What a change does to one of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Verdict {
    /// Proven not to break it.
    Safe,
    /// Proven neither to break it nor not to.
    Undecided,
    /// Proven to break it.
    Breaks,
}

/// How the set of payloads changes that a schema lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Effect {
    /// `Safe` if there are no more payloads than before.
    pub(crate) receivers: Verdict,
    /// `Safe` if there are no fewer payloads than before.
    pub(crate) senders: Verdict,
}

impl Effect {
    /// There are the same payloads.
    pub(crate) const NONE: Self = Self { receivers: Verdict::Safe, senders: Verdict::Safe };
    /// There are more.
    pub(crate) const WIDENED: Self = Self { receivers: Verdict::Breaks, senders: Verdict::Safe };
    /// There are fewer.
    pub(crate) const NARROWED: Self = Self { receivers: Verdict::Safe, senders: Verdict::Breaks };
    /// There are others.
    pub(crate) const CHANGED: Self = Self { receivers: Verdict::Breaks, senders: Verdict::Breaks };
    /// Nobody can tell.
    pub(crate) const UNDECIDED: Self =
        Self { receivers: Verdict::Undecided, senders: Verdict::Undecided };

    /// Returns the combined effect of two changes.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            receivers: self.receivers.max(other.receivers),
            senders: self.senders.max(other.senders),
        }
    }

    /// Returns what is left of the effect where `whole` proves a side safe.
    pub(crate) fn within(self, whole: Self) -> Self {
        let left = |own, whole| if whole == Verdict::Safe { Verdict::Safe } else { own };
        Self {
            receivers: left(self.receivers, whole.receivers),
            senders: left(self.senders, whole.senders),
        }
    }

    /// Returns the effect where other changes may be what breaks a side.
    pub(crate) fn unproven(self) -> Self {
        Self {
            receivers: self.receivers.min(Verdict::Undecided),
            senders: self.senders.min(Verdict::Undecided),
        }
    }
}

impl Change {
    /// A change of one field, of an event or of the vendor.
    pub(crate) fn new(vendor: &str, place: Use, what: String, effect: Effect) -> Self {
        Self {
            vendor: vendor.to_owned(),
            event: place.event,
            pointer: place.pointer,
            what,
            breaks_receivers: effect.receivers == Verdict::Breaks,
            breaks_senders: effect.senders == Verdict::Breaks,
            undecided_receivers: effect.receivers == Verdict::Undecided,
            undecided_senders: effect.senders == Verdict::Undecided,
            schema: None,
            used_by: Vec::new(),
        }
    }

    /// Whether it is undecided for somebody.
    pub(crate) fn is_undecided(&self) -> bool {
        self.undecided_receivers || self.undecided_senders
    }

    /// Returns whom it breaks, for people.
    pub(crate) fn breaks(&self) -> &'static str {
        match (self.breaks_receivers, self.breaks_senders) {
            (true, true) => "breaks receivers and senders",
            (true, false) if self.undecided_senders => "breaks receivers, undecided for senders",
            (false, true) if self.undecided_receivers => "breaks senders, undecided for receivers",
            (true, false) => "breaks receivers",
            (false, true) => "breaks senders",
            (false, false) => match (self.undecided_receivers, self.undecided_senders) {
                (true, true) => "undecided",
                (true, false) => "undecided for receivers",
                (false, true) => "undecided for senders",
                (false, false) => "breaks nobody",
            },
        }
    }
}
