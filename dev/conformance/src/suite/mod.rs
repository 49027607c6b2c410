//! What the build script knows of the JSON-Schema-Test-Suite's groups.

mod refusal;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::PayloadType;

pub use refusal::{BY_DESIGN, keyword, reason};

/// One schema of the suite.
#[derive(Debug)]
pub struct Group {
    /// `draft7` or `draft2020-12`.
    pub draft: &'static str,
    /// The file in the draft's folder.
    pub file: &'static str,
    /// What the group is about, in the suite's words.
    pub description: &'static str,
}

/// A group whose schema codegen makes a type of.
pub struct Accepted {
    /// Which.
    pub group: Group,
    /// The type.
    pub payload: PayloadType,
    /// The group's `tests`, as JSON.
    pub tests: &'static str,
}

/// A group whose schema codegen refuses.
#[derive(Debug)]
pub struct Refused {
    /// Which.
    pub group: Group,
    /// The JSON Pointer that codegen's error names.
    pub pointer: &'static str,
    /// The error from its pointer on.
    pub message: &'static str,
}

/// A file of the suite that asks for another reading of the specification than offhook's.
#[derive(Debug)]
pub struct SetAside {
    /// `draft7` or `draft2020-12`.
    pub draft: &'static str,
    /// The file in the draft's folder.
    pub file: &'static str,
    /// How many groups it has.
    pub groups: usize,
    /// What the difference is.
    pub why: &'static str,
}

/// An instance and the suite's verdict.
#[derive(Debug, Deserialize)]
pub struct Test<'a> {
    /// What the test is about, in the suite's words.
    pub description: String,
    /// The instance, as it is spelt.
    #[serde(borrow)]
    pub data: &'a RawValue,
    /// The verdict.
    pub valid: bool,
}
