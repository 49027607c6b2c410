//! Every example payload of every vendor: read, named, and written back.

use std::fmt::Debug;

use offhook::{Example, Payload, daily, dialstack, voiceblender};
use offhook_test_support::schema_folder::{SchemaFolder, event_of};
use serde::Serialize;
use serde_json::Value;

/// Checks all examples of the vendor whose event `E` is.
fn check<E>(name: fn(&E) -> &str, event_type: fn(&E) -> Option<&'static str>)
where
    E: Payload + Serialize + PartialEq + Debug,
{
    let Some(corpus) = SchemaFolder::open(E::VENDOR) else {
        return;
    };
    let events = corpus.events();
    let mut seen = Vec::new();
    for example in corpus.examples() {
        let case = format!("{}/{}", E::VENDOR, example.name);
        let text = example.text.as_str();
        let value: Value = serde_json::from_str(text).expect(&case);
        let wanted = event_of(&example.name, &events);

        let event: E = serde_json::from_str(text).expect(&case);
        assert_eq!(name(&event), wanted, "{case}");
        assert_eq!(event_type(&event), Some(wanted), "{case}");
        assert_eq!(value["type"], wanted, "{case}");

        let others: [E; 3] = [
            serde_json::from_slice(text.as_bytes()).expect(&case),
            serde_json::from_reader(text.as_bytes()).expect(&case),
            serde_json::from_value(value.clone()).expect(&case),
        ];
        for other in &others {
            assert_eq!(*other, event, "{case}");
        }

        assert_eq!(serde_json::to_value(&event).expect(&case), value, "{case}");
        let written = serde_json::to_string(&event).expect(&case);
        assert_eq!(serde_json::from_str::<Value>(&written).expect(&case), value, "{case}");
        assert_eq!(serde_json::from_str::<E>(&written).expect(&case), event, "{case}");
        seen.push(wanted.to_owned());
    }
    seen.dedup();
    assert_eq!(seen, events, "every event has an example");
}

#[test]
fn daily_examples_survive_a_round_trip() {
    check::<daily::Event>(daily::Event::name, |event| {
        event.event_type().map(daily::EventType::as_str)
    });
}

#[test]
fn dialstack_examples_survive_a_round_trip() {
    check::<dialstack::Event>(dialstack::Event::name, |event| {
        event.event_type().map(dialstack::EventType::as_str)
    });
}

#[test]
fn voiceblender_examples_survive_a_round_trip() {
    check::<voiceblender::Event>(voiceblender::Event::name, |event| {
        event.event_type().map(voiceblender::EventType::as_str)
    });
}

#[test]
fn examples_are_the_files_byte_for_byte() {
    let all = [
        ("daily", daily::EXAMPLES),
        ("dialstack", dialstack::EXAMPLES),
        ("voiceblender", voiceblender::EXAMPLES),
    ];
    for (vendor, examples) in all {
        let Some(corpus) = SchemaFolder::open(vendor) else {
            return;
        };
        let events = corpus.events();
        let mut files = corpus.examples();
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let files: Vec<_> = files
            .iter()
            .map(|file| Example {
                name: leaked(&file.name),
                event: leaked(event_of(&file.name, &events)),
                text: leaked(&file.text),
            })
            .collect();
        assert_eq!(examples, files);
    }
}

/// A text as examples hold theirs.
fn leaked(text: &str) -> &'static str {
    text.to_owned().leak()
}

#[test]
fn event_types_are_the_schema_files() {
    fn check<T: Copy + Debug + PartialEq + std::str::FromStr>(
        vendor: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) {
        let Some(corpus) = SchemaFolder::open(vendor) else {
            return;
        };
        let names: Vec<&str> = all.iter().map(|one| as_str(*one)).collect();
        assert_eq!(names, corpus.events());
        for one in all {
            assert_eq!(as_str(*one).parse().ok(), Some(*one));
        }
        assert!("no.such.event".parse::<T>().is_err());
        assert!("".parse::<T>().is_err());
    }
    check("daily", daily::EventType::ALL, daily::EventType::as_str);
    check("dialstack", dialstack::EventType::ALL, dialstack::EventType::as_str);
    check("voiceblender", voiceblender::EventType::ALL, voiceblender::EventType::as_str);
    let events = [
        daily::EventType::ALL.len(),
        dialstack::EventType::ALL.len(),
        voiceblender::EventType::ALL.len(),
    ];
    assert_eq!(events, [1, 21, 35]);
}
