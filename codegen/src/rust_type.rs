//! The types of values as Rust writes them.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

use crate::ir::Type;

/// The Rust type of a value that is there.
pub(crate) fn rust_type(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Timestamp => quote!(Timestamp),
        Type::Number => quote!(Number),
        Type::Integer => quote!(Integer),
        Type::Boolean => quote!(bool),
        Type::Null => quote!(()),
        Type::Any => quote!(Value),
        Type::Object => quote!(Map<String, Value>),
        Type::Map(value) => {
            let value = rust_type(value);
            quote!(BTreeMap<String, #value>)
        }
        Type::Array(item) => {
            let item = rust_type(item);
            quote!(Vec<#item>)
        }
        Type::Tuple(elements) => {
            let elements = elements.iter().map(rust_type);
            quote!((#(#elements,)*))
        }
        Type::Nullable(ty) => {
            let ty = rust_type(ty);
            quote!(Option<#ty>)
        }
        Type::Boxed(ty) => {
            let ty = rust_type(ty);
            quote!(Box<#ty>)
        }
        Type::Named(name) => format_ident!("{name}").into_token_stream(),
        Type::Discriminator(_) => quote!(EventType),
    }
}
