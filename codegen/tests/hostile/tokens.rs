//! Tokens of generated files: their code without literals and documentation, and their doc comments.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};

/// The tokens of a file without its documentation, every string as an empty one.
pub(crate) fn code(tokens: TokenStream) -> TokenStream {
    let mut code = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let bang = tokens.next_if(|next| next.to_string() == "!");
                let is_doc = |next: &TokenTree| doc(next).is_some();
                if tokens.next_if(is_doc).is_none() {
                    code.extend([TokenTree::Punct(punct)].into_iter().chain(bang));
                }
            }
            TokenTree::Group(group) => {
                let inner = code_of(&group);
                code.extend([inner]);
            }
            TokenTree::Literal(literal) if string(&literal).is_some() => {
                code.extend([TokenTree::Literal(Literal::string(""))]);
            }
            other => code.extend([other]),
        }
    }
    code
}

fn code_of(group: &Group) -> TokenTree {
    Group::new(group.delimiter(), code(group.stream())).into()
}

/// Returns the text of a `#[doc]` attribute, given its brackets.
fn doc(token: &TokenTree) -> Option<String> {
    let TokenTree::Group(group) = token else { return None };
    let mut tokens = group.stream().into_iter();
    let is_doc = tokens.next()?.to_string() == "doc" && tokens.next()?.to_string() == "=";
    match tokens.next()? {
        TokenTree::Literal(literal) if is_doc => string(&literal),
        _ => None,
    }
}

fn string(literal: &Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(string) => Some(string.value()),
        _ => None,
    }
}

/// Every doc comment among the tokens, its lines one after the other.
pub(crate) fn doc_comments(tokens: TokenStream, comments: &mut Vec<Vec<String>>) {
    let mut open = false;
    for token in tokens {
        let line = doc(&token);
        match (line, token) {
            (Some(line), _) => {
                if !open {
                    comments.push(Vec::new());
                }
                comments.last_mut().expect("one is open").push(line);
                open = true;
            }
            (None, TokenTree::Punct(punct)) if matches!(punct.as_char(), '#' | '!') => {}
            (None, TokenTree::Group(group)) => {
                doc_comments(group.stream(), comments);
                open = false;
            }
            (None, _) => open = false,
        }
    }
}
