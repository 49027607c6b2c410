//! Broken payloads and where exactly each is broken. `⟦` and `⟧` stand around the bytes that a
//! finding is about, and are taken out before the payload is checked. `\u{fffd}` stands for a byte
//! that no UTF-8 text has.

use offhook_test_support::vendors;
use offhook_validator::{Report, Validator};

/// A name for the case; the vendor, or `any`; the body; and what is found in it, in order: code,
/// pointer, line and column. The marks give offset and length.
type Case = (&'static str, &'static str, &'static str, &'static [Found]);

type Found = (&'static str, &'static str, usize, usize);

/// Line, column and what they count.
const LINE_COLUMN_AND_WHAT_THEY_COUNT: &[Case] = &[
    (
        "one line",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","leg_id":⟦5⟧,"type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 46)],
    ),
    (
        "several lines",
        "voiceblender",
        "{\n  \"timestamp\": \"2026-08-14T10:12:15Z\",\n  \"leg_id\": ⟦null⟧,\n  \"type\": \"leg.ringing\"\n}\n",
        &[("type", "/leg_id", 3, 13)],
    ),
    (
        "non-ASCII text before it on the line",
        "voiceblender",
        r#"{"instance_id":"é 中 😀","leg_id":⟦5⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 33)],
    ),
    (
        "a combining character is a character",
        "voiceblender",
        "{\"instance_id\":\"e\u{301}\",\"leg_id\":⟦5⟧,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("type", "/leg_id", 1, 30)],
    ),
    (
        "non-ASCII text on the lines before it",
        "voiceblender",
        "{\"instance_id\":\"é 中 😀\",\n\"leg_id\":⟦5⟧,\n\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("type", "/leg_id", 2, 10)],
    ),
    (
        "the value itself is not ASCII",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":⟦"cäll.énd😀"⟧,"data":{}}"#,
        &[("unknown_event", "/type", 1, 80)],
    ),
    (
        "a non-ASCII name",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","sip_headers":{"Ü":1,⟦"Ü"⟧:2}}"#,
        &[("duplicate_key", "/sip_headers/Ü", 1, 79)],
    ),
    (
        "lines that end with CR LF",
        "voiceblender",
        "{\r\n  \"leg_id\": ⟦5⟧,\r\n  \"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\",\r\n  \"uri\": ⟦[]⟧\r\n}\r\n",
        &[("type", "/leg_id", 2, 13), ("type", "/uri", 4, 10)],
    ),
    (
        "a lone CR ends no line",
        "voiceblender",
        "{\r\"leg_id\":⟦5⟧,\r\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("type", "/leg_id", 1, 12)],
    ),
    (
        "a line separator ends no line",
        "voiceblender",
        "{\"instance_id\":\"\u{2028}\u{85}\",\"leg_id\":⟦5⟧,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("type", "/leg_id", 1, 30)],
    ),
    (
        "a tab is one column",
        "voiceblender",
        "{\n\t\t\"leg_id\":\t⟦5⟧,\n\t\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"\n}",
        &[("type", "/leg_id", 2, 13)],
    ),
    (
        "escaped quotes before it",
        "voiceblender",
        r#"{"instance_id":"a\"b\\\"{","leg_id":⟦5⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 37)],
    ),
    (
        "escapes count as they are written",
        "voiceblender",
        r#"{"instance_id":"\u00e9\ud83d\ude00","leg_id":⟦5⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 46)],
    ),
    (
        "a name spelt with escapes",
        "voiceblender",
        r#"{"leg\u005fid":⟦5⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 16)],
    ),
    (
        "blank lines in front",
        "voiceblender",
        "\n\n  \n {\"leg_id\":⟦5⟧,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("type", "/leg_id", 4, 12)],
    ),
    (
        "white space between all tokens",
        "voiceblender",
        "{ \"leg_id\"\n:\n ⟦5⟧ ,\t\"timestamp\" : \"2026-08-14T10:12:15Z\" , \"type\" : \"leg.ringing\" }",
        &[("type", "/leg_id", 3, 2)],
    ),
];

/// Faults of every kind.
const FAULTS_OF_EVERY_KIND: &[Case] = &[
    (
        "nested",
        "voiceblender",
        r#"{"cdr":{"duration_answered":0,"duration_total":1,"reason":⟦"gone"⟧},"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#,
        &[("enum", "/cdr/reason", 1, 59)],
    ),
    (
        "a number of the wrong kind",
        "voiceblender",
        r#"{"quality":{"mos_score":4,"rtp_jitter_ms":1,"rtp_packets_lost":⟦1.5⟧,"rtp_packets_received":2.0},"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#,
        &[("type", "/quality/rtp_packets_lost", 1, 64)],
    ),
    (
        "below a range",
        "voiceblender",
        r#"{"quality":{"mos_score":⟦0.99⟧,"rtp_jitter_ms":1,"rtp_packets_lost":1,"rtp_packets_received":2},"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#,
        &[("range", "/quality/mos_score", 1, 25)],
    ),
    (
        "above a range",
        "voiceblender",
        r#"{"quality":{"mos_score":⟦5.01e0⟧,"rtp_jitter_ms":1,"rtp_packets_lost":1,"rtp_packets_received":2},"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#,
        &[("range", "/quality/mos_score", 1, 25)],
    ),
    (
        "a missing member: the object that lacks it",
        "voiceblender",
        r#"⟦{"leg_id":"l","type":"leg.ringing"}⟧"#,
        &[("required", "/timestamp", 1, 1)],
    ),
    (
        "a missing member of a nested object",
        "voiceblender",
        "{\"cdr\":⟦{\n\"reason\":\"busy\",\"duration_total\":1\n}⟧,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.disconnected\"}",
        &[("required", "/cdr/duration_answered", 1, 8)],
    ),
    (
        "several missing from one object",
        "voiceblender",
        r#"{"cdr":⟦⟦⟦{ }⟧⟧⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#,
        &[
            ("required", "/cdr/reason", 1, 8),
            ("required", "/cdr/duration_total", 1, 8),
            ("required", "/cdr/duration_answered", 1, 8),
        ],
    ),
    (
        "a forbidden member: its name",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":"call.emergency","data":{"call_id":"c","to_number":"911","e911_provisioned":false,"placed_at":"2026-01-15T14:35:30Z",⟦"location_id"⟧ : "loc_1",⟦"location_n\u0061me"⟧:"HQ"}}"#,
        &[("forbidden", "/data/location_id", 1, 197), ("forbidden", "/data/location_name", 1, 221)],
    ),
    (
        "a constant",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":"call.incoming","data":{"call_id":"c","direction":⟦"outbound"⟧,"from_number":"+14155550142","to_number":"+14155550100","started_at":"2026-01-15T14:30:00Z"}}"#,
        &[("const", "/data/direction", 1, 130)],
    ),
    (
        "a format",
        "voiceblender",
        r#"{"timestamp":⟦"2026-08-14 10:12:15Z"⟧,"type":"leg.ringing"}"#,
        &[("format", "/timestamp", 1, 14)],
    ),
    (
        "a pattern",
        "daily",
        r#"{"version":"1.0.0","type":"dialin.stopped","id":"1","payload":{"timestamp":⟦"17280-36616"⟧},"event_ts":1.5}"#,
        &[("pattern", "/payload/timestamp", 1, 76)],
    ),
    (
        "none of several types",
        "daily",
        r#"{"version":"1.0.0","type":"dialin.stopped","id":"1","payload":{"timestamp":⟦true⟧},"event_ts":1.5}"#,
        &[("type", "/payload/timestamp", 1, 76)],
    ),
    (
        "an object in a scalar's place, over lines",
        "voiceblender",
        "{\"leg_id\":⟦{\n  \"a\": [1, 2],\n  \"b\": \"}\"\n}⟧,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("type", "/leg_id", 1, 11)],
    ),
    (
        "several at once, in document order",
        "daily",
        "⟦{\"event_ts\":⟦\"now\"⟧,\n \"payload\":{\"room\":⟦1⟧,\"timestamp\":⟦1.5⟧,\"sip_from\":⟦{}⟧},\n \"type\":\"dialin.stopped\",\"id\":⟦7⟧}⟧",
        &[
            ("required", "/version", 1, 1),
            ("type", "/event_ts", 1, 13),
            ("type", "/payload/room", 2, 20),
            ("type", "/payload/timestamp", 2, 34),
            ("type", "/payload/sip_from", 2, 49),
            ("type", "/id", 3, 31),
        ],
    ),
    (
        "pointers escape what they must",
        "voiceblender",
        r#"{"sip_headers":{"a/b":{"~":1,⟦"~"⟧:2}},"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("duplicate_key", "/sip_headers/a~1b/~0", 1, 30)],
    ),
];

/// The event's name.
const THE_EVENTS_NAME: &[Case] = &[
    (
        "an unknown event",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":⟦"call.ended"⟧,"data":{}}"#,
        &[("unknown_event", "/type", 1, 80)],
    ),
    (
        "an unknown event whose envelope is wrong, too",
        "dialstack",
        r#"⟦{"id":⟦1⟧,"type":⟦"call.ended"⟧,"created_at":⟦"now"⟧,"data":⟦[]⟧}⟧"#,
        &[
            ("required", "/account_id", 1, 1),
            ("type", "/id", 1, 7),
            ("unknown_event", "/type", 1, 16),
            ("format", "/created_at", 1, 42),
            ("type", "/data", 1, 55),
        ],
    ),
    (
        "a name that is no string",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":⟦["leg.ringing"]⟧}"#,
        &[("type", "/type", 1, 44)],
    ),
    (
        "no name",
        "voiceblender",
        r#"⟦{"timestamp":"2026-08-14T10:12:15Z"}⟧"#,
        &[("required", "/type", 1, 1)],
    ),
    ("no object", "voiceblender", r#" ⟦["leg.ringing"]⟧ "#, &[("type", "", 1, 2)]),
    ("a lone string", "dialstack", r#"⟦"call.end"⟧"#, &[("type", "", 1, 1)]),
    (
        "an unknown event of no vendor",
        "any",
        r#"{"type": ⟦"call.ended"⟧}"#,
        &[("unknown_event", "/type", 1, 10)],
    ),
    ("no name, of no vendor", "any", r#"⟦{"kind": "call.end"}⟧"#, &[("required", "/type", 1, 1)]),
    ("no object, of no vendor", "any", "⟦null⟧\n", &[("type", "", 1, 1)]),
    (
        "one vendor's event",
        "any",
        r#"{"leg_id":⟦5⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 11)],
    ),
    (
        "an unknown event and bytes after it: no JSON, and so no event",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":"call.ended","data":{}} ⟦x⟧"#,
        &[("json", "", 1, 104)],
    ),
    (
        "an unknown event behind a byte order mark",
        "dialstack",
        "⟦\u{feff}⟧{\"id\":\"evt_1\",\"created_at\":\"2026-01-15T14:35:35Z\",\"account_id\":\"acct_1\",\"type\":\"call.ended\",\"data\":{}}",
        &[("json", "", 1, 1)],
    ),
    (
        "no name and bytes after it",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z"}⟦]⟧"#,
        &[("json", "", 1, 37)],
    ),
    (
        "a name beyond numbers",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":⟦1e400⟧}"#,
        &[("json", "/type", 1, 44)],
    ),
    (
        "a name beyond numbers, of no vendor",
        "any",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":⟦1e400⟧}"#,
        &[("json", "/type", 1, 44)],
    ),
];

/// A name twice.
const A_NAME_TWICE: &[Case] = &[
    (
        "a name twice",
        "voiceblender",
        r#"{"leg_id":"a","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing",⟦"leg_id"⟧:"a"}"#,
        &[("duplicate_key", "/leg_id", 1, 71)],
    ),
    (
        "a name twice, once with escapes",
        "voiceblender",
        r#"{"leg_id":"a","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing",⟦"leg\u005Fid"⟧:"b"}"#,
        &[("duplicate_key", "/leg_id", 1, 71)],
    ),
    (
        "a name three times",
        "voiceblender",
        r#"{"leg_id":"a",⟦"leg_id"⟧:5,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing",⟦"leg_id"⟧:[]}"#,
        &[("duplicate_key", "/leg_id", 1, 15), ("duplicate_key", "/leg_id", 1, 82)],
    ),
    (
        "the first of two counts",
        "voiceblender",
        r#"{"leg_id":⟦1⟧,⟦"leg_id"⟧:"a","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("type", "/leg_id", 1, 11), ("duplicate_key", "/leg_id", 1, 13)],
    ),
    (
        "the event's name twice",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing",⟦"type"⟧:"leg.hold"}"#,
        &[("duplicate_key", "/type", 1, 58)],
    ),
    (
        "in an object in an array",
        "voiceblender",
        r#"{"x":[{"a":1},{"a":1,"b":[],⟦"a"⟧:2}],"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("duplicate_key", "/x/1/a", 1, 29)],
    ),
    (
        "within what stands twice",
        "voiceblender",
        r#"{"x":{"a":1},⟦"x"⟧:{"b":1,⟦"b"⟧:2},"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("duplicate_key", "/x", 1, 14), ("duplicate_key", "/x/b", 1, 25)],
    ),
    (
        "an empty name twice",
        "voiceblender",
        r#"{"":1,⟦""⟧:2,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("duplicate_key", "/", 1, 7)],
    ),
];

/// Text that is no JSON.
const TEXT_THAT_IS_NO_JSON: &[Case] = &[
    ("an empty body", "voiceblender", "⟦⟧", &[("json", "", 1, 1)]),
    ("white space only", "voiceblender", " \n\t⟦⟧", &[("json", "", 2, 2)]),
    (
        "a byte order mark",
        "voiceblender",
        "⟦\u{feff}⟧{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "", 1, 1)],
    ),
    (
        "a byte order mark, and nothing else is looked at",
        "voiceblender",
        "⟦\u{feff}⟧{\"leg_id\":5,\"a\":1,\"a\":1e400,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"} x",
        &[("json", "", 1, 1)],
    ),
    ("a byte order mark and nothing", "voiceblender", "⟦\u{feff}⟧", &[("json", "", 1, 1)]),
    (
        "a name twice in what is no JSON",
        "voiceblender",
        r#"{"a":1,⟦"a"⟧:⟦1e400⟧,"leg_id":5} ⟦x⟧"#,
        &[("duplicate_key", "/a", 1, 8), ("json", "/a", 1, 12), ("json", "", 1, 30)],
    ),
    (
        "cut off within a string",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","leg_id":"abc⟦⟧"#,
        &[("json", "/leg_id", 1, 71)],
    ),
    (
        "cut off behind a colon",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","leg_id":⟦⟧"#,
        &[("json", "/leg_id", 1, 67)],
    ),
    (
        "cut off behind a comma",
        "voiceblender",
        "{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\",\n⟦⟧",
        &[("json", "", 2, 1)],
    ),
    (
        "cut off within an array",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","x":[1,2⟦⟧"#,
        &[("json", "/x", 1, 66)],
    ),
    (
        "cut off where an element should be",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","x":[1,⟦⟧"#,
        &[("json", "/x/1", 1, 65)],
    ),
    (
        "cut off within a word",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","x":tru⟦⟧"#,
        &[("json", "/x", 1, 65)],
    ),
    (
        "cut off deep inside",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","cdr":{"reason":⟦⟧"#,
        &[("json", "/cdr/reason", 1, 74)],
    ),
    (
        "a comma before a brace",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing",⟦}⟧"#,
        &[("json", "", 1, 58)],
    ),
    (
        "a comma before a bracket",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","x":[1,2,⟦]⟧}"#,
        &[("json", "/x/2", 1, 67)],
    ),
    (
        "no comma",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing" ⟦"⟧x":1}"#,
        &[("json", "", 1, 58)],
    ),
    (
        "no colon",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","x" ⟦1⟧}"#,
        &[("json", "", 1, 62)],
    ),
    (
        "a bad escape",
        "voiceblender",
        r#"{"leg_id":"a\⟦q⟧","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 14)],
    ),
    (
        "a bad escape that is not ASCII",
        "voiceblender",
        r#"{"leg_id":"é\⟦é⟧","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 14)],
    ),
    (
        "a bad digit in an escape",
        "voiceblender",
        r#"{"leg_id":"\u12⟦g⟧4","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 16)],
    ),
    (
        "a lone high surrogate",
        "voiceblender",
        r#"{"leg_id":"a⟦\ud83d⟧b","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 13)],
    ),
    (
        "a lone low surrogate",
        "voiceblender",
        r#"{"leg_id":"⟦\uDE00⟧","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 12)],
    ),
    (
        "surrogates the wrong way round",
        "voiceblender",
        r#"{"leg_id":"⟦\ude00⟧\ud83d","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 12)],
    ),
    (
        "a high surrogate and another escape",
        "voiceblender",
        r#"{"leg_id":"⟦\ud83d⟧\n","timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 12)],
    ),
    (
        "a lone surrogate in a name",
        "voiceblender",
        r#"{"⟦\ud83d⟧":1,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "", 1, 3)],
    ),
    (
        "a line break in a string",
        "voiceblender",
        "{\"leg_id\":\"a⟦\n⟧b\",\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "/leg_id", 1, 13)],
    ),
    (
        "a tab in a string",
        "voiceblender",
        "{\"leg_id\":\"a⟦\t⟧b\",\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "/leg_id", 1, 13)],
    ),
    (
        "a zero byte",
        "voiceblender",
        "{\"leg_id\":⟦\0⟧,\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "/leg_id", 1, 11)],
    ),
    (
        "no number",
        "voiceblender",
        r#"{"x":⟦N⟧aN,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/x", 1, 6)],
    ),
    (
        "a minus before no digit",
        "voiceblender",
        r#"{"x":-⟦I⟧nfinity,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/x", 1, 7)],
    ),
    (
        "a leading zero",
        "voiceblender",
        r#"{"x":0⟦1⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "", 1, 7)],
    ),
    (
        "no digit behind the point",
        "voiceblender",
        r#"{"x":1.⟦,⟧"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/x", 1, 8)],
    ),
    (
        "no digit in the exponent",
        "voiceblender",
        r#"{"x":[1e+⟦]⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/x/0", 1, 10)],
    ),
    (
        "a number beyond doubles",
        "voiceblender",
        r#"{"x":[0,⟦1e400⟧],"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","y":⟦-1E+999⟧}"#,
        &[("json", "/x/1", 1, 9), ("json", "/y", 1, 76)],
    ),
    (
        "a number beyond doubles in a number's place",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":"recording.available","data":{"call_id":"c","duration_seconds":⟦1e309⟧}}"#,
        &[("json", "/data/duration_seconds", 1, 143)],
    ),
    (
        "a number beyond doubles in a string's place",
        "voiceblender",
        r#"{"leg_id":⟦1e400⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/leg_id", 1, 11)],
    ),
    (
        "the word for true in Python",
        "voiceblender",
        r#"{"x":⟦T⟧rue,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/x", 1, 6)],
    ),
    (
        "a word that goes wrong",
        "voiceblender",
        r#"{"x":nul⟦1⟧,"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "/x", 1, 9)],
    ),
    (
        "quotes of another language",
        "voiceblender",
        "{⟦'⟧type':'leg.ringing'}",
        &[("json", "", 1, 2)],
    ),
    ("a name without quotes", "voiceblender", r#"{⟦t⟧ype:"leg.ringing"}"#, &[("json", "", 1, 2)]),
    (
        "a comment",
        "voiceblender",
        "⟦/⟧/ a call\n{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "", 1, 1)],
    ),
    (
        "bytes after the end",
        "voiceblender",
        "{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}\n ⟦x⟧yz",
        &[("json", "", 2, 2)],
    ),
    (
        "a second text",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}⟦{⟧"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}"#,
        &[("json", "", 1, 58)],
    ),
    (
        "a byte order mark at the end",
        "voiceblender",
        "{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}⟦\u{feff}⟧",
        &[("json", "", 1, 58)],
    ),
    (
        "a no-break space",
        "voiceblender",
        "{⟦\u{a0}⟧\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "", 1, 2)],
    ),
    (
        "bytes that are no UTF-8",
        "voiceblender",
        "{\"é\":\"⟦\u{fffd}⟧\",\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "", 1, 7)],
    ),
    (
        "bytes that are no UTF-8 behind a fault",
        "voiceblender",
        "{\"x\":[⟦}⟧,\"\u{fffd}\",\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "/x/0", 1, 7)],
    ),
    (
        "bytes that are no UTF-8 behind a fault at the start",
        "voiceblender",
        "⟦x⟧ \u{fffd}",
        &[("json", "", 1, 1)],
    ),
    (
        "bytes that are no UTF-8 behind a number beyond doubles",
        "voiceblender",
        "{\"x\":⟦1e400⟧,\"y\":\"⟦\u{fffd}⟧\",\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "/x", 1, 6), ("json", "", 1, 17)],
    ),
    (
        "bytes that are no UTF-8 at the start",
        "voiceblender",
        "⟦\u{fffd}⟧{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"leg.ringing\"}",
        &[("json", "", 1, 1)],
    ),
];

/// Notices, which strict validators count as violations.
const NOTICES_WHICH_STRICT_VALIDATORS_COUNT_AS_VIOLATIONS: &[Case] = &[
    (
        "an undocumented member: its name",
        "voiceblender",
        "{\"timestamp\":\"2026-08-14T10:12:15Z\",\n ⟦\"leg_idd\"⟧ : 5,\"type\":\"leg.ringing\"}",
        &[("undocumented", "/leg_idd", 2, 2)],
    ),
    (
        "an undocumented member below",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":"recording.available",⟦"é"⟧:1,"data":{"call_id":"c",⟦"n\u00e9w"⟧:[],"duration_seconds":1}}"#,
        &[("undocumented", "/é", 1, 102), ("undocumented", "/data/néw", 1, 130)],
    ),
    (
        "advice about a value",
        "dialstack",
        r#"{"id":"evt_1","created_at":"2026-01-15T14:35:35Z","account_id":"acct_1","type":"recording.available","data":{"call_id":"c","duration_seconds":⟦-1⟧}}"#,
        &[("advice", "/data/duration_seconds", 1, 143)],
    ),
    (
        "advice about a member that had better be absent: its name",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","leg_type":"sip_inbound",⟦"uri"⟧:"sip:a@b"}"#,
        &[("advice", "/uri", 1, 83)],
    ),
    (
        "advice about each of several",
        "voiceblender",
        r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","sip_headers":{"a":⟦1⟧,"b":"","c":⟦null⟧}}"#,
        &[("advice", "/sip_headers/a", 1, 77), ("advice", "/sip_headers/c", 1, 90)],
    ),
    (
        "violations and notices together, in document order",
        "voiceblender",
        r#"{⟦"x"⟧:1,"timestamp":⟦"now"⟧,⟦"y"⟧:1,"type":"leg.ringing","leg_type":⟦"webrtc"⟧,"uri":⟦5⟧}"#,
        &[
            ("undocumented", "/x", 1, 2),
            ("format", "/timestamp", 1, 20),
            ("undocumented", "/y", 1, 26),
            ("advice", "/leg_type", 1, 64),
            ("type", "/uri", 1, 79),
        ],
    ),
];

/// The body without its marks, and the bytes between each pair of them.
fn unmark(marked: &str) -> (Vec<u8>, Vec<(usize, usize)>) {
    let (mut body, mut spans, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for character in marked.chars() {
        match character {
            '⟦' => {
                open.push(spans.len());
                spans.push((body.len(), 0));
            }
            '⟧' => {
                let span: &mut (usize, usize) = &mut spans[open.pop().expect("a mark to close")];
                span.1 = body.len() - span.0;
            }
            '\u{fffd}' => body.push(0xff),
            other => body.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    assert!(open.is_empty(), "{marked}");
    (body, spans)
}

fn validate(vendor: &str, strict: bool, body: &[u8]) -> Report {
    match vendor {
        "any" => vendors::any_vendor().validate(body),
        name if strict => vendors::vendor(name).strict.validate(body),
        name => vendors::vendor(name).validator.validate(body),
    }
}

/// Checks all cases and then says which of them are off.
fn check(cases: &[Case], strict: bool) {
    let mut wrong = Vec::new();
    for (name, vendor, marked, wanted) in cases {
        let (body, spans) = unmark(marked);
        assert_eq!(spans.len(), wanted.len(), "{name}: a pair of marks for each finding");
        let wanted: Vec<_> = wanted
            .iter()
            .zip(spans)
            .map(|((code, pointer, line, column), (offset, length))| {
                format!("{code} {pointer} {line}:{column} @{offset}+{length}")
            })
            .collect();
        let found: Vec<_> = validate(vendor, strict, &body)
            .violations()
            .iter()
            .map(|found| {
                let (code, pointer) = (found.code, &found.pointer);
                let (line, column, offset, length) =
                    (found.line, found.column, found.offset, found.length);
                format!("{code} {pointer} {line}:{column} @{offset}+{length}")
            })
            .collect();
        if found != wanted {
            wrong.push(format!(
                "{name} ({vendor}): {marked:?}\n  want {wanted:#?}\n  got {found:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn lines_and_columns_count_from_one_and_columns_count_characters() {
    check(LINE_COLUMN_AND_WHAT_THEY_COUNT, false);
}

#[test]
fn faults_of_every_kind_have_their_place() {
    check(FAULTS_OF_EVERY_KIND, false);
}

#[test]
fn faults_of_the_events_name_have_their_place() {
    check(THE_EVENTS_NAME, false);
}

#[test]
fn names_that_stand_twice_have_their_place() {
    check(A_NAME_TWICE, false);
}

#[test]
fn faults_of_the_text_have_their_place() {
    check(TEXT_THAT_IS_NO_JSON, false);
}

#[test]
fn notices_have_their_place() {
    check(NOTICES_WHICH_STRICT_VALIDATORS_COUNT_AS_VIOLATIONS, true);
}

/// One level too many: the bracket that opens it, and the deepest place reached.
#[test]
fn depth_has_its_place() {
    let inside = r#"{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing","x":"#;
    for (open, close, step) in [("[", "]", "/0"), ("{\"n\":", "}", "/n")] {
        for levels in [127, 128, 1_000] {
            let middle = if open == "[" { "" } else { "0" };
            let body = format!("{inside}{}{middle}{}}}", open.repeat(levels), close.repeat(levels));
            let report = validate("voiceblender", false, body.as_bytes());
            if levels == 127 {
                assert!(report.is_valid(), "{report}");
                continue;
            }
            let [found] = report.violations() else {
                panic!("{report}");
            };
            let offset = inside.len() + 127 * open.len();
            assert_eq!(found.code.as_str(), "json");
            assert_eq!((found.offset, found.length), (offset, 1));
            assert_eq!((found.line, found.column), (1, offset + 1));
            assert_eq!(found.pointer, format!("/x{}", step.repeat(127)));
        }
    }
}

/// A vendor may have no envelope: then nothing but the name is asked of an unknown event.
#[test]
fn without_an_envelope_the_events_name_has_its_place() {
    let vendor = |discriminator: &str| {
        let bundle = serde_json::json!({
            "vendor": "acme", "title": "Acme", "discriminator": discriminator, "envelope": null,
            "types": {}, "schemas": { "call.end.json": {
                "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"
            } }
        });
        Validator::new(&bundle.to_string()).expect("a schema")
    };
    let mut wrong = Vec::new();
    for (discriminator, marked, wanted) in [
        ("/type", r#"{"type":⟦"call.ended"⟧}"#, "unknown_event /type"),
        ("/type", r#"{"type":⟦5⟧}"#, "type /type"),
        ("/type", r#"⟦{"a":1}⟧"#, "required /type"),
        ("/type", r#"⟦["type"]⟧"#, "type "),
        ("/type", r#"⟦"call.end"⟧"#, "type "),
        ("/meta/type", r#"{"meta":{"type":⟦"call.ended"⟧}}"#, "unknown_event /meta/type"),
        ("/meta/type", r#"{"meta":⟦{}⟧}"#, "required /meta/type"),
        ("/meta/type", r"⟦{}⟧", "required /meta"),
        ("/meta/type", r#"{"meta":⟦"call.end"⟧}"#, "type /meta"),
        ("/meta/type", r#"{"meta":⟦["call.end"]⟧}"#, "type /meta"),
    ] {
        let (body, spans) = unmark(marked);
        let report = vendor(discriminator).validate(&body);
        let found: Vec<_> = report.violations().iter().collect();
        let is_wanted = found.len() == 1
            && format!("{} {}", found[0].code, found[0].pointer) == wanted
            && (found[0].offset, found[0].length) == spans[0];
        if !is_wanted {
            wrong.push(format!("{discriminator} {marked}: expected {wanted}, found {report}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Schemas judge only what is JSON: of anything else the report says why it is none, and no more.
#[test]
fn what_is_no_json_is_judged_by_no_schema() {
    let bodies: [(&str, &[&str]); 6] = [
        (r#"{"type":"call.ended"}"#, &[]),
        (r#"{"type":"call.end","data":{"from_numer":5},"id":"x"}"#, &[]),
        (r#"{"type":5}"#, &[]),
        (r"[1]", &[]),
        (r#"{"type":"dialin.stopped","type":"leg.ringing"}"#, &["duplicate_key /type"]),
        (r#"{"type":"leg.ringing","a":1e400}"#, &["json /a"]),
    ];
    for (body, of_text) in bodies {
        for vendor in ["daily", "dialstack", "voiceblender", "any"] {
            let found = |body: &str| -> Vec<String> {
                let report = validate(vendor, true, body.as_bytes());
                assert_eq!((report.event(), report.notices()), (None, &[][..]));
                let found = report.violations().iter();
                found.map(|found| format!("{} {}", found.code, found.pointer)).collect()
            };
            assert_eq!(found(&format!("\u{feff}{body}")), ["json "]);
            let with_more = [of_text, &["json "]].concat();
            assert_eq!(found(&format!("{body} true")), with_more, "{vendor}: {body}");
            let cut_off = body.len() - 1;
            assert_eq!(found(&body[..cut_off]), with_more, "{vendor}: {body}");
        }
    }
}
