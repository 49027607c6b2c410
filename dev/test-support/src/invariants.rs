//! What must be true of any body, found out with a second JSON reader, the schemas judged over a
//! `serde_json::Value`, and plain serde. Whatever is not so panics, and the body is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::LazyLock;

use offhook::{Payload, daily, dialstack, voiceblender};
use offhook_validator::{Code, Report, Validator, Violation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::syntax_tree::{self, Kind, Node};
use crate::vendors::{Vendor, any_vendor, vendor, vendors};

/// Holds everything against all vendors.
pub fn everything(body: &[u8]) {
    everything_as::<daily::Event>(body);
    everything_as::<dialstack::Event>(body);
    everything_as::<voiceblender::Event>(body);
    without_vendor(body);
}

/// Holds everything against one vendor, and against none.
pub fn everything_of(vendor: &Vendor, body: &[u8]) {
    match vendor.name {
        "daily" => everything_as::<daily::Event>(body),
        "dialstack" => everything_as::<dialstack::Event>(body),
        _ => everything_as::<voiceblender::Event>(body),
    }
    without_vendor(body);
}

fn everything_as<E: Payload + Serialize + PartialEq + Debug>(body: &[u8]) {
    let case = Case::new(vendor(E::VENDOR), body);
    case.verdicts();
    case.decoding::<E>();
    case.places();
}

/// A body, and what a vendor's validators report of it.
pub struct Case<'a> {
    /// Whose validators they are.
    pub vendor: &'a Vendor,
    body: &'a [u8],
    facts: Facts,
    /// What the validator that is not strict reports.
    pub report: Report,
    strict: Report,
    /// Dropped when something is not so.
    _shown: Shown<'a>,
}

impl<'a> Case<'a> {
    /// Validates a body.
    pub fn new(vendor: &'a Vendor, body: &'a [u8]) -> Self {
        let shown = Shown(body);
        let report = vendor.validator.validate(body);
        let strict = vendor.strict.validate(body);
        Self { vendor, body, facts: Facts::of(vendor, body), report, strict, _shown: shown }
    }

    /// All that tell whether the body is valid say the same.
    pub fn verdicts(&self) {
        let Self { vendor, body, facts, report, .. } = self;
        assert_eq!(report.vendor(), Some(vendor.name));
        assert_eq!(report.is_valid(), facts.valid, "by the schema over a Value: {report}");
        assert_eq!(vendor.validator.is_valid(body), facts.valid, "{report}");
        let broken = |found: &Violation| matches!(found.code, Code::Json | Code::DuplicateKey);
        assert_eq!(report.violations().iter().any(broken), facts.value.is_none(), "{report}");
        if facts.value.is_some() {
            assert_eq!(report.event(), facts.event.as_deref());
        }
        if report.violations().iter().any(|found| found.code == Code::Json) {
            assert!(report.violations().iter().all(broken), "{report}");
            assert!(report.notices().is_empty(), "{report}");
        }
        each_fault_once(report);
        assert!(!report.to_string().contains("s3cret"), "no value of the payload in {report}");
        self.strict();
        clean(vendor.validator.clean(body).map(|event| (vendor.name, event)), report);
    }

    /// A strict report has the notices among the violations, and the same otherwise.
    fn strict(&self) {
        let Self { vendor, body, report, strict, .. } = self;
        let mut both: Vec<Violation> =
            report.violations().iter().chain(report.notices()).cloned().collect();
        both.sort_by_key(|found| found.offset);
        assert_eq!(strict.violations(), both);
        assert_eq!(strict.notices(), []);
        assert_eq!(vendor.strict.is_valid(body), strict.is_valid());
        assert_eq!((strict.vendor(), strict.event()), (report.vendor(), report.event()));
        assert_eq!(strict.personal(), report.personal());
    }

    /// `decode` is `Ok` exactly if there is no violation, and the event is what plain serde reads.
    pub fn decoding<E: Payload + Serialize + PartialEq + Debug>(&self) {
        let Self { vendor, body, facts, report, strict, .. } = self;
        let decoded = vendor.validator.decode::<E>(body);
        assert_eq!(decoded.is_ok(), report.is_valid(), "{report}");
        match (vendor.strict.decode::<E>(body), &decoded) {
            (Ok(event), Ok(same)) => assert!(strict.is_valid() && event == *same, "{strict}"),
            (Ok(_), Err(_)) => panic!("it decodes strictly alone: {report}"),
            (Err(same), _) => assert!(!strict.is_valid() && same == *strict, "{strict}"),
        }
        let plain = serde_json::from_slice::<E>(body);
        match (&decoded, &facts.value) {
            (Ok(event), Some(value)) => {
                assert_eq!(event, plain.as_ref().expect("plain serde reads what decodes"));
                let schema = &vendor.events[facts.event.as_deref().expect("a known event")];
                assert_eq!(serde_json::to_value(event).unwrap(), documented(schema, value));
            }
            (Ok(event), None) => panic!("{event:?} out of what is no JSON"),
            (Err(same), _) => assert_eq!(same, report),
        }
        match vendor.validator.decode_lenient::<E>(body) {
            Ok((event, same)) => {
                assert_eq!(event, plain.expect("plain serde reads what decodes leniently"));
                assert_eq!(same, *report);
            }
            Err(same) => {
                assert!(plain.is_err(), "plain serde reads {plain:?}");
                assert_eq!(same, *report);
            }
        }
    }

    /// Order, bounds, line and column, pointers, and the exact bytes.
    pub fn places(&self) {
        let Self { vendor, body, facts, report, .. } = self;
        for findings in [report.violations(), report.notices()] {
            assert!(findings.is_sorted_by_key(|found| found.offset), "{report}");
        }
        for found in report.violations().iter().chain(report.notices()) {
            let span = found.offset..found.offset + found.length;
            assert!(span.end <= body.len(), "{found}");
            assert_eq!(
                (found.line, found.column),
                syntax_tree::line_and_column(body, found.offset),
                "{found}"
            );
            assert!(found.pointer.is_empty() || found.pointer.starts_with('/'), "{found}");
            if found.length == 0 {
                assert!(found.code == Code::Json && found.offset == body.len(), "{found}");
            }
            if let Some(schema) = &found.schema {
                let (file, pointer) = schema.split_once('#').expect("a file and a pointer");
                let file = file.strip_prefix(vendor.name).and_then(|file| file.strip_prefix('/'));
                let schema = &vendor.bundle["schemas"][file.expect("a file of the vendor")];
                assert!(schema.pointer(pointer).is_some(), "{found}: {pointer}");
            }
            if let Some(root) = &facts.root {
                assert!(is_there(found, root), "{found} at {span:?}");
            }
        }
    }
}

/// Shows a body if a check of it fails.
pub struct Shown<'a>(pub &'a [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let shown = &self.0[..self.0.len().min(10_000)];
            eprintln!("the body is {:?}", String::from_utf8_lossy(shown));
        }
    }
}

/// What is true of a body, found out without the validator.
pub struct Facts {
    /// The places in the text, if the second reader can read it.
    root: Option<Node>,
    /// The payload, if it is JSON as offhook wants it: strict, each name once, 128 levels.
    pub value: Option<Value>,
    /// The same with numbers on which the oracle, which reads doubles, does not err.
    pub judged: Option<Value>,
    /// The event that the payload names, if the vendor's document has it.
    event: Option<String>,
    valid: bool,
}

impl Facts {
    /// Finds out what is true of a body.
    pub fn of(vendor: &Vendor, body: &[u8]) -> Self {
        let text = std::str::from_utf8(body).ok();
        let root = text.and_then(syntax_tree::parse);
        let clean = text.is_some_and(|text| syntax_tree::depth(text) <= 128)
            && root.as_ref().is_some_and(|root| !root.has_duplicates());
        let value = text.filter(|_| clean).and_then(read_value);
        let name = value.as_ref().and_then(|value| value.get("type")).and_then(Value::as_str);
        let event = name.filter(|name| vendor.events.contains_key(*name)).map(str::to_owned);
        let judged = text.filter(|_| value.is_some()).map(halves::in_place_of_fractions);
        let judged = judged.and_then(|text| read_value(&text));
        let valid = match (&event, &judged) {
            (Some(event), Some(value)) => judges()[&(vendor.name, event.clone())].is_valid(value),
            _ => false,
        };
        Self { root, value, judged, event, valid }
    }
}

/// Numbers that a double does not round to an integer or to a bound.
///
/// The crate `jsonschema` reads numbers as doubles: `1e-400` is an integer to it. The vendors' schemas
/// ask of a number only whether it is an integer and on which side of a small integer it is. In both, a
/// fraction is like any other between the same integers.
mod halves {
    /// Puts a half in place of every fraction in a JSON text: `2.5` for `2.0000000000000000001`.
    pub(super) fn in_place_of_fractions(text: &str) -> String {
        let (mut result, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(first) = rest.chars().next() {
            let end = match first {
                '"' => string_end(rest),
                '-' | '0'..='9' => {
                    let is_other =
                        |byte| !matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
                    rest.bytes().position(is_other).unwrap_or(rest.len())
                }
                other => other.len_utf8(),
            };
            let (token, after) = rest.split_at(end);
            let half = if matches!(first, '-' | '0'..='9') { half(token) } else { None };
            result.push_str(half.as_deref().unwrap_or(token));
            rest = after;
        }
        result
    }

    fn string_end(text: &str) -> usize {
        let mut escaped = false;
        for (at, byte) in text.bytes().enumerate().skip(1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => return at + 1,
                _ => {}
            }
        }
        text.len()
    }

    /// The half between the same integers, if the number has a fraction.
    fn half(number: &str) -> Option<String> {
        let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        let least = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
        let exponent: i64 = exponent.parse().unwrap_or(least);
        let point = i64::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let point = usize::try_from(point.max(0)).ok()?;
        let has_fraction = digits.bytes().skip(point).any(|digit| digit != b'0');
        let whole = digits.get(..point).unwrap_or_default().trim_start_matches('0');
        let whole = match whole.len() {
            0 => "0",
            1..15 => whole,
            _ => "1000000000000000",
        };
        has_fraction.then(|| format!("{sign}{whole}.5"))
    }

    #[cfg(test)]
    mod tests {
        use super::in_place_of_fractions;

        #[test]
        fn fractions_keep_their_place_among_integers() {
            for (text, told) in [
                ("[1,1.0,10e-1,-0.0,1e2]", "[1,1.0,10e-1,-0.0,1e2]"),
                ("[1e-400,-1e-400]", "[0.5,-0.5]"),
                ("4503599627370497.5", "1000000000000000.5"),
                ("{\"a\":5.00000000000000000001}", "{\"a\":5.5}"),
                ("{\"1.5\\\"2.5\":4.99999999999999999999}", "{\"1.5\\\"2.5\":4.5}"),
                ("12.5e1", "12.5e1"),
                ("1.25e1", "12.5"),
            ] {
                assert_eq!(in_place_of_fractions(text), told, "{text}");
            }
        }
    }
}

/// A `Value`, however deep; the text is known not to be too deep for the stack.
fn read_value(text: &str) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let value = Value::deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// The schema of every event, compiled for `Value`s.
pub fn judges() -> &'static BTreeMap<(&'static str, String), jsonschema::Validator> {
    static JUDGES: LazyLock<BTreeMap<(&'static str, String), jsonschema::Validator>> =
        LazyLock::new(|| {
            let events = vendors().iter().flat_map(|vendor| {
                vendor.events.iter().map(move |(event, schema)| (vendor.name, event, schema))
            });
            let compile = |schema: &Value| {
                jsonschema::draft202012::options()
                    .should_validate_formats(true)
                    .with_format("date-time", |text: &str| {
                        offhook::Timestamp::from(text.to_owned()).is_rfc3339()
                    })
                    .build(schema)
                    .expect("a schema compiles")
            };
            events
                .map(|(vendor, event, schema)| ((vendor, event.clone()), compile(schema)))
                .collect()
        });
    &JUDGES
}

/// The payload without members that its schema does not have.
fn documented(schema: &Value, value: &Value) -> Value {
    match (schema["properties"].as_object(), value) {
        (Some(properties), Value::Object(members)) => members
            .iter()
            .filter_map(|(name, value)| {
                Some((name.clone(), documented(properties.get(name)?, value)))
            })
            .collect(),
        _ => value.clone(),
    }
}

/// Whether the pointer leads to what the finding is about, and the bytes are those.
fn is_there(found: &Violation, root: &Node) -> bool {
    let span = found.offset..found.offset + found.length;
    let places = root.find(&found.pointer);
    match found.code {
        Code::Required => {
            let Some((parent, _)) = found.pointer.rsplit_once('/') else {
                return false;
            };
            let name = &found.pointer[parent.len()..];
            root.find(parent).iter().any(|parent| {
                let is_object = matches!(parent.node.kind, Kind::Object(_));
                is_object && parent.node.span == span && parent.node.find(name).is_empty()
            })
        }
        Code::Undocumented | Code::Forbidden => {
            places.iter().any(|place| place.name_span.as_ref() == Some(&span) && place.earlier == 0)
        }
        Code::DuplicateKey => {
            places.iter().any(|place| place.name_span.as_ref() == Some(&span) && place.earlier > 0)
        }
        // Where the text breaks, there may be no value.
        Code::Json => true,
        // Advice about members that had better be absent is about their names.
        Code::Advice => places.iter().any(|place| {
            place.node.span == span || place.name_span.as_ref() == Some(&span) && place.earlier == 0
        }),
        _ => places.iter().any(|place| place.node.span == span),
    }
}

/// No finding stands twice, and a value of the wrong type has no other.
fn each_fault_once(report: &Report) {
    let mut seen = BTreeSet::new();
    for found in report.violations().iter().chain(report.notices()) {
        assert!(seen.insert((found.code, &found.pointer, found.offset)), "{found}, twice");
    }
    for mistyped in report.violations().iter().filter(|found| found.code == Code::Type) {
        let others = report.violations().iter().chain(report.notices()).filter(|other| {
            other.pointer == mistyped.pointer
                // A member that must be absent may be one of the wrong type, too.
                && !matches!(other.code, Code::Type | Code::DuplicateKey | Code::Forbidden)
        });
        assert_eq!(others.count(), 0, "{report}");
    }
}

/// Only of what is valid and without notices is there nothing to say.
fn clean(clean: Option<(&str, &str)>, report: &Report) {
    if clean.is_some() {
        assert!(report.is_valid() && report.notices().is_empty(), "{report}");
        assert_eq!(clean, report.vendor().zip(report.event()));
    }
}

/// Without being told the vendor: the same report, if one vendor knows the event.
pub fn without_vendor(body: &[u8]) {
    let _shown = Shown(body);
    let any = any_vendor().validate(body);
    let sent_by = |(validator, event): (&'static Validator, _)| (validator.vendor(), event);
    clean(any_vendor().clean(body).map(sent_by), &any);
    let reports: Vec<Report> =
        vendors().iter().map(|vendor| vendor.validator.validate(body)).collect();
    let knowing: Vec<&Report> = reports.iter().filter(|report| report.event().is_some()).collect();
    if let [one] = knowing.as_slice() {
        assert_eq!(any, **one);
    } else {
        assert!(!any.is_valid());
        assert_eq!((any.vendor(), any.event()), (None, None));
        // What is wrong with the text does not depend on the vendor.
        let of_text = |report: &Report| -> Vec<Violation> {
            let codes = [Code::Json, Code::DuplicateKey];
            let all = report.violations().iter();
            all.filter(|found| codes.contains(&found.code)).cloned().collect()
        };
        assert_eq!(of_text(&any), of_text(&reports[0]));
    }
    for found in any.violations().iter().chain(any.notices()) {
        assert_eq!(
            (found.line, found.column),
            syntax_tree::line_and_column(body, found.offset),
            "{found}"
        );
    }
    each_fault_once(&any);
}
