//! What Rust is to be made of: vendors, events, definitions. No syn here, and no file system.

use serde_json::{Map, Value};

use crate::place::Place;

/// A vendor's module.
pub(crate) struct Vendor {
    /// The module's name: the folder's.
    pub(crate) name: String,
    /// The vendor's name for people.
    pub(crate) title: String,
    /// Name of the vendor's document.
    pub(crate) document: String,
    /// The day on which it was read.
    pub(crate) read: String,
    /// Members that lead to the string that names an event.
    pub(crate) discriminator: Option<Vec<String>>,
    /// The type of what every event has, if the vendor has such a thing.
    pub(crate) envelope: Option<TypeName>,
    pub(crate) events: Vec<Event>,
    /// A module each: events in name order, then shared schemas.
    pub(crate) modules: Vec<Module>,
    /// The text of `SCHEMA`.
    pub(crate) schema: String,
}

/// What is made of one schema file.
pub(crate) struct Module {
    /// The module's name, `call_end`.
    pub(crate) name: String,
    /// The schema's path inside the vendor's folder.
    pub(crate) file: String,
    /// In the order in which a reader meets them.
    pub(crate) definitions: Vec<Definition>,
}

/// A documented event.
pub(crate) struct Event {
    pub(crate) wire: String,
    /// The variant and the struct have one name.
    pub(crate) name: TypeName,
    pub(crate) file: String,
    /// The first sentence of the schema's description.
    pub(crate) summary: String,
    pub(crate) fields: Vec<Field>,
}

/// A Rust type's name, unique within its vendor.
pub(crate) type TypeName = String;

/// A Rust type.
pub(crate) struct Definition {
    pub(crate) name: TypeName,
    pub(crate) place: Place,
    /// Paragraphs.
    pub(crate) docs: Vec<String>,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    Struct(Vec<Field>),
    /// A vocabulary of strings, kept open.
    Enum(Vec<Variant>),
    /// One of several JSON types, in the schema's order.
    Union(Vec<Type>),
}

#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    /// Not to be shown by `Debug`.
    pub(crate) sensitive: bool,
}

/// Whether a member may be missing or null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// `Option`; must be there, may be null.
    Nullable,
    /// `Option`; may be missing.
    Optional,
    /// `Maybe`; may be missing, may be null.
    OptionalNullable,
}

pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
}

/// The type of a value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    Timestamp,
    Number,
    Integer,
    Boolean,
    /// Any JSON.
    Any,
    /// An object whose members nothing documents.
    Object,
    Array(Box<Type>),
    Named(TypeName),
    /// The member that names the event, always this one.
    Discriminator(TypeName),
}

impl Vendor {
    pub(crate) fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.modules.iter().flat_map(|module| &module.definitions)
    }
}

/// Where each type's schema stands, as `SCHEMA` tells it: `"shared/call.json#/$defs/direction"`
/// beside `"Direction"`.
pub(crate) fn type_places(modules: &[Module]) -> Map<String, Value> {
    let definitions = modules.iter().flat_map(|module| &module.definitions);
    definitions
        .map(|definition| (definition.place.to_string(), definition.name.clone().into()))
        .collect()
}
