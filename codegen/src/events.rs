//! Events into the vendor's own module: `Event`, its dispatch on the wire name, `EventType`.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Item;

use crate::doc_comment::{self, Paragraph};
use crate::ir::{Definition, Event, Field, Presence, Shape, Struct, Type, Vendor};
use crate::names::{identifier, pascal};
use crate::polish::{Piece, items, pieces};

/// All of a vendor's module but its `mod` lines.
pub(crate) fn emit(vendor: &Vendor) -> Vec<Item> {
    let mut made = schema(vendor);
    if let Some(path) = &vendor.discriminator {
        made.extend(event(vendor, path));
        made.extend(accessors(vendor));
        made.extend(unknown_event(vendor));
        made.extend(event_type(vendor));
    }
    made
}

/// `SCHEMA`, and what needs to know of it.
fn schema(vendor: &Vendor) -> Vec<Item> {
    let docs = doc_comment::attributes(&[Paragraph::default().prose(&vendor.title).text(
        "'s schemas and `vendor.json` in one JSON document: what `offhook-validator` takes.",
    )]);
    let path = format!("{}/schema.json", vendor.module);
    let (name, date) = (&vendor.name, &vendor.date);
    let prefix = pascal(&vendor.folder);
    let json_schemas = format!("{}/json_schemas.json", vendor.module);
    let event = vendor.discriminator.is_some().then(|| quote!(Event,));
    let types = vendor.definitions().map(|definition| format_ident!("{}", definition.name));
    items(quote! {
        #docs
        pub const SCHEMA: &str = include_str!(#path);

        pub(crate) const VENDOR: &str = #name;
        pub(crate) const DOCUMENT: &str = #date;

        /// `SCHEMA`, always at the same address.
        #[inline(never)]
        pub(crate) fn schema() -> &'static str {
            SCHEMA
        }

        offhook_runtime::__private::json_schemas! { #json_schemas, #prefix, #event #(#types),* }
    })
}

/// The `Payload` of an event's type; nothing for other types.
pub(crate) fn payload(vendor: &Vendor, definition: &Definition) -> Vec<Piece> {
    let event = vendor.events.iter().find(|event| event.name == definition.name);
    let payload = event.map(|event| {
        let name = format_ident!("{}", event.name);
        let file = &event.file;
        pieces(quote!(offhook_runtime::__private::payload!(#name, #file);))
    });
    payload.unwrap_or_default()
}

/// The enum with reading and writing.
fn event(vendor: &Vendor, path: &[String]) -> Vec<Item> {
    let docs = doc_comment::attributes(&[
        Paragraph::new("Any ").prose(&vendor.title).text(" event."),
        Paragraph::new(
            "Read it with `serde_json`, from text or from a `Value`. The event is chosen by its name, wherever in the payload that stands; one that the document lacks is [`Event::Unknown`]. Writing gives back the JSON that was read, undocumented members aside.",
        ),
        Paragraph::new("Source: ").prose(&vendor.document).text("."),
    ]);
    let names: Vec<_> = vendor.events.iter().map(|event| format_ident!("{}", event.name)).collect();
    let unknown = if vendor.envelope.is_some() {
        quote!(return UnknownEvent::read(name.into_owned(), raw).map(Event::Unknown);)
    } else {
        quote!(return Ok(Event::Unknown(UnknownEvent { name: name.into_owned(), raw }));)
    };
    let variant_docs = vendor.events.iter().map(event_docs);
    let quoted = path.iter().map(|name| format!("{}:", serde_json::Value::from(name.as_str())));
    items(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "events are handled one at a time")]
        pub enum Event {
            #(#variant_docs #names(#names),)*
            #[doc = " An event that the document does not have."]
            Unknown(UnknownEvent),
        }

        impl Event {
            /// The event's name as the payload has it.
            #[inline]
            pub fn name(&self) -> &str {
                match self {
                    Self::Unknown(event) => &event.name,
                    #(Self::#names(_) => EventType::#names.as_str(),)*
                }
            }

            /// The event's name, unless the document lacks it.
            #[inline]
            pub fn event_type(&self) -> Option<EventType> {
                match self {
                    Self::Unknown(_) => None,
                    #(Self::#names(_) => Some(EventType::#names),)*
                }
            }
        }

        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Unknown(event) => event.raw.serialize(serializer),
                    #(Self::#names(event) => event.serialize(serializer),)*
                }
            }
        }

        impl<'de> Deserialize<'de> for Event {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = |raw: RawPayload| -> serde_json::Result<Self> {
                    let name = offhook_runtime::__private::discriminator(raw.as_str(), &[#(#path),*])?;
                    let Ok(event_type) = name.parse() else {
                        #unknown
                    };
                    match event_type {
                        #(EventType::#names => raw.read().map(Event::#names),)*
                    }
                };
                let raw = offhook_runtime::__private::raw(deserializer)?;
                read(raw).map_err(D::Error::custom)
            }
        }

        impl Payload for Event {
            const VENDOR: &'static str = VENDOR;
            const DOCUMENT: Option<&'static str> = Some(DOCUMENT);
            const SCHEMA_FILE: Option<&'static str> = None;

            #[inline]
            fn decoded_schema() -> Option<&'static str> {
                Some(schema())
            }

            #[inline]
            fn decode(text: &str, place: &mut Option<Self>) {
                offhook_runtime::__private::decode(text, place);
            }
        }

        impl Decode for Event {
            #[inline]
            #[allow(clippy::too_many_lines, reason = "there are as many as events")]
            fn decode<'a>(
                reader: &mut Reader<'a>,
                rest: Rest<'a>,
                place: &mut Option<Self>,
            ) -> Rest<'a> {
                let name = reader.event_name(rest, &[#(#quoted),*]);
                let Some(Ok(event_type)) = name.map(str::parse) else {
                    return GIVEN_UP;
                };
                match event_type {
                    #(EventType::#names => #names::decode_as(reader, rest, place, Self::#names),)*
                }
            }
        }
    })
}

/// What a variant of `Event` says of its event.
fn event_docs(event: &Event) -> TokenStream {
    let name = Paragraph::default().code(&event.wire).text(".");
    let docs = match event.summary.as_str() {
        "" => name,
        summary => name.text(" ").prose(summary).text("."),
    };
    doc_comment::attributes(&[docs])
}

/// Methods of `Event` for what every event has, of one type.
fn accessors(vendor: &Vendor) -> Vec<Item> {
    let Some(envelope) = envelope(vendor) else {
        return Vec::new();
    };
    let methods: Vec<TokenStream> = envelope
        .iter()
        .filter(|field| vendor.discriminator.as_deref() != Some(std::slice::from_ref(&field.wire)))
        // These two methods `Event` has already.
        .filter(|field| !["name", "event_type"].contains(&field.name.as_str()))
        .filter(|field| vendor.events.iter().all(|event| has(event, field)))
        .filter_map(|field| accessor(vendor, field))
        .collect();
    if methods.is_empty() {
        return Vec::new();
    }
    items(quote! {
        /// What every event has.
        impl Event {
            #(#methods)*
        }
    })
}

fn envelope(vendor: &Vendor) -> Option<&[Field]> {
    let name = vendor.envelope.as_ref()?;
    let definition = vendor.definitions().find(|definition| definition.name == *name)?;
    match &definition.shape {
        Shape::Struct(Struct { fields, .. }) => Some(fields),
        _ => None,
    }
}

/// Whether an event has a member just as the envelope has it.
fn has(event: &Event, field: &Field) -> bool {
    event
        .fields
        .iter()
        .any(|own| own.name == field.name && own.ty == field.ty && own.presence == field.presence)
}

fn accessor(vendor: &Vendor, field: &Field) -> Option<TokenStream> {
    let name = identifier(&field.name);
    let variants: Vec<_> =
        vendor.events.iter().map(|event| format_ident!("{}", event.name)).collect();
    let docs = doc_comment::attributes(&field.docs);
    let returns = match (&field.ty, field.presence) {
        (Type::String, Presence::Required) => quote!(&str),
        (Type::String, Presence::Optional) => quote!(Option<&str>),
        (Type::Timestamp, Presence::Required) => quote!(&Timestamp),
        (Type::Timestamp, Presence::Optional) => quote!(Option<&Timestamp>),
        (Type::Number, Presence::Required) => quote!(Number),
        (Type::Integer, Presence::Required) => quote!(Integer),
        _ => return None,
    };
    let borrow = |owner: TokenStream| match (&field.ty, field.presence) {
        (Type::String, Presence::Optional) => quote!(#owner.#name.as_deref()),
        (_, Presence::Optional) => quote!(#owner.#name.as_ref()),
        (Type::Number | Type::Integer, _) => quote!(#owner.#name),
        _ => quote!(&#owner.#name),
    };
    let (known, unknown) = (borrow(quote!(event)), borrow(quote!(event.envelope)));
    Some(quote! {
        #docs
        #[inline]
        pub fn #name(&self) -> #returns {
            match self {
                Self::Unknown(event) => #unknown,
                #(Self::#variants(event) => #known,)*
            }
        }
    })
}

fn unknown_event(vendor: &Vendor) -> Vec<Item> {
    let docs = doc_comment::attributes(&[
        Paragraph::new("An event that ").prose(&vendor.title).text("'s document does not have."),
        Paragraph::new(
            "Vendors add events without notice: this one is kept whole, to be logged or read by hand.",
        ),
    ]);
    let envelope = vendor.envelope.as_ref().map(|name| format_ident!("{name}"));
    let field = envelope.iter().map(|envelope| {
        quote! {
            /// What every event has.
            pub envelope: #envelope,
        }
    });
    let read = envelope.iter().map(|_| {
        quote! {
            impl UnknownEvent {
                #[inline]
                fn read(name: String, raw: RawPayload) -> serde_json::Result<Self> {
                    Ok(Self { name, envelope: raw.read()?, raw })
                }
            }
        }
    });
    items(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct UnknownEvent {
            /// The event's name as the payload has it.
            pub name: String,
            #(#field)*
            /// The whole payload as it came.
            pub raw: RawPayload,
        }

        #(#read)*
    })
}

fn event_type(vendor: &Vendor) -> Vec<Item> {
    let title = &vendor.title;
    let doc = Paragraph::new("The name of one of ").prose(title).text("'s events.");
    let doc = doc_comment::attributes(&[doc]);
    let names: Vec<_> = vendor.events.iter().map(|event| format_ident!("{}", event.name)).collect();
    let wires: Vec<_> = vendor.events.iter().map(|event| &event.wire).collect();
    let docs = wires.iter().map(|wire| doc_comment::attributes(&[Paragraph::default().code(wire)]));
    let count = wires.len();
    // Half of it stays empty, so that most names are the first to be looked at.
    let places = Literal::usize_unsuffixed((2 * count).next_power_of_two());
    let count = Literal::usize_unsuffixed(count);
    items(quote! {
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum EventType {
            #(#docs #names,)*
        }

        impl EventType {
            /// All documented events, in name order.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];

            const NAMES: Names<#count, #places> = Names::new([#(#wires),*]);

            /// The name as it is written in JSON.
            pub const fn as_str(self) -> &'static str {
                Self::NAMES.get(self as usize)
            }
        }

        impl FromStr for EventType {
            type Err = UnknownEventType;

            fn from_str(name: &str) -> Result<Self, UnknownEventType> {
                let number = Self::NAMES.find(name);
                number.map(|number| Self::ALL[number]).ok_or(UnknownEventType::new(#title))
            }
        }

        offhook_runtime::__private::event_type!(EventType);
    })
}
