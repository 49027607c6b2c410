//! Texts nested up to the limit, and beyond.

use offhook_runtime::json::scan::MAX_DEPTH;

use crate::readers::{Verdict, agreed};

#[test]
fn texts_nest_up_to_the_limit() {
    let limit = MAX_DEPTH as usize;
    for (open, inner, close) in [
        ("[", "", "]"),
        ("[", "0", "]"),
        ("[0,", "0", "]"),
        ("[[],", "\"[\"", ",{}]"),
        (" [ ", " ", " ]"),
        ("{\"a\":", "{}", "}"),
        ("{\"a\":", "0", "}"),
        ("{\"[\":[],\"a\":", "\"{\"", ",\"b\":{}}"),
    ] {
        // What stands in the innermost, or beside it, may be a level more.
        let more = usize::from(inner == "{}" || open.contains("[]"));
        for depth in [2, 63, 64, 65, limit - 2, limit - 1, limit, limit + 1, limit + 2, 1000] {
            let open = open.repeat(depth - more);
            let close = close.repeat(depth - more);
            let text = format!("{open}{inner}{close}");
            let fits = if depth <= limit { Verdict::Json } else { Verdict::NotJson };
            assert_eq!(agreed(text.as_bytes()), fits, "{depth} levels: {text}");
            for broken in [
                format!("{open}{inner}"),
                format!("{open}{inner}{}", &close[..close.len() - 1]),
                format!("{text}{close}"),
                format!("{text}]"),
                format!("{text}}}"),
                format!("{open}{inner},{close}"),
            ] {
                assert_eq!(agreed(broken.as_bytes()), Verdict::NotJson, "{depth} levels: {broken}");
            }
        }
    }
    for open in ["[", "{\"a\":", "[{\"a\":", "[[],"] {
        assert_eq!(agreed(open.repeat(1_000_000).as_bytes()), Verdict::NotJson);
    }
}

/// Which kind closes what is told by a bit a level.
#[test]
fn arrays_and_objects_close_as_they_open() {
    for depth in [1, 2, 7, 63, 64, 65, 127, 128] {
        for turned in 0..depth {
            let objects = |level: usize| level.is_multiple_of(3) || level.count_ones() % 2 == 1;
            let open: String =
                (0..depth).map(|level| if objects(level) { "{\"a\":" } else { "[" }).collect();
            let close = |turned: Option<usize>| -> String {
                let close =
                    |level| if objects(level) ^ (turned == Some(level)) { '}' } else { ']' };
                (0..depth).rev().map(close).collect()
            };
            let text = format!("{open}0{}", close(None));
            assert_eq!(agreed(text.as_bytes()), Verdict::Json, "{text}");
            let text = format!("{open}0{}", close(Some(turned)));
            assert_eq!(agreed(text.as_bytes()), Verdict::NotJson, "{text}");
        }
    }
}
