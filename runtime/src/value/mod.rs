//! The values that fields of generated types hold, beside those of the standard library.

pub mod decimal;
pub mod exact;
pub mod maybe;
pub mod number;
pub mod raw;
pub mod timestamp;
pub mod unredacted;
