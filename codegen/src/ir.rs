//! What Rust is to be made of: vendors, events, definitions. No syn here, and no file system.

use crate::doc_comment::Paragraph;
use crate::whole::Key;
use offhook_model::{Json, Location, Object};

/// A vendor's module.
pub(crate) struct Vendor {
    /// The vendor's name.
    pub(crate) name: String,
    /// The name of the folder.
    pub(crate) folder: String,
    /// The module's name.
    pub(crate) module: String,
    /// The vendor's name for people.
    pub(crate) title: String,
    /// Name of the vendor's document.
    pub(crate) document: String,
    /// The document's date.
    pub(crate) date: String,
    /// The day on which it was read.
    pub(crate) read: String,
    /// Members that lead to the string that names an event.
    pub(crate) discriminator: Option<Vec<String>>,
    /// The type of what every event has, if the vendor has such a thing.
    pub(crate) envelope: Option<TypeName>,
    pub(crate) events: Vec<Event>,
    /// A module each: events in name order, then shared schemas.
    pub(crate) modules: Vec<Module>,
    /// Whether its sender sorts the members of objects by name.
    pub(crate) sorts: bool,
    /// The text of `SCHEMA`.
    pub(crate) schema: String,
    /// What `EXAMPLES` lists.
    pub(crate) examples: Vec<Example>,
}

/// One of the vendor's example payloads.
pub(crate) struct Example {
    pub(crate) name: String,
    /// The wire name of its event.
    pub(crate) event: String,
    pub(crate) text: String,
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
    /// The schema that it is made of, or that holds those.
    pub(crate) place: Location,
    /// What its values fit one of.
    pub(crate) keys: Vec<Key>,
    /// Whether it is all that is made of that schema, and not a part of it.
    pub(crate) entire: bool,
    /// Whether `Debug` must show nothing of it. Of other types the field says so that holds them.
    pub(crate) sensitive: bool,
    /// Paragraphs.
    pub(crate) docs: Vec<Paragraph>,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    Struct(Struct),
    /// A vocabulary of strings, kept open.
    Enum(Vec<Variant>),
    /// A value of one of several kinds, in the schema's order.
    Kinds(Vec<KindVariant>),
    /// One of several objects.
    Objects(Vec<Branch>),
    /// A value that needs a name.
    Newtype(Type),
}

pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The members that no field is for, if they are kept.
    pub(crate) rest: Option<Rest>,
}

#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) docs: Vec<Paragraph>,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    /// Not to be shown by `Debug`.
    pub(crate) sensitive: bool,
}

/// The field of a struct that keeps the members without a field.
pub(crate) struct Rest {
    pub(crate) name: String,
    /// The type of the map.
    pub(crate) ty: Type,
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
    pub(crate) docs: Vec<Paragraph>,
}

/// A variant for values of one kind.
pub(crate) struct KindVariant {
    pub(crate) kind: Kind,
    pub(crate) ty: Type,
}

/// A kind of JSON value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Number,
    Boolean,
    Array,
    Object,
    /// Any that no other variant is for.
    Other,
}

/// A variant for objects that fit one branch of a union.
pub(crate) struct Branch {
    pub(crate) name: String,
    /// What its schema says of it, if anything.
    pub(crate) summary: String,
    pub(crate) ty: Type,
    pub(crate) guard: Guard,
}

/// What tells the objects of one branch from those of others, beside their types.
pub(crate) struct Guard {
    /// Members that must be there.
    pub(crate) required: Vec<String>,
    /// Members that may have no other values than these, if they are there, and the way to them.
    pub(crate) only: Vec<(Vec<String>, Vec<Json>)>,
    /// Members that have a field; none if every member is kept.
    pub(crate) known: Option<Vec<String>>,
    /// Whether there may be no others.
    pub(crate) closed: bool,
}

/// The type of a value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    Timestamp,
    Number,
    Integer,
    Boolean,
    /// Nothing but null.
    Null,
    /// Any JSON.
    Any,
    /// An object whose members nothing documents.
    Object,
    /// An object whose members are all of one type.
    Map(Box<Type>),
    Array(Box<Type>),
    Tuple(Vec<Type>),
    /// An element that may be null.
    Nullable(Box<Type>),
    /// A type that holds the one that it is part of.
    Boxed(Box<Type>),
    Named(TypeName),
    /// The member that names the event, always this one.
    Discriminator(TypeName),
}

impl Type {
    /// This type, or null.
    pub(crate) fn or_null(self, nullable: bool) -> Self {
        if nullable && !matches!(self, Self::Any | Self::Null) {
            Self::Nullable(Box::new(self))
        } else {
            self
        }
    }
}

impl Vendor {
    pub(crate) fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.modules.iter().flat_map(|module| &module.definitions)
    }
}

/// Where each type's schema stands, as `SCHEMA` tells it: `"shared/call.json#/$defs/direction"`
/// beside `"Direction"`.
pub(crate) fn type_places(modules: &[Module]) -> Object {
    let definitions = modules.iter().flat_map(|module| &module.definitions);
    definitions
        .filter(|definition| definition.entire)
        .map(|definition| (definition.place.to_string(), definition.name.clone().into()))
        .collect()
}
