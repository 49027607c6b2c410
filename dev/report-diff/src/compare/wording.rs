//! Words that changed in every message, made equal before messages are compared.

/// Returns a message with `expected` and `found` in place of the former `want` and `got`.
pub(super) fn expected(message: &str) -> String {
    let message = message.replace(", got ", ", found ").replace(": want ", ": expected ");
    match message.strip_prefix("want ") {
        Some(rest) => format!("expected {rest}"),
        None => message,
    }
}
