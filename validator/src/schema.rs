//! A vendor's `SCHEMA` text, parsed.

use std::collections::BTreeMap;
use std::fmt;

use offhook::bundle;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::finding::Room;
use crate::parse::parse;
use crate::steps::Token;
use crate::tape::{self, Tape};

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
    /// The same as they are written.
    pub(crate) way_to_name: Option<Vec<Token>>,
    /// The schema of what every event has.
    pub(crate) envelope: Option<String>,
    /// Whether the vendor's senders sort the members of objects.
    pub(crate) sorted: bool,
    files: BTreeMap<String, File>,
}

struct File {
    text: Box<str>,
    json: Value,
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

    /// The schema at this place.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { place: self, keyword: None }
    }

    /// The `keyword` of the schema at this place.
    pub(crate) fn keyword<'a>(&'a self, keyword: &'a str) -> Source<'a> {
        Source { place: self, keyword: Some(keyword) }
    }

    /// `name` below this place.
    pub(crate) fn below(&self, name: &str) -> Self {
        let name = crate::tape::escape(name);
        let pointer = [&self.pointer, "/", &name].concat();
        Self { file: self.file.clone(), pointer }
    }
}

/// A schema, or a keyword of it.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    place: &'a Place,
    keyword: Option<&'a str>,
}

impl Schemas {
    pub(crate) fn parse(text: &str) -> Result<Self, SchemaError> {
        const WANT: &str = "want the SCHEMA of a vendor's module";
        let other = |_| {
            let got = "with \"vendor\" and \"schemas\", got other JSON";
            SchemaError::new(format!("{WANT}, {got}"))
        };
        let bundle: &RawValue = serde_json::from_str(text)
            .map_err(|error| SchemaError::caused(format!("{WANT}, got what is no JSON"), error))?;
        let bundle: BTreeMap<String, &RawValue> =
            serde_json::from_str(bundle.get()).map_err(other)?;
        let member = |name: &str| bundle.get(name).map_or("null", |member| member.get());
        let string = |name: &str| serde_json::from_str::<String>(member(name)).ok();
        let vendor = serde_json::from_str(member("vendor")).map_err(other)?;
        let files: BTreeMap<String, &RawValue> =
            serde_json::from_str(member("schemas")).map_err(other)?;
        let file = |(name, file): (String, &RawValue)| {
            let json = serde_json::from_str(file.get())
                .map_err(|error| SchemaError::caused(format!("{vendor}/{name}: {error}"), error))?;
            Ok((name, File { text: file.get().into(), json }))
        };
        let discriminator = string("discriminator")
            .map(|pointer| pointer.split('/').skip(1).map(tape::unescape).collect::<Vec<_>>());
        let written = |path: &Vec<String>| path.iter().map(|name| Token::new(name)).collect();
        Ok(Self {
            way_to_name: discriminator.as_ref().map(written),
            discriminator,
            envelope: string("envelope"),
            sorted: string("order").as_deref() == Some("sorted"),
            files: files.into_iter().map(file).collect::<Result<_, _>>()?,
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
        self.find(place).map(|(_, schema)| schema)
    }

    /// The schema at `place`, and the name of its file.
    pub(crate) fn find(&self, place: &Place) -> Option<(&str, &Value)> {
        let (name, file) = self.files.get_key_value(&place.file)?;
        Some((name, file.json.pointer(&place.pointer)?))
    }

    /// All files: their names and what they hold.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.files.iter().map(|(name, file)| (name.as_str(), &file.json))
    }

    /// What a file holds, in the order in which it does.
    pub(crate) fn tape(&self, file: &str) -> Option<Tape<'_>> {
        let file = self.files.get(file)?;
        Some(parse(&file.text, &mut Room::for_body(0)).tape)
    }

    /// Where the `$ref` of the schema at `place` leads.
    pub(crate) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.get(place)?.get("$ref")?.as_str()?;
        Some(Self::target_of(&place.file, reference))
    }

    /// Where a reference in `file` leads.
    pub(crate) fn target_of(file: &str, reference: &str) -> Place {
        let (file, pointer) = bundle::resolve(file, reference);
        Place { file, pointer }
    }

    /// A place as reports name it: `dialstack/call.end.json#/required`.
    pub(crate) fn name(&self, source: Source<'_>) -> String {
        let Source { place, keyword } = source;
        let (slash, keyword) = keyword.map_or(("", ""), |keyword| ("/", keyword));
        let keyword = tape::escape(keyword);
        [&self.vendor, "/", &place.file, "#", &place.pointer, slash, &keyword].concat()
    }
}
