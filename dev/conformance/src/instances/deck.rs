//! Choices that come round.

use std::collections::HashMap;

use rand::rngs::ChaCha8Rng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};

use crate::bundle::Id;

/// Where a choice is made: at a schema, about a thing, among so many options.
type Place = (Id, &'static str, usize);

/// A random source that leaves no option out: at each place all options are drawn, in random order,
/// before one is drawn again.
pub(super) struct Decks {
    rng: ChaCha8Rng,
    /// The options not drawn yet.
    left: HashMap<Place, Vec<usize>>,
}

impl Decks {
    /// The `stream`th of the sources that `seed` gives, independent of the others.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self { rng, left: HashMap::new() }
    }

    /// One of `options` options for `what` at `schema`, by index.
    pub(super) fn draw(&mut self, schema: Id, what: &'static str, options: usize) -> usize {
        let left = self.left.entry((schema, what, options)).or_default();
        if left.is_empty() {
            left.extend(0..options);
            left.shuffle(&mut self.rng);
        }
        left.pop().unwrap_or_default()
    }

    /// One of `options`, at random.
    pub(super) fn pick<'o, T>(&mut self, options: &'o [T]) -> Option<&'o T> {
        options.choose(&mut self.rng)
    }

    /// `true` once in `times`.
    pub(super) fn once_in(&mut self, times: u32) -> bool {
        self.rng.random_ratio(1, times)
    }

    /// A number below `end`; 0 if there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.rng.random_range(0..end) }
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        list.shuffle(&mut self.rng);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Decks;
    use crate::bundle::Bundle;

    #[test]
    fn every_option_comes_before_one_comes_again() {
        let text = json!({ "vendor": "acme", "schemas": { "a.json": true } }).to_string();
        let bundle = Bundle::parse(&text).expect("a bundle");
        let id = bundle.file("a.json").expect("a file").id();
        let mut decks = Decks::new(1, 0);
        for _ in 0..5 {
            let mut drawn: Vec<usize> = (0..7).map(|_| decks.draw(id, "test", 7)).collect();
            drawn.sort_unstable();
            assert_eq!(drawn, [0, 1, 2, 3, 4, 5, 6]);
        }
    }

    #[test]
    fn streams_of_a_seed_differ_and_a_seed_repeats() {
        let sequence = |seed, stream| {
            let mut decks = Decks::new(seed, stream);
            std::iter::repeat_with(|| decks.below(1000)).take(8).collect::<Vec<_>>()
        };
        assert_eq!(sequence(1, 0), sequence(1, 0));
        assert_ne!(sequence(1, 0), sequence(1, 1));
        assert_ne!(sequence(1, 0), sequence(2, 0));
    }
}
