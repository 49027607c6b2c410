//! JSON -> the same JSON as its sender may have written it before somebody wrote it again.

use std::cell::LazyCell;
use std::str;

use serde_json::Value;
use serde_json::value::RawValue;

/// How serialisers write JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    layout: Layout,
    strings: Strings,
    /// Whether names are in order; numbers may lose their spelling on the way.
    is_sorted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// No white space, as of JavaScript, Go and Rust.
    Compact,
    /// A space after each comma and colon, as of Python.
    Spaced,
    /// Two spaces a level, as of JavaScript when it is asked to.
    Indented,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strings {
    /// Each as it stands.
    Kept,
    /// Only what must be escaped is, as of JavaScript and Rust.
    Plain,
    /// `<`, `>` and `&` are escaped too, as of Go.
    Html,
    /// Whatever is not ASCII is escaped too, as of Python.
    Ascii,
}

impl Style {
    const ALL: &[Self] = &[
        Self::new(Layout::Compact, Strings::Kept),
        Self::new(Layout::Compact, Strings::Plain),
        Self::new(Layout::Compact, Strings::Html),
        Self::new(Layout::Compact, Strings::Ascii),
        Self::new(Layout::Spaced, Strings::Kept),
        Self::new(Layout::Spaced, Strings::Plain),
        Self::new(Layout::Spaced, Strings::Ascii),
        Self::new(Layout::Indented, Strings::Kept),
        // JavaScript's objects and Go's structs have the order that somebody gave them; Go's maps
        // and those of a receiver in Rust do not.
        Self { is_sorted: true, ..Self::new(Layout::Compact, Strings::Plain) },
        Self { is_sorted: true, ..Self::new(Layout::Compact, Strings::Html) },
    ];

    const fn new(layout: Layout, strings: Strings) -> Self {
        Self { layout, strings, is_sorted: false }
    }
}

/// `body` in each style; nothing if it is no JSON, or too large: whoever sent it is not known, and the
/// values of a body may take many times its size in memory.
pub(super) fn rewritten(body: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let text = str::from_utf8(body).ok().filter(|text| text.len() <= LARGEST);
    let text = text.filter(|text| serde_json::from_str::<&RawValue>(text).is_ok());
    let sorted = LazyCell::new(move || {
        let mut json: Value = offhook_runtime::json::read(text?).ok()?;
        json.sort_all_objects(); // Another crate may have asked serde_json to keep their order.
        Some(json.to_string())
    });
    Style::ALL.iter().filter_map(move |&style| {
        let text = if style.is_sorted { sorted.as_deref() } else { text };
        written(text?, style)
    })
}

/// What is valid JSON, in another style; none if it would be many times as long.
fn written(json: &str, style: Style) -> Option<Vec<u8>> {
    let mut rewritten = Vec::with_capacity(json.len());
    let mut depth = 0_usize;
    // Whether an object or array was opened by what came last, so that `{}` stays on its line.
    let mut just_opened = false;
    let line = |to: &mut Vec<u8>, depth: usize| {
        if style.layout == Layout::Indented {
            to.push(b'\n');
            to.resize(to.len() + 2 * depth.min(MOST_INDENTED), b' ');
        }
    };
    let mut rest = json.trim_ascii_start();
    while let Some(&byte) = rest.as_bytes().first() {
        // Deeply nested, and nothing that anybody sends.
        if rewritten.len() / MOST_GROWTH > json.len() {
            return None;
        }
        let closes = matches!(byte, b'}' | b']');
        depth = depth.saturating_sub(usize::from(closes));
        if closes != just_opened {
            line(&mut rewritten, depth);
        }
        just_opened = matches!(byte, b'{' | b'[');
        depth += usize::from(just_opened);
        // Outside of strings all JSON is ASCII.
        let (token, after) = rest.split_at(if byte == b'"' { string_end(rest) } else { 1 });
        if byte == b'"' {
            write_string(&mut rewritten, token, style.strings);
        } else {
            rewritten.push(byte);
        }
        match byte {
            b',' if style.layout == Layout::Indented => line(&mut rewritten, depth),
            b',' | b':' if style.layout != Layout::Compact => rewritten.push(b' '),
            _ => {}
        }
        rest = after.trim_ascii_start();
    }
    Some(rewritten)
}

/// The length of the string that the text begins with, with its quotes.
fn string_end(text: &str) -> usize {
    let mut is_escaped = false;
    let ends = |byte: u8| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    };
    text.bytes().skip(1).position(ends).map_or(text.len(), |at| at + 2)
}

fn write_string(to: &mut Vec<u8>, string: &str, strings: Strings) {
    // One with half of a surrogate pair means no text, and stays as it is.
    let text = || serde_json::from_str::<String>(string).ok();
    let text = if strings == Strings::Kept { None } else { text() };
    let plain = text.map(|text| Value::from(text).to_string());
    for char in plain.as_deref().unwrap_or(string).chars() {
        let is_escaped = match strings {
            Strings::Kept | Strings::Plain => false,
            Strings::Html => matches!(char, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
            Strings::Ascii => !char.is_ascii(),
        };
        if is_escaped {
            for unit in char.encode_utf16(&mut [0; 2]) {
                to.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        } else {
            to.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// In bytes: many times any vendor's payload.
const LARGEST: usize = 1 << 16;

/// How many times longer a body may become.
const MOST_GROWTH: usize = 8;

/// The depth from which on lines are indented no further.
const MOST_INDENTED: usize = 64;
