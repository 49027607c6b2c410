//! Bodies made to be costly, of any size.

use std::fmt::Write;
use std::iter;

/// A kind of body.
pub struct Kind {
    /// What makes it costly.
    pub name: &'static str,
    /// Makes one of about so many bytes.
    pub make: fn(usize) -> Vec<u8>,
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    Kind { name: "members of an undocumented object", make: |size| in_x("{", "}", &members(size)) },
    Kind {
        name: "members of a documented map",
        make: |size| in_headers(&members_of(size, "\"\"")),
    },
    Kind { name: "wrong members of a documented map", make: |size| in_headers(&members(size)) },
    Kind { name: "undocumented members", make: |size| with(&format!(",{}", members(size))) },
    Kind {
        name: "undocumented members, each on a line",
        make: |size| with(&format!(",{}", members_of(size, "\n1\n"))),
    },
    Kind { name: "the same member", make: |size| with(&repeat(",\"a\":1", size)) },
    Kind {
        name: "the same member, twice written",
        make: |size| with(&repeat(",\"a\":1,\"\\u0061\":[{}]", size)),
    },
    Kind { name: "the same documented member", make: |size| with(&repeat(",\"leg_id\":1", size)) },
    Kind {
        name: "names that a weak hash takes for one",
        make: |size| in_headers(&colliding(size)),
    },
    Kind {
        name: "undocumented names that a weak hash takes for one",
        make: |size| with(&format!(",{}", colliding(size))),
    },
    Kind { name: "names alike at both ends", make: |size| with(&format!(",{}", alike(size))) },
    Kind {
        name: "escaped names",
        make: |size| with(&format!(",{}", members(size).replace(",\"", ",\"\\u0078"))),
    },
    Kind {
        name: "names a letter from documented ones",
        make: |size| with(&format!(",{}", misspelt(size))),
    },
    Kind { name: "64 long names", make: |size| with(&long_names(size, "q")) },
    Kind { name: "64 long escaped names", make: |size| with(&long_names(size, "\\u0071")) },
    Kind { name: "empty arrays", make: |size| in_x("[", "0]", &repeat("[],", size)) },
    Kind { name: "digits in an array", make: |size| in_x("[", "0]", &repeat("1,", size)) },
    Kind {
        name: "digits in an array, in a known field",
        make: |size| with(&format!(",\"leg_id\":[{}1]", repeat("1,", size))),
    },
    Kind { name: "an array alone", make: |size| format!("[{}1]", repeat("1,", size)).into() },
    Kind {
        name: "an array alone, not closed",
        make: |size| format!("[{}1", repeat("1,", size)).into(),
    },
    Kind {
        name: "an array of no event",
        make: |size| format!("{{\"type\":\"x\",\"x\":[{}1]}}", repeat("1,", size)).into(),
    },
    Kind {
        name: "numbers that no double holds",
        make: |size| in_x("[", "1]", &repeat("1e400,", size)),
    },
    Kind {
        name: "tiny broken numbers",
        make: |size| in_x("[", "1]", &repeat("1e999999999,", size)),
    },
    Kind {
        name: "a string in a known field",
        make: |size| with(&format!(",\"leg_id\":\"{}\"", repeat("a", size))),
    },
    Kind {
        name: "a string in an unknown field",
        make: |size| with(&format!(",\"x\":\"{}\"", repeat("é", size))),
    },
    Kind {
        name: "a string as a name",
        make: |size| with(&format!(",\"{}\":1", repeat("a", size))),
    },
    Kind {
        name: "a string as the event",
        make: |size| {
            format!(
                "{{\"timestamp\":\"2026-08-14T10:12:15Z\",\"type\":\"{}\"}}",
                repeat("leg.", size)
            )
            .into()
        },
    },
    Kind {
        name: "a string as a date",
        make: |size| {
            format!(
                "{{\"type\":\"leg.ringing\",\"timestamp\":\"2026-08-14T10:12:15.{}Z\"}}",
                repeat("1", size)
            )
            .into()
        },
    },
    Kind {
        name: "a string of escapes",
        make: |size| with(&format!(",\"leg_id\":\"{}\"", repeat("\\\\", size))),
    },
    Kind {
        name: "a string of surrogates",
        make: |size| with(&format!(",\"leg_id\":\"{}\"", repeat("\\ud83d\\ude00", size))),
    },
    Kind {
        name: "a string of lone surrogates",
        make: |size| with(&format!(",\"leg_id\":\"{}\"", repeat("\\ud83d", size))),
    },
    Kind {
        name: "a string not closed",
        make: |size| format!("{{\"leg_id\":\"{}", repeat("a", size)).into(),
    },
    Kind { name: "a number of many digits", make: |size| in_x("", "", &repeat("1", size)) },
    Kind { name: "a fraction of many digits", make: |size| in_x("0.", "1", &repeat("1", size)) },
    Kind { name: "an exponent of many digits", make: |size| in_x("1e-", "1", &repeat("1", size)) },
    Kind { name: "arrays in arrays, not closed", make: |size| repeat("[", size).into() },
    Kind { name: "objects in objects, not closed", make: |size| repeat("{\"a\":", size).into() },
    Kind {
        name: "arrays 120 deep",
        make: |size| {
            in_x("[", "0]", &repeat(&format!("{}{},", "[".repeat(120), "]".repeat(120)), size))
        },
    },
    Kind {
        name: "objects 120 deep",
        make: |size| {
            in_x("[", "0]", &repeat(&format!("{}1{},", "{\"a\":".repeat(60), "}".repeat(60)), size))
        },
    },
    Kind { name: "a fault in each of many levels", make: |size| with(&faults_in_levels(size)) },
    Kind { name: "a long name around many faults", make: |size| with(&long_name_around(size)) },
    Kind { name: "white space", make: |size| with(&repeat("\r\n", size)) },
    Kind { name: "white space only", make: |size| repeat(" \n", size).into() },
    Kind {
        name: "lines before a fault",
        make: |size| with(&format!("{},\"leg_id\":1", repeat("\n", size))),
    },
    Kind { name: "trailing bytes", make: |size| format!("{{}}{}", repeat("{}", size)).into() },
    Kind { name: "trailing line ends", make: |size| with_after(&repeat("\r\n", size)) },
    Kind { name: "NULs", make: |size| vec![0; size] },
    Kind { name: "bytes that are no UTF-8", make: |size| vec![0xff; size] },
    Kind {
        name: "UTF-16",
        make: |size| {
            iter::once(0xfeff)
                .chain(iter::repeat_n(0x22, size / 2))
                .flat_map(u16::to_le_bytes)
                .collect()
        },
    },
    Kind {
        name: "a byte order mark",
        make: |size| format!("\u{feff}{{\"x\":\"{}\"}}", repeat("a", size)).into(),
    },
];

/// Kinds of bodies for [`ACME`], whose schemas are harder than any vendor's.
pub const OF_ACME: &[Kind] = &[
    Kind {
        name: "members of a closed object",
        make: |size| acme("closed", &format!("{{{}}}", members(size))),
    },
    Kind {
        name: "misspelt members of a closed object",
        make: |size| acme("closed", &format!("{{{}}}", misspelt(size))),
    },
    Kind {
        name: "unevaluated members",
        make: |size| acme("unevaluated", &format!("{{\"a\":1,{}}}", members(size))),
    },
    Kind {
        name: "names that do not match",
        make: |size| acme("names", &format!("{{{}}}", members(size))),
    },
    Kind {
        name: "objects that lack much",
        make: |size| acme("lacking", &format!("[{}0]", repeat("{},", size))),
    },
    Kind {
        name: "wrong elements",
        make: |size| acme("lacking", &format!("[{}0]", repeat("0,", size))),
    },
    Kind {
        name: "unique numbers",
        make: |size| {
            acme("unique", &format!("[{}]", fill(size, |text, i| *text += &i.to_string())))
        },
    },
    Kind {
        name: "unique integers that are the same double",
        make: |size| {
            acme(
                "unique",
                &format!(
                    "[{}]",
                    fill(size, |text, i| *text +=
                        &(9_300_000_000_000_000_000 + i as u64).to_string())
                ),
            )
        },
    },
    Kind {
        name: "unique arrays of nothing but arrays",
        make: |size| acme("unique", &format!("[{}]", fill(size, arrays))),
    },
    Kind {
        name: "a string for many patterns",
        make: |size| acme("pattern", &format!("\"{}!\"", repeat("a", size))),
    },
    Kind {
        name: "strings for many patterns",
        make: |size| {
            acme(
                "patterns",
                &format!("[{}0]", repeat(&format!("\"{}!\",", "a".repeat(1000)), size)),
            )
        },
    },
    Kind {
        name: "numbers that are no multiples",
        make: |size| acme("multiple", &format!("[{}0.5]", repeat("1e300,", size))),
    },
    Kind {
        name: "a tree of unions",
        make: |size| acme("tree", &format!("[{}0]", repeat(&tree(100, "{\"kind\":1}"), size))),
    },
    Kind {
        name: "a tree of unions, wrong within",
        make: |size| acme("tree", &format!("[{}0]", repeat(&tree(100, "{\"kind\":7}"), size))),
    },
];

/// A SCHEMA with all that may take long to judge.
pub const ACME: &str = r##"{
    "vendor": "acme", "title": "Acme", "discriminator": "/type", "envelope": "shared/envelope.json",
    "types": {}, "schemas": {
        "shared/envelope.json": { "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object", "properties": { "type": { "type": "string" } } },
        "all.json": { "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object", "properties": {
                "type": { "const": "all" },
                "closed": { "type": "object", "additionalProperties": false, "properties": {
                    "leg_id": {}, "timestamp": {}, "app_id": {}, "from": {}, "to": {}, "sip_headers": {}, "abc": {}, "abd": {}, "abe": {}, "abf": {} } },
                "unevaluated": { "type": "object", "properties": { "b": {} },
                    "anyOf": [{ "properties": { "a": {} } }, { "properties": { "c": {} }, "required": ["c"] }],
                    "unevaluatedProperties": false },
                "names": { "type": "object", "propertyNames": { "pattern": "^(x+)+$", "maxLength": 64 } },
                "lacking": { "type": "array", "items": { "type": "object", "required": ["one", "two", "three", "four"] } },
                "unique": { "type": "array", "uniqueItems": true },
                "pattern": { "$ref": "#/$defs/matching" },
                "patterns": { "type": "array", "items": { "$ref": "#/$defs/matching" } },
                "multiple": { "type": "array", "items": { "type": "number", "multipleOf": 0.01 } },
                "tree": { "type": "array", "items": { "$ref": "#/$defs/tree" } }
            },
            "$defs": {
                "matching": { "type": "string", "allOf": [
                    { "pattern": "^(a+)+$" }, { "pattern": "^(a|aa)*$" }, { "pattern": "(x+x+)+y" },
                    { "pattern": "^(a?){50}a{50}$" }, { "pattern": "\\w+@\\w+\\.\\w+$" }, { "pattern": "a.*a.*a.*b" } ] },
                "tree": { "type": "object", "oneOf": [
                    { "properties": { "in": { "$ref": "#/$defs/tree" }, "kind": { "const": 1 } } },
                    { "properties": { "in": { "$ref": "#/$defs/tree" }, "kind": { "const": 2 } }, "required": ["kind"] },
                    { "properties": { "in": { "$ref": "#/$defs/tree" }, "kind": { "const": 3 } }, "required": ["kind"] }
                ] }
            } }
    }
}"##;

/// An event of [`ACME`] with a member.
fn acme(name: &str, value: &str) -> Vec<u8> {
    format!("{{\"type\":\"all\",\"{name}\":{value}}}").into()
}

/// A tree so deep, with a comma.
fn tree(depth: usize, leaf: &str) -> String {
    let open = |level: usize| format!("{{\"kind\":{},\"in\":", level % 3 + 1);
    format!("{}{leaf}{},", (0..depth).map(open).collect::<Vec<_>>().concat(), "}".repeat(depth))
}

/// Arrays in arrays, another for each number, that all have the same scalars: none.
fn arrays(text: &mut String, number: usize) {
    let mut depth = 1;
    text.push('[');
    for bit in 0..20 {
        if number >> bit & 1 == 1 {
            *text += if text.ends_with('[') { "[" } else { ",[" };
            depth += 1;
        } else {
            *text += if text.ends_with('[') { "[]" } else { ",[]" };
        }
    }
    *text += &"]".repeat(depth);
}

/// A valid `leg.ringing` with `more` in it, such as `,"x":1`.
fn with(more: &str) -> Vec<u8> {
    format!(r#"{{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"{more}}}"#).into()
}

fn with_after(after: &str) -> Vec<u8> {
    let mut body = with("");
    body.extend(after.bytes());
    body
}

fn in_x(open: &str, close: &str, inside: &str) -> Vec<u8> {
    with(&format!(",\"x\":{open}{inside}{close}"))
}

fn in_headers(inside: &str) -> Vec<u8> {
    with(&format!(",\"sip_headers\":{{{inside}}}"))
}

fn repeat(text: &str, size: usize) -> String {
    text.repeat(size / text.len())
}

/// Members of different names.
fn members(size: usize) -> String {
    members_of(size, "1")
}

fn members_of(size: usize, value: &str) -> String {
    fill(size, |text, i| write!(text, "\"{i:x}\":{value}").expect("a String takes all"))
}

/// What `push` adds, with commas between.
fn fill(size: usize, push: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    for i in 0.. {
        if i > 0 {
            text.push(',');
        }
        push(&mut text, i);
        if text.len() >= size {
            break;
        }
    }
    text
}

/// All of these have one hash where a hash adds 31 times what it has to the next character.
fn colliding(size: usize) -> String {
    fill(size, |text, i| {
        text.push('"');
        for bit in 0..20 {
            text.push_str(if i >> bit & 1 == 0 { "Aa" } else { "BB" });
        }
        text.push_str("\":\"\"");
    })
}

/// All of these have one hash where the ends and the length are hashed.
fn alike(size: usize) -> String {
    fill(size, |text, i| write!(text, "\"leg_iden{i:08x}tity_of_\":1").expect("a String takes all"))
}

fn misspelt(size: usize) -> String {
    fill(size, |text, i| {
        let name = ["leg_id", "timestam", "app_id", "from", "to", "sip_header"][i % 6];
        write!(text, "\"{name}{}\":1", i % 100_000).expect("a String takes all");
    })
}

fn long_names(size: usize, unit: &str) -> String {
    let name = repeat(unit, size / 64);
    (0..64).map(|i| format!(",\"{name}{i}\":1")).collect::<Vec<_>>().concat()
}

fn faults_in_levels(size: usize) -> String {
    let levels = 60;
    let name = "q".repeat(size / levels / 3);
    let open = format!("{{\"{name}\":1,\"{name}\":1,\"x\":").repeat(levels);
    format!(",\"x\":{open}1{}", "}".repeat(levels))
}

fn long_name_around(size: usize) -> String {
    format!(",\"{}\":[{}1]", repeat("q", size / 2), repeat("1e400,", size / 2))
}
