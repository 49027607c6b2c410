//! Text that must not be shown as it stands.

use std::fmt::Display;

use offhook::visible;
use serde_json::{Value, json};

/// Commands to terminals and runners, ends of lines, and characters that nobody sees.
pub const HOSTILE: &str = "\0\u{1b}[31m\u{7}\r\n\t\u{85}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{180b}\u{200b}\
    \u{200d}\u{2028}\u{202e}\u{2060}\u{2066}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{e0001}\u{e0100}\
    \n::error::x##[stop-commands]";

/// Asserts that a text can be shown, and that the hostile text is in it as often as it should be.
pub fn shows(shown: &impl Display, times: usize) {
    let shown = shown.to_string();
    for line in shown.split('\n') {
        assert_eq!(visible(line), line, "{shown}");
    }
    let marks = shown.matches("\\u0000\\u001b[31m\\u0007\\u000d\\u000a\\u0009\\u0085").count();
    assert_eq!(marks, times, "{shown}");
    assert_eq!(shown.matches("\\udb40\\udd00\\u000a::error::x#\\u0023[stop").count(), times);
}

/// A payload of `DialStack` with the hostile text in every place that all of its events have.
pub fn payload(event: &str, data: &Value) -> Vec<u8> {
    let payload = json!({
        "id": HOSTILE,
        "type": event,
        "created_at": HOSTILE,
        "account_id": HOSTILE,
        "data": data,
    });
    payload.to_string().into_bytes()
}
