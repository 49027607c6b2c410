//! What serde reads and writes of generated types: the tolerant reader.

mod macros;
pub(crate) mod object;
pub(crate) mod string;
pub(crate) mod untagged;
