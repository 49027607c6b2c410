//! Definitions into syn items: structs by way of typify, the rest here.
//!
//! typify makes raw material: it is given one flat schema a vendor, in which every field's type is
//! a reference to a type that we name, and its structs are kept. [`crate::polish`] makes them
//! readable.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use schemars::schema::RootSchema;
use serde_json::{Map, Value, json};
use syn::{Item, ItemStruct};
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use crate::GenError;
use crate::bundle::Bundle;
use crate::ir::{Definition, Presence, Shape, Type, Variant, Vendor};
use crate::polish;
use crate::rust_type::rust_type;

/// The items of each definition, in the order of [`Vendor::definitions`].
pub(crate) fn emit(bundle: &Bundle, vendor: &Vendor) -> Result<Vec<Vec<Item>>, GenError> {
    let mut structs = structs(bundle, vendor)?;
    vendor
        .definitions()
        .enumerate()
        .map(|(number, definition)| match &definition.shape {
            Shape::Struct(fields) => {
                let index = structs.iter().position(|item| item.ident == struct_name(number));
                let item = index.map(|index| structs.swap_remove(index)).ok_or_else(|| {
                    bundle.error(&definition.place, "typify made no struct of this schema")
                })?;
                polish::structure(definition, fields, item)
                    .map_err(|error| bundle.error(&definition.place, error.to_string()))
            }
            Shape::Enum(variants) => Ok(enumeration(definition, variants)),
            Shape::Union(types) => Ok(union(definition, types)),
        })
        .collect()
}

/// typify's structs for all object definitions of a vendor.
fn structs(bundle: &Bundle, vendor: &Vendor) -> Result<Vec<ItemStruct>, GenError> {
    let failed = |message: String| {
        GenError::at(
            &bundle.path("vendor.json"),
            "",
            format!("typify could not make types: {message}"),
        )
    };
    let mut definitions = Map::new();
    let mut settings = TypeSpaceSettings::default();
    for (number, definition) in vendor.definitions().enumerate() {
        let Shape::Struct(fields) = &definition.shape else {
            continue;
        };
        let mut properties = Map::new();
        for field in fields {
            let name = reference_name(&field.ty);
            settings.with_replacement(
                &name,
                rust_type(&field.ty).to_string(),
                std::iter::empty::<TypeSpaceImpl>(),
            );
            properties
                .insert(field.wire.clone(), json!({ "$ref": format!("#/definitions/{name}") }));
            definitions.entry(name).or_insert(Value::Bool(true));
        }
        let required: Vec<&str> = fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
            .map(|field| field.wire.as_str())
            .collect();
        definitions.insert(
            struct_name(number),
            json!({ "type": "object", "properties": properties, "required": required }),
        );
    }
    let root: RootSchema = serde_json::from_value(json!({ "definitions": definitions }))
        .map_err(|error| failed(error.to_string()))?;
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(root).map_err(|error| failed(error.to_string()))?;
    let file: syn::File =
        syn::parse2(space.to_stream()).map_err(|error| failed(error.to_string()))?;
    Ok(file
        .items
        .into_iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item),
            _ => None,
        })
        .collect())
}

/// What typify calls the struct of a definition: it would not take every name as it is.
fn struct_name(number: usize) -> String {
    format!("Struct{number}")
}

/// A name for typify that stands for `ty` alone.
fn reference_name(ty: &Type) -> String {
    match ty {
        Type::String => "LeafString".to_owned(),
        Type::Timestamp => "LeafTimestamp".to_owned(),
        Type::Number => "LeafNumber".to_owned(),
        Type::Integer => "LeafInteger".to_owned(),
        Type::Boolean => "LeafBoolean".to_owned(),
        Type::Any => "LeafAny".to_owned(),
        Type::Object => "LeafObject".to_owned(),
        Type::Array(item) => format!("ArrayOf{}", reference_name(item)),
        Type::Named(name) => format!("Named{name}"),
        Type::Discriminator(_) => "LeafEventType".to_owned(),
    }
}

/// An open vocabulary of strings.
fn enumeration(definition: &Definition, variants: &[Variant]) -> Vec<Item> {
    let name = format_ident!("{}", definition.name);
    let docs = polish::doc_attributes(&definition.docs);
    let names: Vec<_> = variants.iter().map(|variant| format_ident!("{}", variant.name)).collect();
    let wires: Vec<_> = variants.iter().map(|variant| &variant.wire).collect();
    let variant_docs: Vec<TokenStream> =
        variants.iter().map(|variant| polish::doc_attributes(&variant.docs)).collect();
    polish::items(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #names,)*
            #[doc = " A value that the list does not have."]
            Unknown(String),
        }

        impl #name {
            /// The listed values.
            pub const DOCUMENTED: &'static [&'static str] = &[#(#wires),*];

            /// The value as it is written in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#wires => Self::#names,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        offhook::open_enum!(#name);
    })
}

/// A value of one of several JSON types.
fn union(definition: &Definition, types: &[Type]) -> Vec<Item> {
    let name = format_ident!("{}", definition.name);
    let docs = polish::doc_attributes(&definition.docs);
    let branches: Vec<_> = types.iter().map(branch).collect();
    let variants: Vec<_> =
        branches.iter().map(|(variant, _, _)| format_ident!("{variant}")).collect();
    let kinds: Vec<_> = branches.iter().map(|(_, kind, _)| kind).collect();
    let variant_docs = branches.iter().map(|(_, _, article)| format!(" It came as {article}."));
    let inner = types.iter().map(rust_type);
    let articles: Vec<&str> = branches.iter().map(|(_, _, article)| *article).collect();
    let want = format!("want {}", articles.join(" or "));
    polish::items(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #variant_docs] #variants(#inner),)*
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(value) => value.serialize(serializer),)*
                }
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = offhook::runtime::raw(deserializer)?;
                let read = match offhook::runtime::kind(raw.as_str()) {
                    #(Kind::#kinds => raw.read().map(Self::#variants),)*
                    _ => return Err(D::Error::custom(#want)),
                };
                read.map_err(D::Error::custom)
            }
        }
    })
}

/// The variant of a union's type, the kind of JSON that it is read from, and its name for people.
fn branch(ty: &Type) -> (&'static str, TokenStream, &'static str) {
    match ty {
        Type::String => ("String", quote!(String), "a string"),
        Type::Number => ("Number", quote!(Number), "a number"),
        Type::Integer => ("Integer", quote!(Number), "an integer"),
        _ => ("Boolean", quote!(Boolean), "a boolean"),
    }
}
