//! Any body: every finding stands where a second reader finds what its pointer leads to, and line and
//! column are those of its first byte.

use offhook_test_support::invariants::{Case, without_vendor};
use offhook_test_support::vendors::vendors;

pub(crate) fn run(body: &[u8]) {
    for vendor in vendors() {
        Case::new(vendor, body).places();
    }
    without_vendor(body);
}
