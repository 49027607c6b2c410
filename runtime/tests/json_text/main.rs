//! What is JSON: all that read JSON text here take what `serde_json` takes, and nothing else.

mod broken;
mod by_hand;
mod every;
mod nested;
mod readers;
mod texts;
