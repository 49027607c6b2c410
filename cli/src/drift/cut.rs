//! Names and values of any length into ones that can be kept in great numbers.

use std::borrow::Cow;

/// In characters. No document has a name or a listed value that is longer.
const LONGEST: usize = 128;

/// What stands at the end of what was cut.
const MARK: char = '…';

/// All of it, or its beginning.
pub(crate) fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}{MARK}", &text[..end]).into(),
        None => text.into(),
    }
}

/// Whether it is only the beginning, as far as can be told.
pub(crate) fn is_cut(text: &str) -> bool {
    text.ends_with(MARK)
}
