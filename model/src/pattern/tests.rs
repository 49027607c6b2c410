//! Verdicts of translated patterns, and the reasons for which patterns are refused.

mod engine;
mod refused;
mod translated;
