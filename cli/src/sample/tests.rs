//! Payloads of all events, and of schemas with every keyword, held against the validator.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use offhook_model::SchemaSet;
use offhook_validator::{Code, Validator};

use super::demand::names;
use super::faulty::Faulty;
use super::generator::Generator;
use super::judge::Judge;
use super::layout::Layout;
use super::models::Models;
use crate::args::Fault;
use crate::catalogue::{Event, Field, Json, Schema};
use crate::vendors::Vendors;

/// How many payloads of each event are made.
const EACH: u64 = 24;

/// How many of those are made that matter less.
const FEW: u64 = 6;

/// Does something with every event of some vendors, and a validator of it.
fn each_event(paths: &[PathBuf], mut look: impl FnMut(Event<'_>, &Arc<SchemaSet>, &Validator)) {
    let vendors = Vendors::load(paths, None).unwrap();
    let catalogue = vendors.read();
    for (vendor, schema) in catalogue.iter().zip(vendors.sets()) {
        let validator = Validator::of_set(Arc::clone(schema));
        vendor.events().for_each(|event| look(event, schema, &validator));
    }
}

/// Does something with the generators of an event, one a seed.
fn generating(
    event: Event<'_>,
    schema: &Arc<SchemaSet>,
    seeds: Range<u64>,
    mut make: impl FnMut(&Generator<'_>, &Judge<'_>),
) {
    let judge = Judge::new(schema, event);
    let models = Models::of(event);
    for seed in seeds {
        make(&Generator::new(event, &models, &judge, seed), &judge);
    }
}

fn valid(generator: &Generator<'_>, number: u64) -> String {
    Layout::Line.text(&generator.valid(&mut generator.random(number)).unwrap())
}

#[test]
fn every_event_has_valid_payloads_of_which_there_is_nothing_to_say() {
    let mut events = 0;
    each_event(&[], |event, schema, validator| {
        events += 1;
        let mut texts = BTreeSet::new();
        generating(event, schema, 0..EACH, |generator, _| {
            let text = valid(generator, 0);
            assert_eq!(validator.clean(text.as_bytes()), Some(event.name), "{text}");
            assert_eq!(valid(generator, 0), text);
            texts.insert(text);
        });
        assert_eq!(texts.len() as u64, EACH, "{}", event.name);
    });
    assert_eq!(events, 57);
}

#[test]
fn members_are_there_or_not_or_null_as_the_document_allows() {
    each_event(&[], |event, schema, _| {
        let mut texts = Vec::new();
        generating(event, schema, 1..61, |generator, _| texts.push(valid(generator, 0)));
        for field in event.fields().iter().filter(|field| field.path.len() < 3) {
            let pointer = field.pointer();
            let named = !pointer.contains('*') && *field.schema.json() != Json::Bool(false);
            let values = texts
                .iter()
                .map(|text| offhook_model::json::parse(text).unwrap().pointer(&pointer).cloned());
            let values: Vec<Option<Json>> = values.collect();
            let there = values.iter().flatten().count();
            assert!(!named || there > 0, "{} {pointer} is never there", event.name);
            let may_be_null = types(field).contains(&"null");
            let null = values.contains(&Some(Json::Null));
            assert_eq!(null, may_be_null && named, "{} {pointer}", event.name);
        }
    });
}

/// The types that a field's schemas name.
fn types<'v>(field: &Field<'v>) -> Vec<&'v str> {
    let types = field.schema.all().into_iter().filter_map(|schema| schema.own("type"));
    types.flat_map(names).collect()
}

/// The codes that there must be a payload for, by what stands in the schemas.
fn possible(event: Event<'_>) -> BTreeSet<Code> {
    let mut codes = BTreeSet::from([
        Code::Json,
        Code::DuplicateKey,
        Code::UnknownEvent,
        Code::Required,
        Code::Type,
        Code::Undocumented,
    ]);
    let fields = event.fields();
    let all = fields.iter().flat_map(|field| field.schema.all());
    for schema in all.chain(event.schema().into_iter().flat_map(|schema| schema.all())) {
        let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.own(keyword).is_some());
        for (code, keywords) in [
            (Code::Enum, &["enum"][..]),
            (Code::Format, &["format"]),
            (Code::Pattern, &["pattern"]),
            (Code::Range, &["maximum", "minimum"]),
            (Code::Enum, &["anyOf"]),
            (Code::Advice, &["x-advice"]),
        ] {
            codes.extend(has(keywords).then_some(code));
        }
        if let Some(then) = schema.child("then") {
            let forbids = |(_, schema): (&str, Schema<'_>)| *schema.json() == Json::Bool(false);
            codes.extend(
                then.named("properties").into_iter().any(forbids).then_some(Code::Forbidden),
            );
        }
    }
    codes
}

#[test]
fn every_possible_code_is_the_only_fault_of_some_payload() {
    let mut all = BTreeSet::new();
    each_event(&[], |event, schema, validator| {
        generating(event, schema, 1..2, |generator, judge| {
            for code in possible(event) {
                all.insert(code);
                let wanted = Fault::Of(code);
                for (layout, count) in [(Layout::Line, 2), (Layout::Pretty, 1)] {
                    let mut faulty = Faulty::new(generator, judge, layout, &wanted);
                    for number in 0..count {
                        let text = faulty.next(number).unwrap();
                        let report = validator.validate(text.as_bytes());
                        let (violations, notices) = (report.violations(), report.notices());
                        let found: Vec<Code> =
                            violations.iter().chain(notices).map(|fault| fault.code).collect();
                        assert_eq!(found, [code], "{} {text}", event.name);
                    }
                }
            }
        });
    });
    let missing = Code::ALL.iter().filter(|code| !all.contains(code)).copied();
    let no_vendor_has = [Code::Const, Code::Length, Code::Items, Code::Properties, Code::Union];
    assert_eq!(missing.collect::<Vec<_>>(), no_vendor_has);
}

#[test]
fn every_documented_field_can_be_the_only_faulty_one() {
    each_event(&[], |event, schema, validator| {
        generating(event, schema, 1..2, |generator, judge| {
            // What may be anything cannot be wrong.
            let fields = event.fields().into_iter().filter(|field| !types(field).is_empty());
            let pointers = fields.map(|field| field.pointer());
            for pointer in pointers.filter(|pointer| !pointer.contains('*')) {
                let wanted = Fault::At(pointer.clone());
                let mut faulty = Faulty::new(generator, judge, Layout::Line, &wanted);
                let text = faulty.next(0).unwrap();
                let report = validator.validate(text.as_bytes());
                let found = report.violations().iter().map(|fault| &*fault.pointer);
                assert_eq!(found.collect::<Vec<_>>(), [&*pointer], "{text}");
                assert!(report.notices().is_empty(), "{text}");
            }
        });
    });
}

/// The schemas of the generator's own tests: every keyword, and payloads that name no event.
#[test]
fn schemas_of_every_kind_have_valid_payloads() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/golden");
    if !golden.is_dir() {
        eprintln!("SKIPPED: {} is not here", golden.display());
        return;
    }
    let cases = fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path().join("expected"));
    let vendors = cases.filter(|folder| folder.is_dir()).flat_map(|folder| {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("schema.json"))
    });
    let mut schemas: Vec<PathBuf> = vendors.filter(|path| path.is_file()).collect();
    schemas.sort();
    let mut events = 0;
    for path in schemas {
        each_event(std::slice::from_ref(&path), |event, schema, validator| {
            events += 1;
            generating(event, schema, 0..FEW, |generator, _| {
                let text = valid(generator, 0);
                let report = validator.validate_event(event.name, text.as_bytes()).unwrap();
                assert_eq!(report.to_string(), "valid", "{}: {text}", path.display());
            });
        });
    }
    assert!(events > 50, "{events}");
}
