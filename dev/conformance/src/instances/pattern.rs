//! Strings that a `pattern` finds itself in, and others.

use std::collections::HashMap;
use std::rc::Rc;

use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use super::deck::Decks;
use super::text::CHARACTERS;

/// How often a string is tried again.
const TRIES: usize = 16;

/// A pattern, parsed once.
pub(super) struct Pattern {
    hir: Hir,
    regex: Regex,
}

/// The patterns met so far; nothing for what is none.
#[derive(Default)]
pub(super) struct Patterns(HashMap<String, Option<Rc<Pattern>>>);

impl Patterns {
    /// `pattern` as JSON Schema has it: ECMA-262, and found anywhere in a string.
    pub(super) fn get(&mut self, pattern: &str) -> Option<Rc<Pattern>> {
        if let Some(known) = self.0.get(pattern) {
            return known.clone();
        }
        let parsed = Pattern::parse(pattern).map(Rc::new);
        self.0.insert(pattern.to_owned(), parsed.clone());
        parsed
    }
}

impl Pattern {
    fn parse(pattern: &str) -> Option<Self> {
        let translated = offhook_model::pattern::translate(pattern).ok()?;
        let hir = regex_syntax::parse(&translated).ok()?;
        Some(Self { hir, regex: Regex::new(&translated).ok()? })
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// A string that matches, as a rule of `min` to `max` characters.
    pub(super) fn sample(&self, decks: &mut Decks, min: usize, max: usize) -> Option<String> {
        let mut found = None;
        for attempt in 0..TRIES {
            let mut text = String::new();
            // Short ones first; then as long as is needed.
            let more = if attempt < TRIES / 2 { 2 } else { min.clamp(4, 200) };
            append(&self.hir, decks, more, &mut text);
            if decks.once_in(3) {
                text = self.surrounded(text, decks);
            }
            while text.chars().count() < min {
                let longer = format!("{text}{}", decks.pick(CHARACTERS)?);
                if !self.matches(&longer) {
                    break;
                }
                text = longer;
            }
            if self.matches(&text) {
                if (min..=max).contains(&text.chars().count()) {
                    return Some(text);
                }
                found = Some(text);
            }
        }
        found
    }

    /// `text` with something around it, if the pattern is found there too.
    fn surrounded(&self, text: String, decks: &mut Decks) -> String {
        let mut any = || decks.pick(CHARACTERS).copied().unwrap_or_default();
        let longer = format!("{}{text}{}", any(), any());
        if self.matches(&longer) { longer } else { text }
    }
}

/// Appends what `hir` matches; a repetition without an end comes up to `more` times more often
/// than it must. Assertions about the place add nothing, so the result is to be checked.
fn append(hir: &Hir, decks: &mut Decks, more: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => *text += &String::from_utf8_lossy(&literal.0),
        HirKind::Class(Class::Unicode(class)) => text.extend(character(class, decks)),
        HirKind::Class(Class::Bytes(class)) => {
            let range = decks.pick(class.ranges());
            text.extend(range.map(|range| char::from(range.start())));
        }
        HirKind::Repetition(repetition) => {
            let min = repetition.min as usize;
            let max = repetition.max.map_or(min + more, |max| max as usize).min(min + more);
            for _ in 0..min + decks.below(max - min + 1) {
                append(&repetition.sub, decks, more, text);
            }
        }
        HirKind::Capture(capture) => append(&capture.sub, decks, more, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| append(part, decks, more, text)),
        HirKind::Alternation(branches) => {
            if let Some(branch) = decks.pick(branches) {
                append(branch, decks, more, text);
            }
        }
    }
}

/// A character of a class: as a rule printable ASCII if there is some, as most classes are negated
/// ones and huge.
fn character(class: &ClassUnicode, decks: &mut Decks) -> Option<char> {
    let contains = |found: char| {
        class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&found))
    };
    let plain: Vec<char> = (' '..='~').filter(|found| contains(*found)).collect();
    if !plain.is_empty() && !decks.once_in(8) {
        return decks.pick(&plain).copied();
    }
    let range = decks.pick(class.ranges())?;
    let (start, end) = (u32::from(range.start()), u32::from(range.end()));
    let offset = u32::try_from(decks.below((end - start) as usize + 1)).unwrap_or_default();
    char::from_u32(start + offset).or(Some(range.start()))
}

#[cfg(test)]
mod tests {
    use super::{Decks, Patterns};

    #[test]
    fn samples_match_and_keep_to_the_length() {
        let mut patterns = Patterns::default();
        let mut decks = Decks::new(1, 0);
        for text in [r"^\d{2,}$", "a|bc", "[^a-z]x*$", r"^(\w+-){1,3}\S$", "", "^é+$"] {
            let pattern = patterns.get(text).expect("a pattern");
            for _ in 0..50 {
                let sample = pattern.sample(&mut decks, 5, 9).expect("a sample");
                assert!(pattern.matches(&sample), "{text}: {sample}");
                if text != "^é+$" {
                    assert!((5..=9).contains(&sample.chars().count()), "{text}: {sample}");
                }
            }
        }
    }
}
