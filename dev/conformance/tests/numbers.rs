//! Numbers in more digits than a double holds, in schemas and in instances: all verdicts are exact.
//!
//! `OFFHOOK_INSTANCES` says how many instances are generated in all, `OFFHOOK_SEED` which.

use offhook_conformance::instances::Generator;
use offhook_conformance::json::same;
use offhook_conformance::{Bundle, Oracle, PayloadType, setting, survey, tell};
use offhook_model::Json;
use offhook_model::json::parse;
use offhook_validator::Validator;

/// What codegen makes of schemas with such numbers.
mod generated {
    #![allow(
        dead_code,
        missing_docs,
        unreachable_pub,
        unused_imports,
        clippy::all,
        clippy::pedantic,
        reason = "generated types are for others to use"
    )]

    use super::PayloadType;

    include!(concat!(env!("OUT_DIR"), "/numbers/mod.rs"));
}

use generated::PAYLOADS;

/// How many instances there are in all, unless `OFFHOOK_INSTANCES` says otherwise.
const INSTANCES: usize = 20_000;

/// A schema with its valid instances and the others.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Verdicts that follow from the digits as they are written.
const CASES: &[Case] = &[
    (
        r#"{"type": "integer"}"#,
        &["1.0e1", "-0.0", "1e30", "18446744073709551616", "1000000000000000000000000000001.0"],
        &["1e-400", "4503599627370497.5", "0.99999999999999999999", "-15e-1", "1e400"],
    ),
    (
        r#"{"const": 9007199254740993}"#,
        &["9007199254740993", "9007199254740993.0", "9.007199254740993e15"],
        &["9007199254740992", "9007199254740994", "9007199254740993.00000000000000000001"],
    ),
    (
        r#"{"enum": [1e30, 0.10000000000000000001, -0.0]}"#,
        &["1000000000000000000000000000000", "1.0000000000000000001e-1", "0", "0e9"],
        &["1000000000000000000000000000001", "0.1", "1e-400"],
    ),
    (
        r#"{"const": {"a": [18446744073709551616]}}"#,
        &[r#"{"a": [18446744073709551616.0]}"#],
        &[r#"{"a": [18446744073709551615]}"#, r#"{"a": [18446744073709551617]}"#],
    ),
    (
        r#"{"uniqueItems": true}"#,
        &["[1e30, 1000000000000000000000000000001]", "[0, 1e-400, -1e-400]", "[[0.1], [1e-400]]"],
        &["[1e30, 1000000000000000000000000000000]", "[0, -0.0]", r#"[{"a": 10}, {"a": 1.0e1}]"#],
    ),
    (
        r#"{"minimum": 0.1, "maximum": 9007199254740992}"#,
        &["0.1", "0.10000000000000000001", "9007199254740992.0"],
        &["0.09999999999999999999", "9007199254740993", "9007199254740992.00000000000000000001"],
    ),
    (
        r#"{"minimum": -9223372036854775809, "exclusiveMaximum": 18446744073709551616}"#,
        &["-9223372036854775809", "18446744073709551615", "18446744073709551615.9999"],
        &["-9223372036854775810", "18446744073709551616", "18446744073709551617"],
    ),
    (
        r#"{"exclusiveMinimum": 0}"#,
        &["1e-400", "5e-324", "1.7976931348623157e308"],
        &["0", "-0.0", "-1e-400", "1e309"],
    ),
    (
        r#"{"maximum": 1e30}"#,
        &["1000000000000000000000000000000", "999999999999999999999999999999.9"],
        &["1000000000000000000000000000001", "1000000000000000000000000000000.1"],
    ),
    (
        r#"{"multipleOf": 0.01}"#,
        &["0.07", "4.02", "583333.33", "1e22", "-0.0"],
        &["123456789012345.001", "99999999999.995", "1e-400", "0.01000000000000000000001"],
    ),
    (
        r#"{"multipleOf": 9007199254740993}"#,
        &["9007199254740993", "0", "-18014398509481986.0", "9007199254740993e20"],
        &["9007199254740992", "1", "9007199254740993.5", "9007199254740992e20"],
    ),
    (
        r#"{"multipleOf": 1e-400}"#,
        &["1e-400", "3e-400", "1.7976931348623157e308"],
        &["1e-401", "1.5e-400"],
    ),
    (
        r#"{"anyOf": [{"type": "integer", "maximum": 0}, {"minimum": 4503599627370497.5}]}"#,
        &["0", "-1e30", "4503599627370497.5", "4503599627370497.50000000000000000001"],
        &["-0.5", "1", "4503599627370497.49999999999999999999"],
    ),
    (r#"{"not": {"multipleOf": 3}}"#, &["1e22", "1000000000000000000000000000003"], &["3e22", "0"]),
];

/// The text of a vendor's schemas, of which this is the only one.
fn bundle(schema: &str) -> String {
    format!(r#"{{"vendor": "acme", "discriminator": null, "schemas": {{"a.json": {schema}}}}}"#)
}

/// Every instance of [`CASES`] with its verdict.
fn verdicts(case: &Case) -> impl Iterator<Item = (&'static str, bool)> {
    let (_, valid, others) = *case;
    let valid = valid.iter().map(|instance| (*instance, true));
    valid.chain(others.iter().map(|instance| (*instance, false)))
}

#[test]
fn the_oracle_rounds_nothing() {
    for case in CASES {
        let schema = case.0;
        let bundle = Bundle::parse(&bundle(schema)).expect(schema);
        let oracle = Oracle::new(&bundle).expect(schema);
        let root = bundle.file("a.json").expect("a file");
        for (instance, expected) in verdicts(case) {
            // Beyond the range of a double there are no numbers.
            let holds = parse(instance).is_ok_and(|value| oracle.holds(root, &value));
            assert_eq!(holds, expected, "{instance} as {schema}");
        }
    }
}

/// Whether a value has a number that is another one as a double.
fn has_many_digits(value: &Json) -> bool {
    match value {
        Json::Number(number) => {
            let double = parse(&number.as_f64().to_string()).expect("a number");
            !same(value, &double)
        }
        Json::Array(elements) => elements.iter().any(has_many_digits),
        Json::Object(members) => members.values().any(has_many_digits),
        _ => false,
    }
}

#[test]
fn instances_have_numbers_that_doubles_do_not_hold() {
    for (schema, _, _) in CASES {
        let bundle = Bundle::parse(&bundle(schema)).expect(schema);
        let oracle = Oracle::new(&bundle).expect(schema);
        let root = bundle.file("a.json").expect("a file");
        let mut generator = Generator::new(&bundle, &oracle, 1, 0);
        let (mut valid, mut faulty) = (0, 0);
        for _ in 0..200 {
            // `not` leaves few values; the generator may miss them.
            let Some(instance) = generator.valid(root) else { continue };
            assert!(oracle.holds(root, &instance), "{instance} is no {schema}");
            valid += usize::from(has_many_digits(&instance));
            // Nothing can be broken in a value that the schema does not speak of.
            let fault = generator.faulty(root, &instance).map(|fault| fault.instance);
            let is_faulty = |fault: &Json| has_many_digits(fault) && !oracle.holds(root, fault);
            faulty += usize::from(fault.as_ref().is_some_and(is_faulty));
        }
        assert!(valid > 4 && faulty > 4, "{schema}: {valid} valid ones, {faulty} faulty ones");
    }
}

#[test]
fn the_validator_rounds_nothing() {
    let mut wrong = String::new();
    for case in CASES {
        let schema = case.0;
        let validator = Validator::new(&bundle(schema)).expect(schema);
        for (instance, expected) in verdicts(case) {
            let report = validator.validate_event("a", instance.as_bytes()).expect("a payload");
            let found = [report.is_valid(), validator.is_valid(instance.as_bytes())];
            if found != [expected; 2] {
                wrong += &["\n", instance, " as ", schema].concat();
            }
        }
    }
    assert!(wrong.is_empty(), "judged wrongly: {wrong}");
}

#[test]
fn type_validator_and_boon_agree() {
    let instances = setting("OFFHOOK_INSTANCES").unwrap_or(INSTANCES);
    let payloads: Vec<_> =
        PAYLOADS.iter().map(|payload| (payload.file.to_owned(), payload)).collect();
    let figures = survey(&payloads, instances, setting("OFFHOOK_SEED").unwrap_or(1))
        .unwrap_or_else(|error| panic!("{error}"));
    tell(&format!("numbers of many digits: {figures}"));
    assert!(figures.disagreements.is_empty(), "\n{}", figures.disagreements.concat());
    assert!(figures.without_valid.is_empty(), "{:?}", figures.without_valid);
}
