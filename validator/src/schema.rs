//! A vendor's `SCHEMA` text, parsed and compiled.

use std::collections::BTreeMap;
use std::fmt;

use jsonschema::Registry;
use offhook::bundle;
use serde_json::{Map, Value, json};

use crate::instance::OnTape;

/// A compiled schema that judges tapes.
pub(crate) type Judge = jsonschema::Validator<OnTape>;

/// What schemas are called among themselves: this, the vendor, and the path in its folder.
const BASE: &str = "offhook:///";

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

    fn caused(
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
    /// Member names to the string that names an event.
    pub(crate) discriminator: Option<Vec<String>>,
    /// The schema of what every event has.
    pub(crate) envelope: Option<String>,
    files: Map<String, Value>,
}

/// A place in a vendor's schemas.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

    /// The event schemas: the name of the event and the file.
    pub(crate) fn events(&self) -> BTreeMap<String, String> {
        let event = |file: &String| Some((bundle::event(file)?.to_owned(), file.clone()));
        self.files.keys().filter_map(event).collect()
    }

    /// The schema at `place`.
    pub(crate) fn get(&self, place: &Place) -> Option<&Value> {
        self.files.get(&place.file)?.pointer(&place.pointer)
    }

    /// Where the `$ref` of the schema at `place` leads.
    pub(crate) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.get(place)?.get("$ref")?.as_str()?;
        let (file, pointer) = bundle::resolve(&place.file, reference);
        Some(Place { file, pointer: pointer.to_owned() })
    }

    fn uri(&self, file: &str) -> String {
        format!("{BASE}{}/{file}", self.vendor)
    }

    /// The place that an absolute keyword location names.
    pub(crate) fn place(&self, location: &str) -> Option<Place> {
        let path = location.strip_prefix(BASE)?.strip_prefix(&self.vendor)?.strip_prefix('/')?;
        let (file, pointer) = path.split_once('#').unwrap_or((path, ""));
        Some(Place { file: file.to_owned(), pointer: percent_decode(pointer) })
    }

    /// A place as reports name it: `dialstack/call.end.json#/required`.
    pub(crate) fn name(&self, place: &Place) -> String {
        format!("{}/{}#{}", self.vendor, place.file, place.pointer)
    }
}

/// Compiles a vendor's schemas, each of which may refer to the others.
pub(crate) struct Compiler<'a> {
    pub(crate) schemas: &'a Schemas,
    registry: Registry<'a>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(schemas: &'a Schemas) -> Result<Self, SchemaError> {
        let failed = |error: jsonschema::ReferencingError| {
            SchemaError::caused(format!("{}: {error}", schemas.vendor), error)
        };
        let mut registry = Registry::new();
        for (file, schema) in &schemas.files {
            registry = registry.add(schemas.uri(file), schema).map_err(failed)?;
        }
        Ok(Self { schemas, registry: registry.prepare().map_err(failed)? })
    }

    /// Compiles the whole file.
    pub(crate) fn file(&self, file: &str) -> Result<Judge, SchemaError> {
        self.compile(&json!({ "$ref": self.schemas.uri(file) }), &Place::root(file))
    }

    /// Compiles `schema`, which stands at `place`.
    pub(crate) fn compile(&self, schema: &Value, place: &Place) -> Result<Judge, SchemaError> {
        jsonschema::options_for::<OnTape>()
            .with_registry(&self.registry)
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_format("date-time", offhook::runtime::is_rfc3339)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(schema)
            .map_err(|error| {
                let message = format!("{}: {error}", self.schemas.name(place));
                SchemaError::caused(message, error.to_owned())
            })
    }
}

/// Undoes the escapes of a URI's fragment.
fn percent_decode(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => {
                let digit = |byte: &u8| {
                    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
                };
                digit(high).zip(digit(low)).map(|(high, low)| high << 4 | low)
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::percent_decode;

    #[test]
    fn fragments_lose_their_escapes() {
        assert_eq!(percent_decode("/%24defs/a%20b"), "/$defs/a b");
        assert_eq!(percent_decode("/100%/x%2"), "/100%/x%2");
    }
}
