//! Where a quick look could not tell whether a payload is valid: all else need not be looked at
//! again.

use std::ops::Range;

/// Values of a payload, by their bytes.
#[derive(Default)]
pub(crate) struct Doubts {
    /// Where each begins, in order.
    starts: Vec<usize>,
    /// How far those up to each reach, if what is in them is in doubt as well.
    reach: Vec<usize>,
}

impl Doubts {
    /// Of values of which nothing is known.
    pub(crate) fn everywhere() -> Self {
        Self::of(vec![0..usize::MAX])
    }

    /// Of values where they begin; to their ends, if what is in them is in doubt as well.
    pub(crate) fn of(mut all: Vec<Range<usize>>) -> Self {
        all.sort_unstable_by_key(|value| value.start);
        let starts = all.iter().map(|value| value.start).collect();
        let ends = all.iter().scan(0, |reach, value| {
            *reach = value.end.max(*reach);
            Some(*reach)
        });
        Self { starts, reach: ends.collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Whether a value is in doubt, or something in it.
    pub(crate) fn touch(&self, value: &Range<usize>) -> bool {
        let before = self.starts.partition_point(|start| *start < value.start);
        let around = before.checked_sub(1).is_some_and(|last| self.reach[last] > value.start);
        around || self.starts.get(before).is_some_and(|start| *start < value.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Doubts;

    #[test]
    fn values_are_touched_from_within_and_from_around() {
        let doubts = Doubts::of(vec![30..40, 10..10, 32..32, 50..60]);
        for (value, touched) in [
            (0..100, true),
            (0..10, false),
            (0..11, true),
            (10..20, true),
            (11..20, false),
            (25..30, false),
            (35..36, true),
            (33..39, true),
            (40..45, false),
            (59..60, true),
            (60..61, false),
        ] {
            assert_eq!(doubts.touch(&value), touched, "{value:?}");
        }
        assert!(!Doubts::default().touch(&(0..9)));
        assert!(Doubts::everywhere().touch(&(7..8)));
    }
}
