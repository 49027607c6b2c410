//! Numbers within bounds, at their edges, and just beyond, in more digits than a double holds.

use bigdecimal::{BigDecimal, RoundingMode, Zero};
use offhook_model::Json;
use offhook_model::json::Number;

use super::deck::Decks;
use super::demand::Demand;
use crate::number::{decimal, exact, is_multiple, number};

/// Numbers at the edges of what types hold, and beyond: integers, then others.
const INTEGERS: [&str; 14] = [
    "0",
    "1",
    "-1",
    "7",
    "1e15",
    "-1e9",
    "1e22",
    "9007199254740993",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e30",
    "1000000000000000000000000000001",
];
const FRACTIONS: [&str; 9] = [
    "0.5",
    "-0.25",
    "325.125",
    "1e-7",
    "0.10000000000000000001",
    "4503599627370497.5",
    "1.7976931348623157e308",
    "5e-324",
    "1e-400",
];

/// How far from a bound numbers are tried. Doubles do not show the smallest two.
const OFFSETS: [&str; 7] = ["1e-400", "1e-20", "0.5", "1", "2", "1000", "1e9"];

/// A number of which nothing is asked.
pub(super) fn any(decks: &mut Decks) -> Json {
    let list = if decks.once_in(2) { &INTEGERS[..] } else { &FRACTIONS };
    decks.pick(list).map(|text| number(text)).unwrap_or_default()
}

/// What is asked of a number.
#[derive(Debug)]
pub(super) struct Range {
    /// The lowest, and whether it is allowed itself.
    low: Option<(BigDecimal, bool)>,
    high: Option<(BigDecimal, bool)>,
    /// What it is a multiple of.
    steps: Vec<BigDecimal>,
    integral: bool,
}

impl Range {
    pub(super) fn of(demand: &Demand<'_>, integral: bool) -> Self {
        let bounds = |inclusive: &str, exclusive: &str| {
            let inclusive = demand.numbers(inclusive).map(|bound| (exact(bound), true));
            inclusive.chain(demand.numbers(exclusive).map(|bound| (exact(bound), false))).collect()
        };
        let lows: Vec<(BigDecimal, bool)> = bounds("minimum", "exclusiveMinimum");
        let highs: Vec<(BigDecimal, bool)> = bounds("maximum", "exclusiveMaximum");
        Self {
            // Of two equal bounds the exclusive one is the narrower.
            low: lows
                .into_iter()
                .max_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1))),
            high: highs
                .into_iter()
                .min_by(|one, other| one.0.cmp(&other.0).then(one.1.cmp(&other.1))),
            steps: demand.numbers("multipleOf").map(exact).collect(),
            integral,
        }
    }

    fn contains(&self, number: &BigDecimal) -> bool {
        let above = |(bound, inclusive): &(BigDecimal, bool)| {
            number > bound || *inclusive && number == bound
        };
        let below = |(bound, inclusive): &(BigDecimal, bool)| {
            number < bound || *inclusive && number == bound
        };
        self.low.as_ref().is_none_or(above)
            && self.high.as_ref().is_none_or(below)
            && (!self.integral || number.is_integer())
            && self.steps.iter().all(|step| is_multiple(number, step))
    }

    /// A number in the range: an edge, or something on the way to the other.
    pub(super) fn sample(&self, decks: &mut Decks) -> Option<Json> {
        let mut candidates = self.candidates(decks);
        decks.shuffle(&mut candidates);
        candidates.into_iter().filter(|number| self.contains(number)).find_map(|it| value(&it))
    }

    fn candidates(&self, decks: &mut Decks) -> Vec<BigDecimal> {
        let whole = self.integral.then(|| BigDecimal::from(1));
        let step = self.steps.iter().cloned().chain(whole).max();
        let mut found: Vec<BigDecimal> = INTEGERS.iter().map(|text| decimal(text)).collect();
        if !self.integral {
            found.extend(FRACTIONS.iter().map(|text| decimal(text)));
        }
        let bounds = [self.low.as_ref(), self.high.as_ref()].map(|bound| bound.map(|it| &it.0));
        found.extend(bounds[0].map(|low| beside(low, 1)).unwrap_or_default());
        found.extend(bounds[1].map(|high| beside(high, -1)).unwrap_or_default());
        if let [Some(low), Some(high)] = bounds {
            let part = decimal(&format!("{}e-3", decks.below(1000)));
            let between = low + (high - low) * part;
            found.extend([between.with_scale_round(0, RoundingMode::HalfEven), between]);
        }
        if let Some(step) = step {
            // The multiples near by.
            found = found.iter().flat_map(|number| multiples_near(number, &step)).collect();
        }
        found
    }

    /// A number that breaks `keyword` with its `bound`, not far from `number`.
    pub(super) fn beyond(
        keyword: &str,
        bound: &Number,
        number: &Number,
        decks: &mut Decks,
    ) -> Option<Json> {
        let (bound, number) = (exact(bound), exact(number));
        let near = match keyword {
            "minimum" | "exclusiveMinimum" => beside(&bound, -1),
            "maximum" | "exclusiveMaximum" => beside(&bound, 1),
            _ => {
                let parts = ["0.5", "0.3", "1e-20"].map(|part| &number + &bound * decimal(part));
                let mut near = beside(&number, 1);
                near.extend(parts);
                near
            }
        };
        let breaks = |number: &BigDecimal| match keyword {
            "minimum" => *number < bound,
            "maximum" => *number > bound,
            "exclusiveMinimum" => *number <= bound,
            "exclusiveMaximum" => *number >= bound,
            _ => !is_multiple(number, &bound),
        };
        let near: Vec<Json> = near.iter().filter(|near| breaks(near)).filter_map(value).collect();
        let is_integer = |near: &&Json| near.as_number().is_some_and(|it| exact(it).is_integer());
        let whole: Vec<Json> = near.iter().filter(is_integer).cloned().collect();
        let of_its_kind = if number.is_integer() && !whole.is_empty() { whole } else { near };
        decks.pick(&of_its_kind).cloned()
    }
}

/// Numbers at `bound`, and from there on towards one side.
pub(super) fn beside(bound: &BigDecimal, side: i8) -> Vec<BigDecimal> {
    let beside = OFFSETS.iter().map(|offset| bound + decimal(offset) * BigDecimal::from(side));
    std::iter::once(bound.clone()).chain(beside).collect()
}

/// The two multiples of `step` around `number`.
fn multiples_near(number: &BigDecimal, step: &BigDecimal) -> [BigDecimal; 2] {
    let rest = number % step;
    let below = number - rest;
    [&below + if number < &BigDecimal::zero() { -step } else { step.clone() }, below]
}

/// A number as JSON has it; `None` beyond the range of a double.
pub(super) fn value(number: &BigDecimal) -> Option<Json> {
    let number = number.normalized();
    let few_digits = number.fractional_digit_count().abs() < 40;
    let text = if few_digits { number.to_plain_string() } else { number.to_scientific_notation() };
    text.parse().is_ok_and(f64::is_finite).then(|| crate::number::number(&text))
}

#[cfg(test)]
mod tests {
    use super::{beside, multiples_near, value};
    use crate::number::{decimal, exact, is_multiple};

    #[test]
    fn a_number_is_written_in_all_its_digits() {
        for text in
            ["0", "-1.5", "1e30", "1.7976931348623157e308", "5e-324", "0.10000000000000000001"]
        {
            let written = value(&decimal(text)).expect(text);
            assert_eq!(exact(written.as_number().expect(text)), decimal(text));
        }
        assert!(value(&decimal("1e309")).is_none());
    }

    #[test]
    fn neighbours_are_found_to_the_last_digit() {
        let bound = decimal("9007199254740993");
        let above = beside(&bound, 1);
        assert!(above.iter().skip(1).all(|number| *number > bound), "{above:?}");
        assert!(above.contains(&decimal("9007199254740993.00000000000000000001")));
        for (number, step) in [("10.5", "0.01"), ("-7", "3"), ("1e22", "0.07"), ("0", "5")] {
            let [next, below] = multiples_near(&decimal(number), &decimal(step));
            assert!(is_multiple(&next, &decimal(step)) && is_multiple(&below, &decimal(step)));
            assert!(next != below);
        }
    }
}
