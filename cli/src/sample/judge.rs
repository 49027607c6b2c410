//! What the validator says of a payload that was made.

use std::sync::Arc;

use offhook_model::SchemaSet;
use offhook_validator::{Report, Validator, Violation};

use crate::catalogue::Event;
use crate::report::alone;

/// Holds payloads against the document of one event.
pub(super) struct Judge<'v> {
    validator: Validator,
    event: Event<'v>,
}

impl<'v> Judge<'v> {
    /// `set` has the schemas of the event's vendor.
    pub(super) fn new(set: &Arc<SchemaSet>, event: Event<'v>) -> Self {
        Self { validator: Validator::of_set(Arc::clone(set)), event }
    }

    /// Whether there is nothing at all to say of a payload of the event.
    pub(super) fn is_clean(&self, text: &str) -> bool {
        let report = self.report(text);
        report.event() == Some(self.event.name)
            && report.is_valid()
            && report.notices().is_empty()
            && report.omitted() == 0
    }

    /// The only thing that is to be said of a payload; none if there are several, or nothing.
    pub(super) fn only_fault(&self, text: &str) -> Option<Violation> {
        alone(&self.report(text)).cloned()
    }

    /// Where payloads do not name their event, it is this one whose schema they must meet.
    fn report(&self, text: &str) -> Report {
        if self.event.vendor.discriminator.is_some() {
            return self.validator.validate(text.as_bytes());
        }
        let report = self.validator.validate_event(self.event.name, text.as_bytes());
        report.unwrap_or_else(|| self.validator.validate(text.as_bytes()))
    }
}
