//! Chance that repeats itself: the same seed gives the same choices, in every version and on every
//! machine.
//!
//! The numbers are those of the stream cipher `ChaCha8`, which is defined down to the bit; how choices
//! come of them is written here, so that no other version of a dependency makes them otherwise.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// Seeds that are made up are smaller than this, so that they can be typed.
const SEEDS: u64 = 1_000_000;

/// A seed that nobody has chosen.
pub(super) fn seed() -> u64 {
    RandomState::new().build_hasher().finish() % SEEDS
}

/// A source of choices.
pub(super) struct Random(ChaCha8Rng);

impl Random {
    /// The `number`th of the sources that `seed` gives, independent of the others.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(number);
        Self(source)
    }

    /// A number below `end`; 0 if there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let count = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.below(count))
    }

    /// An index of something of that length.
    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    /// Whether something happens that does so `times` times out of `of`.
    pub(super) fn happens(&mut self, times: u64, of: u64) -> bool {
        self.below(of) < times
    }

    /// One of `options`.
    pub(super) fn pick<'o, T>(&mut self, options: &'o [T]) -> Option<&'o T> {
        options.get(self.index(options.len()))
    }

    /// Puts `list` into another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.index(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_choices_of_a_seed_never_change() {
        let mut random = Random::new(7, 0);
        let drawn: Vec<u64> = (0..8).map(|_| random.below(1000)).collect();
        assert_eq!(drawn, [764, 465, 5, 301, 386, 336, 354, 193]);
    }

    #[test]
    fn choices_are_among_what_there_is() {
        let mut random = Random::new(1, 1);
        for _ in 0..1000 {
            assert!((-3..=3).contains(&random.between(-3, 3)));
        }
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
        random.between(i64::MIN, i64::MAX);
    }
}
