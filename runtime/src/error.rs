//! The error of a text that names no event.

use std::fmt;

use crate::text::visible;

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
        let vendor = visible(self.vendor);
        write!(f, "expected the name of an event that {vendor} documents, found another text")
    }
}

impl std::error::Error for UnknownEventType {}
