//! The one evaluator: it walks over the schemas and the values of a payload at once.
//!
//! `evaluator` knows what every keyword means. `walk` visits each value once, and `collector` makes
//! findings of faults.

pub(crate) mod branch;
mod collector;
pub(crate) mod compiled;
pub(crate) mod documented;
mod evaluator;
pub(crate) mod format;
pub(crate) mod keyword;
mod pattern;
mod suggest;
#[cfg(test)]
mod tests;
pub(crate) mod undecided;
mod unevaluated;
pub(crate) mod walk;

pub(crate) use self::evaluator::SchemaIds;
