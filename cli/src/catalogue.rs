//! A vendor's `SCHEMA` as people read it: events, and their fields in the document's order.

mod draft;
mod fields;
mod json;
mod schema;
pub(crate) mod words;

use offhook::bundle;

pub(crate) use draft::Draft;
pub(crate) use fields::{Field, Step};
pub(crate) use json::{Json, Members, escape};
pub(crate) use schema::Schema;

/// A vendor, and what its document says.
#[derive(Debug)]
pub(crate) struct Vendor {
    pub(crate) name: String,
    pub(crate) document: Option<Document>,
    /// JSON Pointer to the member that names an event; none if payloads do not name theirs.
    pub(crate) discriminator: Option<String>,
    /// The file of what every event has.
    pub(crate) envelope: Option<String>,
    /// What stands in its `vendor.json`.
    manifest: Members,
    /// By file.
    schemas: Members,
}

/// The document that schemas transcribe.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    /// The day on which it was read, as year, month and day.
    pub(crate) read: String,
}

/// An event, or a payload of a vendor whose payloads do not name theirs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'v> {
    pub(crate) vendor: &'v Vendor,
    /// Its wire name.
    pub(crate) name: &'v str,
    /// The file of its schema.
    pub(crate) file: &'v str,
}

impl Vendor {
    /// Reads a `SCHEMA` that a validator has taken.
    pub(crate) fn read(schema: &str) -> Result<Self, String> {
        let bundle: Members = serde_json::from_str(schema).map_err(|error| error.to_string())?;
        let (mut schemas, mut name) = (Members::new(), String::new());
        let mut manifest = Members::new();
        for (member, value) in bundle {
            match (member.as_str(), value) {
                ("schemas", Json::Object(all)) => schemas = all,
                ("vendor", Json::String(own)) => name = own,
                ("types", _) => {}
                (_, value) => drop(manifest.insert(member, value)),
            }
        }
        let text = |name| manifest.get(name).and_then(Json::text).map(str::to_owned);
        let document = manifest.get("document").and_then(|document| {
            let text = |name| document.get(name).and_then(Json::text).map(str::to_owned);
            Some(Document { name: text("name")?, read: text("read")? })
        });
        let (discriminator, envelope) = (text("discriminator"), text("envelope"));
        Ok(Self { name, document, discriminator, envelope, manifest, schemas })
    }

    /// Its folder, to be edited.
    pub(crate) fn draft(&self) -> Draft {
        let Self { name, manifest, schemas, .. } = self;
        Draft { vendor: name.clone(), manifest: manifest.clone(), schemas: schemas.clone() }
    }

    /// The events, in the order of their names.
    pub(crate) fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let named = self.discriminator.is_some();
        let files = self.schemas.keys();
        let mut events: Vec<_> = files
            .filter_map(|file| {
                Some(Event { vendor: self, name: bundle::payload(file, named)?, file })
            })
            .collect();
        events.sort_by_key(|event| event.name);
        events.into_iter()
    }

    pub(crate) fn event(&self, name: &str) -> Option<Event<'_>> {
        self.events().find(|event| event.name == name)
    }

    /// The schema of what every event has.
    pub(crate) fn envelope(&self) -> Option<Schema<'_>> {
        Schema::at(self, self.envelope.as_deref()?, "")
    }

    fn file(&self, file: &str) -> Option<&Json> {
        self.schemas.get(file)
    }
}

impl<'v> Event<'v> {
    pub(crate) fn schema(self) -> Option<Schema<'v>> {
        Schema::at(self.vendor, self.file, "")
    }

    /// All fields at whatever depth, each after the one that it is in.
    pub(crate) fn fields(self) -> Vec<Field<'v>> {
        self.schema().map(|schema| fields::fields(&schema)).unwrap_or_default()
    }
}
