//! Definitions into syn items: structs by way of typify, the rest here.
//!
//! typify makes raw material: it is given one flat schema a vendor, in which every field's type is
//! a reference to a type that we name, and its structs are kept. [`crate::polish`] makes them
//! readable.

use offhook_model::{Fault, Graph, Json, MANIFEST, SchemaSet};
use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use schemars::schema::RootSchema;
use serde_json::{Map, Value, json};
use syn::{Item, ItemStruct};
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use crate::GenError;
use crate::decoder::{self, Condition, Decoder, Pattern};
use crate::doc_comment::{self, Paragraph};
use crate::invocation::{Invocation, Line};
use crate::ir::{
    Branch, Definition, Guard, Kind, KindVariant, Presence, Shape, Struct, Type, Variant, Vendor,
};
use crate::names;
use crate::polish::{self, Piece};
use crate::rust_type::rust_type;

/// The pieces of each definition, in the order of [`Vendor::definitions`].
pub(crate) fn emit(
    set: &SchemaSet,
    graph: &Graph,
    vendor: &Vendor,
) -> Result<Vec<Vec<Piece>>, GenError> {
    let mut structs = structs(set, vendor)?;
    vendor
        .definitions()
        .enumerate()
        .map(|(number, definition)| {
            let decoder = decoder::decoder(set, graph, vendor, definition);
            let mut pieces = match &definition.shape {
                Shape::Struct(made) => {
                    let index = structs.iter().position(|item| item.ident == struct_name(number));
                    let item = index.map(|index| structs.swap_remove(index)).ok_or_else(|| {
                        GenError::at(set, &definition.place, "typify made no struct of this schema")
                    })?;
                    polish::structure(definition, made, item, &decoder, vendor.sorts)
                        .map_err(|error| GenError::at(set, &definition.place, error.to_string()))?
                }
                Shape::Enum(variants) => {
                    redacted(definition, enumeration(definition, variants, &decoder))
                }
                Shape::Kinds(variants) => {
                    redacted(definition, by_kind(definition, variants, &decoder))
                }
                Shape::Objects(branches) => {
                    redacted(definition, by_shape(definition, branches, &decoder))
                }
                Shape::Newtype(ty) => redacted(definition, newtype(definition, ty, &decoder)),
            };
            let functions = decoder.patterns.iter().map(Pattern::function);
            pieces.extend(functions.flat_map(polish::pieces));
            Ok(pieces)
        })
        .collect()
}

/// The pieces of a type, with a `Debug` that shows nothing if there is to be none that does.
fn redacted(definition: &Definition, mut pieces: Vec<Piece>) -> Vec<Piece> {
    if definition.sensitive {
        pieces.splice(1..1, polish::redacted_debug(definition));
    }
    pieces
}

/// typify's structs for all object definitions of a vendor.
fn structs(set: &SchemaSet, vendor: &Vendor) -> Result<Vec<ItemStruct>, GenError> {
    let failed = |message: String| {
        let message = format!("typify could not make types: {message}");
        GenError::from(Fault::of_file(&set.source().join(MANIFEST), message))
    };
    let mut definitions = Map::new();
    let mut settings = TypeSpaceSettings::default();
    for (number, definition) in vendor.definitions().enumerate() {
        let Shape::Struct(Struct { fields, .. }) = &definition.shape else {
            continue;
        };
        let mut properties = Map::new();
        for field in fields {
            let name = reference_name(&field.ty);
            settings.with_replacement(&name, &name, std::iter::empty::<TypeSpaceImpl>());
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
        Type::Null => "LeafNull".to_owned(),
        Type::Any => "LeafAny".to_owned(),
        Type::Object => "LeafObject".to_owned(),
        Type::Array(item) => format!("ArrayOf{}", reference_name(item)),
        Type::Map(value) => format!("MapOf{}", reference_name(value)),
        Type::Nullable(ty) => format!("NullOr{}", reference_name(ty)),
        Type::Boxed(ty) => format!("BoxOf{}", reference_name(ty)),
        Type::Tuple(elements) => {
            let names: Vec<String> = elements.iter().map(reference_name).collect();
            format!("TupleOf{}End", names.join("And"))
        }
        Type::Named(name) => format!("Named{name}"),
        Type::Discriminator(_) => "LeafEventType".to_owned(),
    }
}

/// An open vocabulary of strings.
fn enumeration(definition: &Definition, variants: &[Variant], decoder: &Decoder) -> Vec<Piece> {
    let name = format_ident!("{}", definition.name);
    let docs = doc_comment::attributes(&definition.docs);
    let derives = polish::derives(definition, &quote!(, Eq, Hash));
    let names: Vec<_> = variants.iter().map(|variant| format_ident!("{}", variant.name)).collect();
    let wires: Vec<_> = variants.iter().map(|variant| &variant.wire).collect();
    let variant_docs: Vec<TokenStream> =
        variants.iter().map(|variant| doc_comment::attributes(&variant.docs)).collect();
    let mut pieces = polish::pieces(quote! {
        #docs
        #derives
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

    });
    pieces.push(Piece::Invocation(Box::new(
        Invocation::new("open_enum", name.into_token_stream())
            .with_mode(decoder.mode.name())
            .with_alternative(&decoder.unlisted),
    )));
    pieces
}

/// A value of one of several kinds.
fn by_kind(definition: &Definition, variants: &[KindVariant], decoder: &Decoder) -> Vec<Piece> {
    let name = format_ident!("{}", definition.name);
    let docs = doc_comment::attributes(&definition.docs);
    let derives = polish::derives(definition, &TokenStream::new());
    let names: Vec<_> = variants.iter().map(|variant| kind_name(variant).0).collect();
    let idents: Vec<_> = names.iter().map(|name| format_ident!("{name}")).collect();
    let articles: Vec<&str> = variants.iter().map(|variant| kind_name(variant).1).collect();
    let variant_docs = articles.iter().map(|article| format!(" It came as {article}."));
    let inner = variants.iter().map(|variant| rust_type(&variant.ty));
    let mut pieces = polish::pieces(quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #variant_docs] #idents(#inner),)*
        }
    });
    let lines = variants.iter().zip(&idents).enumerate().map(|(i, (variant, ident))| {
        let kind = match variant.kind {
            Kind::String => quote!(String),
            Kind::Number => quote!(Number),
            Kind::Boolean => quote!(Boolean),
            Kind::Array => quote!(Array),
            Kind::Object => quote!(Object),
            Kind::Other => quote!(_),
        };
        let condition = decoder.of_variants.get(i).cloned().unwrap_or_default();
        Line::Tokens(quote!(#kind => #ident), condition)
    });
    let all_kinds = variants.iter().any(|variant| variant.kind == Kind::Other);
    let wanted = (!all_kinds).then(|| alternatives(&articles));
    let wanted = wanted.iter();
    pieces.push(Piece::Invocation(Box::new(
        Invocation::new("by_kind", quote!(#name #(#wanted)*))
            .with_lines(lines.collect())
            .with_mode(decoder.mode.name()),
    )));
    pieces
}

/// `a string, a number or a boolean`.
fn alternatives(articles: &[&str]) -> String {
    match articles {
        [init @ .., last] if !init.is_empty() => format!("{} or {last}", init.join(", ")),
        several => several.concat(),
    }
}

/// The variant for a kind, and what it is for people.
fn kind_name(variant: &KindVariant) -> (&'static str, &'static str) {
    match (variant.kind, &variant.ty) {
        (Kind::String, _) => ("String", "a string"),
        (Kind::Number, Type::Integer) => ("Integer", "an integer"),
        (Kind::Number, _) => ("Number", "a number"),
        (Kind::Boolean, _) => ("Boolean", "a boolean"),
        (Kind::Array, _) => ("Array", "an array"),
        (Kind::Object, _) => ("Object", "an object"),
        (Kind::Other, _) => ("Other", "anything else"),
    }
}

/// One of several objects.
fn by_shape(definition: &Definition, branches: &[Branch], decoder: &Decoder) -> Vec<Piece> {
    let name = format_ident!("{}", definition.name);
    let docs = doc_comment::attributes(&definition.docs);
    let derives = polish::derives(definition, &TokenStream::new());
    let idents: Vec<_> = branches.iter().map(|branch| format_ident!("{}", branch.name)).collect();
    let types = branches.iter().map(|branch| rust_type(&branch.ty));
    let variant_docs = branches.iter().map(|branch| doc_comment::attributes(&[branch_doc(branch)]));
    let mut pieces = polish::pieces(quote! {
        #docs
        #derives
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "values are handled one at a time")]
        pub enum #name {
            #(#variant_docs #idents(#types),)*
            #[doc = " An object that is none of these, or cannot be told to be one of them."]
            Unknown(RawPayload),
        }
    });
    let mut head = name.into_token_stream();
    let mut tags = vec![TokenStream::new(); branches.len()];
    if let Some((path, values)) = &decoder.tag {
        head.extend(quote!(by #(#path).*));
        for (tag, values) in tags.iter_mut().zip(values) {
            *tag = quote!((#(#values)|*));
        }
    }
    let lines = branches.iter().zip(&idents).zip(&tags);
    let lines = lines.map(|((branch, ident), tag)| guard(&branch.guard, ident, tag));
    pieces.push(Piece::Invocation(Box::new(
        Invocation::new("by_shape", head).with_lines(lines.collect()),
    )));
    pieces
}

/// What a branch is, in a sentence: as its schema says, or as its tag has it.
fn branch_doc(branch: &Branch) -> Paragraph {
    let summary = names::one_line(&branch.summary);
    if !summary.is_empty() {
        return Paragraph::default().prose(names::first_sentence(&summary)).text(".");
    }
    let tag = branch.guard.only.iter().find(|(path, _)| path.len() == 1);
    let Some((path, values)) = tag else {
        return Paragraph::new("An object of this shape.");
    };
    let mut doc = Paragraph::new("An object whose ").code(&path[0]).text(" is ");
    for (i, value) in values.iter().enumerate() {
        doc = if i == 0 { doc } else { doc.text(" or ") }.code(&value.to_string());
    }
    doc.text(".")
}

/// A branch with what tells its objects from others, as the runtime wants it.
fn guard(guard: &Guard, name: &Ident, tag: &TokenStream) -> Line {
    let Guard { required, only, known, closed } = guard;
    let line = |tokens| Line::Tokens(tokens, Condition::True);
    let only = only.iter().map(|(path, values)| {
        let values = Json::from(values.clone()).to_string();
        line(quote!((&[#(#path),*], #values)))
    });
    let known = known.as_ref().map_or_else(|| quote!(None), |known| quote!(Some(&[#(#known),*])));
    Line::Block(
        quote!(#name #tag =>),
        Delimiter::Brace,
        vec![
            line(quote!(required: &[#(#required),*])),
            Line::Block(quote!(only: &), Delimiter::Bracket, only.collect()),
            line(quote!(known: #known)),
            line(quote!(closed: #closed)),
        ],
    )
}

/// A value that needs a name.
fn newtype(definition: &Definition, ty: &Type, decoder: &Decoder) -> Vec<Piece> {
    let name = format_ident!("{}", definition.name);
    let docs = doc_comment::attributes(&definition.docs);
    let derives = polish::derives(definition, &TokenStream::new());
    let ty = rust_type(ty);
    let mut pieces = polish::pieces(quote! {
        #docs
        #derives
        pub struct #name(pub #ty);
    });
    pieces.push(Piece::Invocation(Box::new(
        Invocation::new("newtype", name.into_token_stream())
            .with_mode(decoder.mode.name())
            .with_condition(&decoder.condition),
    )));
    pieces
}
