//! Texts made in all ways there are: every byte in every place of a small text, every short
//! sequence of tokens, every escape.

use crate::readers::{Verdict, agreed};

/// Most of what JSON has, in few bytes; strings end in each place of a block of eight.
const SAMPLE: &str = r#" {"a":[1,-0.5e+1,"x\n",{}],"ab":{"":null,"bcd":true,"c":false} ,
"é😀":"\ud83d\ude00","long one, of some blocks":[[],"","1234567","12345678\u00e9"],"e":10}
"#;

#[test]
fn the_sample_cut_off_anywhere() {
    let sample = SAMPLE.as_bytes();
    for end in 0..=sample.len() {
        let whole = end + 1 >= sample.len();
        let verdict = if whole { Verdict::Json } else { Verdict::NotJson };
        assert_eq!(agreed(&sample[..end]), verdict, "{end} bytes");
        // Without its beginning, it is never JSON, but for the white space.
        let verdict = if end <= 1 { Verdict::Json } else { Verdict::NotJson };
        assert_eq!(agreed(&sample[end..]), verdict, "from {end}");
    }
}

#[test]
fn every_byte_in_every_place_of_the_sample() {
    let sample = SAMPLE.as_bytes();
    for at in 0..=sample.len() {
        for byte in 0..=u8::MAX {
            let mut body = sample.to_vec();
            body.insert(at, byte);
            agreed(&body);
            if at < sample.len() {
                body.remove(at + 1);
                agreed(&body);
            }
        }
    }
}

#[test]
fn every_byte_in_places_of_interest() {
    for (before, after) in [
        ("", ""),
        ("", "1"),
        ("1", ""),
        ("-", ""),
        ("-", "1"),
        ("0", ""),
        ("1.", ""),
        ("1.5", ""),
        ("1e", ""),
        ("1e1", ""),
        ("1e+", ""),
        ("[1", "]"),
        ("[1", "1]"),
        ("[", "1]"),
        ("[", "]"),
        ("[1,", "2]"),
        ("{", "}"),
        ("{\"a\"", ":1}"),
        ("{\"a\"", "1}"),
        ("{\"a\":", "}"),
        ("{\"a\":", "1}"),
        ("{\"a\":1", "}"),
        ("{\"a\":1", "\"b\":2}"),
        ("{\"", "\":1}"),
        ("{\"a", "\":1}"),
        ("{\"\\u004", "\":1}"),
        ("{\"a\":1,", "\"b\":2}"),
        ("true", ""),
        ("tru", ""),
        ("[null", "]"),
        ("\"\"", ""),
        ("\"", "\""),
        ("\"a", "b\""),
        ("\"1234567", "\""),
        ("\"12345678", "\""),
        ("\"123456789012345", "1\""),
        ("\"\\", "\""),
        ("\"\\\\", "\""),
        ("\"\\u", "041\""),
        ("\"\\u0", "41\""),
        ("\"\\u00", "1\""),
        ("\"\\u004", "\""),
        ("\"\\u0041", "\""),
        ("\"\\ud83d", "\\ude00\""),
        ("\"\\ud83d\\", "de00\""),
        ("\"\\ud83d\\u", "e00\""),
        ("\"\\u", "83d\\ude00\""),
        ("\"\\ud83d\\ud", "00\""),
        ("{}", ""),
        ("[]", "[]"),
        ("{} ", " "),
    ] {
        for byte in 0..=u8::MAX {
            agreed(&[before.as_bytes(), &[byte], after.as_bytes()].concat());
        }
    }
}

/// All strings of `length` parts.
fn sequences<'a>(parts: &'a [&'a [u8]], length: u32) -> impl Iterator<Item = Vec<u8>> + 'a {
    let places = (0..length).map(move |place| parts.len().pow(place));
    (0..parts.len().pow(length))
        .map(move |n| places.clone().flat_map(move |place| parts[n / place % parts.len()]).copied())
        .map(Iterator::collect)
}

#[test]
fn every_short_sequence_of_tokens() {
    let tokens = [&b"["[..], b"]", b"{", b"}", b",", b":", b"\"a\"", b"1", b"null"];
    for length in 0..=5 {
        for text in sequences(&tokens, length) {
            agreed(&text);
        }
    }
}

#[test]
fn every_short_number() {
    let characters = [&b"-"[..], b"+", b".", b"0", b"1", b"e", b"E"];
    for length in 0..=6 {
        for text in sequences(&characters, length) {
            agreed(&text);
        }
    }
}

#[test]
fn every_short_string() {
    let parts = [&b"\""[..], b"\\", b"/", b"u", b"n", b"a", b"\\u0", b"0", b"\n", b"\xc3", b"\xa9"];
    for length in 0..=4 {
        for inside in sequences(&parts, length) {
            agreed(&[b"\"", &inside[..], b"\""].concat());
        }
    }
}

#[test]
fn every_escaped_code_unit() {
    for unit in 0..=u16::MAX {
        let surrogate = (0xd800..0xe000).contains(&unit);
        let verdict = if surrogate { Verdict::NotJson } else { Verdict::Json };
        assert_eq!(agreed(format!("\"\\u{unit:04x}\"").as_bytes()), verdict, "{unit:04x}");
    }
    let bounds = [0, 0x22, 0xd7ff, 0xd800, 0xd801, 0xdbff, 0xdc00, 0xdc01, 0xdfff, 0xe000, 0xffff];
    let pair =
        |first, second| (0xd800..0xdc00).contains(first) && (0xdc00..0xe000).contains(second);
    for first in &bounds {
        for second in &bounds {
            let text = format!("\"\\u{first:04x}\\u{second:04X}\"");
            let alone = |unit| (0xd800..0xe000).contains(unit);
            let fine = pair(first, second) || !(alone(first) || alone(second));
            let verdict = if fine { Verdict::Json } else { Verdict::NotJson };
            assert_eq!(agreed(text.as_bytes()), verdict, "{text}");
            for third in &bounds {
                agreed(format!("{{\"\\u{third:04x}\\u{first:04x}\\u{second:04x}\":0}}").as_bytes());
            }
        }
    }
}

#[test]
fn bytes_around_the_bounds_of_utf8() {
    let bounds = [
        0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
        0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ];
    let bounds = bounds.map(|byte| [byte]);
    let bounds: Vec<&[u8]> = bounds.iter().map(<[u8; 1]>::as_slice).collect();
    for length in 0..=3 {
        for inside in sequences(&bounds, length) {
            let verdict = agreed(&[b"\"", &inside[..], b"\""].concat());
            let text = str::from_utf8(&inside).is_ok();
            assert_eq!(verdict == Verdict::Json, text, "{}", inside.escape_ascii());
            agreed(&[b"{\"", &inside[..], b"\x80\":0}"].concat());
        }
    }
}
