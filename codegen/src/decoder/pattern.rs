//! Patterns into Rust that matches them, a byte at a time and without going back.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use regex_automata::dfa::Automaton;
use regex_automata::dfa::dense;
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, Input};

use super::Checks;
use crate::docs::printable;
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
    name: String,
    states: Vec<State>,
}

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
    pub(super) fn pattern(&mut self, pattern: &str) -> Option<String> {
        if let Some(known) = self.patterns.iter().find(|known| known.text == pattern) {
            return Some(known.name.clone());
        }
        let number = match self.patterns.len() {
            0 => String::new(),
            before => format!("_{}", before + 1),
        };
        let name = format!("{}_matches{number}", names::snake(self.name).trim_start_matches("r#"));
        let states = states(pattern)?;
        self.patterns.push(Pattern { text: pattern.to_owned(), name: name.clone(), states });
        Some(name)
    }
}

impl Pattern {
    /// The function.
    pub(crate) fn function(&self) -> String {
        let mut text = format!("/// Whether `text` matches {}.\n", code(&self.text));
        let _ = writeln!(text, "fn {}(text: &str) -> bool {{", self.name);
        if self.states.first().is_some_and(|state| state.matched) {
            text.push_str("    let _ = text;\n    true\n}\n");
            return text;
        }
        text.push_str("    let mut state = 0_u32;\n    for byte in text.bytes() {\n");
        text.push_str("        state = match (state, byte) {\n");
        for (states, bytes, target) in self.steps() {
            let next = match self.states.get(target) {
                Some(state) if state.matched => "return true".to_owned(),
                _ => target.to_string(),
            };
            let _ = writeln!(text, "            ({states}, {bytes}) => {next},");
        }
        text.push_str("            _ => return false,\n        };\n    }\n");
        let accepting =
            self.states.iter().enumerate().filter(|(_, state)| state.accepts && !state.matched);
        let accepting: Vec<String> = accepting.map(|(number, _)| number.to_string()).collect();
        match accepting.as_slice() {
            [] => text.push_str("    false\n}\n"),
            several => {
                let _ = writeln!(text, "    matches!(state, {})\n}}", several.join(" | "));
            }
        }
        text
    }
}

impl Pattern {
    /// All steps: from which states by which bytes to which state, those alike together.
    fn steps(&self) -> Vec<(String, String, usize)> {
        let mut all: Vec<(Vec<String>, String, usize)> = Vec::new();
        for (number, state) in self.states.iter().enumerate() {
            let mut targets: BTreeMap<usize, Vec<String>> = BTreeMap::new();
            for (first, last, target) in &state.steps {
                let mut range = literal(*first);
                if first != last {
                    range = format!("{range}..={}", literal(*last));
                }
                targets.entry(*target).or_default().push(range);
            }
            for (target, ranges) in targets {
                let bytes = ranges.join(" | ");
                match all.iter_mut().find(|(_, others, to)| *others == bytes && *to == target) {
                    Some((states, ..)) => states.push(number.to_string()),
                    None => all.push((vec![number.to_string()], bytes, target)),
                }
            }
        }
        all.into_iter().map(|(states, bytes, to)| (states.join(" | "), bytes, to)).collect()
    }
}

/// The states of an automaton for `pattern`, the first one first.
fn states(pattern: &str) -> Option<Vec<State>> {
    // As the validator reads it.
    let translated = jsonschema_regex::to_rust_regex(pattern).ok()?;
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

/// A byte as Rust writes it.
fn literal(byte: u8) -> String {
    match byte {
        b'\'' | b'\\' => format!("b'\\{}'", char::from(byte)),
        b' '..=b'~' => format!("b'{}'", char::from(byte)),
        _ => format!("{byte:#04x}"),
    }
}

/// A text as code in documentation.
fn code(text: &str) -> String {
    let shown = printable(text);
    if shown.contains('`') { format!("`` {shown} ``") } else { format!("`{shown}`") }
}
