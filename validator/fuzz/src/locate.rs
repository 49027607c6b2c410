//! Any body: every finding stands where a second reader finds what its pointer leads to, and line and
//! column are those of its first byte.

use crate::corpus::vendors;
use crate::holds::{Case, without_vendor};

pub(crate) fn run(body: &[u8]) {
    for vendor in vendors() {
        Case::new(vendor, body).places();
    }
    without_vendor(body);
}
