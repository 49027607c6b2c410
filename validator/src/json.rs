//! A payload's text as a tape of nodes.

pub(crate) mod name_map;
pub(crate) mod node;
pub(crate) mod parse;
pub(crate) mod tape;

/// Sizes and counts are below the size of the text, which is below 4 GiB.
pub(crate) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
