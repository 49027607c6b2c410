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
        Type::Any => quote!(Value),
        Type::Object => quote!(Map<String, Value>),
        Type::Array(item) => {
            let item = rust_type(item);
            quote!(Vec<#item>)
        }
        Type::Named(name) => format_ident!("{name}").into_token_stream(),
        Type::Discriminator(_) => quote!(EventType),
    }
}
