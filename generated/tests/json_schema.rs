//! `JsonSchema` gives back the transcribed schemas: every type's, with all references resolved, is
//! equal to what stands in `schemas/`.

use std::collections::BTreeSet;

use jsonschema::Validator;
use offhook::{daily, dialstack, voiceblender};
use offhook_test_support::schema_folder::{SchemaFolder, event_of};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

struct Vendor {
    name: &'static str,
    /// The `SCHEMA` of its module.
    bundle: &'static str,
    schemas: Vec<(&'static str, Schema)>,
}

fn vendors() -> [Vendor; 3] {
    [
        Vendor { name: "daily", bundle: daily::SCHEMA, schemas: daily::json_schemas() },
        Vendor { name: "dialstack", bundle: dialstack::SCHEMA, schemas: dialstack::json_schemas() },
        Vendor {
            name: "voiceblender",
            bundle: voiceblender::SCHEMA,
            schemas: voiceblender::json_schemas(),
        },
    ]
}

impl Vendor {
    /// The place of a type's schema among the vendor's, `None` for `Event`.
    fn place(&self, ty: &str) -> Option<String> {
        let bundle: Value = serde_json::from_str(self.bundle).expect("SCHEMA is JSON");
        let types = bundle["types"].as_object().expect("SCHEMA knows its types").clone();
        types.into_iter().find(|(_, name)| name == ty).map(|(place, _)| place)
    }

    fn event(&self) -> Value {
        let (name, schema) = &self.schemas[0];
        assert_eq!(*name, "Event");
        schema.clone().to_value()
    }
}

/// A root schema without `$schema` and `$defs`, every `#/$defs/…` replaced by what it refers to,
/// under the annotations beside it.
fn inlined(root: &Value) -> Value {
    let Value::Object(mut members) = inline(root, root) else {
        panic!("a root schema is an object");
    };
    members.remove("$schema");
    members.remove("$defs");
    Value::Object(members)
}

fn inline(schema: &Value, root: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut result = match members.get("$ref").and_then(Value::as_str) {
                Some(reference) => {
                    let pointer = reference.strip_prefix('#').expect("references are local");
                    let target = root.pointer(pointer).expect("references lead somewhere");
                    let Value::Object(target) = inline(target, root) else {
                        panic!("{reference} leads to no schema");
                    };
                    target
                }
                None => Map::new(),
            };
            for (name, value) in members.iter().filter(|(name, _)| *name != "$ref") {
                result.insert(name.clone(), inline(value, root));
            }
            Value::Object(result)
        }
        Value::Array(elements) => elements.iter().map(|element| inline(element, root)).collect(),
        other => other.clone(),
    }
}

/// The transcribed schema at `place`, as [`inlined`] leaves it.
fn transcribed(corpus: &SchemaFolder, place: &str) -> Value {
    let mut schema = corpus.schema(place);
    if let Value::Object(members) = &mut schema {
        members.remove("$schema");
    }
    schema
}

#[test]
fn every_type_has_its_transcribed_schema() {
    for vendor in vendors() {
        let Some(corpus) = SchemaFolder::open(vendor.name) else {
            return;
        };
        let mut places = BTreeSet::new();
        for (ty, schema) in &vendor.schemas[1..] {
            let case = format!("{}::{ty}", vendor.name);
            let place = vendor.place(ty).expect(&case);
            let wanted = transcribed(&corpus, &place);
            let mut given = inlined(schema.as_value());
            if wanted.get("title").is_none()
                && let Some(members) = given.as_object_mut()
            {
                // schemars gives a root schema the type's name where it has no title of its own.
                let title = members.remove("title").expect(&case);
                assert!(title.as_str().is_some_and(|title| title.ends_with(ty)), "{case}: {title}");
            }
            assert_eq!(given, wanted, "{case}");
            assert!(places.insert(place), "{case}");
        }
        let of_events: BTreeSet<String> =
            corpus.events().iter().map(|event| format!("{event}.json#")).collect();
        assert!(places.is_superset(&of_events), "every event has a type");
    }
}

#[test]
fn events_are_one_of_all_events() {
    for vendor in vendors() {
        let Some(corpus) = SchemaFolder::open(vendor.name) else {
            return;
        };
        let root = vendor.event();
        let branches = inlined(&root)["oneOf"].as_array().expect("a list of events").clone();
        let wanted: Vec<Value> = corpus
            .events()
            .iter()
            .map(|event| transcribed(&corpus, &format!("{event}.json#")))
            .collect();
        assert_eq!(branches, wanted, "{}", vendor.name);

        assert_eq!(root["discriminator"]["propertyName"], "type");
        let mapping = root["discriminator"]["mapping"].as_object().expect("a mapping");
        assert_eq!(mapping.len(), wanted.len());
        for (event, reference) in mapping {
            let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
            let schema = root.pointer(pointer.expect("a local reference")).expect("which leads on");
            assert_eq!(schema["properties"]["type"]["const"], *event);
        }
    }
}

fn compile(schema: &Value) -> Validator {
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(schema).expect("a schema is one by its draft's own schema");
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("a schema compiles")
}

#[test]
fn schemas_are_draft_2020_12_and_accept_the_examples() {
    for vendor in vendors() {
        let Some(corpus) = SchemaFolder::open(vendor.name) else {
            return;
        };
        let events = corpus.events();
        let any = compile(&vendor.event());
        let own: Vec<(String, Validator)> = vendor.schemas[1..]
            .iter()
            .map(|(ty, schema)| (vendor.place(ty).expect(ty), compile(schema.as_value())))
            .collect();
        for example in corpus.examples() {
            let payload: Value = serde_json::from_str(&example.text).expect("an example is JSON");
            assert!(any.is_valid(&payload), "{}", example.name);
            let file = format!("{}.json#", event_of(&example.name, &events));
            for (place, schema) in own.iter().filter(|(place, _)| !place.contains("#/")) {
                let meant = *place == file || place.starts_with("shared/envelope.json");
                assert_eq!(schema.is_valid(&payload), meant, "{} by {place}", example.name);
            }
        }
    }
}

/// Types of all vendors in one document, as in a user's OpenAPI description.
#[test]
fn types_of_a_user_refer_to_definitions_without_clashes() {
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema matters")]
    struct Inbox {
        daily: daily::Event,
        dialstack: Vec<dialstack::Event>,
        voiceblender: Option<voiceblender::Event>,
        ended: dialstack::CallEnd,
        envelopes: (daily::Envelope, dialstack::Envelope, voiceblender::Envelope),
    }

    let root = schemars::schema_for!(Inbox).to_value();
    let definitions = root["$defs"].as_object().expect("definitions");
    for name in ["DailyEvent", "DialstackEvent", "VoiceblenderEvent", "DialstackCallEnd"] {
        assert!(definitions.contains_key(name), "{name}");
    }
    for vendor in ["Daily", "Dialstack", "Voiceblender"] {
        assert!(definitions.contains_key(&format!("{vendor}Envelope")), "{vendor}");
    }
    let ended = inlined(&root)["properties"]["ended"].clone();
    assert_eq!(ended["properties"]["type"]["const"], "call.end");
    compile(&root);
}
