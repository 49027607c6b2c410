//! A deviation before it has line and column, and how many of them a report takes.

use std::borrow::Cow;
use std::ops::Range;

use crate::tape::Index;
use crate::violation::Code;

/// A violation or notice in the making.
pub(crate) struct Finding {
    pub(crate) code: Code,
    /// The value judged; of a missing member, the object that lacks it.
    pub(crate) node: Index,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    pub(crate) want: Cow<'static, str>,
    pub(crate) got: Cow<'static, str>,
    pub(crate) schema: Option<String>,
    pub(crate) help: Option<String>,
}

/// How much a report may still hold. A megabyte of name around a million faults would else make
/// a million megabytes of pointers.
pub(crate) struct Room {
    bytes: usize,
    /// How many findings found no room.
    pub(crate) omitted: usize,
}

impl Room {
    /// Room in proportion to a body: more than any body without such names needs.
    pub(crate) fn for_body(length: usize) -> Self {
        Self { bytes: length.saturating_mul(16).saturating_add(1 << 20), omitted: 0 }
    }

    /// Makes the pointer of one more finding, if there is room for it; always the first.
    pub(crate) fn take(&mut self, pointer: impl FnOnce() -> String) -> Option<String> {
        if self.bytes == 0 {
            self.omitted += 1;
            return None;
        }
        let pointer = pointer();
        self.bytes = self.bytes.saturating_sub(pointer.len());
        Some(pointer)
    }
}
