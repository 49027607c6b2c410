//! `JsonSchema` of types that somebody else's schemas make.

use offhook_runtime::__private::generated_by;
use serde_json::{Value, json};

generated_by!("0.1.0");

struct Event;
struct Call;
struct Party;

offhook_runtime::__private::json_schemas! { "json_schemas/acme.json", "Acme", Event, Call, Party }

fn root(ty: &str) -> Value {
    let (_, schema) = json_schemas().into_iter().find(|(name, _)| *name == ty).expect(ty);
    let schema = schema.to_value();
    jsonschema::meta::validate(&schema).expect("a schema is one by its draft's own schema");
    schema
}

#[test]
fn references_lead_to_definitions() {
    let call = root("Call");
    assert_eq!(
        call["properties"],
        json!({
            "from": { "$ref": "#/$defs/AcmeParty", "description": "Who calls." },
            "tree": { "$ref": "#/$defs/AcmeTree" },
            // What is in a value is no reference.
            "properties": { "const": { "$ref": "Party" } },
        })
    );
    let definitions = call["$defs"].as_object().expect("definitions");
    assert_eq!(definitions["AcmeParty"]["properties"]["of"]["$ref"], "#/$defs/AcmeCall");
    assert_eq!(definitions["AcmeTree"]["items"]["$ref"], "#/$defs/AcmeTree");
    assert_eq!(definitions.len(), 3);
}

#[test]
fn an_events_mapping_names_definitions() {
    let event = root("Event");
    assert_eq!(event["discriminator"]["mapping"], json!({ "call": "#/$defs/AcmeCall" }));
    assert_eq!(event["oneOf"], json!([{ "$ref": "#/$defs/AcmeCall" }]));
}

#[test]
fn the_generator_decides_where_definitions_are() {
    let mut settings = schemars::generate::SchemaSettings::openapi3();
    settings.definitions_path = "/components/schemas".into();
    let schema = settings.into_generator().into_root_schema_for::<Call>().to_value();
    assert_eq!(schema["properties"]["tree"]["$ref"], "#/components/schemas/AcmeTree");
}
