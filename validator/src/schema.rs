//! A vendor's `SCHEMA` text, parsed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use offhook_runtime::json::read;
use offhook_runtime::schema;
use offhook_runtime::text::visible;
use serde_json::Value;

use crate::finding::Room;
use crate::instance::Node;
use crate::intact::are_intact;
use crate::parse::parse;
use crate::place::{Place, Source};
use crate::tape::{self, Kind, Tape};
use crate::words;

/// The text given is not the `SCHEMA` of a generated vendor module.
#[derive(Debug)]
pub struct SchemaError {
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl SchemaError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    pub(crate) fn caused(
        message: impl Into<String>,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self { message: message.into(), source: Some(Box::new(source)) }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.message))
    }
}

impl std::error::Error for SchemaError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// A vendor's schemas by their path in its folder.
pub(crate) struct Schemas {
    pub(crate) vendor: String,
    /// Member names to the string that names an event; none if payloads do not name theirs.
    pub(crate) discriminator: Option<Vec<String>>,
    /// The same as JSON has them, with quotes and colon.
    pub(crate) way_to_name: Option<Vec<String>>,
    /// Member names to the string that is the same on every delivery of an event, if events have it.
    pub(crate) id: Option<Vec<String>>,
    /// The schema of what every event has.
    pub(crate) envelope: Option<String>,
    /// Whether the vendor's senders sort the members of objects.
    pub(crate) sorted: bool,
    /// Whether the form of all schemas is such that they surely compile.
    pub(crate) intact: bool,
    files: BTreeMap<String, File>,
}

struct File {
    text: Box<str>,
    /// What the text holds, once somebody asks.
    json: OnceLock<Value>,
}

impl File {
    fn json(&self) -> &Value {
        // The text was read before, so there is no error.
        self.json.get_or_init(|| read(&self.text).unwrap_or_default())
    }
}

impl Schemas {
    pub(crate) fn parse(text: &str) -> Result<Self, SchemaError> {
        const WANT: &str = "want the SCHEMA of a vendor's module";
        let other = || {
            let got = "with \"vendor\" and \"schemas\", got other JSON";
            SchemaError::new(format!("{WANT}, {got}"))
        };
        let parsed = parse(text, &mut Room::unlimited());
        let plain = parsed.whole && parsed.faults.is_empty();
        if !plain {
            // Of a name that stands twice, serde_json says nothing.
            let _: Value = serde_json::from_str(text).map_err(|error| {
                SchemaError::caused(format!("{WANT}, got what is no JSON"), error)
            })?;
        }
        let bundle = Node::new(&parsed.tape, 0);
        let string = |name| Some(bundle.member(name)?.string()?.into_owned());
        let vendor = string("vendor").ok_or_else(other)?;
        let schemas = bundle.member("schemas").filter(|schemas| schemas.kind() == Kind::Object);
        let schemas: BTreeMap<String, Node<'_>> = schemas
            .ok_or_else(other)?
            .named_children()
            .map(|(name, schema)| (name.into_owned(), schema))
            .collect();
        let file = |(name, schema): (&String, &Node<'_>)| {
            let text = parsed.tape.raw(schema.index).into();
            (name.clone(), File { text, json: OnceLock::new() })
        };
        let path = |name| {
            let pointer = string(name)?;
            Some(pointer.split('/').skip(1).map(tape::unescape).collect::<Vec<_>>())
        };
        let discriminator = path("discriminator");
        let written =
            |path: &Vec<String>| path.iter().map(|name| words::quoted(name) + ":").collect();
        let envelope = string("envelope");
        Ok(Self {
            way_to_name: discriminator.as_ref().map(written),
            discriminator,
            id: path("id"),
            sorted: string("order").as_deref() == Some("sorted"),
            intact: plain && are_intact(&schemas, envelope.as_deref()),
            envelope,
            files: schemas.iter().map(file).collect(),
            vendor,
        })
    }

    /// The schemas of payloads: the name of the event, or else of the payload, and the file.
    pub(crate) fn payloads(&self) -> BTreeMap<String, String> {
        let names_event = self.discriminator.is_some();
        let payload =
            |file: &String| Some((schema::payload(file, names_event)?.to_owned(), file.clone()));
        self.files.keys().filter_map(payload).collect()
    }

    /// The schema at `place`.
    pub(crate) fn get(&self, place: &Place) -> Option<&Value> {
        self.files.get(&place.file)?.json().pointer(&place.pointer)
    }

    /// What a file holds, in the order in which it does.
    pub(crate) fn tape(&self, file: &str) -> Option<Tape<'_>> {
        let file = self.files.get(file)?;
        Some(parse(&file.text, &mut Room::unlimited()).tape)
    }

    /// Where the `$ref` of the schema at `place` leads.
    pub(crate) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.get(place)?.get("$ref")?.as_str()?;
        Some(Place::of_reference(&place.file, reference))
    }

    /// A place as reports name it: `dialstack/call.end.json#/required`.
    pub(crate) fn name(&self, source: Source<'_>) -> String {
        let Source { place: Place { file, pointer }, keyword } = source;
        let (slash, keyword) = keyword.map_or(("", ""), |keyword| ("/", keyword));
        [&self.vendor, "/", file, "#", pointer, slash, keyword].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::Schemas;

    #[test]
    fn what_is_no_schema_of_a_vendor_is_refused() {
        let no_json = "want the SCHEMA of a vendor's module, got what is no JSON";
        let other =
            "want the SCHEMA of a vendor's module, with \"vendor\" and \"schemas\", got other JSON";
        for (text, message) in [
            ("", no_json),
            ("{", no_json),
            (r#"{"vendor":"acme","schemas":{}} {}"#, no_json),
            (r#"{"vendor":"acme","schemas":{"a.json":{"title":"\ud800"}}}"#, no_json),
            (r#"{"vendor":"acme","schemas":{"a.json":{"minimum":1e999}}}"#, no_json),
            ("[]", other),
            (r#"{"vendor":1,"schemas":{}}"#, other),
            (r#"{"vendor":"acme"}"#, other),
            (r#"{"vendor":"acme","schemas":[]}"#, other),
        ] {
            let refused = Schemas::parse(text).err().map(|error| error.to_string());
            assert_eq!(refused.as_deref(), Some(message), "{text}");
        }
    }

    #[test]
    fn a_schema_with_a_name_twice_is_not_trusted() {
        let schemas = |schema: &str| {
            let text = format!(r#"{{"vendor":"acme","schemas":{{"a.json":{schema}}}}}"#);
            Schemas::parse(&text).expect("a SCHEMA")
        };
        assert!(schemas(r#"{"title":"a"}"#).intact);
        assert!(!schemas(r#"{"title":"a","title":"b"}"#).intact);
    }
}
