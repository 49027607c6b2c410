//! Makes foreign text safe to show in a terminal, a log or the output of a workflow.
//!
//! Payloads, schemas, file names and other programs' answers can hold escape sequences for terminals,
//! line breaks that forge log lines, commands to a workflow's runner, and characters that nobody sees.
//! All of them are shown as JSON writes them: `\u001b`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns `text` on one line, with invisible characters and commands escaped.
///
/// Escapes what [`is_invisible`] finds, every `#` after another one, and a `:` that begins the text.
/// The runners of workflows obey `##[` anywhere in a line, and `::` at its start.
/// Backslashes stay as they are, so the result is for people and cannot be read back.
///
/// ```
/// use offhook_runtime::text::visible;
///
/// assert_eq!(visible("call.end"), "call.end");
/// assert_eq!(visible("\u{1b}[2J\nA forged line"), r"\u001b[2J\u000aA forged line");
/// assert_eq!(visible("::error::"), r"\u003a:error::");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    let start = text.len() - text.trim_start().len();
    if is_plain(text) && !text[start..].starts_with(':') {
        return Cow::Borrowed(text);
    }
    let is_shown = |at: usize, char: char| !is_invisible(char) && (char, at) != (':', start);
    escape(text, is_shown)
}

/// Returns `text` with its line breaks, and each of its lines as [`visible`] shows it.
///
/// For a text whose lines are laid out already. Escape foreign parts with [`visible`] before they
/// go into such a text: a line break in one of them would begin a forged line.
///
/// ```
/// use offhook_runtime::text::visible_lines;
///
/// assert_eq!(visible_lines("a\u{7}\n::error::"), "a\\u0007\n\\u003a:error::");
/// ```
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return visible(text);
    }
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    if lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(lines.join("\n"))
}

/// Returns the JSON text `json` with invisible characters and commands escaped inside its strings.
///
/// The result is an equal JSON text. White space between values stays as it is.
///
/// ```
/// use offhook_runtime::text::visible_json;
///
/// let json = "{\n  \"type\": \"\u{202e}##[x]\"\n}";
/// assert_eq!(visible_json(json), "{\n  \"type\": \"\\u202e#\\u0023[x]\"\n}");
/// ```
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if is_plain(json) {
        return Cow::Borrowed(json);
    }
    // In JSON, line breaks and tabs can only stand between values.
    escape(json, |_, char| !is_invisible(char) || matches!(char, '\n' | '\r' | '\t'))
}

/// Returns whether a character is a control, a line break or invisible.
///
/// These are control characters, marks of direction, line and paragraph separators, Unicode's
/// default-ignorable characters, and noncharacters at the end of the basic plane.
pub fn is_invisible(char: char) -> bool {
    // Most characters are decided here.
    if char.is_ascii() {
        return char.is_ascii_control();
    }
    char.is_control()
        || matches!(
            char,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{fffe}'..='\u{ffff}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Returns whether `text` is printable ASCII without `##`, as most texts are.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && (!bytes.contains(&b'#') || !text.contains("##"))
}

/// Escapes the characters that `is_shown`, given their offset, refuses, and every `#` after another.
fn escape(text: &str, is_shown: impl Fn(usize, char) -> bool) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let stays = |at: usize, char: char| {
        is_shown(at, char) && !(char == '#' && at > 0 && bytes[at - 1] == b'#')
    };
    let mut escaped = String::new();
    let mut kept = 0;
    for (at, char) in text.char_indices().filter(|&(at, char)| !stays(at, char)) {
        escaped.push_str(&text[kept..at]);
        for unit in char.encode_utf16(&mut [0; 2]) {
            // Writing to a string does not fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
        kept = at + char.len_utf8();
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(&text[kept..]);
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::{is_invisible, visible, visible_json, visible_lines};

    #[test]
    fn ordinary_text_stays() {
        for text in ["", "call.end", "größe", "東京 😀", "a::b", "#1 # 2", r"C:\x\u001b", " x"]
        {
            assert_eq!(visible(text), text);
            assert_eq!(visible_json(text), text);
        }
    }

    #[test]
    fn commands_to_runners_are_escaped() {
        let table = [
            ("::error::x", r"\u003a:error::x"),
            (" \u{3000}::error::x", " \u{3000}\\u003a:error::x"),
            ("##[stop-commands]", r"#\u0023[stop-commands]"),
            ("###vso[x]", r"#\u0023\u0023vso[x]"),
            ("a##", r"a#\u0023"),
        ];
        for (text, shown) in table {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_json("[\"::\",\"##[\"]"), "[\"::\",\"#\\u0023[\"]");
    }

    #[test]
    fn invisible_characters_are_escaped_as_in_json() {
        let ranges = [
            0..=0x1f,
            0x7f..=0x9f,
            0xad..=0xad,
            0x34f..=0x34f,
            0x61c..=0x61c,
            0x115f..=0x1160,
            0x180b..=0x180e,
            0x200b..=0x200f,
            0x2028..=0x202e,
            0x2060..=0x2064,
            0x2066..=0x2069,
            0x3164..=0x3164,
            0xfe00..=0xfe0f,
            0xfeff..=0xfeff,
            0xffa0..=0xffa0,
            0xe0001..=0xe01ef,
        ];
        for char in ranges.into_iter().flatten().filter_map(char::from_u32) {
            assert!(is_invisible(char), "{char:?}");
            let units = format!("{char}");
            let units: Vec<_> = units.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let escaped = units.concat();
            assert_eq!(visible(&format!("a{char}b")), format!("a{escaped}b"));
        }
    }

    #[test]
    fn lines_of_ours_stay() {
        let table = [
            ("", ""),
            ("a\n\n  b\n", "a\n\n  b\n"),
            ("é\n  ::error::\r\n##[x]", "é\n  \\u003a:error::\\u000d\n#\\u0023[x]"),
        ];
        for (text, shown) in table {
            assert_eq!(visible_lines(text), shown);
        }
    }

    #[test]
    fn json_stays_equal() {
        let json = "{\r\n\t\"\u{9b}\u{e0100}\": \"\u{2028}\" }";
        assert_eq!(visible_json(json), "{\r\n\t\"\\u009b\\udb40\\udd00\": \"\\u2028\" }");
    }
}
