//! The vendors that the command knows.

use offhook::{daily, dialstack, voiceblender};

/// Vendors and their schemas, by name.
pub(crate) const VENDORS: [(&str, &str); 3] = [
    ("daily", daily::SCHEMA),
    ("dialstack", dialstack::SCHEMA),
    ("voiceblender", voiceblender::SCHEMA),
];

/// Their names.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    VENDORS.into_iter().map(|(name, _)| name)
}
