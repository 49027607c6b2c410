//! A deviation before it has line and column.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use offhook_model::Expected;

use super::violation::Code;
use crate::json::tape::Index;

/// A violation or notice in the making.
pub(crate) struct Finding {
    pub(crate) code: Code,
    /// The value judged; of a missing member, the object that lacks it.
    pub(crate) node: Index,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    pub(crate) expected: Expected,
    pub(crate) found: Cow<'static, str>,
    pub(crate) schema: Option<Arc<str>>,
    pub(crate) help: Option<String>,
}
