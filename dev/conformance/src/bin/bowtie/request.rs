//! The requests of Bowtie's protocol. Schemas and instances stay text, so that no digit is lost.

use serde::Deserialize;
use serde_json::value::RawValue;

/// A line of standard input.
#[derive(Deserialize)]
pub(crate) struct Request<'a> {
    /// `start`, `dialect`, `run` or `stop`.
    pub(crate) cmd: String,
    /// The version of the protocol, for `start`.
    pub(crate) version: Option<u64>,
    /// The URI of a draft, for `dialect`.
    pub(crate) dialect: Option<String>,
    /// What identifies a `run`. The response repeats it.
    #[serde(borrow)]
    pub(crate) seq: Option<&'a RawValue>,
    /// What to judge, for `run`.
    #[serde(borrow)]
    pub(crate) case: Option<Case<'a>>,
}

/// A schema and its instances.
///
/// Bowtie also sends a registry of other schemas. offhook reads no schema outside of a vendor's
/// folder, so it refuses a reference to one.
#[derive(Deserialize)]
pub(crate) struct Case<'a> {
    /// The schema.
    #[serde(borrow)]
    pub(crate) schema: &'a RawValue,
    /// The instances, in the order of their verdicts.
    #[serde(borrow)]
    pub(crate) tests: Vec<Test<'a>>,
}

/// An instance. The verdict that Bowtie expects is not read.
#[derive(Deserialize)]
pub(crate) struct Test<'a> {
    /// The instance, as it is written.
    #[serde(borrow)]
    pub(crate) instance: &'a RawValue,
}
