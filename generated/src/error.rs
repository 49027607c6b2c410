//! Errors of the hand-written part.

use std::fmt;

/// A text that is not the name of an event that the vendor documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEventType {
    vendor: &'static str,
}

impl UnknownEventType {
    #[doc(hidden)]
    pub fn new(vendor: &'static str) -> Self {
        Self { vendor }
    }
}

impl fmt::Display for UnknownEventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "want the name of an event that {} documents, got another text", self.vendor)
    }
}

impl std::error::Error for UnknownEventType {}
