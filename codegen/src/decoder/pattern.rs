//! Patterns into Rust that matches them, a byte at a time and without going back.

use std::collections::{BTreeMap, VecDeque};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use regex_automata::dfa::Automaton;
use regex_automata::dfa::dense;
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, Input};

use super::Checks;
use crate::doc_comment::{self, Paragraph};
use crate::names;

/// The most steps between two states that a pattern may have. Beyond, there is no decoder for it.
const MOST_STEPS: usize = 256;

/// The most memory that may be used to find out.
const MOST_BYTES: usize = 1 << 20;

/// A function that tells whether a text matches a pattern.
pub(crate) struct Pattern {
    /// As the schema has it.
    text: String,
    /// The function's name.
    name: Ident,
    states: Vec<State>,
}

/// Ranges of bytes, each the first and the last.
type Ranges = Vec<(u8, u8)>;

/// A state before a byte is read.
#[derive(Default)]
struct State {
    /// Whether the text matches whatever follows.
    matched: bool,
    /// Whether the text matches if it ends here.
    accepts: bool,
    /// The state after a byte of a range. Bytes that are in none lead nowhere.
    steps: Vec<(u8, u8, usize)>,
}

impl Checks<'_> {
    /// The name of the function that matches `pattern`.
    pub(super) fn pattern(&mut self, pattern: &str) -> Option<Ident> {
        if let Some(known) = self.patterns.iter().find(|known| known.text == pattern) {
            return Some(known.name.clone());
        }
        let number = match self.patterns.len() {
            0 => String::new(),
            before => format!("_{}", before + 1),
        };
        let name = names::snake(self.name);
        let name = format_ident!("{}_matches{number}", name.trim_start_matches("r#"));
        let states = states(pattern)?;
        self.patterns.push(Pattern { text: pattern.to_owned(), name: name.clone(), states });
        Some(name)
    }
}

impl Pattern {
    /// The function.
    pub(crate) fn function(&self) -> TokenStream {
        let docs = Paragraph::new("Whether `text` matches ").code(&self.text).text(".");
        let docs = doc_comment::attributes(&[docs]);
        let name = &self.name;
        if self.states.first().is_some_and(|state| state.matched) {
            return quote! {
                #docs
                fn #name(text: &str) -> bool {
                    let _ = text;
                    true
                }
            };
        }
        let steps = self.steps().into_iter().map(|(states, bytes, target)| {
            let next = match self.states.get(target) {
                Some(state) if state.matched => quote!(return true),
                _ => Literal::usize_unsuffixed(target).into_token_stream(),
            };
            quote!((#(#states)|*, #(#bytes)|*) => #next,)
        });
        let accepting =
            self.states.iter().enumerate().filter(|(_, state)| state.accepts && !state.matched);
        let accepting: Vec<Literal> =
            accepting.map(|(number, _)| Literal::usize_unsuffixed(number)).collect();
        let end = match accepting.as_slice() {
            [] => quote!(false),
            several => quote!(matches!(state, #(#several)|*)),
        };
        quote! {
            #docs
            fn #name(text: &str) -> bool {
                let mut state = 0_u32;
                for byte in text.bytes() {
                    state = match (state, byte) {
                        #(#steps)*
                        _ => return false,
                    };
                }
                #end
            }
        }
    }

    /// All steps: from which states by which bytes to which state, those alike together.
    fn steps(&self) -> Vec<(Vec<Literal>, Vec<TokenStream>, usize)> {
        let mut all: Vec<(Vec<usize>, Ranges, usize)> = Vec::new();
        for (number, state) in self.states.iter().enumerate() {
            let mut targets: BTreeMap<usize, Ranges> = BTreeMap::new();
            for (first, last, target) in &state.steps {
                targets.entry(*target).or_default().push((*first, *last));
            }
            for (target, bytes) in targets {
                match all.iter_mut().find(|(_, others, to)| *others == bytes && *to == target) {
                    Some((states, ..)) => states.push(number),
                    None => all.push((vec![number], bytes, target)),
                }
            }
        }
        let steps = all.into_iter().map(|(states, bytes, target)| {
            let states = states.into_iter().map(Literal::usize_unsuffixed).collect();
            (states, bytes.into_iter().map(range).collect(), target)
        });
        steps.collect()
    }
}

/// The states of an automaton for `pattern`, the first one first.
fn states(pattern: &str) -> Option<Vec<State>> {
    // As the validator reads it.
    let translated = offhook_model::pattern::translate(pattern).ok()?;
    let automaton = dense::Builder::new()
        .configure(
            dense::Config::new()
                .minimize(true)
                .dfa_size_limit(Some(MOST_BYTES))
                .determinize_size_limit(Some(MOST_BYTES)),
        )
        .build(&translated)
        .ok()?;
    let start = Input::new("").anchored(Anchored::No);
    let mut numbers = BTreeMap::new();
    let mut open = VecDeque::new();
    let mut states: Vec<State> = Vec::new();
    let mut number = |id: StateID, open: &mut VecDeque<StateID>| {
        let next = numbers.len();
        *numbers.entry(id).or_insert_with(|| {
            open.push_back(id);
            next
        })
    };
    number(automaton.start_state_forward(&start).ok()?, &mut open);
    let mut steps = 0;
    while let Some(id) = open.pop_front() {
        let mut state = State {
            matched: automaton.is_match_state(id),
            accepts: automaton.is_match_state(automaton.next_eoi_state(id)),
            steps: Vec::new(),
        };
        if !state.matched {
            for byte in 0..=u8::MAX {
                let next = automaton.next_state(id, byte);
                if automaton.is_quit_state(next) {
                    return None;
                }
                if automaton.is_dead_state(next) {
                    continue;
                }
                let next = number(next, &mut open);
                match state.steps.last_mut() {
                    Some((_, last, target)) if *target == next && *last + 1 == byte => *last = byte,
                    _ => state.steps.push((byte, byte, next)),
                }
            }
        }
        steps += state.steps.len();
        if steps > MOST_STEPS {
            return None;
        }
        states.push(state);
    }
    Some(states)
}

/// A pattern of Rust that matches the bytes of a range.
fn range((first, last): (u8, u8)) -> TokenStream {
    let (from, to) = (byte(first), byte(last));
    if first == last { from } else { quote!(#from..=#to) }
}

/// A byte as a literal: a character where it is one that shows.
fn byte(byte: u8) -> TokenStream {
    if matches!(byte, b' '..=b'~') {
        return Literal::byte_character(byte).into_token_stream();
    }
    let hexadecimal: Option<Literal> = format!("{byte:#04x}").parse().ok();
    hexadecimal.unwrap_or_else(|| Literal::u8_unsuffixed(byte)).into_token_stream()
}
