//! The value that a condition is about, as the expressions of it that conditions need.

use proc_macro2::TokenStream;
use quote::quote;

/// The value that a condition checks, as Rust names it.
#[derive(Clone)]
pub(super) struct Subject {
    /// An expression of it.
    pub(super) name: TokenStream,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The value.
    Location,
    /// A reference to the value.
    Reference,
    /// A `&str`.
    Text,
}

impl Subject {
    pub(super) fn place(name: TokenStream) -> Self {
        Self { name, form: Form::Location }
    }

    pub(super) fn reference(name: TokenStream) -> Self {
        Self { name, form: Form::Reference }
    }

    pub(super) fn text(name: TokenStream) -> Self {
        Self { name, form: Form::Text }
    }

    /// An expression of the value itself, which is `Copy`.
    pub(super) fn copied(&self) -> TokenStream {
        let name = &self.name;
        match self.form {
            Form::Reference => quote!(*#name),
            _ => name.clone(),
        }
    }

    /// An expression of the `&str` that it is or holds.
    pub(super) fn as_str(&self) -> TokenStream {
        let name = &self.name;
        if self.form == Form::Text { name.clone() } else { quote!(#name.as_str()) }
    }

    pub(super) fn as_reference(&self) -> TokenStream {
        let name = &self.name;
        match self.form {
            Form::Location => quote!(&#name),
            _ => name.clone(),
        }
    }
}
