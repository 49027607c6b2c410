//! Any body: whether it is valid, all ways of asking say alike, and what decodes is what it says.

use offhook::{daily, dialstack, voiceblender};
use offhook_test_support::invariants::Case;
use offhook_test_support::vendors::{any_vendor, vendor, vendors};

pub(crate) fn run(body: &[u8]) {
    let report = any_vendor().validate(body);
    // To those who do not have the event, all bodies are much alike: one of them will do.
    let other = &vendors()[body.len() % vendors().len()];
    let case = Case::new(report.vendor().map_or(other, vendor), body);
    assert!(report.vendor().is_none() || report == case.report, "{report}");
    case.verdicts();
    match case.vendor.name {
        "daily" => case.decoding::<daily::Event>(),
        "dialstack" => case.decoding::<dialstack::Event>(),
        _ => case.decoding::<voiceblender::Event>(),
    }
}
