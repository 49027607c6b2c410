//! `Report::personal` covers the values that a schema marks as sensitive and all that the document
//! does not know, and spares what it knows to be harmless.

use std::ops::Range;

use offhook_test_support::syntax_tree::{self, Kind, Node};
use offhook_test_support::vendors::{self, Example, any_vendor, examples, vendor};
use offhook_validator::Report;
use serde_json::Value;

/// The bytes of all scalars, by whether they are to be covered.
#[derive(Default)]
struct Scalars {
    personal: Vec<Range<usize>>,
    harmless: Vec<Range<usize>>,
}

impl Scalars {
    fn collect(&mut self, schema: Option<&Value>, node: &Node, around: bool) {
        let personal = around || schema.is_none_or(|schema| schema["x-sensitive"] == true);
        match &node.kind {
            Kind::Scalar if personal => self.personal.push(node.span.clone()),
            Kind::Scalar => self.harmless.push(node.span.clone()),
            Kind::Array(elements) => {
                for element in elements {
                    self.collect(None, element, personal);
                }
            }
            Kind::Object(members) => {
                let open = schema.is_some_and(|schema| schema["additionalProperties"] == true);
                for member in members {
                    match schema.and_then(|schema| schema["properties"].get(&member.name)) {
                        Some(schema) => self.collect(Some(schema), &member.value, personal),
                        // Documented as a place for anything, and not as personal.
                        None if open && !personal => {}
                        None => self.collect(None, &member.value, personal),
                    }
                }
            }
        }
    }

    fn of(example: &Example, body: &str) -> Self {
        let mut scalars = Self::default();
        let root = syntax_tree::parse(body).expect("JSON");
        scalars.collect(Some(example.schema()), &root, false);
        scalars
    }
}

fn covers(report: &Report, span: &Range<usize>) -> bool {
    span.clone().all(|byte| report.personal().iter().any(|range| range.contains(&byte)))
}

fn check(example: &Example, body: &str) {
    let report = example.vendor.validator.validate(body.as_bytes());
    assert_eq!(any_vendor().validate(body.as_bytes()).personal(), report.personal());
    assert!(report.personal().is_sorted_by_key(|range| range.start));
    let scalars = Scalars::of(example, body);
    for span in scalars.personal {
        assert!(covers(&report, &span), "{}: {} is shown", example.name, &body[span.clone()]);
    }
    for span in scalars.harmless {
        let shown = !report.personal().iter().any(|range| range.contains(&span.start));
        assert!(shown, "{}: {} is hidden", example.name, &body[span.clone()]);
    }
}

#[test]
fn covers_what_schemas_mark_and_nothing_else_they_know() {
    for example in examples() {
        check(example, example.text);
    }
}

#[test]
fn covers_what_is_undocumented() {
    let more = r#""new":"+1",
        "newer":{"a":["+2",{"b":true}],"from_number":5,"type":"x"},"newest":[null,1e5],"#;
    for example in examples() {
        check(example, &example.text.replacen('{', &format!("{{{more}"), 1));
        if let Some(data) = example.text.find(r#""data""#) {
            let (before, after) = example.text.split_at(data);
            check(example, &format!("{before}{}", after.replacen('{', &format!("{{{more}"), 1)));
        }
    }
}

/// Numbers that must not be shown, wherever they stand in what is wrong.
#[test]
fn covers_what_stands_in_the_wrong_place() {
    let mut shown = Vec::new();
    for (name, vendor, body) in [
        ("an unknown event", "dialstack", r#"{"type":"call.parked","data":{"x":"+14155550142"}}"#),
        (
            "an unknown event's own member",
            "voiceblender",
            r#"{"type":"leg.parked","x":"+14155550142"}"#,
        ),
        ("no event", "voiceblender", r#"{"from":"+14155550142"}"#),
        ("no object", "voiceblender", r#"["+14155550142"]"#),
        ("a lone string", "voiceblender", r#""+14155550142""#),
        (
            "an array in an object's place",
            "dialstack",
            r#"{"type":"call.end","data":["+14155550142"]}"#,
        ),
        (
            "an object in a string's place",
            "dialstack",
            r#"{"type":"call.end","id":{"x":"+14155550142"}}"#,
        ),
        (
            "a name twice",
            "voiceblender",
            r#"{"type":"leg.ringing","from":"x","from":"+14155550142"}"#,
        ),
        ("behind a broken place", "voiceblender", r#"{"type":leg.ringing,"from":"+14155550142"}"#),
        ("at a broken place", "voiceblender", r#"{"type":"leg.ringing","from":"+14155550142"#),
        ("behind the end", "voiceblender", r#"{"type":"leg.ringing"}{"from":"+14155550142"}"#),
        ("behind a byte order mark", "voiceblender", "\u{feff}{\"from\":\"+14155550142\"}"),
    ] {
        let number = body.find("+14155550142").expect("the number");
        let span = number..number + "+14155550142".len();
        let own = vendors::vendor(vendor).validator.validate(body.as_bytes());
        let any = any_vendor().validate(body.as_bytes());
        for (whose, report) in [(vendor, own), ("any", any)] {
            if !covers(&report, &span) {
                shown.push(format!("{name} ({whose}): {body}"));
            }
        }
    }
    assert!(shown.is_empty(), "the number is not covered:\n{}", shown.join("\n"));
}

/// Over the limit nothing is read: all of it is covered.
#[test]
fn covers_bodies_that_are_not_read() {
    let body = format!("{{\"from\":\"+14155550142\"}}{}", " ".repeat(17 << 20));
    let report = vendor("voiceblender").validator.validate(body.as_bytes());
    assert!(!report.is_valid());
    assert_eq!(report.personal(), std::slice::from_ref(&(0..body.len())));
}
