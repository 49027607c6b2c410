//! Where a quick look could not tell whether a payload is valid: all else need not be looked at
//! again.

use std::ops::Range;

/// Values of a payload, by their bytes.
pub(crate) struct Undecided {
    /// Where each begins, in order, and how far those up to it reach, if what is in them is in doubt
    /// as well.
    all: Vec<Range<usize>>,
    /// Whether some object may have members that no schema lists.
    pub(crate) strangers: bool,
}

impl Undecided {
    /// Of values of which nothing is known.
    pub(crate) fn everywhere() -> Self {
        Self { all: std::iter::once(0..usize::MAX).collect(), strangers: true }
    }

    /// Of values where they begin; to their ends, if what is in them is in doubt as well.
    pub(crate) fn of(mut all: Vec<Range<usize>>, strangers: bool) -> Self {
        all.sort_unstable_by_key(|value| value.start);
        let mut reach = 0;
        for value in &mut all {
            reach = reach.max(value.end);
            value.end = reach;
        }
        Self { all, strangers }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a value that begins at `start` is in doubt itself.
    pub(crate) fn touch_own(&self, start: usize) -> bool {
        self.from(start).touch(&(start..start + 1))
    }

    /// What tells of several values in their order, none of which begins before `start`.
    pub(crate) fn from(&self, start: usize) -> Ahead<'_> {
        let (before, rest) =
            self.all.split_at(self.all.partition_point(|doubt| doubt.start < start));
        Ahead { reach: before.last().map_or(0, |doubt| doubt.end), rest }
    }
}

/// Undecided from some place on.
pub(crate) struct Ahead<'d> {
    /// How far those before it reach.
    reach: usize,
    rest: &'d [Range<usize>],
}

impl Ahead<'_> {
    /// Whether a value is in doubt, or something in it. No value after it begins before it does.
    pub(crate) fn touch(&mut self, value: &Range<usize>) -> bool {
        while let [first, rest @ ..] = self.rest
            && first.start < value.start
        {
            (self.reach, self.rest) = (first.end, rest);
        }
        self.reach > value.start || self.rest.first().is_some_and(|doubt| doubt.start < value.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Undecided;

    #[test]
    fn values_are_touched_from_within_and_from_around() {
        let doubts = Undecided::of(vec![30..40, 10..10, 32..32, 50..60], false);
        let values = [
            (0..100, true),
            (0..10, false),
            (0..11, true),
            (10..20, true),
            (11..20, false),
            (25..30, false),
            (33..39, true),
            (35..36, true),
            (40..45, false),
            (59..60, true),
            (60..61, false),
        ];
        let mut all = doubts.from(0);
        for (value, touched) in values {
            assert_eq!(doubts.from(value.start).touch(&value), touched, "{value:?}");
            assert_eq!(all.touch(&value), touched, "{value:?} after others");
        }
        let own = [9, 10, 11, 29, 30, 35, 39, 40, 50].map(|start| doubts.touch_own(start));
        assert_eq!(own, [false, true, false, false, true, true, true, false, true]);
        assert!(!Undecided::of(Vec::new(), false).from(0).touch(&(0..9)));
        assert!(Undecided::everywhere().from(0).touch(&(7..8)));
    }
}
