//! A vendor's `SCHEMA` as people read it: events, and their fields in the document's order.

mod draft;
mod example;
mod fields;
mod json;
mod schema;
pub(crate) mod words;

use offhook_runtime::schema::payload;
use offhook_runtime::text::visible;

use crate::nearest::tip;

pub(crate) use draft::{Draft, MANIFEST, layout};
pub(crate) use example::Example;
pub(crate) use fields::{Field, Step};
pub(crate) use json::{Json, Members, escape, field_token, tokens, unescape};
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
    /// How its sender orders the members of objects.
    pub(crate) order: Order,
    /// What stands in its `vendor.json`.
    manifest: Members,
    /// By file.
    schemas: Members,
    /// Payloads as it sends them, in name order. They are not part of a `SCHEMA`.
    pub(crate) examples: Vec<Example>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As the vendor's document does.
    Document,
    /// By name.
    Sorted,
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
        let is_sorted = text("order").as_deref() == Some("sorted");
        let order = if is_sorted { Order::Sorted } else { Order::Document };
        let examples = Vec::new();
        Ok(Self { name, document, discriminator, envelope, order, manifest, schemas, examples })
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
            .filter_map(|file| Some(Event { vendor: self, name: payload(file, named)?, file }))
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

    /// The event that an example of this name is of: `<event>[.<variant>]`.
    pub(crate) fn event_of(&self, example: &str) -> Option<Event<'_>> {
        let is_of = |event: &Event<'_>| {
            let rest = example.strip_prefix(event.name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.events().filter(is_of).max_by_key(|event| event.name.len())
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
