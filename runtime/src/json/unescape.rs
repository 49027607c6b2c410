//! The text of a JSON string out of its token.

use std::borrow::Cow;

/// The text of a string or name token, given with its quotes.
///
/// ```
/// use offhook_runtime::json::unescape;
///
/// assert_eq!(unescape(r#""a\u00e9\n""#), "aé\n");
/// ```
pub fn unescape(token: &str) -> Cow<'_, str> {
    let text = token.get(1..token.len().saturating_sub(1)).unwrap_or_default();
    // Most texts are too short for a search that looks at many bytes at a time to pay.
    let Some(first) = text.bytes().position(|byte| byte == b'\\') else {
        return Cow::Borrowed(text);
    };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let (character, length) = unescape_one(&rest[at..]);
        plain.push(character);
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character of the escape that `text` begins with, and the escape's length.
fn unescape_one(text: &str) -> (char, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let character = match text.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let first = unit(2).unwrap_or_default();
            return match (char::from_u32(first), unit(8)) {
                (Some(character), _) => (character, 6),
                (None, Some(second)) => {
                    let pair = 0x10000 + ((first & 0x3ff) << 10 | second & 0x3ff);
                    (char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
                }
                (None, None) => (char::REPLACEMENT_CHARACTER, 6),
            };
        }
        Some(&byte) => char::from(byte),
        None => return (char::REPLACEMENT_CHARACTER, text.len()),
    };
    (character, 2)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn unescapes_as_serde_json_does() {
        for token in [
            r#""""#,
            r#""plain""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u0041\u00e9\u20ac""#,
            r#""\ud83d\ude00!""#,
            r#""x\u0000y""#,
            r#""\u003cb\u003e""#,
        ] {
            assert_eq!(unescape(token), serde_json::from_str::<String>(token).unwrap(), "{token}");
        }
    }
}
