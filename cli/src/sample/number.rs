//! Numbers: within bounds, as exact as the example's and about as large.

use offhook_model::json::Number;

use super::demand::Demand;
use super::random::Random;
use crate::catalogue::Json;

/// A unit of the last decimal, from one to a millionth.
const UNITS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/// How far a number goes on where it has a bound on one side only.
const REACH: f64 = 100.0;

/// Bounds of numbers, both included.
struct Bounds {
    low: f64,
    high: f64,
}

/// A number as it is asked for, like `model`.
pub(super) fn number(
    demand: &Demand<'_>,
    is_integer: bool,
    model: Option<f64>,
    random: &mut Random,
) -> Option<Json> {
    let step = demand.numbers("multipleOf").find(|step| *step > 0.0);
    let exact = step.or(model).filter(|_| !is_integer).map_or(0, decimals);
    // Where there is no room between the bounds for a number as exact, there may be for a finer one.
    (exact..UNITS.len()).take(if is_integer { 1 } else { UNITS.len() }).find_map(|decimals| {
        let unit = UNITS[decimals];
        let (low, high) = within(demand, model, step.unwrap_or_default(), unit);
        let step = step.map_or(1, |step| units(step, unit)).max(1);
        let (low, high) = (div_ceil(low, step), high.div_euclid(step));
        let found = (low <= high).then(|| random.between(low, high))?;
        written(found.checked_mul(step)?, decimals)
    })
}

/// A number as near as it can be to `wanted`, with as many decimals as `model`; none if it is out of
/// bounds.
pub(super) fn exactly(
    demand: &Demand<'_>,
    wanted_millis: i64,
    model: Option<f64>,
    is_integer: bool,
) -> Option<Json> {
    let decimals = model.filter(|_| !is_integer).map_or(0, decimals).min(3);
    let unit = UNITS[decimals];
    let wanted = wanted_millis.checked_mul(units(unit, 1.0))?.div_euclid(1000);
    let bounds = asserted(demand);
    let fits = (bounds.low..=bounds.high).contains(&(precise(wanted) / unit));
    let is_free = demand.numbers("multipleOf").next().is_none();
    (fits && is_free).then(|| written(wanted, decimals)).flatten()
}

/// The range to choose from, in units; as far as the bounds allow it, it spans a `step`.
fn within(demand: &Demand<'_>, model: Option<f64>, step: f64, unit: f64) -> (i64, i64) {
    let Bounds { low, high } = asserted(demand);
    let usual = match model {
        Some(model) if model > 0.0 => (model / 2.0, model * 2.0),
        Some(model) if model < 0.0 => (model * 2.0, model / 2.0),
        Some(_) => (0.0, 10.0),
        None => (0.0, REACH),
    };
    let (mut from, mut to) = (usual.0.max(low), usual.1.min(high));
    if from > to {
        from = if low.is_finite() { low } else { high - REACH };
        to = if high.is_finite() { high } else { low + REACH };
    }
    if to - from < step {
        (from, to) = ((from - step).max(low), (to + step).min(high));
    }
    let (first, last) = (units(from, unit), units(to, unit));
    let first = if precise(first) / unit < from { first + 1 } else { first };
    let last = if precise(last) / unit > to { last - 1 } else { last };
    (first, last)
}

/// The bounds that a number must keep.
fn asserted(demand: &Demand<'_>) -> Bounds {
    let least = demand.numbers("minimum");
    let least = least.chain(demand.numbers("exclusiveMinimum").map(f64::next_up));
    let most = demand.numbers("maximum");
    let most = most.chain(demand.numbers("exclusiveMaximum").map(f64::next_down));
    Bounds {
        low: least.fold(f64::NEG_INFINITY, f64::max),
        high: most.fold(f64::INFINITY, f64::min),
    }
}

/// So many units, as JSON has it: `48.5`, and `48` for what is whole.
fn written(units: i64, decimals: usize) -> Option<Json> {
    let scale = 10_i64.checked_pow(u32::try_from(decimals).ok()?)?;
    if units % scale == 0 {
        return Some(Json::Number((units / scale).into()));
    }
    // Reading it gives the nearest number there is.
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) =
        (units.unsigned_abs() / scale.unsigned_abs(), units.unsigned_abs() % scale.unsigned_abs());
    let text = format!("{sign}{whole}.{rest:0decimals$}");
    Some(Json::Number(Number::from_f64(text.parse().ok()?)?))
}

/// How many decimals a number is written with.
fn decimals(number: f64) -> usize {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len()).min(UNITS.len() - 1)
}

/// How many units make a number, rounded.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond the range is as good as its end"
)]
fn units(number: f64, unit: f64) -> i64 {
    (number * unit).round().clamp(-9e15, 9e15) as i64
}

#[expect(clippy::cast_precision_loss, reason = "units are not that many")]
fn precise(units: i64) -> f64 {
    units as f64
}

fn div_ceil(number: i64, step: i64) -> i64 {
    -(-number).div_euclid(step)
}

#[cfg(test)]
mod tests {
    use super::{exactly, number};
    use crate::catalogue::{Schema, Vendor};
    use crate::sample::demand::Demand;
    use crate::sample::random::Random;

    /// Does something with what a schema demands.
    fn demanding<T>(schema: &str, look: impl FnOnce(&Demand<'_>, &mut Random) -> T) -> T {
        let bundle = format!(r#"{{ "vendor": "acme", "schemas": {{ "a.json": {schema} }} }}"#);
        let vendor = Vendor::new(&offhook_model::SchemaSet::from_bundle(&bundle).unwrap());
        let mut random = Random::new(1, 0);
        let schema = Schema::at(&vendor, "a.json", "").unwrap();
        look(&Demand::of(vec![schema], &mut random).unwrap(), &mut random)
    }

    #[test]
    fn numbers_keep_their_bounds_and_steps() {
        for (schema, is_integer, model, low, high, step) in [
            ("{}", true, None, 0.0, 100.0, 1.0),
            ("{}", false, Some(48.5), 24.0, 97.0, 0.1),
            (r#"{ "minimum": 0.07, "maximum": 0.07 }"#, false, None, 0.07, 0.07, 0.01),
            (r#"{ "exclusiveMinimum": 0, "exclusiveMaximum": 2 }"#, true, None, 1.0, 1.0, 1.0),
            (r#"{ "minimum": 1, "multipleOf": 1000 }"#, true, Some(3.0), 1000.0, 2000.0, 1000.0),
            (r#"{ "minimum": 300, "maximum": 699 }"#, true, Some(486.0), 300.0, 699.0, 1.0),
            (r#"{ "maximum": -5 }"#, true, Some(3.0), -105.0, -5.0, 1.0),
            (r#"{ "multipleOf": 0.05, "maximum": 0.2 }"#, false, None, 0.0, 0.2, 0.05),
        ] {
            demanding(schema, |demand, random| {
                for _ in 0..100 {
                    let made = number(demand, is_integer, model, random);
                    let made = made.and_then(|made| made.as_f64()).expect(schema);
                    assert!((low..=high).contains(&made), "{schema}: {made}");
                    let steps = made / step;
                    assert!((steps - steps.round()).abs() < 1e-6, "{schema}: {made}");
                }
            });
        }
        let schema = r#"{ "minimum": 2, "maximum": 1 }"#;
        assert!(demanding(schema, |demand, random| number(demand, false, None, random)).is_none());
    }

    #[test]
    fn what_is_measured_is_told_as_exactly_as_in_the_example() {
        let exactly = |schema, model, is_integer| {
            demanding(schema, |demand, _| exactly(demand, 12_345, model, is_integer))
                .map(|number| number.to_string())
        };
        assert_eq!(exactly("{}", Some(325.0), false).unwrap(), "12");
        assert_eq!(exactly("{}", Some(48.5), false).unwrap(), "12.3");
        assert_eq!(exactly("{}", Some(48.5), true).unwrap(), "12");
        assert_eq!(exactly(r#"{ "maximum": 5 }"#, None, false), None);
    }
}
