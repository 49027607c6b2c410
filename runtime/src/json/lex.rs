//! Where the pieces of JSON text end: what every reader of it shares.

#![expect(clippy::inline_always, reason = "a call costs about as much as what is inlined here")]

/// A one in each byte of a word.
pub(crate) const ONES: u64 = u64::MAX / 0xff;

/// The place of the first byte from `at` on that does not simply belong to a string: a quote, a
/// backslash or a control character; the end of the text if there is none.
#[inline(always)]
pub fn plain_end(text: &[u8], mut at: usize) -> usize {
    // Names and most values are short.
    for _ in 0..3 {
        let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk) else {
            return last_plain_end(text, at);
        };
        if let Some(found) = first_special(*chunk) {
            return at + found;
        }
        at += 16;
    }
    long_plain_end(text, at)
}

/// As [`plain_end`], for a string that is long.
#[inline(never)]
fn long_plain_end(text: &[u8], mut at: usize) -> usize {
    while let Some(block) = text.get(at..).and_then(<[u8]>::first_chunk::<32>) {
        // Without a way out of the loop, all bytes are looked at together.
        if block.iter().fold(false, |found, byte| found | is_special(*byte)) {
            break;
        }
        at += 32;
    }
    while let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk) {
        if let Some(found) = first_special(*chunk) {
            return at + found;
        }
        at += 16;
    }
    last_plain_end(text, at)
}

/// As [`plain_end`], for the last bytes of a text, fewer than sixteen.
#[inline(never)]
fn last_plain_end(text: &[u8], mut at: usize) -> usize {
    if let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let found = special(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().position(|byte| is_special(*byte)).map_or(text.len(), |found| at + found)
}

/// Whether a byte does not simply belong to a string.
fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// Which of the bytes is the first that does not simply belong to a string.
#[inline(always)]
fn first_special(bytes: [u8; 16]) -> Option<usize> {
    let bytes = u128::from_le_bytes(bytes);
    #[expect(clippy::cast_possible_truncation, reason = "the lower half, then the upper one")]
    let (low, high) = (special(bytes as u64), special((bytes >> 64) as u64));
    // Where strings end is hard to foretell, so there is but one way to go for a processor.
    let found = u128::from(low) | u128::from(high) << 64;
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

/// The highest bit of every byte of `word` that does not simply belong to a string, as far as to the
/// first one; beyond, there may be others.
#[inline(always)]
fn special(word: u64) -> u64 {
    // A byte below the one that is subtracted gets its highest bit set, by what it borrows from the
    // next. With its second bit turned, a quote comes right after the control characters.
    let control_or_quote = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & (ONES * 0x80)
}

/// What follows the last quote: where it begins. Names of events are too short for a search with
/// wide steps to pay.
pub(crate) fn after_last_quote(text: &[u8]) -> Option<usize> {
    let mut end = text.len();
    while let Some(word) = text.get(..end).and_then(<[u8]>::last_chunk) {
        let other = u64::from_le_bytes(*word) ^ (ONES * u64::from(b'"'));
        // The highest bit of each byte that is none of them.
        let others = ((other & (ONES * 0x7f)) + ONES * 0x7f) | other;
        let found = !others & (ONES * 0x80);
        if found != 0 {
            return Some(end - found.leading_zeros() as usize / 8);
        }
        end -= 8;
    }
    text.get(..end)?.iter().rposition(|byte| *byte == b'"').map(|at| at + 1)
}

/// The place of the first byte from `at` on that is no white space.
#[inline]
pub fn white_space_end(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = text.get(at) {
        at += 1;
    }
    at
}

/// A number's text.
pub struct NumberEnd {
    pub end: usize,
    /// Whether it is digits alone, after a sign.
    pub integral: bool,
}

/// Where the number at `at` ends; the place of what should be a digit and is none, if it is broken.
#[inline]
pub fn number_end(text: &[u8], at: usize) -> Result<NumberEnd, usize> {
    let mut end = at + usize::from(text.get(at) == Some(&b'-'));
    end = match text.get(end) {
        Some(b'0') => end + 1,
        _ => digits_end(text, end)?,
    };
    let mut integral = true;
    if text.get(end) == Some(&b'.') {
        integral = false;
        end = digits_end(text, end + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        integral = false;
        end += 1 + usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        end = digits_end(text, end)?;
    }
    Ok(NumberEnd { end, integral })
}

/// The end of the digits at `at`, of which there must be one.
#[inline]
fn digits_end(text: &[u8], at: usize) -> Result<usize, usize> {
    let digits = text.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit());
    match digits.count() {
        0 => Err(at),
        count => Ok(at + count),
    }
}

/// Why an escape is none.
pub struct EscapeFault {
    /// Where it goes wrong.
    pub at: usize,
    /// Where what is wrong ends, if that is known.
    pub end: Option<usize>,
    pub want: &'static str,
}

/// Where the escape at `at`, a backslash, ends. The two of a pair of surrogates are one.
pub fn escape_end(text: &[u8], at: usize) -> Result<usize, EscapeFault> {
    match text.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return Ok(at + 2),
        Some(b'u') => {}
        _ => {
            let want = "one of `\"\\/bfnrtu` after a backslash";
            return Err(EscapeFault { at: at + 1, end: None, want });
        }
    }
    let end = at + 6;
    match hex4(text, at + 2)? {
        0xd800..0xdc00 if text.get(end..end + 2) == Some(b"\\u") => {
            if (0xdc00..0xe000).contains(&hex4(text, end + 2)?) {
                return Ok(end + 6);
            }
        }
        0xd800..0xe000 => {}
        _ => return Ok(end),
    }
    Err(EscapeFault { at, end: Some(end), want: "a surrogate only as one of a pair" })
}

/// The four hexadecimal digits at `at`.
fn hex4(text: &[u8], at: usize) -> Result<u32, EscapeFault> {
    (at..at + 4).try_fold(0, |unit, at| {
        let digit = text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let want = "four hexadecimal digits after `\\u`";
        digit.map(|digit| unit << 4 | digit).ok_or(EscapeFault { at, end: None, want })
    })
}

#[cfg(test)]
mod tests {
    use super::plain_end;

    #[test]
    fn the_first_byte_that_ends_plain_text_is_found_at_every_place() {
        for length in (0..40).chain(90..94) {
            for at in 0..length {
                for byte in 0..=0xff {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    let ends = matches!(byte, b'"' | b'\\' | 0..=0x1f);
                    assert_eq!(plain_end(&text, 0), if ends { at } else { length }, "{byte} {at}");
                    // What comes after must not be mistaken for what comes before.
                    if at + 1 < length {
                        text[at + 1] = b'"';
                        let end = if ends { at } else { at + 1 };
                        assert_eq!(plain_end(&text, 0), end, "{byte} {at}");
                    }
                }
            }
        }
    }
}
