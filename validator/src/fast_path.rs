//! Whether a payload is valid, said at once where that is plain.
//!
//! A program made of the schema graph runs over the text. It answers *valid* or *undecided*, and makes
//! no errors.

pub(crate) mod compile;
pub(crate) mod program;
pub(crate) mod run;
mod scalar;
mod steps;
#[cfg(test)]
mod tests;
