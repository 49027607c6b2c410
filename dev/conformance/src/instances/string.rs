//! Strings of the length, the patterns and the formats that are asked for.

use std::rc::Rc;

use super::demand::Demand;
use super::pattern::Pattern;
use super::{Generator, TRIES, format, text};

/// No string is made longer, unless it must be.
const LONG: usize = 300;

impl<'b> Generator<'b> {
    pub(super) fn string(&mut self, demand: &Demand<'b>) -> Option<String> {
        let min = demand.at_least("minLength");
        let max = demand.at_most("maxLength");
        let patterns: Vec<Rc<Pattern>> =
            demand.strings("pattern").filter_map(|pattern| self.patterns.get(pattern)).collect();
        let formats: Vec<&str> = demand.strings("format").collect();
        for _ in 0..TRIES {
            let text = match (self.decks.pick(&formats), self.decks.pick(&patterns)) {
                (Some(format), pattern) if pattern.is_none() || self.decks.once_in(2) => {
                    format::good(format, &mut self.patterns, &mut self.decks)
                }
                (_, Some(pattern)) => pattern.sample(&mut self.decks, min, max),
                _ => None,
            };
            let text = match text {
                Some(text) => text,
                None => self.plain(demand, min, max)?,
            };
            if (min..=max).contains(&text.chars().count())
                && patterns.iter().all(|pattern| pattern.matches(&text))
            {
                return Some(text);
            }
        }
        None
    }

    /// A string of `min` to `max` characters, often one of the two.
    fn plain(&mut self, demand: &Demand<'b>, min: usize, max: usize) -> Option<String> {
        if min > max {
            return None;
        }
        let some = min + self.decks.below(max.min(min + 12) - min + 1);
        let lengths = [min, max.min(LONG.max(min)), (min + 1).min(max), some];
        let length = match demand.id() {
            // Without a limit the longest is no edge.
            Some(id) if max < LONG => lengths[self.draw(id, "length", 4)],
            Some(id) => [min, some, some][self.draw(id, "length", 3)],
            None => some,
        };
        Some(text::of_length(length, &mut self.decks))
    }
}
