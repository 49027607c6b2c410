//! Any body: whether it is valid, all ways of asking say alike, and what decodes is what it says.

use offhook::{daily, dialstack, voiceblender};

use crate::corpus::vendor;
use crate::holds::{Case, without_vendor};

pub(crate) fn run(body: &[u8]) {
    let case = Case::new(vendor("daily"), body);
    case.verdicts();
    case.decoding::<daily::Event>();
    let case = Case::new(vendor("dialstack"), body);
    case.verdicts();
    case.decoding::<dialstack::Event>();
    let case = Case::new(vendor("voiceblender"), body);
    case.verdicts();
    case.decoding::<voiceblender::Event>();
    without_vendor(body);
}
