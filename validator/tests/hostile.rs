//! Bodies made to take long or to take much memory: each is answered, at sizes at which anything
//! quadratic would hang, and the answer is sensible.

use std::fmt::Write;
use std::sync::LazyLock;

use offhook::{dialstack, voiceblender};
use offhook_test_support::vendors::{any_vendor, vendor};
use offhook_validator::{AnyVendor, Code, DEFAULT_MAX_SIZE, Report, Validator};

/// A valid `leg.ringing` with `more` in it, such as `,"x":1`.
fn ringing(more: &str) -> String {
    format!(r#"{{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"{more}}}"#)
}

/// `n` members of different names.
fn members(n: usize, value: &str) -> String {
    let mut text = String::new();
    for i in 0..n {
        let comma = if i > 0 { "," } else { "" };
        write!(text, "{comma}\"{i:x}\":{value}").expect("a String takes all");
    }
    text
}

/// The report about `body` as VoiceBlender's, with all that is found, which takes longer than to leave
/// most of it out. The body is read as well, which takes time of its own.
fn validate(body: &[u8]) -> Report {
    static ALL: LazyLock<Validator> = LazyLock::new(|| {
        let validator = Validator::new(voiceblender::SCHEMA).expect("a schema");
        validator.max_violations(usize::MAX)
    });
    match ALL.decode_lenient::<voiceblender::Event>(body) {
        Ok((_, report)) => report,
        Err(report) => {
            assert!(!report.is_valid(), "no event, and nothing against it");
            report
        }
    }
}

/// How many violations and notices there are of each code.
fn count(report: &Report) -> Vec<(Code, usize)> {
    let mut counts = Vec::new();
    for code in Code::ALL {
        let all = report.violations().iter().chain(report.notices());
        let number = all.filter(|found| found.code == *code).count();
        if number > 0 {
            counts.push((*code, number));
        }
    }
    counts
}

#[test]
fn a_million_members() {
    let body = ringing(&format!(",\"x\":{{{}}}", members(1_000_000, "1")));
    assert_eq!(count(&validate(body.as_bytes())), [(Code::Undocumented, 1)]);
    let headers = format!(",\"sip_headers\":{{{}}}", members(300_000, "\"\""));
    assert_eq!(count(&validate(ringing(&headers).as_bytes())), []);
}

#[test]
fn a_hundred_thousand_undocumented_members() {
    let report = validate(ringing(&format!(",{}", members(100_000, "1"))).as_bytes());
    assert_eq!(count(&report), [(Code::Undocumented, 100_000)]);
    assert!(report.notices().iter().all(|notice| notice.line == 1));

    let lines = members(30_000, "\n1\n");
    let report = validate(ringing(&format!(",{lines}")).as_bytes());
    assert_eq!(count(&report), [(Code::Undocumented, 30_000)]);
    assert_eq!(report.notices().last().map(|notice| notice.line), Some(59_999));

    // Names that take time to read.
    let escaped = members(30_000, "1").replace(",\"", ",\"\\u0078");
    let report = validate(ringing(&format!(",{escaped}")).as_bytes());
    assert_eq!(count(&report), [(Code::Undocumented, 30_000)]);
}

#[test]
fn a_million_times_the_same_name() {
    // An undocumented member that stands twice is reported as that alone.
    let report = validate(ringing(&",\"a\":1".repeat(1_000_000)).as_bytes());
    assert_eq!(count(&report), [(Code::DuplicateKey, 999_999)]);

    let two = ",\"a\":1,\"\\u0061\":[{}]".repeat(100_000);
    let report = validate(ringing(&two).as_bytes());
    assert_eq!(count(&report), [(Code::DuplicateKey, 199_999)]);

    // Beside more members than are looked at one by one.
    let among = format!(",{}{}", members(1_000, "1"), ",\"1\":1".repeat(200_000));
    let report = validate(ringing(&among).as_bytes());
    assert_eq!(count(&report), [(Code::DuplicateKey, 200_000), (Code::Undocumented, 999)]);
}

/// Few members, of long names, and one that stands there often: to compare each time with all of
/// the long names would take the square of the body's length.
#[test]
fn the_same_name_again_and_again_beside_long_names() {
    for one in ["q", "\\u0071"] {
        let mut body = String::new();
        for i in 0..12 {
            write!(body, ",\"{}{i:x}\":1", one.repeat(50_000)).expect("a String takes all");
        }
        body += &",\"a\":1".repeat(50_000);
        let report = validate(ringing(&body).as_bytes());
        assert_eq!(count(&report), [(Code::DuplicateKey, 49_999), (Code::Undocumented, 12)]);
    }
}

/// Each finding has a pointer, and one long name may stand in all of them: written out, that is the
/// square of the body's length in memory. The report says how many it leaves out.
#[test]
fn a_long_name_around_many_faults() {
    let name = "q".repeat(30_000);
    for (open, fault, close) in [("{\"a\":1,", "\"a\":1,", "\"b\":1}"), ("[", "1e400,", "1]")] {
        let inside = format!("{open}{}{close}", fault.repeat(10_000));
        let body = ringing(&format!(",\"{name}\":{inside}"));
        for report in [validate(body.as_bytes()), any_vendor().validate(body.as_bytes())] {
            let text: usize = report.violations().iter().map(|found| found.pointer.len()).sum();
            assert!(text < 100 * body.len(), "{text} bytes of pointers for {}", body.len());
            let all = report.violations().len() + report.notices().len() + report.omitted();
            // The member of the long name is undocumented, if the body is JSON.
            assert_eq!(all, if open == "[" { 10_000 } else { 10_001 });
            assert!(!report.is_valid());
        }
    }
}

/// A report leaves out nothing of what is broken in usual ways, however often.
#[test]
fn nothing_is_left_out_for_being_much() {
    let members = members(100_000, "1e400");
    let report = validate(ringing(&format!(",\"extraordinary\":{{{members}}}")).as_bytes());
    assert_eq!(count(&report), [(Code::Json, 100_000)]);
    assert_eq!(report.omitted(), 0);
}

#[test]
fn a_hundred_thousand_brackets() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]"), ("[[],", "]")] {
        let unclosed = open.repeat(1_000_000) + "0";
        let closed = open.repeat(100_000) + "0" + &close.repeat(100_000);
        for body in [ringing(&format!(",\"x\":{closed}")), unclosed, closed] {
            for report in [validate(body.as_bytes()), any_vendor().validate(body.as_bytes())] {
                assert_eq!(count(&report), [(Code::Json, 1)]);
                assert!(
                    report.violations()[0].expected.to_string().contains("128 levels"),
                    "{report}"
                );
            }
        }
    }
    // As deep as it may be, very often.
    let deep = "[".repeat(120) + &"]".repeat(120);
    let body = ringing(&format!(",\"x\":[{}]", vec![deep; 20_000].join(",")));
    assert_eq!(count(&validate(body.as_bytes())), [(Code::Undocumented, 1)]);
}

#[test]
fn ten_megabytes_of_string() {
    let units = [("é", 5_000_000), ("a", 1_000_000), ("\\u00e9", 200_000), ("\\\\", 500_000)];
    for string in units.map(|(unit, times)| unit.repeat(times)) {
        let fine = validate(ringing(&format!(",\"leg_id\":\"{string}\"")).as_bytes());
        assert_eq!(count(&fine), []);
        let name = validate(ringing(&format!(",\"{string}\":1")).as_bytes());
        assert_eq!(count(&name), [(Code::Undocumented, 1)]);
        let nested = validate(ringing(&format!(",\"x\":[{{\"{string}\":1}}]")).as_bytes());
        assert_eq!(count(&nested), [(Code::Undocumented, 1)]);
        let cut = validate(format!("{{\"leg_id\":\"{string}").as_bytes());
        assert_eq!(count(&cut), [(Code::Json, 1)]);
        let event = format!(r#"{{"timestamp":"2026-08-14T10:12:15Z","type":"{string}"}}"#);
        assert_eq!(count(&validate(event.as_bytes())), [(Code::UnknownEvent, 1)]);
        let date = format!(r#"{{"timestamp":"{string}","type":"leg.ringing"}}"#);
        assert_eq!(count(&validate(date.as_bytes())), [(Code::Format, 1)]);
    }
}

#[test]
fn ten_megabytes_of_digits_and_white_space() {
    let digits = "1".repeat(10_000_000);
    let huge = validate(ringing(&format!(",\"x\":{digits}")).as_bytes());
    assert_eq!(count(&huge), [(Code::Json, 1)]);
    let fraction = validate(ringing(&format!(",\"x\":0.{digits}")).as_bytes());
    assert_eq!(count(&fraction), [(Code::Undocumented, 1)]);
    let exponent = validate(ringing(&format!(",\"x\":1e-{digits}")).as_bytes());
    assert_eq!(count(&exponent), [(Code::Undocumented, 1)]);

    // A pattern, and a number's bounds.
    let daily = |timestamp: &str| {
        let body = format!(
            r#"{{"version":"1.0.0","type":"dialin.stopped","id":"","payload":{{"timestamp":{timestamp}}},"event_ts":1}}"#
        );
        vendor("daily").validator.validate(body.as_bytes())
    };
    assert_eq!(count(&daily(&format!("\"{digits}\""))), []);
    assert_eq!(count(&daily(&format!("\"{digits}x\""))), [(Code::Pattern, 1)]);
    assert_eq!(count(&daily(&format!("0.{digits}"))), [(Code::Type, 1)]);

    for space in [" ", "\r\n"] {
        let body = ringing(&space.repeat(5_000_000));
        assert_eq!(count(&validate(body.as_bytes())), []);
        assert_eq!(count(&validate(space.repeat(5_000_000).as_bytes())), [(Code::Json, 1)]);
    }
}

/// Names that a weak hash would put into one place, or would take long to tell apart.
#[test]
fn unfriendly_names() {
    // All of these have one hash where a hash adds 31 times what it has to the next character.
    let collide = (0..1 << 16).map(|bits: u32| {
        let pairs = (0..16).map(|i| if bits >> i & 1 == 0 { "Aa" } else { "BB" });
        format!(",\"{}\":\"\"", pairs.collect::<String>())
    });
    let long = "common-prefix-".repeat(10);
    let alike = (0..50_000).map(|i| format!(",\"{long}{i}\":\"\""));
    let zeros = (0..4_000).map(|i| format!(",\"{}\":\"\"", "\\u0000".repeat(i % 500 + 1)));
    for (names, duplicates) in
        [(collide.collect::<String>(), 0), (alike.collect(), 0), (zeros.collect(), 3_500)]
    {
        let body = ringing(&format!(",\"sip_headers\":{{\"x\":\"\"{names}}}"));
        let report = validate(body.as_bytes());
        let found = report.violations().iter().filter(|found| found.code == Code::DuplicateKey);
        assert_eq!(found.count(), duplicates);
        assert_eq!(report.violations().len(), duplicates);
    }
}

#[test]
fn a_hundred_thousand_wrong_values() {
    let headers = format!(",\"sip_headers\":{{{}}}", members(100_000, "1"));
    let report = validate(ringing(&headers).as_bytes());
    assert_eq!(count(&report), [(Code::Advice, 100_000)]);
    assert_eq!(report.notices()[99_999].pointer, "/sip_headers/1869f");

    let numbers = format!(",\"x\":[{}0]", "1e400,".repeat(100_000));
    let report = validate(ringing(&numbers).as_bytes());
    assert_eq!(count(&report), [(Code::Json, 100_000)]);
    assert_eq!(report.violations()[99_999].pointer, "/x/99999");
}

/// No vendor's document has arrays yet; the next one may.
#[test]
fn a_hundred_thousand_wrong_elements() {
    let schema = r#"{
        "vendor": "acme", "title": "Acme", "discriminator": "/type", "envelope": "shared/envelope.json",
        "types": {}, "schemas": {
            "shared/envelope.json": { "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object", "properties": { "type": { "type": "string" } } },
            "list.json": { "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object", "properties": { "type": { "type": "string" }, "elements": {
                    "type": "array", "items": { "type": "object", "properties": {
                        "name": { "type": "string" } }, "required": ["id"] } } } }
        }
    }"#;
    let validator = Validator::new(schema).expect("a schema").max_violations(usize::MAX);
    let list = |element: &str, n: usize| {
        let elements = vec![element; n].join(",");
        let body = format!(r#"{{"type":"list","elements":[{elements}]}}"#);
        validator.validate(body.as_bytes())
    };
    let report = list("5", 100_000);
    assert_eq!(count(&report), [(Code::Type, 100_000)]);
    assert_eq!(report.violations()[99_999].pointer, "/elements/99999");
    let report = list(r#"{"name":5,"x":1}"#, 30_000);
    let wanted = [(Code::Required, 30_000), (Code::Type, 30_000), (Code::Undocumented, 30_000)];
    assert_eq!(count(&report), wanted);
    assert_eq!(report.notices()[29_999].pointer, "/elements/29999/x");
}

#[test]
fn bytes_that_are_no_utf8() {
    for bytes in
        [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"a\xff", b"\"\xff\","]
    {
        let body = bytes.repeat(3_000_000);
        let report = validate(&body);
        assert!(report.violations().iter().all(|found| found.code == Code::Json), "{report}");
        assert!((1..=2).contains(&report.violations().len()), "{report}");
    }
    // One in every place of a payload.
    let body = ringing(",\"leg_id\":\"é\"");
    for at in 0..=body.len() {
        let mut broken = body.clone().into_bytes();
        broken.insert(at, 0xff);
        let report = validate(&broken);
        assert_eq!(count(&report), [(Code::Json, 1)], "{at}: {report}");
        let found = &report.violations()[0];
        // A character that is cut open is broken from its beginning.
        let start = if body.is_char_boundary(at) { at } else { at - 1 };
        assert_eq!((found.offset, found.length), (start, 1), "{report}");
    }
}

#[test]
fn bodies_over_the_limit() {
    let report_of = |validator: &Validator, body: &[u8]| {
        let report = validator.validate(body);
        let decoded = validator.decode::<voiceblender::Event>(body);
        assert_eq!(decoded.is_ok(), report.is_valid());
        let lenient = validator.decode_lenient::<voiceblender::Event>(body);
        assert_eq!(lenient.is_ok(), report.is_valid());
        report
    };
    let validator = &vendor("voiceblender").validator;
    let whole = |size: usize| {
        let plain = ringing("");
        plain.clone() + &" ".repeat(size - plain.len())
    };
    assert_eq!(DEFAULT_MAX_SIZE, 16 << 20);
    assert!(report_of(validator, whole(DEFAULT_MAX_SIZE).as_bytes()).is_valid());
    let report = report_of(validator, whole(DEFAULT_MAX_SIZE + 1).as_bytes());
    assert_eq!(count(&report), [(Code::Json, 1)]);
    assert_eq!(report.violations()[0].offset, DEFAULT_MAX_SIZE);
    assert_eq!(report.violations()[0].length, 1);
    assert_eq!(count(&report_of(validator, &vec![0xff; 64 << 20])), [(Code::Json, 1)]);

    let small = Validator::new(voiceblender::SCHEMA).expect("a schema").max_size(100);
    assert!(report_of(&small, whole(100).as_bytes()).is_valid());
    let report = report_of(&small, whole(101).as_bytes());
    assert_eq!((report.violations()[0].line, report.violations()[0].column), (1, 101));
    let any = AnyVendor::new(vec![small]);
    assert!(any.validate(whole(100).as_bytes()).is_valid());
    assert!(!any.validate(whole(101).as_bytes()).is_valid());

    let none = Validator::new(voiceblender::SCHEMA).expect("a schema").max_size(0);
    assert_eq!(count(&report_of(&none, b"{}")), [(Code::Json, 1)]);
    assert_eq!(count(&report_of(&none, b"")), [(Code::Json, 1)]);
    let all = Validator::new(voiceblender::SCHEMA).expect("a schema").max_size(usize::MAX);
    assert!(report_of(&all, whole(20 << 20).as_bytes()).is_valid());
}

/// Reading leniently is no way around the bounds.
#[test]
fn lenient_reading_is_bounded_too() {
    let validator = &vendor("dialstack").validator;
    for body in [
        "[".repeat(1_000_000),
        format!(r#"{{"type":"call.parked","data":{}"#, "[".repeat(1_000_000)),
        format!(r#"{{"type":"call.end","data":{}}}"#, "{\"a\":".repeat(1_000_000)),
        "\"".repeat(1_000_000),
        format!(r#"{{"type":"call.end"{}}}"#, ",\"a\":1".repeat(1_000_000)),
    ] {
        let read = validator.decode_lenient::<dialstack::Event>(body.as_bytes());
        assert!(!read.expect_err("no event").is_valid());
    }
}

#[test]
fn a_hundred_megabytes_of_string() {
    let validator = Validator::new(voiceblender::SCHEMA).expect("a schema").max_size(usize::MAX);
    let string = "a".repeat(100 << 20);
    for (more, wanted) in [
        (format!(",\"leg_id\":\"{string}\""), &[][..]),
        (format!(",\"x\":\"{string}\""), &[(Code::Undocumented, 1)]),
        (format!(",\"{string}\":1"), &[(Code::Undocumented, 1)]),
    ] {
        let report = validator.validate(ringing(&more).as_bytes());
        assert_eq!(count(&report), wanted);
        assert!(validator.decode::<voiceblender::Event>(ringing(&more).as_bytes()).is_ok());
    }
}

#[test]
fn texts_that_are_nearly_payloads() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let marked = utf16(&format!("\u{feff}{}", ringing("")));
    let not_json = [
        ("", "a JSON value"),
        (" \r\n\t", "a JSON value"),
        ("\0", "a JSON value"),
        (&ringing("\0"), "`,` or `}`"),
        (&format!("\u{feff}{}", ringing("")), "JSON from the first byte on"),
        (&ringing(",\"leg_id\":\"\\ud83d\""), "surrogate"),
        (&ringing(",\"leg_id\":\"\\ude00\\ud83d\""), "surrogate"),
        (&ringing(",\"leg_id\":\"\0\""), "a control character written as an escape"),
        (&format!("{}{}", ringing(""), ringing("")), "the end of the text"),
        (&format!("{}\0", ringing("")), "the end of the text"),
        (&ringing(",\"x\":1e999999999"), "a number that a double can hold"),
    ];
    let bodies = not_json.map(|(text, want)| (text.as_bytes().to_vec(), want));
    for (body, want) in bodies.into_iter().chain([
        (utf16(&ringing("")), "a member's name"),
        (marked, "text in UTF-8"),
        (b"{\"type\":\"\xed\xa0\x80\"}".to_vec(), "text in UTF-8"),
    ]) {
        let report = validate(&body);
        assert_eq!(count(&report), [(Code::Json, 1)], "{report}");
        assert!(report.violations()[0].expected.to_string().contains(want), "{want}: {report}");
        let validator = &vendor("voiceblender").validator;
        assert!(validator.decode::<voiceblender::Event>(&body).is_err());
    }
    // Line ends of every kind, and none, are white space.
    for end in ["", "\n", "\r\n", " \t\r\n\n"] {
        assert_eq!(count(&validate(format!("{end}{}{end}", ringing("")).as_bytes())), []);
    }
}
