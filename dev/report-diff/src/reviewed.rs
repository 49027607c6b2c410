//! The reviewed file: differences that are explained, each by patterns and a reason.

use std::error::Error;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde::{Deserialize, Deserializer};

use crate::compare::Difference;

/// The explained differences.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reviewed {
    #[serde(default, rename = "difference")]
    entries: Vec<Entry>,
}

/// Differences with one reason. A member that is not given fits everything.
///
/// `case`, `from` and `to` are patterns that must match the whole text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Why the differences are as they should be.
    pub(crate) reason: String,
    /// How many there are: more are not explained.
    pub(crate) count: usize,
    corpus: Option<String>,
    kind: Option<String>,
    way: Option<String>,
    field: Option<String>,
    code: Option<String>,
    keyword: Option<String>,
    right: Option<bool>,
    #[serde(default, deserialize_with = "pattern")]
    case: Option<Regex>,
    #[serde(default, deserialize_with = "pattern")]
    from: Option<Regex>,
    #[serde(default, deserialize_with = "pattern")]
    to: Option<Regex>,
}

/// Differences, by the entry that explains them.
pub(crate) struct Sorted<'a> {
    /// Each entry with what it matches.
    pub(crate) explained: Vec<(&'a Entry, Vec<Difference>)>,
    pub(crate) new: Vec<Difference>,
}

impl Reviewed {
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        let reviewed = Self::parse(&text);
        reviewed.map_err(|error| format!("{}: {error}", path.display()).into())
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error>> {
        let reviewed: Self = toml::from_str(text)?;
        if reviewed.entries.iter().any(|entry| entry.reason.trim().is_empty()) {
            return Err("expected a reason in every entry, found an empty one".into());
        }
        Ok(reviewed)
    }

    /// Gives each difference to the first entry that matches it.
    pub(crate) fn sort(&self, differences: Vec<Difference>) -> Sorted<'_> {
        let explained = self.entries.iter().map(|entry| (entry, Vec::new())).collect();
        let mut sorted = Sorted { explained, new: Vec::new() };
        for difference in differences {
            let mut entries = sorted.explained.iter_mut();
            match entries.find(|(entry, _)| entry.matches(&difference)) {
                Some((_, matched)) => matched.push(difference),
                None => sorted.new.push(difference),
            }
        }
        sorted
    }
}

impl Entry {
    fn matches(&self, difference: &Difference) -> bool {
        let is = |wanted: &Option<String>, text: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == text)
        };
        let fits = |wanted: &Option<Regex>, text: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.is_match(text))
        };
        is(&self.corpus, difference.corpus())
            && is(&self.kind, difference.kind())
            && is(&self.way, &difference.way)
            && is(&self.field, &difference.field)
            && is(&self.code, &difference.code)
            && is(&self.keyword, &difference.keyword)
            && (self.right.is_none() || self.right == difference.right)
            && fits(&self.from, &difference.from)
            && fits(&self.to, &difference.to)
            && fits(&self.case, &difference.case())
    }
}

impl Sorted<'_> {
    /// Whether every difference has a reason, and no entry has more of them than were reviewed.
    pub(crate) fn is_explained(&self) -> bool {
        let exceeded = |(entry, matched): &(&Entry, Vec<_>)| matched.len() > entry.count;
        self.new.is_empty() && !self.explained.iter().any(exceeded)
    }
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Regex>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let pattern = Regex::new(&format!(r"(?s)\A(?:{text})\z"));
    pattern.map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::Reviewed;
    use crate::compare::Difference;

    fn difference(set: &str, from: &str) -> Difference {
        let (set, from) = (set.to_owned(), from.to_owned());
        Difference { set, from, field: "refusal".to_owned(), ..Difference::default() }
    }

    const ENTRY: &str = "[[difference]]\nreason = 'a'\ncount = 1\ncorpus = 'suite'\nfrom = 'a+'\n";

    #[test]
    fn an_entry_matches_whole_texts_and_no_more_than_were_reviewed() {
        let reviewed = Reviewed::parse(ENTRY).expect("an entry");
        let sort = |sets: &[(&str, &str)]| {
            let found = sets.iter().map(|(set, from)| difference(set, from)).collect();
            let sorted = reviewed.sort(found);
            (sorted.explained[0].1.len(), sorted.new.len(), sorted.is_explained())
        };
        assert_eq!(sort(&[]), (0, 0, true));
        assert_eq!(sort(&[("suite/x", "aa")]), (1, 0, true));
        assert_eq!(sort(&[("suite/x", "aa"), ("suite/y", "a")]), (2, 0, false));
        assert_eq!(sort(&[("suite/x", "ab")]), (0, 1, false));
        assert_eq!(sort(&[("field/x", "a")]), (0, 1, false));
    }

    #[test]
    fn an_entry_has_a_reason_and_no_other_members() {
        assert!(Reviewed::parse(&ENTRY.replace("'a'", "' '")).is_err());
        assert!(Reviewed::parse(&ENTRY.replace("corpus", "corpse")).is_err());
        assert!(Reviewed::parse(&ENTRY.replace("a+", "a(")).is_err());
    }
}
