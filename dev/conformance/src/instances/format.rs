//! Strings of the formats of JSON Schema, and strings that just miss them.

use super::deck::Decks;
use super::pattern::Patterns;

/// A format's strings.
struct Strings {
    name: &'static str,
    /// What most strings of the format look like. Not exact: that is left to whoever judges.
    pattern: &'static str,
    /// Strings at the edges of what is allowed.
    good: &'static [&'static str],
    /// Strings just beyond them.
    bad: &'static [&'static str],
}

const FORMATS: &[Strings] = &[
    Strings {
        name: "date-time",
        pattern: r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$",
        good: &[
            "2026-01-15T14:35:30Z",
            "2024-02-29t23:59:59z",
            "1998-12-31T23:59:60Z",
            "1998-12-31T15:59:60.123-08:00",
            "0000-01-01T00:00:00+00:00",
            "9999-12-31T23:59:59.999999999999-23:59",
        ],
        bad: &[
            "2026-01-15T14:35:30",
            "2026-01-15 14:35:30Z",
            "2023-02-29T00:00:00Z",
            "2026-01-15T24:00:00Z",
            "1998-12-31T22:59:60Z",
            "2026-01-15T14:35:30+24:00",
            "2026-01-15T14:35:30.Z",
            "2026-1-15T14:35:30Z",
            "+026-01-15T14:35:30Z",
            "2026-01-15T14:35:30+0100",
            "২026-01-15T14:35:30Z",
        ],
    },
    Strings {
        name: "date",
        pattern: "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
        good: &["2024-02-29", "2000-02-29", "2026-12-31", "0000-01-01", "9999-04-30"],
        bad: &[
            "2023-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-1-01",
            "20260101",
            "+026-01-01",
            "2026-+1-01",
            "2026-01-+1",
            "2026-01-01Z",
            "2026-01-0/",
            "2026-1--01",
            "২026-01-01",
        ],
    },
    Strings {
        name: "time",
        pattern: r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$",
        good: &[
            "00:00:00Z",
            "23:59:59z",
            "23:59:60Z",
            "15:59:60-08:00",
            "01:29:60+01:30",
            "12:00:00.000000001+23:59",
        ],
        bad: &[
            "12:00:00",
            "24:00:00Z",
            "12:60:00Z",
            "12:00:61Z",
            "22:59:60Z",
            "12:00:00.Z",
            "12:00:00+24:00",
            "12:00:00+01:60",
            "12:00:00+0100",
            "1:00:00Z",
            "+1:00:00Z",
            "12:+0:00Z",
            "12:00:00++1:00",
            "12:00:00 Z",
            "12:00Z",
            "1-:00:00Z",
            "00:00:0.Z",
            "00:00:00+1.:00",
        ],
    },
    Strings {
        name: "duration",
        pattern: "^P([1-9][0-9]?W|[0-9]{1,3}D|[0-9]Y([0-9]M([0-9]D)?)?(T[0-9]H([0-9]M)?)?|T[0-9]{1,3}[HMS])$",
        good: &["P0D", "PT0S", "P4Y", "P1Y2M3DT4H5M6S", "P3W", "PT36H", "P1M", "P1YT1S", "PT1H1M"],
        bad: &[
            "P", "PT", "P1", "P1YT", "1Y", "P-1D", "P1.5D", "P1S", "PT1D", "P1D2Y", "P2W1D",
            "P1Y2D", "PT1H2S", "P1H", "p1d", "P１D",
        ],
    },
    Strings {
        name: "uuid",
        pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        good: &[
            "00000000-0000-0000-0000-000000000000",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
            "2eb8aa08-AA98-11ea-B4Aa-73B441D16380",
            "98d80576-482e-427f-8434-7f86890ab222",
        ],
        bad: &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
            "2eb8aa08-aa98-11ea-73b441d16380",
            "2eb8aa08aa9811eab4aa73b441d16380",
            "2eb8aa08a-a98-11ea-b4aa-73b441d16380",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
            "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2eb8aa08-aa98-11ea-b4ga-73b441d16380",
        ],
    },
    Strings {
        name: "email",
        pattern: "^[a-z][a-z0-9]{0,8}([.+_-][a-z0-9]{1,6})?@[a-z][a-z0-9]{0,8}\\.(com|org|example)$",
        good: &[
            "joe.bloggs@example.com",
            "te~st@example.com",
            "~test~@example.com",
            "user@[127.0.0.1]",
            "\"joe bloggs\"@example.com",
            "user+tag@sub.example.co.uk",
        ],
        bad: &[
            "",
            "2962",
            "joe@",
            "@example.com",
            ".joe@example.com",
            "joe.@example.com",
            "jo..e@example.com",
            "joe@exa mple.com",
            "joe@example.com@",
            "joe bloggs@example.com",
            "joe@-example.com",
            "user@[127.0.0.300]",
            "user1@oceania.org, user2@oceania.org",
        ],
    },
    Strings {
        name: "uri",
        pattern: "^(https?|ftp|sip|urn)://[a-z]{1,8}\\.example(:[0-9]{2,4})?(/[a-z0-9~._-]{0,6}){0,3}(\\?[a-z]=%2[0-9a-f])?(#[a-z]{0,4})?$",
        good: &[
            "http://foo.bar/?baz=qux#quux",
            "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
            "mailto:John.Doe@example.com",
            "tel:+1-816-555-1212",
            "sip:alice@example.com;transport=tcp",
            "http://user:pass@[2001:db8::7]:8080/a%20b",
            "a:",
            "file:///",
        ],
        bad: &[
            "",
            "//foo.bar/baz",
            "/abs",
            "\\\\WINDOWS\\share",
            "foo",
            "http:// shouldfail.com",
            ":// no scheme",
            "bar,baz:qux",
            "http://a b",
            "http://example.com/%zz",
            "1a:b",
            "http://[::1",
            "http://example.com/<x>",
            "http://é.example",
            "http://a/\"",
        ],
    },
    Strings {
        name: "ipv4",
        pattern: "^(25[0-5]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|1[0-9]{2}|[1-9]?[0-9])){3}$",
        good: &["0.0.0.0", "255.255.255.255", "127.0.0.1"],
        bad: &[
            "",
            "127.0.0",
            "256.0.0.1",
            "127.0.0.0.1",
            "087.10.0.1",
            "0x7f.0.0.1",
            "2130706433",
            "1.2.3.4/24",
            "1২7.0.0.1",
            " 1.2.3.4",
            "1.2.3.+4",
            "1..2.3",
        ],
    },
    Strings {
        name: "ipv6",
        pattern: "^([1-9a-f][0-9a-f]{0,3}:){7}[1-9a-f][0-9a-f]{0,3}$",
        good: &[
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "::ffff:192.168.0.1",
            "1::d6:192.168.0.1",
            "ABCD::ef01",
            "1:2::8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
        ],
        bad: &[
            "",
            ":",
            "12345::",
            ":2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:9",
            "1::2::3",
            "fe80::a%eth1",
            "1:2:3:4:5:6:7",
            "::1.2.3.256",
            "1:2:3:4:1.2.3.4",
            "::/64",
            "::১",
            "[::1]",
            "1:2:3:4:5:6:7:8::",
            "::ffff:01.2.3.4",
        ],
    },
    Strings {
        name: "hostname",
        pattern: "^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5})?(\\.[a-z]{2,8}){0,3}$",
        good: &["www.example.com", "a", "1host", "host-name", "a--b", "A.b"],
        bad: &["", ".", "-host", "host-", "a_b", "a..b", ".a", "host name", "é.example"],
    },
    Strings {
        name: "json-pointer",
        pattern: "^(/([a-z0-9 ]|~0|~1){0,4}){0,4}$",
        good: &["", "/", "/foo/0", "/a~1b", "/~0~1", "/é//"],
        bad: &["a", "#", "0", "/foo~", "/~2", "/~", "#/a"],
    },
    Strings {
        name: "relative-json-pointer",
        pattern: "^(0|[1-9][0-9]?)(#|(/[a-z0-9]{0,3}){0,3})$",
        good: &["0", "1", "0#", "2/foo", "10/a~1b"],
        bad: &["", "-1", "+1", "01", "/foo", "0##", "1#/a", "০"],
    },
    Strings {
        name: "uri-reference",
        pattern: "^(/[a-z0-9~._-]{0,6}){0,3}(\\?[a-z]=%2[0-9a-f])?(#[a-z]{0,4})?$",
        good: &["", "/abc", "//foo.bar/baz", "http://foo.bar", "#frag", "?q", "a/b", "../c"],
        bad: &["\\\\WINDOWS\\share", "#frag\\ment", "%", "a b", "/é", "a:b:[", "<>"],
    },
    Strings {
        name: "iri",
        pattern: "^https?://[a-zé]{1,8}\\.example(/[a-zøü]{0,6}){0,3}$",
        good: &["http://ƒøø.ßår/?∂éœ=πîx#πîüx", "urn:é"],
        bad: &["", "/abc", "âππ", "\\\\WINDOWS\\filëßåré", "http:// é"],
    },
    Strings {
        name: "iri-reference",
        pattern: "^(/[a-zøü]{0,6}){0,3}$",
        good: &["", "/âππ", "#ƒrägmênt", "âππ"],
        bad: &["\\\\WINDOWS\\filëßåré", "#ƒräg\\mênt", "é %"],
    },
    Strings {
        name: "uri-template",
        pattern: "^http://example.com(/\\{[a-z]{1,6}\\}){0,3}$",
        good: &["", "http://example.com/{term:1}/{term}", "{?x,y}", "a"],
        bad: &["{", "}", "http://example.com/dictionary/{term:1}/{term", "{}", "{a b}"],
    },
    Strings {
        name: "regex",
        pattern: "^[a-z]{1,3}(\\[a-z\\])?[*+?]?$",
        good: &["", "^a*$", "([abc])+\\s+$", "\\d{2,3}", "a|b"],
        bad: &["^(abc]", "(", "[", "*", "a{2,1}", "\\"],
    },
];

fn strings(format: &str) -> Option<&'static Strings> {
    FORMATS.iter().find(|strings| strings.name == format)
}

/// A string of `format`; none of one that is not known.
pub(super) fn good(format: &str, patterns: &mut Patterns, decks: &mut Decks) -> Option<String> {
    let strings = strings(format)?;
    if decks.once_in(2) {
        decks.pick(strings.good).map(|text| (*text).to_owned())
    } else {
        patterns.get(strings.pattern)?.sample(decks, 0, usize::MAX)
    }
}

/// A string that is not of `format`, or hardly.
pub(super) fn bad(format: &str, patterns: &mut Patterns, decks: &mut Decks) -> Option<String> {
    let strings = strings(format)?;
    if decks.once_in(2) {
        decks.pick(strings.bad).map(|text| (*text).to_owned())
    } else {
        let good = good(format, patterns, decks)?;
        Some(super::text::edited(&good, decks))
    }
}
