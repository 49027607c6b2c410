//! Numbers within bounds, at their edges, and just beyond.

use offhook_model::Json;
use offhook_model::json::Number;

use super::deck::Decks;
use super::demand::Demand;
use crate::number::{exact, is_multiple};

/// Below this doubles hold every integer.
pub(super) const DOUBLES: f64 = 9_007_199_254_740_992.0;

/// What is asked of a number.
#[derive(Debug)]
pub(super) struct Range {
    /// The lowest, and whether it is allowed itself.
    low: Option<(f64, bool)>,
    high: Option<(f64, bool)>,
    /// What it is a multiple of.
    steps: Vec<f64>,
    integral: bool,
}

impl Range {
    pub(super) fn of(demand: &Demand<'_>, integral: bool) -> Self {
        let bounds = |inclusive: &str, exclusive: &str| {
            let inclusive = demand.numbers(inclusive).map(|bound| (bound, true));
            inclusive.chain(demand.numbers(exclusive).map(|bound| (bound, false))).collect()
        };
        let lows: Vec<(f64, bool)> = bounds("minimum", "exclusiveMinimum");
        let highs: Vec<(f64, bool)> = bounds("maximum", "exclusiveMaximum");
        Self {
            // Of two equal bounds the exclusive one is the narrower.
            low: lows
                .into_iter()
                .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1))),
            high: highs
                .into_iter()
                .min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))),
            steps: demand.numbers("multipleOf").collect(),
            integral,
        }
    }

    fn contains(&self, number: f64) -> bool {
        let above = |(bound, inclusive)| if inclusive { number >= bound } else { number > bound };
        let below = |(bound, inclusive)| if inclusive { number <= bound } else { number < bound };
        number.is_finite()
            && self.low.is_none_or(above)
            && self.high.is_none_or(below)
            && (!self.integral || number.fract() == 0.0)
            && self.steps.iter().all(|step| multiple(number, *step))
    }

    /// A number in the range: an edge, or something on the way to the other.
    pub(super) fn sample(&self, decks: &mut Decks) -> Option<Json> {
        let mut found: Vec<Json> = self
            .candidates(decks)
            .into_iter()
            .filter(|number| self.contains(*number))
            .map(value)
            .collect();
        if self.low.is_none() && self.high.is_none() && self.steps.is_empty() {
            let beyond_doubles = [9_007_199_254_740_993_u64, u64::MAX];
            found.extend(beyond_doubles.map(Json::from));
            found.push(Json::Number(i64::MIN.into()));
        }
        decks.pick(&found).cloned()
    }

    fn candidates(&self, decks: &mut Decks) -> Vec<f64> {
        let step = self.steps.iter().copied().fold(if self.integral { 1.0 } else { 0.0 }, f64::max);
        let low = self.low.map(|(bound, _)| bound);
        let high = self.high.map(|(bound, _)| bound);
        let mut found = vec![0.0, 1.0, -1.0, 7.0, 1e15, -1e9, 1e22];
        if !self.integral {
            found.extend([0.5, -0.25, 325.125, 1e-7, 1.797_693_134_862_315_7e308, 5e-324]);
        }
        found.extend(low.map(|bound| beside(bound, 1.0)).unwrap_or_default());
        found.extend(high.map(|bound| beside(bound, -1.0)).unwrap_or_default());
        if let (Some(low), Some(high)) = (low, high) {
            #[expect(clippy::cast_precision_loss, reason = "any number between will do")]
            let part = decks.below(1000) as f64 / 1000.0;
            let between = low + (high - low) * part;
            found.extend([between, between.round()]);
        }
        if step > 0.0 {
            // The multiples near by, as close as a double comes to them.
            let near = found.iter().map(|number| times(step, (number / step).round()));
            let next = found.iter().map(|number| times(step, (number / step).round() + 1.0));
            found = near.chain(next).collect();
        }
        found
    }

    /// A number that breaks `keyword` with its `bound`, not far from `number`.
    pub(super) fn beyond(
        keyword: &str,
        bound: f64,
        number: f64,
        decks: &mut Decks,
    ) -> Option<Json> {
        let integral = number.fract() == 0.0;
        let near = match keyword {
            "minimum" | "exclusiveMinimum" => beside(bound, -1.0),
            "maximum" | "exclusiveMaximum" => beside(bound, 1.0),
            _ => vec![number + bound / 2.0, number + 1.0, number + bound / 3.0],
        };
        let breaks = |number: &f64| match keyword {
            "minimum" => *number < bound,
            "maximum" => *number > bound,
            "exclusiveMinimum" => *number <= bound,
            "exclusiveMaximum" => *number >= bound,
            _ => !multiple(*number, bound),
        };
        let near: Vec<f64> = near.into_iter().filter(breaks).collect();
        let whole: Vec<f64> = near.iter().copied().filter(|near| near.fract() == 0.0).collect();
        let of_its_kind = if integral && !whole.is_empty() { whole } else { near };
        decks.pick(&of_its_kind).copied().map(value)
    }
}

/// Numbers at `bound`, and from there on `towards` one side.
fn beside(bound: f64, towards: f64) -> Vec<f64> {
    if bound.abs() >= DOUBLES {
        // So far out doubles do not tell a bound from its neighbours, and boon reads doubles.
        return vec![bound * 2.0, bound / 2.0, -bound];
    }
    let next = if towards > 0.0 { bound.next_up() } else { bound.next_down() };
    let steps = [0.5, 1.0, 2.0, 1000.0, 1e9].map(|step| bound + towards * step);
    [bound, next].into_iter().chain(steps).collect()
}

/// Whether `number` is a multiple of `step`, both as decimals.
///
/// From [`DOUBLES`] on a number's digits depend on who writes them: none is a multiple then.
fn multiple(number: f64, step: f64) -> bool {
    let decimal = |number| Some(exact(&Number::from_f64(number)?));
    number.abs() < DOUBLES
        && decimal(number)
            .zip(decimal(step))
            .is_some_and(|(number, step)| is_multiple(&number, &step))
}

/// `count` times `step`; where `step` is a hundredth or the like, by division, which is exact.
fn times(step: f64, count: f64) -> f64 {
    let parts = (1.0 / step).round();
    if step < 1.0 && (1.0 / parts).total_cmp(&step).is_eq() { count / parts } else { count * step }
}

/// A number as JSON has it: without a fraction if it has none.
#[expect(clippy::cast_possible_truncation, reason = "integral, and within 64 bits")]
pub(super) fn value(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 9e18 {
        Json::Number((number as i64).into())
    } else {
        Number::from_f64(number).map_or(Json::Null, Json::Number)
    }
}
