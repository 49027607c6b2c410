//! typify's structs made readable: the schema's order, short paths, tidy docs, no unused impls.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Item, ItemStruct};

use crate::decoder::{Condition, Decoder};
use crate::doc_comment;
use crate::invocation::{Invocation, Line};
use crate::ir::{Definition, Field, Presence, Struct, Type};
use crate::names::identifier;
use crate::rust_type::rust_type;

/// typify's struct with its fields in document order and with our attributes, and its `Debug`.
pub(crate) fn structure(
    definition: &Definition,
    made: &Struct,
    mut item: ItemStruct,
    decoder: &Decoder,
    sorts: bool,
) -> syn::Result<Vec<Piece>> {
    let Struct { fields, rest } = made;
    let redacted = definition.sensitive
        || fields.iter().any(|field| field.sensitive)
        || rest.as_ref().is_some_and(|rest| rest.sensitive);
    let docs = doc_comment::attributes(&definition.docs);
    let derives = if redacted {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let attributes: ItemStruct =
        syn::parse2(quote!(#docs #derives #[non_exhaustive] struct Attributes;))?;
    item.attrs = attributes.attrs;
    item.ident = format_ident!("{}", definition.name);

    // typify names a field after its wire name, or keeps the wire name in a `rename`.
    let mut found: BTreeMap<String, syn::Field> = match item.fields {
        syn::Fields::Named(named) => {
            named.named.into_iter().map(|field| (wire_name(&field), field)).collect()
        }
        _ => BTreeMap::new(),
    };
    let mut ordered = Vec::new();
    for field in fields {
        let found = found.remove(&field.wire).ok_or_else(|| {
            syn::Error::new_spanned(&item.ident, format!("typify lost the field {:?}", field.wire))
        })?;
        ordered.push(polish_field(field, found)?);
    }
    let rest_field = rest.iter().map(|rest| {
        let name = identifier(&rest.name);
        let ty = rust_type(&rest.ty);
        quote! {
            /// Members that have no field of their own.
            pub #name: #ty
        }
    });
    item.fields = syn::Fields::Named(syn::parse2(quote!({ #(#ordered,)* #(#rest_field,)* }))?);

    let mut pieces = vec![Piece::item(Item::Struct(item))];
    if definition.sensitive {
        pieces.extend(redacted_debug(definition));
    } else if redacted {
        pieces.extend(debug(definition, made));
    }
    pieces.push(reader(definition, made, decoder, sorts));
    Ok(pieces)
}

fn polish_field(field: &Field, mut made: syn::Field) -> syn::Result<syn::Field> {
    let docs = doc_comment::attributes(&field.docs);
    let inner = rust_type(&field.ty);
    made.ty = syn::parse2(match field.presence {
        Presence::Required => inner,
        Presence::Nullable | Presence::Optional => quote!(Option<#inner>),
        Presence::OptionalNullable => quote!(Maybe<#inner>),
    })?;
    let attributes: ItemStruct = syn::parse2(quote!(#docs struct Attributes;))?;
    made.attrs = attributes.attrs;
    made.ident = Some(identifier(&field.name));
    Ok(made)
}

/// The wire name of a field that typify made.
fn wire_name(field: &syn::Field) -> String {
    let mut wire = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // Other keys are of no interest, and a parse error ends at the first of them.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                wire = meta.value()?.parse::<syn::LitStr>()?.value();
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    wire
}

/// A `Debug` that shows no personal data.
fn debug(definition: &Definition, made: &Struct) -> Vec<Piece> {
    let name = format_ident!("{}", definition.name);
    let text = &definition.name;
    let lines = made.fields.iter().map(|field| {
        let label = field.name.strip_prefix("r#").unwrap_or(&field.name);
        let ident = identifier(&field.name);
        let value = match (field.sensitive, field.presence) {
            (false, _) => quote!(&self.#ident),
            (true, Presence::Required) => quote!(&Redacted),
            (true, Presence::Nullable | Presence::Optional) => {
                quote!(&self.#ident.as_ref().map(|_| Redacted))
            }
            (true, Presence::OptionalNullable) => quote!(&self.#ident.value().map(|_| Redacted)),
        };
        quote!(.field(#label, #value))
    });
    let rest = made.rest.iter().map(|rest| {
        let (label, ident) = (&rest.name, identifier(&rest.name));
        if rest.sensitive {
            quote!(.field(#label, &Redacted))
        } else {
            quote!(.field(#label, &self.#ident))
        }
    });
    pieces(quote! {
        impl fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#text)#(#lines)*#(#rest)*.finish()
            }
        }
    })
}

/// A `Debug` that shows nothing but the type.
pub(crate) fn redacted_debug(definition: &Definition) -> Vec<Piece> {
    let name = format_ident!("{}", definition.name);
    let text = &definition.name;
    pieces(quote! {
        impl fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(#text).field(&Redacted).finish()
            }
        }
    })
}

/// The derive of a type whose `Debug` shows its values, unless they are sensitive.
pub(crate) fn derives(definition: &Definition, others: &TokenStream) -> TokenStream {
    let debug = (!definition.sensitive).then(|| quote!(Debug,));
    quote!(#[derive(Clone, #debug PartialEq #others)])
}

/// Reading and writing: a line a field, for the runtime's macro. They stand in the order of the sender.
fn reader(definition: &Definition, made: &Struct, decoder: &Decoder, sorts: bool) -> Piece {
    let mut imports = Vec::new();
    let mut fields: Vec<&Field> = made.fields.iter().collect();
    if sorts {
        fields.sort_by(|one, other| one.wire.cmp(&other.wire));
    }
    let mut lines: Vec<Line> = fields
        .into_iter()
        .map(|field| {
            let kind = match (&field.ty, field.presence) {
                (Type::Discriminator(event), Presence::Required) => {
                    imports.push("EventType");
                    let event = format_ident!("{event}");
                    quote!(only(EventType::#event))
                }
                (_, Presence::Required | Presence::Nullable) => quote!(required),
                (_, Presence::Optional | Presence::OptionalNullable) => quote!(optional),
            };
            let (name, wire) = (identifier(&field.name), &field.wire);
            Line::Tokens(quote!(#name: #wire #kind), Condition::True)
        })
        .collect();
    lines.extend(made.rest.iter().map(|rest| {
        let name = identifier(&rest.name);
        Line::Rest(quote!(..#name))
    }));
    let name = format_ident!("{}", definition.name);
    let invocation = Invocation::new("object", name.into_token_stream())
        .with_lines(lines)
        .with_mode(decoder.mode.name())
        .with_condition(&decoder.condition)
        .with_imports(imports);
    Piece::Invocation(Box::new(invocation))
}

/// What a file is made of, one after the other with a blank line between.
pub(crate) enum Piece {
    Item(Box<Item>),
    Invocation(Box<Invocation>),
}

impl Piece {
    pub(crate) fn item(item: Item) -> Self {
        Self::Item(Box::new(item))
    }
}

/// Tokens that are items as pieces.
pub(crate) fn pieces(tokens: TokenStream) -> Vec<Piece> {
    items(tokens).into_iter().map(Piece::item).collect()
}

/// Tokens that are items as items; the generator writes them itself, so they always are.
pub(crate) fn items(tokens: TokenStream) -> Vec<Item> {
    let text = tokens.to_string();
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file.items,
        Err(error) => panic!("the generator wrote what is no Rust: {error}\n{text}"),
    }
}
