//! Strings that match a pattern.

use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use super::random::Random;

/// How often a string is tried again.
const TRIES: usize = 24;

/// How many times more than it must something is repeated that has no end.
const MORE: u32 = 6;

/// Nothing is repeated more often.
const MOST: u32 = 2000;

/// A pattern of JSON Schema, which may be found anywhere in a string.
pub(super) struct Pattern {
    regex: Regex,
    hir: Hir,
}

impl Pattern {
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let translated = offhook_model::pattern::translate(pattern).ok()?;
        let hir = regex_syntax::parse(&translated).ok()?;
        Some(Self { regex: Regex::new(&translated).ok()?, hir })
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// A string that matches.
    pub(super) fn sample(&self, random: &mut Random) -> Option<String> {
        (0..TRIES).find_map(|_| {
            let mut text = String::new();
            append(&self.hir, random, &mut text);
            self.matches(&text).then_some(text)
        })
    }
}

/// Appends something that `hir` matches, if it is not about what stands around it.
fn append(hir: &Hir, random: &mut Random, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => text.extend(character(class, random)),
        HirKind::Class(Class::Bytes(class)) => {
            text.extend(random.pick(class.ranges()).map(|range| char::from(range.start())));
        }
        HirKind::Repetition(repetition) => {
            let least = repetition.min.min(MOST);
            let most = repetition.max.unwrap_or(u32::MAX).min(least.saturating_add(MORE));
            let times = u64::from(least) + random.below(u64::from(most - least) + 1);
            for _ in 0..times {
                append(&repetition.sub, random, text);
            }
        }
        HirKind::Capture(capture) => append(&capture.sub, random, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| append(part, random, text)),
        HirKind::Alternation(branches) => {
            if let Some(branch) = random.pick(branches) {
                append(branch, random, text);
            }
        }
    }
}

/// A character of a class: a letter or a digit if there is one, else what can be printed.
fn character(class: &ClassUnicode, random: &mut Random) -> Option<char> {
    let contains = |char: &char| {
        class.ranges().iter().any(|range| (range.start()..=range.end()).contains(char))
    };
    let printable: Vec<char> = ('!'..='~').filter(contains).collect();
    let plain: Vec<char> = printable.iter().copied().filter(char::is_ascii_alphanumeric).collect();
    let chosen = random.pick(if plain.is_empty() { &printable } else { &plain });
    chosen.copied().or_else(|| class.ranges().first().map(ClassUnicodeRange::start))
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use crate::sample::random::Random;

    #[test]
    fn samples_match() {
        let mut random = Random::new(1, 0);
        for text in [
            r"^\d{2,}$",
            "a|bc",
            "[^a-z]x*$",
            r"^(\w+-){1,3}\S$",
            "",
            "^é+$",
            "^sip_[456][0-9]{2}$",
        ] {
            let pattern = Pattern::parse(text).unwrap();
            for _ in 0..50 {
                assert!(pattern.matches(&pattern.sample(&mut random).unwrap()), "{text}");
            }
        }
        assert!(Pattern::parse("(").is_none());
    }
}
