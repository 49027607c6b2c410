//! Texts whose fate RFC 8259 leaves to who reads them: what offhook and `serde_json` do.

use super::Group;

/// JSON by its grammar, and taken: values lose precision at most.
pub(crate) const TAKEN: &[Group] = &[
    (
        "integers of more digits than any machine word",
        &[
            "18446744073709551616",
            "-9223372036854775809",
            "-18446744073709551616",
            "100000000000000000000",
            "123456789012345678901234567890123456789012345678901234567890",
            "[-123456789012345678901234567890]",
            r#"{"a":340282366920938463463374607431768211456}"#,
        ],
    ),
    (
        "numbers too near to zero",
        &[
            "1e-400",
            "-1e-400",
            "1e-99999999999999999999",
            "4.9e-324",
            "2e-324",
            "0.1e-400",
            "123456789e-400",
            "0e400",
            "-0e400",
            "0.0e400",
            "0e99999999999999999999",
            "0.000e+99999999999999999999",
        ],
    ),
    (
        "digits beyond a double's precision",
        &[
            "0.1000000000000000055511151231257827021181583404541015625",
            "1.00000000000000000000000000000000000000000000000000000000000000001e5",
            "100000000000000000000000000000000000000000000000000000000000000000.0",
            "9007199254740993.0",
        ],
    ),
    (
        "characters that are not assigned, private or invisible",
        &[
            "\"\u{fdd0}\u{fdef}\"",
            "\"\u{ffff}\"",
            "\"\u{10ffff}\"",
            "\"\u{e000}\u{f8ff}\"",
            "\"\u{202e}\"",
            r#""\ufdd0\uffff""#,
            r#""\udbff\udfff""#,
            r#"{"\uffff":1}"#,
        ],
    ),
];

/// JSON by its grammar, and refused: they escape surrogates outside pairs, which no text can hold.
pub(crate) const REFUSED: &[Group] = &[
    (
        "first halves alone",
        &[
            r#""\ud800""#,
            r#""\udbff""#,
            r#""\uD83D""#,
            r#""\ud83da""#,
            r#""a\ud83d""#,
            r#""\ud83d\n""#,
            r#""\ud83d\\""#,
            r#""\ud83d\u0041""#,
            r#""\ud83d\ud83d""#,
            r#""\ud83d\ud83d\ude00""#,
            r#""\ud83d\ue000""#,
            r#""\ud83d\ude00\ud83d""#,
            r#""\ud83d \ude00""#,
            r#""\ud83d\\ude00""#,
            r#"["\ud800"]"#,
            r#"{"\ud800":1}"#,
            r#"{"a":"\ud800"}"#,
        ],
    ),
    (
        "second halves alone",
        &[
            r#""\udc00""#,
            r#""\udfff""#,
            r#""\uDE00""#,
            r#""a\ude00""#,
            r#""\ude00\ud83d""#,
            r#""\ude00\ude00""#,
            r#""\u0041\ude00""#,
            r#""\ud83d\ude00\ude00""#,
            r#"["\udc00"]"#,
            r#"{"\udc00":1}"#,
            r#"{"a":"\udfff"}"#,
        ],
    ),
    (
        "halves beside the character's own bytes",
        &["\"\\ud83d😀\"", "\"😀\\ude00\"", "\"\\ud83d\u{e000}\""],
    ),
];

/// JSON by its grammar, with numbers beyond every double: what reads their form only takes them,
/// and what reads their value refuses them. They are all in which the readers differ.
pub(crate) const OUT_OF_RANGE: &[Group] = &[
    (
        "by their exponent",
        &[
            "1e400",
            "-1e400",
            "1E+400",
            "1e309",
            "1.8e308",
            "1.7976931348623159e308",
            "-1.7976931348623159e308",
            "17976931348623159e292",
            "0.0001e313",
            "1e99999999999999999999",
            "1.5e+99999999999999999999",
            "[1e400]",
            "[1,1e400,1]",
            r#"{"a":1e400}"#,
            r#"{"a":[{"b":-1e400}]}"#,
        ],
    ),
    (
        "by their digits",
        &[concat!(
            "1000000000000000000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000000000000000000",
            "00000000000000000000000000000000000000000000000000000000000000000000000000",
        )],
    ),
];
