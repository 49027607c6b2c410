//! A violation or a notice into one line for formats that show no payload.

use offhook_runtime::text::visible;
use offhook_validator::Violation;

use crate::archive::Payload;

/// How many characters of a value are shown.
const MOST: usize = 100;

/// `expected a number, found a string at /data/seconds`, with help, if there is any, and with what is
/// there, if it may be shown.
pub(crate) fn message(payload: &Payload<'_>, violation: &Violation, show_values: bool) -> String {
    let mut message = violation.message();
    if !violation.pointer.is_empty() {
        message += " at ";
        message += &violation.pointer;
    }
    if show_values {
        let found = payload.found(violation);
        let more = found.chars().nth(MOST).map_or("", |_| "...");
        message.push_str("; found ");
        message.extend(found.chars().take(MOST));
        message += more;
    }
    if let Some(help) = &violation.help {
        message += "; ";
        message += help;
    }
    visible(&message).into_owned()
}
