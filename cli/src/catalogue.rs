//! A vendor's `SCHEMA` as people read it: events, and their fields in the document's order.

mod draft;
mod example;
mod field_token;
mod fields;
mod schema;
pub(crate) mod words;

use offhook_model::location::pointer;
use offhook_model::{SchemaSet, payload_name};
use offhook_runtime::text::visible;

use crate::edition::{edition, is_meant, parts};
use crate::nearest::tip;

pub(crate) use draft::Draft;
pub(crate) use example::Example;
pub(crate) use field_token::{field_name, field_token};
pub(crate) use fields::{Field, Step};
pub(crate) use offhook_model::location::escape;
pub(crate) use offhook_model::{Document, Json, Location, Object as Members, Order};
pub(crate) use schema::Schema;

/// A vendor, and what its document says.
#[derive(Debug)]
pub(crate) struct Vendor {
    pub(crate) name: String,
    /// The name of its folder.
    pub(crate) folder: String,
    pub(crate) document: Option<Document>,
    /// JSON Pointer to the member that names an event; none if payloads do not name theirs.
    pub(crate) discriminator: Option<String>,
    /// The file of what every event has.
    pub(crate) envelope: Option<String>,
    /// How its sender orders the members of objects.
    pub(crate) order: Order,
    /// What stands in its `vendor.json`.
    manifest: Members,
    /// By file.
    schemas: Members,
    /// Payloads as it sends them, in name order. They are not part of a `SCHEMA`.
    pub(crate) examples: Vec<Example>,
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
    /// What a set of schemas says, for people.
    pub(crate) fn new(set: &SchemaSet) -> Self {
        let pointer = |path: &[String]| pointer(path.iter().map(String::as_str));
        let schemas = set.files().map(|(file, schema)| (file.to_owned(), schema.clone()));
        let examples = set.examples().into_iter().filter_map(|example| {
            let event = example.payload?.name.to_owned();
            Some(Example { name: example.name.to_owned(), event, text: example.text.to_owned() })
        });
        Self {
            name: set.vendor().to_owned(),
            folder: set.folder().to_owned(),
            document: set.document().cloned(),
            discriminator: set.discriminator().map(pointer),
            envelope: set.envelope().map(str::to_owned),
            order: set.manifest().order,
            manifest: set.manifest_json().as_object().cloned().unwrap_or_default(),
            schemas: schemas.collect(),
            examples: examples.collect(),
        }
    }

    /// Its folder, to be edited.
    pub(crate) fn draft(&self) -> Draft {
        let Self { folder, manifest, schemas, .. } = self;
        Draft { folder: folder.clone(), manifest: manifest.clone(), schemas: schemas.clone() }
    }

    /// The document's date.
    pub(crate) fn date(&self) -> Option<&str> {
        self.document.as_ref().map(|document| document.date.as_str())
    }

    /// Its name with the document's date: `voiceblender@2026-08`.
    pub(crate) fn edition(&self) -> String {
        edition(&self.name, self.date())
    }

    /// Whether `name` means this vendor, or this document of it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let (vendor, wanted) = parts(name);
        self.name == name
            || self.name == vendor && wanted.is_some_and(|wanted| is_meant(wanted, self.date()))
    }

    /// The events, in the order of their names.
    pub(crate) fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let named = self.discriminator.is_some();
        let files = self.schemas.keys();
        let mut events: Vec<_> = files
            .filter_map(|file| Some(Event { vendor: self, name: payload_name(file, named)?, file }))
            .collect();
        events.sort_by_key(|event| event.name);
        events.into_iter()
    }

    pub(crate) fn event(&self, name: &str) -> Option<Event<'_>> {
        self.events().find(|event| event.name == name)
    }

    /// The event of that name, or what to say if there is none.
    pub(crate) fn known_event(&self, name: &str) -> Result<Event<'_>, String> {
        self.event(name).ok_or_else(|| {
            let tip = tip(name, self.events().map(|event| event.name));
            let (vendor, name) = (visible(&self.name), visible(name));
            format!(
                "{vendor} has no event '{name}'{tip}\n\n  `offhook events --vendor {vendor}` lists what there is"
            )
        })
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

    /// The vendor's example payloads of it, in name order.
    pub(crate) fn examples(self) -> impl Iterator<Item = &'v Example> {
        self.vendor.examples.iter().filter(move |example| example.event == self.name)
    }

    /// All fields at whatever depth, each after the one that it is in.
    pub(crate) fn fields(self) -> Vec<Field<'v>> {
        self.schema().map(|schema| fields::fields(&schema)).unwrap_or_default()
    }
}
