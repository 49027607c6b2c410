//! A payload's text as a tape of nodes.

pub(crate) mod name_map;
pub(crate) mod node;
pub(crate) mod parse;
pub(crate) mod tape;
