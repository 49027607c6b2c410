//! How much a report may still hold.

/// Room in a report. Without a limit, megabytes of faults would make a report of gigabytes, and a megabyte
/// of name around a thousand faults a thousand megabytes of pointers.
pub(crate) struct Room {
    findings: usize,
    /// Of pointers.
    bytes: usize,
    /// How many findings found no room.
    pub(crate) omitted: usize,
}

impl Room {
    /// Room for so many findings, and for pointers in proportion to a body: more than any body needs
    /// that has no such names.
    pub(crate) fn new(findings: usize, body: usize) -> Self {
        // The first is always told: without it, the body would seem to be valid.
        let findings = findings.max(1);
        Self { findings, bytes: body.saturating_mul(4).saturating_add(1 << 20), omitted: 0 }
    }

    /// Room for whatever is found in a text that is not a sender's.
    pub(crate) fn unlimited() -> Self {
        Self::new(usize::MAX, usize::MAX)
    }

    /// Whether it has none for one more finding.
    pub(crate) fn is_full(&self) -> bool {
        self.findings == 0 || self.bytes == 0
    }

    /// Makes the pointer of one more finding, if there is room for it.
    pub(crate) fn take(&mut self, pointer: impl FnOnce() -> String) -> Option<String> {
        if self.is_full() {
            self.omitted += 1;
            return None;
        }
        let pointer = pointer();
        self.findings -= 1;
        self.bytes = self.bytes.saturating_sub(pointer.len());
        Some(pointer)
    }
}
