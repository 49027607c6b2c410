//! What is JSON: all that read JSON text here take what `serde_json` takes, and nothing else.

mod broken;
mod by_hand;
#[path = "../corpus/mod.rs"]
mod corpus;
mod every;
mod nested;
mod readers;
mod texts;
