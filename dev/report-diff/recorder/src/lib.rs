//! The corpus as the recorder reads it, and as `offhook-report-diff` writes it.

mod instance;

pub use instance::Instance;

/// The file that lists the corpus's sets, beside their folders.
pub const INDEX: &str = "corpus.json";

/// The file of a set's instances, beside its folder of schemas.
pub const INSTANCES: &str = "instances.ndjson";

/// The folder of a set that has its vendor's folder in it.
pub const SCHEMAS: &str = "schemas";

/// The corpus, without its sets' content.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct Index {
    /// A hash of all files. Records of different corpora cannot be compared.
    pub fingerprint: String,
    /// The sets' folders, in order.
    pub sets: Vec<String>,
}

/// The first line of a record.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct Header {
    /// The fingerprint of the corpus.
    pub corpus: String,
}

/// A line of a record: a set's schemas, or an instance.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct Line {
    /// The set's folder in the corpus.
    pub set: String,
    /// The instance, or `None` if the line is about the schemas of the set.
    pub instance: Option<String>,
    /// How it was judged: `library`, `command` or `built-in`.
    pub way: String,
    /// The right verdict, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<bool>,
    /// The report. Of schemas: what was learnt of them, or the member `refused` with a message.
    pub result: serde_json::Value,
}
