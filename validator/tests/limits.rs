//! The limits of `docs/hardening.md`, but for those that other tests are about: each is reached, and
//! what lies beyond it is as the page says.

use std::fmt::Write;

use offhook::voiceblender::{self, Event};
use offhook_test_support::costly_bodies;
use offhook_test_support::vendors::{any_vendor, vendor};
use offhook_validator::{AnyVendor, Code, DEFAULT_MAX_VIOLATIONS, Report, Validator};

/// A valid `leg.ringing` with `more` in it, such as `,"x":1`.
fn ringing(more: &str) -> String {
    format!(r#"{{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"{more}}}"#)
}

/// So many members that nobody documents, with commas before them.
fn strangers(number: usize) -> String {
    (0..number).fold(String::new(), |mut text, i| {
        write!(text, ",\"x{i}\":1").expect("a String takes all");
        text
    })
}

/// How many violations, notices and others a report has.
fn counts(report: &Report) -> (usize, usize, usize) {
    (report.violations().len(), report.notices().len(), report.omitted())
}

#[test]
fn a_report_tells_a_thousand_violations_and_counts_the_rest() {
    assert_eq!(DEFAULT_MAX_VIOLATIONS, 1_000);
    let validator = &vendor("voiceblender").validator;
    let strict = &vendor("voiceblender").strict;
    let any = any_vendor();

    let full = ringing(&strangers(1_000));
    assert_eq!(counts(&validator.validate(full.as_bytes())), (0, 1_000, 0));
    let more = ringing(&strangers(1_500));
    for report in [validator.validate(more.as_bytes()), any.validate(more.as_bytes())] {
        assert_eq!(counts(&report), (0, 1_000, 500));
        assert!(report.is_valid() && report.to_string().ends_with("… and 500 more"));
    }
    assert!(validator.decode::<Event>(more.as_bytes()).is_ok());
    assert_eq!(counts(&strict.validate(more.as_bytes())), (1_000, 0, 500));
    assert!(strict.decode::<Event>(more.as_bytes()).is_err());

    // Violations come first, wherever they stand.
    let wrong = ringing(&format!("{},\"leg_id\":1", strangers(1_500)));
    assert_eq!(counts(&validator.validate(wrong.as_bytes())), (1, 999, 501));
    // Where the text breaks is told in any case.
    let broken = ringing(&format!(",\"x\":[{}!]", "1e400,".repeat(2_000)));
    for report in [validator.validate(broken.as_bytes()), any.validate(broken.as_bytes())] {
        assert_eq!(counts(&report), (1_001, 0, 1_000));
        assert_eq!(report.violations()[1_000].offset, broken.find('!').expect("it is there"));
    }
}

#[test]
fn the_number_of_violations_is_to_be_chosen() {
    let of = |number| {
        let validator = Validator::new(voiceblender::SCHEMA).expect("a schema");
        validator.max_violations(number)
    };
    let body = ringing(&format!(",\"leg_id\":1{}", strangers(9)));
    for (number, told) in [(0, (1, 0, 9)), (1, (1, 0, 9)), (4, (1, 3, 6)), (usize::MAX, (1, 9, 0))]
    {
        assert_eq!(counts(&of(number).validate(body.as_bytes())), told);
        assert_eq!(counts(&AnyVendor::new(vec![of(number)]).validate(body.as_bytes())), told);
    }
}

#[test]
fn the_first_64_undocumented_members_get_help() {
    let slips = (0..100).map(|i| {
        format!(
            ",\"leg_i{}\":1",
            char::from(b'A' + i % 26).to_string().repeat(1 + usize::from(i / 26))
        )
    });
    let body = ringing(&slips.collect::<String>());
    let report = vendor("voiceblender").validator.validate(body.as_bytes());
    assert_eq!(counts(&report), (0, 100, 0));
    let helped = report.notices().iter().enumerate().filter(|(_, notice)| notice.help.is_some());
    assert!(helped.clone().count() > 20, "{report}");
    assert!(helped.map(|(at, _)| at).all(|at| at < 64));
}

#[test]
fn names_of_more_than_64_bytes_are_compared_with_none() {
    let schema = |name: &str| {
        format!(
            r#"{{ "vendor": "acme", "schemas": {{ "a.json": {{ "type": "object", "properties": {{ "{name}": {{}} }} }} }} }}"#
        )
    };
    for (length, helps) in [(64, true), (65, false)] {
        let name = "n".repeat(length);
        let validator = Validator::new(&schema(&name)).expect("a schema");
        let slip = format!("{}m", &name[1..]);
        let report = validator.validate(format!(r#"{{"{slip}":1}}"#).as_bytes());
        assert_eq!(report.notices()[0].help.is_some(), helps, "{length}");
    }
}

#[test]
fn a_pattern_that_is_too_large_is_refused_as_a_schema() {
    let schema = |pattern: &str| {
        format!(
            r#"{{ "vendor": "acme", "schemas": {{ "a.json": {{ "type": "string", "pattern": "{pattern}" }} }} }}"#
        )
    };
    assert!(Validator::new(&schema("^[a-z]{1,100}$")).is_ok());
    for pattern in ["(\\\\w{1000}){1000}", "((a{100}){100}){100}", "("] {
        let refused = Validator::new(&schema(pattern)).expect_err("it is too large");
        assert!(refused.to_string().contains("a.json"), "{refused}");
    }
}

#[test]
fn a_pattern_looks_at_each_character_a_bounded_number_of_times() {
    let acme = Validator::new(costly_bodies::ACME).expect("a schema");
    let body = format!(r#"{{"type":"all","pattern":"{}!"}}"#, "a".repeat(1 << 20));
    let report = acme.validate(body.as_bytes());
    assert!(report.violations().iter().all(|found| found.code == Code::Pattern), "{report}");
    assert!(!report.is_valid());
}

#[test]
fn elements_that_a_hash_takes_for_one_are_told_apart() {
    let acme = Validator::new(costly_bodies::ACME).expect("a schema");
    let unique = |elements: &str| {
        let report = acme.validate(format!(r#"{{"type":"all","unique":[{elements}]}}"#).as_bytes());
        assert!(report.violations().iter().all(|found| found.code == Code::Items), "{report}");
        report.is_valid()
    };
    for kind in costly_bodies::OF_ACME.iter().filter(|kind| kind.name.starts_with("unique")) {
        assert!(acme.validate(&(kind.make)(100_000)).is_valid(), "{}", kind.name);
    }
    for different in [
        "",
        "1",
        "1,2,\"1\",[1],true",
        "[[],[]],[[[]]],[[],[[]]]",
        "9007199254740993,9007199254740992.0",
        "1,1.5,-1,1e300,1e301",
        "\"\",\"a\",\"\\u0000\"",
        "{\"a\":1},{\"a\":2},{\"b\":1},{\"a\":1,\"b\":1},{}",
        "[\"a\",\"b\"],[\"ab\"],[\"a\\\",\\\"b\"]",
        "null,false,0,\"null\"",
        "18446744073709551615,18446744073709551616",
    ] {
        assert!(unique(different), "{different}");
    }
    for same in [
        "1,1",
        "1,1.0",
        "0,-0",
        "-0.0,0",
        "100,1e2",
        "1e300,10e299",
        "\"a\",\"\\u0061\"",
        "{\"a\":1,\"b\":[2]},{\"b\":[2.0],\"a\":1}",
        "9007199254740992,9007199254740992.0",
        "18446744073709551616,1.8446744073709551616e19",
    ] {
        assert!(!unique(same), "{same}");
    }
}

#[test]
fn what_is_personal_is_told_in_few_ranges() {
    let validator = &vendor("voiceblender").validator;
    let values = "\"secret\",".repeat(100_000);
    for body in [
        format!("[{values}\"secret\"]"),
        format!("[{values}\"secret\""),
        format!("{{\"type\":\"x\",\"x\":[{values}\"secret\"]}}"),
    ] {
        for report in [validator.validate(body.as_bytes()), any_vendor().validate(body.as_bytes())]
        {
            assert!(report.personal().len() < 20_000);
            let mut covered = 0;
            for range in report.personal() {
                let between = body.get(covered..range.start).unwrap_or_default();
                assert!(!between.contains("secret"));
                covered = covered.max(range.end);
            }
            assert!(!body[covered..].contains("secret"));
        }
    }
}
