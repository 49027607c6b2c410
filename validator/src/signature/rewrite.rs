//! JSON -> the same JSON as its sender may have written it before somebody wrote it again.

use std::str;

use serde_json::Value;

/// How serialisers write JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// No white space, as of JavaScript, Go and Rust.
    Compact,
    /// A space after each comma and colon, as of Python.
    Spaced,
    /// No white space, and `<`, `>` and `&` escaped, as of Go.
    Escaped,
    /// Names in order and no white space.
    Sorted,
    /// Two spaces a level, as of JavaScript when it is asked to.
    Indented,
}

impl Style {
    pub(super) const ALL: &[Self] =
        &[Self::Compact, Self::Spaced, Self::Escaped, Self::Sorted, Self::Indented];
}

/// `body` in another style; none if it is no JSON.
///
/// But for [`Style::Sorted`] every name, string and number keeps its spelling.
pub(super) fn rewrite(body: &[u8], style: Style) -> Option<Vec<u8>> {
    let text = str::from_utf8(body).ok()?;
    if style == Style::Sorted {
        let mut json: Value = offhook::runtime::read(text).ok()?;
        json.sort_all_objects(); // Another crate may have asked serde_json to keep their order.
        return Some(json.to_string().into_bytes());
    }
    serde_json::from_str::<&serde_json::value::RawValue>(text).ok()?;
    let mut rewritten = Vec::with_capacity(body.len());
    let (mut in_string, mut escaped, mut depth) = (false, false, 0_usize);
    // Whether an object or array was opened by what came last, so that `{}` stays on its line.
    let mut just_opened = false;
    let line = |to: &mut Vec<u8>, depth: usize| {
        if style == Style::Indented {
            to.push(b'\n');
            // A deeply nested body must not grow quadratically.
            to.resize(to.len() + 2 * depth.min(MOST_INDENTED), b' ');
        }
    };
    for &byte in body {
        if in_string {
            match byte {
                b'<' if style == Style::Escaped => rewritten.extend_from_slice(br"\u003c"),
                b'>' if style == Style::Escaped => rewritten.extend_from_slice(br"\u003e"),
                b'&' if style == Style::Escaped => rewritten.extend_from_slice(br"\u0026"),
                _ => rewritten.push(byte),
            }
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        if byte.is_ascii_whitespace() {
            continue;
        }
        let closes = matches!(byte, b'}' | b']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if closes != just_opened {
            line(&mut rewritten, depth);
        }
        rewritten.push(byte);
        just_opened = matches!(byte, b'{' | b'[');
        match byte {
            b'{' | b'[' => depth += 1,
            b'"' => in_string = true,
            b',' if style == Style::Indented => line(&mut rewritten, depth),
            b',' | b':' if matches!(style, Style::Spaced | Style::Indented) => rewritten.push(b' '),
            _ => {}
        }
    }
    Some(rewritten)
}

/// The depth from which on lines are indented no further.
const MOST_INDENTED: usize = 64;
