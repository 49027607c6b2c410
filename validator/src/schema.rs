//! A vendor's `SCHEMA` text, parsed.

use std::collections::BTreeMap;
use std::fmt;

use offhook::bundle;
use serde_json::{Map, Value};

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
        f.write_str(&self.message)
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
    /// The schema of what every event has.
    pub(crate) envelope: Option<String>,
    files: Map<String, Value>,
}

/// A place in a vendor's schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) pointer: String,
}

impl Place {
    pub(crate) fn root(file: &str) -> Self {
        Self { file: file.to_owned(), pointer: String::new() }
    }

    /// `name` below this place.
    pub(crate) fn below(&self, name: &str) -> Self {
        let name = crate::tape::escape(name);
        Self { file: self.file.clone(), pointer: format!("{}/{name}", self.pointer) }
    }
}

impl Schemas {
    pub(crate) fn parse(text: &str) -> Result<Self, SchemaError> {
        let bundle: Value = serde_json::from_str(text).map_err(|error| {
            SchemaError::caused("want the SCHEMA of a vendor's module, got what is no JSON", error)
        })?;
        let string = |name: &str| bundle.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(vendor), Some(files)) =
            (string("vendor"), bundle.get("schemas").and_then(Value::as_object))
        else {
            return Err(SchemaError::new(
                "want the SCHEMA of a vendor's module, with \"vendor\" and \"schemas\", got other JSON",
            ));
        };
        let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
        Ok(Self {
            discriminator: string("discriminator")
                .map(|pointer| pointer.split('/').skip(1).map(unescape).collect()),
            envelope: string("envelope"),
            files: files.clone(),
            vendor,
        })
    }

    /// The schemas of payloads: the name of the event, or else of the payload, and the file.
    pub(crate) fn payloads(&self) -> BTreeMap<String, String> {
        let names_event = self.discriminator.is_some();
        let payload =
            |file: &String| Some((bundle::payload(file, names_event)?.to_owned(), file.clone()));
        self.files.keys().filter_map(payload).collect()
    }

    /// The schema at `place`.
    pub(crate) fn get(&self, place: &Place) -> Option<&Value> {
        self.files.get(&place.file)?.pointer(&place.pointer)
    }

    /// Where the `$ref` of the schema at `place` leads.
    pub(crate) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.get(place)?.get("$ref")?.as_str()?;
        let (file, pointer) = bundle::resolve(&place.file, reference);
        Some(Place { file, pointer })
    }

    /// A place as reports name it: `dialstack/call.end.json#/required`.
    pub(crate) fn name(&self, place: &Place) -> String {
        format!("{}/{}#{}", self.vendor, place.file, place.pointer)
    }
}
