//! A vendor in which nothing is left to do, and the finding for each thing that is left to do.

mod folder;

use std::path::Path;

use folder::Folder;
use offhook_codegen::{tidy, tidy_summary};

/// A vendor in which nothing is left to do.
const CLEAN: [(&str, &str); 6] = [
    (
        "in/acme/vendor.json",
        r#"{
          "title": "Acme",
          "document": { "name": "Acme webhooks", "read": "2026-01-02" },
          "discriminator": "/type",
          "envelope": "shared/envelope.json"
        }"#,
    ),
    (
        "in/acme/shared/envelope.json",
        r#"{
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Envelope",
          "description": "What every event has.",
          "type": "object",
          "properties": {
            "type": { "description": "Its name.", "type": "string", "x-source": "table" }
          },
          "required": ["type"]
        }"#,
    ),
    (
        "in/acme/shared/call.json",
        r##"{
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Calls",
          "description": "What events say of calls.",
          "$defs": {
            "a/b %": { "description": "A party.", "type": "string", "x-source": "table" },
            "party": { "$ref": "#/$defs/a~1b%20%25" }
          }
        }"##,
    ),
    (
        "in/acme/call.end.json",
        r#"{
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Call ended",
          "description": "A call ended.",
          "type": "object",
          "properties": {
            "type": { "description": "Its name.", "type": "string", "const": "call.end", "x-source": "table" },
            "party": { "$ref": "shared/call.json#/$defs/party" },
            "cause": {
              "description": "Why.",
              "type": "object",
              "properties": {
                "code": { "description": "In short.", "type": "integer", "x-source": "prose" }
              },
              "x-source": "prose"
            }
          },
          "required": ["type"],
          "allOf": [
            { "properties": { "party": { "minLength": 1 } } },
            {
              "if": { "properties": { "party": { "const": "me" } }, "required": ["party"] },
              "then": { "properties": { "cause": { "properties": { "code": { "minimum": 0 } } } } },
              "else": { "properties": { "cause": false } }
            }
          ],
          "x-advice": { "properties": { "party": { "maxLength": 9 } } }
        }"#,
    ),
    ("in/acme/examples/call.end.json", r#"{ "type": "call.end" }"#),
    ("in/acme/examples/call.end.other.json", r#"{ "type": "call.end" }"#),
];

/// What is changed in [`CLEAN`], and the findings then.
#[derive(Default)]
struct Case {
    name: &'static str,
    /// Files, what is found in them, and what it becomes.
    edits: Vec<(&'static str, &'static str, &'static str)>,
    /// Files that are added.
    files: Vec<(&'static str, &'static str)>,
    /// Without the vendor's folder, in order.
    findings: Vec<String>,
}

fn lacks(what: &str, place: &str) -> String {
    format!("{place}: expected {what}, here or where its \"$ref\" leads, found none")
}

fn lacks_description(place: &str) -> String {
    lacks("a \"description\"", place)
}

fn lacks_source(place: &str) -> String {
    lacks("an \"x-source\"", place)
}

fn unused(place: &str) -> String {
    format!("{place}: expected a \"$ref\" that leads here, found none")
}

fn unfinished(place: &str) -> String {
    format!("{place}: expected a finished text, found a TODO in it")
}

fn headers() -> Vec<Case> {
    vec![
        Case { name: "clean", ..Case::default() },
        Case {
            name: "another dialect",
            edits: vec![("call.end.json", "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#")],
            findings: vec![
                r#"call.end.json#/$schema: expected "https://json-schema.org/draft/2020-12/schema", found "http://json-schema.org/draft-07/schema#""#.to_owned(),
            ],
            ..Case::default()
        },
        Case {
            name: "no header",
            edits: vec![
                ("shared/call.json", r#""$schema": "https://json-schema.org/draft/2020-12/schema","#, ""),
                ("shared/call.json", r#""title": "Calls","#, r#""title": " ","#),
                ("shared/call.json", r#""description": "What events say of calls.","#, ""),
            ],
            findings: vec![
                r#"shared/call.json#: expected a "description" of the file, found none"#.to_owned(),
                r#"shared/call.json#: expected a "title" of the file, found none"#.to_owned(),
                r#"shared/call.json#: expected the "$schema" "https://json-schema.org/draft/2020-12/schema", found none"#.to_owned(),
            ],
            ..Case::default()
        },
        Case {
            name: "a header in disorder",
            edits: vec![
                ("call.end.json", r#""title": "Call ended","#, ""),
                ("call.end.json", r#""required": ["type"],"#, r#""required": ["type"], "title": "Call ended","#),
            ],
            findings: vec![
                r#"call.end.json#: expected "$schema", "title", "description" first and in this order, found "$schema", "description", "type""#.to_owned(),
            ],
            ..Case::default()
        },
        Case {
            name: "texts to be finished",
            edits: vec![
                ("vendor.json", "\"Acme\"", "\"TODO\""),
                ("vendor.json", "Acme webhooks", "TODO: its name"),
                ("call.end.json", "Call ended", "TODO: call end"),
                ("call.end.json", "Why.", "Why. TODO: ask"),
                ("call.end.json", r#""const": "me""#, r#""const": "TODO", "description": "TODO""#),
                ("shared/call.json", r#""A party.","#, r#""A party.", "enum": ["me"], "x-enum-descriptions": { "me": "TODO" },"#),
            ],
            findings: [
                "call.end.json#/allOf/1/if/properties/party/description",
                "call.end.json#/properties/cause/description",
                "call.end.json#/title",
                "shared/call.json#/$defs/a~1b %/x-enum-descriptions/me",
                "vendor.json#/document/name",
                "vendor.json#/title",
            ].map(unfinished).to_vec(),
            ..Case::default()
        },
    ]
}

fn members() -> Vec<Case> {
    vec![
        Case {
            name: "a property without a source",
            edits: vec![(
                "call.end.json",
                r#""type": "integer", "x-source": "prose""#,
                r#""type": "integer""#,
            )],
            findings: vec![lacks_source("call.end.json#/properties/cause/properties/code")],
            ..Case::default()
        },
        Case {
            name: "a chain of references that ends in silence",
            edits: vec![(
                "shared/call.json",
                r#""description": "A party.", "type": "string", "x-source": "table""#,
                r#""type": "string""#,
            )],
            findings: vec![
                lacks_description("call.end.json#/properties/party"),
                lacks_source("call.end.json#/properties/party"),
                lacks_description("shared/call.json#/$defs/a~1b %"),
                lacks_description("shared/call.json#/$defs/party"),
            ],
            ..Case::default()
        },
        Case {
            name: "properties of branches and elements",
            edits: vec![(
                "call.end.json",
                r#"{ "properties": { "party": { "minLength": 1 } } },"#,
                r#"{ "properties": { "a": { "description": "A." } } },
                   { "properties": { "b": { "minLength": 1 } } },
                   { "properties": { "b": { "description": "B.", "x-source": "name" } } },
                   { "oneOf": [
                       { "properties": { "c": true } },
                       { "properties": { "c": { "description": "C.", "x-source": "name" } } }
                   ] },
                   { "properties": { "d": {
                       "description": "D.",
                       "type": "array",
                       "items": { "type": "object", "properties": { "e": { "description": "E." } } },
                       "x-source": "name"
                   } } },"#,
            )],
            findings: vec![
                lacks_source("call.end.json#/allOf/0/properties/a"),
                lacks_description("call.end.json#/allOf/3/oneOf/0/properties/c"),
                lacks_source("call.end.json#/allOf/3/oneOf/0/properties/c"),
                lacks_source("call.end.json#/allOf/4/properties/d/items/properties/e"),
            ],
            ..Case::default()
        },
    ]
}

fn uses() -> Vec<Case> {
    vec![
        Case {
            name: "definitions that only themselves or one another use",
            edits: vec![(
                "shared/call.json",
                r#""$defs": {"#,
                r##""$defs": {
                    "loop": { "description": "L.", "items": { "$ref": "#/$defs/loop" } },
                    "one": { "description": "1.", "items": { "$ref": "#/$defs/two" } },
                    "two": { "description": "2.", "items": { "$ref": "#/$defs/one" } },"##,
            )],
            findings: ["loop", "one", "two"]
                .map(|name| unused(&format!("shared/call.json#/$defs/{name}")))
                .to_vec(),
            ..Case::default()
        },
        Case {
            name: "a definition that is used in part",
            edits: vec![
                ("shared/call.json", r#""$defs": {"#, r#""$defs": { "all": { "description": "A.", "items": { "type": "string" } },"#),
                ("call.end.json", r#""description": "Why.","#, r#""description": "Why.", "items": { "$ref": "shared/call.json#/$defs/all/items" },"#),
            ],
            ..Case::default()
        },
        Case {
            name: "files that nothing refers to",
            edits: vec![
                ("vendor.json", r#""shared/envelope.json""#, "null"),
                ("call.end.json", r#"{ "$ref": "shared/call.json#/$defs/party" }"#, r#"{ "description": "P.", "x-source": "table" }"#),
            ],
            findings: ["shared/call.json", "shared/envelope.json"]
                .map(|file| format!("{file}#: expected a \"$ref\" that leads into this file, found none"))
                .to_vec(),
            ..Case::default()
        },
        Case {
            name: "an example of no event",
            files: vec![
                ("in/acme/call.json", r#"{
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "title": "Call",
                    "description": "A call took place."
                }"#),
                ("in/acme/examples/call.ended.json", "{}"),
                ("in/acme/examples/later/call.end.json", "{}"),
                ("in/acme/examples/calling.json", "{}"),
            ],
            findings: vec![
                r#"examples/calling.json#: expected an example of an event, as <event>.json or <event>.<variant>.json, found "calling""#.to_owned(),
            ],
            ..Case::default()
        },
        Case {
            name: "an event without an example",
            files: vec![
                ("in/acme/call.json", r#"{
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "title": "Call",
                    "description": "A call took place."
                }"#),
            ],
            findings: vec![
                "call.json#: expected examples/call.json or examples/call.<variant>.json, found neither".to_owned(),
            ],
            ..Case::default()
        },
        Case {
            name: "without a discriminator, a path is a name",
            edits: vec![("vendor.json", r#""/type""#, "null")],
            files: vec![
                ("in/acme/call/end.json", r#"{
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "title": "End",
                    "description": "An end."
                }"#),
                ("in/acme/examples/call/end.first.json", "{}"),
                ("in/acme/examples/below/call.end.json", "{}"),
            ],
            findings: vec![
                r#"examples/below/call.end.json#: expected an example of an event, as <event>.json or <event>.<variant>.json, found "below/call.end""#.to_owned(),
            ],
        },
    ]
}

/// The findings below the folder `in`, with paths inside `folder`.
fn findings(folder: &Folder) -> Vec<String> {
    let findings = tidy(&folder.path("in")).unwrap_or_else(|error| panic!("{error}"));
    findings.iter().map(|finding| folder.shown(&finding.to_string())).collect()
}

#[test]
fn everything_that_is_left_to_do_is_listed() {
    let mut faults = Vec::new();
    for case in headers().into_iter().chain(members()).chain(uses()) {
        let folder = Folder::with(&CLEAN);
        for (path, text) in &case.files {
            folder.put(path, text);
        }
        for (file, found, new) in &case.edits {
            let path = format!("in/acme/{file}");
            let text = folder.get(&path).expect("the file is there");
            assert!(text.contains(found), "{}: no {found} in {file}", case.name);
            folder.put(&path, &text.replace(found, new));
        }
        let expected: Vec<String> =
            case.findings.iter().map(|finding| format!("in/acme/{finding}")).collect();
        let found = findings(&folder);
        if found != expected {
            faults.push(format!("{}: expected {expected:#?}, found {found:#?}", case.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_summary_counts_the_findings() {
    let folder = Folder::with(&CLEAN);
    let summary = |findings: &[_]| tidy_summary(Path::new("in"), findings);
    assert_eq!(summary(&tidy(&folder.path("in")).expect("it loads")), "in: nothing to tidy");
    folder.put("in/acme/call.json", r#"{ "title": "Call" }"#);
    let findings = tidy(&folder.path("in")).expect("it loads");
    assert_eq!(summary(&findings[..1]), "in: 1 place to tidy");
    assert_eq!(summary(&findings), "in: 3 places to tidy");
}

#[test]
fn what_cannot_be_read_cannot_be_tidied() {
    let table = [
        ("{", "in/acme/call.end.json#: expected "),
        (r#"{ "$ref": "none.json" }"#, "in/acme/call.end.json#/$ref: expected "),
    ];
    for (text, expected) in table {
        let folder = Folder::with(&CLEAN);
        folder.put("in/acme/call.end.json", text);
        let error = tidy(&folder.path("in")).expect_err("it does not load").to_string();
        assert!(folder.shown(&error).starts_with(expected), "{error}");
    }
}

#[test]
fn the_schemas_of_this_repository_are_tidy() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let findings = tidy(&schemas).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(findings, []);
}
