//! A vendor that has a text in every place that takes any.

use serde_json::{Value, json};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The vendor's folder: its members are called `name`, and `text` stands everywhere else.
pub(crate) fn vendor(name: &str, text: &str) -> Vec<(String, Value)> {
    let words = Words { name, text };
    let payload = json!({ name: { "type": "first" }, words.member("word"): "other" });
    let pointer = name.replace('~', "~0").replace('/', "~1");
    vec![
        (
            "vendor.json".to_owned(),
            json!({
                "title": text,
                "document": { "name": text, "read": "2026-11-30" },
                "discriminator": format!("/{pointer}/type"),
                "envelope": "shared/envelope.json"
            }),
        ),
        (
            "shared/envelope.json".to_owned(),
            words.said(json!({
                "$schema": DRAFT,
                "type": "object",
                "properties": { name: { "type": "object" }, words.member("secret"): { "type": "string" } },
                "required": [name]
            })),
        ),
        (
            "shared/words.json".to_owned(),
            json!({
                "$schema": DRAFT,
                "$defs": { text: words.word(), format!("{text} x"): words.constant() }
            }),
        ),
        ("first.json".to_owned(), words.event("first")),
        ("second.json".to_owned(), words.event("second")),
        ("examples/first.json".to_owned(), payload),
    ]
}

/// What members are called, and the text of all else.
#[derive(Clone, Copy)]
struct Words<'w> {
    name: &'w str,
    text: &'w str,
}

impl Words<'_> {
    fn member(self, word: &str) -> String {
        format!("{} {word}", self.name)
    }

    /// A schema with every annotation.
    fn said(self, mut schema: Value) -> Value {
        for keyword in ["title", "description", "$comment", "default", "contentMediaType"] {
            schema[keyword] = json!(self.text);
        }
        schema["examples"] = json!([self.text, { self.text: self.text }]);
        schema["x-anything"] = json!({ self.text: self.text });
        schema
    }

    fn word(self) -> Value {
        self.said(json!({
            "type": "string",
            "enum": [self.text, "other"],
            "x-enum-descriptions": { self.text: self.text, "other": self.text }
        }))
    }

    fn constant(self) -> Value {
        self.said(json!({ "type": "string", "const": self.text }))
    }

    fn string(self, keyword: &str, value: Value) -> Value {
        let mut schema = json!({ "type": "string" });
        schema[keyword] = value;
        self.said(schema)
    }

    /// A pattern that has the text in it, and matches as if it had not.
    fn pattern(self) -> String {
        format!("^(?:{}){{0}}x$", regex_syntax::escape(self.text))
    }

    /// References to a definition called like the text.
    fn references(self) -> [Value; 2] {
        let encode = |byte| match byte {
            b'~' => "~0".to_owned(),
            b'/' => "~1".to_owned(),
            other => format!("%{other:02X}"),
        };
        let name: Vec<String> = self.text.bytes().map(encode).collect();
        ["", "shared/words.json"]
            .map(|file| json!({ "$ref": format!("{file}#/$defs/{}", name.concat()) }))
    }

    fn unions(self) -> [Value; 2] {
        let branch = |tag: &str, member: &str| {
            self.said(json!({
                "type": "object",
                "properties": {
                    self.name: { "type": "string", "const": tag },
                    member: self.said(json!({ "type": "string" }))
                },
                "required": [self.name]
            }))
        };
        let requires = |member: &str, schema: Value| json!({ "type": "object", "properties": { member: schema }, "required": [member] });
        let tagged = json!({ "oneOf": [branch("one", "a"), branch(self.text, "b")] });
        let untagged = json!({ "anyOf": [
            requires(self.name, json!({ "type": "string" })),
            requires("b", json!({ "const": self.text }))
        ] });
        [tagged, untagged]
    }

    fn event(self, event: &str) -> Value {
        let Self { name, text } = self;
        let (word, constant, pattern) = (self.word(), self.constant(), self.pattern());
        let [own, shared] = self.references();
        let [tagged, untagged] = self.unions();
        let names_it = json!({
            "type": "object",
            "properties": { "type": self.said(json!({ "type": "string", "const": event })) },
            "required": ["type"]
        });
        let members = [
            ("word", word.clone()),
            ("constant", constant.clone()),
            ("pattern", self.string("pattern", json!(pattern))),
            ("secret", self.string("x-sensitive", json!(true))),
            ("source", self.string("x-source", json!("prose"))),
            ("tagged", self.said(tagged)),
            ("untagged", self.said(untagged)),
            ("kinds", self.said(json!({ "type": ["string", "integer", "object"] }))),
            ("list", self.said(json!({ "type": "array", "items": word }))),
            ("map", json!({ "type": "object", "patternProperties": { (pattern): constant } })),
            (
                "tuple",
                json!({
                    "type": "array", "prefixItems": [word, constant], "minItems": 2, "items": false
                }),
            ),
            ("own", own),
            ("shared", shared),
        ];
        let mut schema = self.said(json!({
            "$schema": DRAFT,
            "type": "object",
            "properties": { name: names_it },
            "required": [name],
            "if": {
                "properties": { self.member("word"): { "const": text } },
                "required": [self.member("word")]
            },
            "then": { "required": [self.member("constant")] },
            "dependentRequired": { self.member("secret"): [self.member("source")] },
            "dependentSchemas": { self.member("list"): { "required": [self.member("map")] } },
            "$defs": { text: word }
        }));
        for (member, value) in members {
            schema["properties"][self.member(member)] = value;
        }
        schema
    }
}
