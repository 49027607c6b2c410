//! One of several equal parts of the payloads, so that several machines can share them.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Part `number` of `of`, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Shard {
    pub(crate) number: usize,
    pub(crate) of: usize,
}

impl Shard {
    /// All there is.
    pub(crate) const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether a payload belongs to this part: the one in file `file`, on line `line`.
    pub(crate) fn has(self, file: usize, line: usize) -> bool {
        self == Self::WHOLE || (file + line) % self.of + 1 == self.number
    }

    /// Adds other parts of the same input, or of another input as a whole.
    pub(crate) fn join(own: &mut BTreeSet<Self>, others: &BTreeSet<Self>) -> Result<(), String> {
        if let (Some(own), Some(other)) = (own.first(), others.first())
            && own.of != other.of
        {
            return Err(format!("expected parts of the same whole, found {own} and {other}"));
        }
        if let Some(twice) = own.intersection(others).find(|shard| **shard != Self::WHOLE) {
            return Err(format!("expected each part once, found {twice} again"));
        }
        own.extend(others);
        Ok(())
    }

    /// The parts that are not among `shards`: the first ones, and how many more.
    pub(crate) fn missing(shards: &BTreeSet<Self>) -> Vec<String> {
        const MOST: usize = 10;
        let of = shards.first().map_or(1, |shard| shard.of);
        let all = (1..=of).map(|number| Self { number, of });
        let missing = all.filter(|shard| !shards.contains(shard));
        let mut missing: Vec<_> = missing.map(|shard| shard.to_string()).take(MOST).collect();
        let more = of.saturating_sub(shards.len()).saturating_sub(missing.len());
        if more > 0 {
            missing.push(format!("and {more} more"));
        }
        missing
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shard = text.split_once('/').and_then(|(number, of)| {
            Some(Self { number: number.parse().ok()?, of: of.parse().ok()? })
        });
        shard
            .filter(|shard| (1..=shard.of).contains(&shard.number))
            .ok_or_else(|| "want two numbers as 1/3, 2/3 or 3/3".to_owned())
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn every_payload_belongs_to_one_shard() {
        let shards: Vec<Shard> = (1..=3).map(|number| Shard { number, of: 3 }).collect();
        for (file, line) in (0..4).flat_map(|file| (0..10).map(move |line| (file, line))) {
            assert_eq!(shards.iter().filter(|shard| shard.has(file, line)).count(), 1);
            assert!(Shard::WHOLE.has(file, line));
        }
    }

    #[test]
    fn only_parts_that_there_are_can_be_asked_for() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for text in ["", "1", "0/3", "4/3", "1/0", "-1/3", "a/b", "1/2/3", "1/ 3"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
