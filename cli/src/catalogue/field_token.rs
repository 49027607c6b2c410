//! Tokens of field pointers: `*` means any element, or a member of any name.

use std::borrow::Cow;

use offhook_model::location::{escape, unescape};

/// A member's name as a token of a field's pointer. A member that is called `*` is `~2`, which no
/// JSON Pointer has.
pub(crate) fn field_token(name: &str) -> Cow<'_, str> {
    if name == "*" { "~2".into() } else { escape(name) }
}

/// Returns the member's name that a token of a field's pointer means.
pub(crate) fn field_name(token: &str) -> Cow<'_, str> {
    if token == "~2" { "*".into() } else { unescape(token) }
}
