//! typify's structs made readable: the schema's order, short paths, tidy docs, no unused impls.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{Item, ItemStruct};

use crate::decoder::Decoder;
use crate::ir::{Definition, Field, Presence, Struct, Type};
use crate::rust_type::rust_type;

/// How wide a line of documentation may be, without indentation and slashes.
const DOC_WIDTH: usize = 92;

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
    let docs = doc_attributes(&definition.docs);
    let derives = if redacted {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let attributes: ItemStruct =
        syn::parse2(quote!(#docs #derives #[non_exhaustive] struct Attributes;))?;
    item.attrs = attributes.attrs;
    item.ident = format_ident!("{}", definition.name);

    let mut found: Vec<syn::Field> = match item.fields {
        syn::Fields::Named(named) => named.named.into_iter().collect(),
        _ => Vec::new(),
    };
    let mut ordered = Vec::new();
    for field in fields {
        // typify names a field after its wire name, or keeps the wire name in a `rename`.
        let index =
            found.iter().position(|found| wire_name(found) == field.wire).ok_or_else(|| {
                syn::Error::new_spanned(
                    &item.ident,
                    format!("typify lost the field {:?}", field.wire),
                )
            })?;
        ordered.push(polish_field(field, found.swap_remove(index))?);
    }
    let rest_field = rest.iter().map(|rest| {
        let name = format_ident!("{}", rest.name);
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
    let docs = doc_attributes(&field.docs);
    let name: syn::Ident = syn::parse_str(&field.name)?;
    let inner = rust_type(&field.ty);
    made.ty = syn::parse2(match field.presence {
        Presence::Required => inner,
        Presence::Nullable | Presence::Optional => quote!(Option<#inner>),
        Presence::OptionalNullable => quote!(Maybe<#inner>),
    })?;
    let attributes: ItemStruct = syn::parse2(quote!(#docs struct Attributes;))?;
    made.attrs = attributes.attrs;
    made.ident = Some(name);
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
        let ident: TokenStream = field.name.parse().unwrap_or_default();
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
        let (label, ident) = (&rest.name, format_ident!("{}", rest.name));
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
    let mut names = Vec::new();
    let mut fields: Vec<&Field> = made.fields.iter().collect();
    if sorts {
        fields.sort_by(|one, other| one.wire.cmp(&other.wire));
    }
    let mut lines: Vec<String> = fields
        .into_iter()
        .map(|field| {
            let kind = match (&field.ty, field.presence) {
                (Type::Discriminator(event), Presence::Required) => {
                    names.push("EventType");
                    format!("only(EventType::{event})")
                }
                (_, Presence::Required | Presence::Nullable) => "required".to_owned(),
                (_, Presence::Optional | Presence::OptionalNullable) => "optional".to_owned(),
            };
            format!("{}: {} {kind},", field.name, literal(&field.wire))
        })
        .collect();
    lines.extend(made.rest.iter().map(|rest| format!("..{}", rest.name)));
    Piece::invocation("object", &definition.name, &lines, decoder, names)
}

/// A string as Rust writes it.
pub(crate) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// What a file is made of, one after the other with a blank line between.
pub(crate) enum Piece {
    Item(Box<Item>),
    /// The invocation of a macro of the runtime, and the names in it that are to be imported.
    Text(String, Vec<&'static str>),
}

impl Piece {
    pub(crate) fn item(item: Item) -> Self {
        Self::Item(Box::new(item))
    }

    /// `offhook::<name>! { <head> { <lines> } }`; the head begins with the type's name.
    pub(crate) fn invocation(
        name: &str,
        head: &str,
        lines: &[String],
        decoder: &Decoder,
        imports: Vec<&'static str>,
    ) -> Self {
        let mut text = format!("offhook::{name}! {{\n    {head} {{\n");
        for line in lines.iter().flat_map(|line| line.lines()) {
            text.push_str("        ");
            text.push_str(line);
            text.push('\n');
        }
        let suffix = suffix(decoder).replace(" if |it|", "\n    if |it|");
        let _ = writeln!(text, "    }}{suffix}\n}}");
        Self::Text(text, imports)
    }
}

/// What follows a type in a macro that makes its decoder.
pub(crate) fn suffix(decoder: &Decoder) -> String {
    let mode = decoder.mode.is().map(|mode| format!(" {mode}"));
    mode.unwrap_or_default() + &condition(&decoder.holds)
}

/// What must hold of a value for its decoder to give it.
pub(crate) fn condition(holds: &[String]) -> String {
    if holds.is_empty() {
        return String::new();
    }
    format!(" if |it| {}", holds.join("\n        && "))
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

/// Paragraphs as `#[doc]` attributes, a line each.
pub(crate) fn doc_attributes(paragraphs: &[String]) -> TokenStream {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(paragraph).into_iter().map(|line| format!(" {line}")));
    }
    lines.iter().map(|line| quote!(#[doc = #line]).into_token_stream()).collect()
}

/// Breaks a paragraph at spaces, but for those inside code spans.
fn wrap(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut in_code = false;
    for word in paragraph.split_whitespace() {
        let line = lines.last_mut().map_or(0, |line| line.chars().count());
        let breaks = line > 0 && !in_code && line + 1 + word.chars().count() > DOC_WIDTH;
        if breaks {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn code_spans_stay_on_one_line() {
        let words = "word ".repeat(17);
        let lines = wrap(&format!("{words}`a code span` that stays whole"));
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.matches('`').count() % 2 == 0), "{lines:?}");
    }
}
