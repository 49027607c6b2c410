//! Whether generated types, offhook's validator and others agree on what is valid.
//!
//! Three tests hold them against each other, and say what they counted:
//!
//! - `tests/suite/`: the JSON-Schema-Test-Suite. Its schemas become types by the build script.
//!   The suite lies in `../shared/json-schema-test-suite` beside the repository or where
//!   `JSON_SCHEMA_TEST_SUITE` says; without it the test says that it was skipped, and nothing is
//!   generated or compiled.
//! - `tests/instances.rs`: instances generated from the schemas of the built-in vendors' events and
//!   of codegen's golden cases, valid ones and faulty ones, with boon as the third opinion.
//! - `tests/numbers.rs`: numbers in more digits than a double holds, listed and generated.
//!
//! boon's verdicts are exact: see `src/oracle/encoding.rs`. The command `offhook-bowtie` lets others
//! repeat the suite: see `bowtie/README.md`.
//!
//! A package of its own: it is slow to compile, and nothing of it is for users.

mod bundle;
pub mod instances;
pub mod json;
mod number;
mod oracle;
mod payload_type;
mod shrink;
mod subject;
pub mod suite;
mod survey;

pub use bundle::{Bundle, Schema};
pub use oracle::Oracle;
pub use payload_type::{Decoder, Outcome, PayloadType};
pub use subject::{Disagreement, Subject, agreement};
pub use survey::{Figures, setting, survey, tell};
