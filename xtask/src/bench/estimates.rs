//! Criterion's files into nanoseconds a payload: by set of payloads, by way, by round.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::package::baseline;

/// By the name of the set.
pub(crate) type Estimates = BTreeMap<String, Set>;

/// Payloads that were measured together.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Set {
    pub(crate) payloads: f64,
    pub(crate) bytes: f64,
    /// Nanoseconds a payload in each round, by way.
    pub(crate) ways: BTreeMap<String, Vec<f64>>,
}

/// Reads what criterion left in `folder`.
pub(crate) fn read(folder: &Path, rounds: usize) -> Result<Estimates, Box<dyn Error>> {
    let mut estimates = Estimates::new();
    for set in folders(folder)? {
        for way in folders(&set)? {
            let rounds = (1..=rounds).map(|round| way.join(baseline(round)));
            // Not all are measured in every round.
            for round in rounds.filter(|round| round.exists()) {
                add(&mut estimates, &round).map_err(|e| format!("{}: {e}", round.display()))?;
            }
        }
    }
    Ok(estimates)
}

/// Adds the figure of one way on one set in one round.
fn add(estimates: &mut Estimates, round: &Path) -> Result<(), Box<dyn Error>> {
    let benchmark = json(&round.join("benchmark.json"))?;
    let throughput = &benchmark["throughput"]["ElementsAndBytes"];
    let set = estimates.entry(text(&benchmark, "group_id")?).or_default();
    set.payloads = number(&throughput["elements"])?;
    set.bytes = number(&throughput["bytes"])?;
    let median = number(&json(&round.join("estimates.json"))?["median"]["point_estimate"])?;
    let way = set.ways.entry(text(&benchmark, "function_id")?).or_default();
    way.push(median / set.payloads);
    Ok(())
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

fn text(value: &Value, name: &str) -> Result<String, String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| format!("want a string {name:?}"))
}

fn number(value: &Value) -> Result<f64, String> {
    value.as_f64().ok_or_else(|| format!("expected a number, found {value}"))
}

/// The folders in `folder`, in name order.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}

/// The least of some times.
pub(crate) fn quickest(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::NAN, f64::min)
}

/// The middle of some numbers; the mean of the two in the middle if their number is even.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::error::Error;
    use std::fs;
    use std::path::Path;

    use super::{Set, median, quickest, read};

    fn put(folder: &Path, way: &str, round: u32, median: f64) -> Result<(), Box<dyn Error>> {
        let folder = folder.join("mix").join(way).join(format!("round-{round}"));
        fs::create_dir_all(&folder)?;
        fs::write(
            folder.join("benchmark.json"),
            format!(
                r#"{{ "group_id": "mix", "function_id": "{way}", "value_str": null,
                    "throughput": {{ "ElementsAndBytes": {{ "elements": 4, "bytes": 90 }} }} }}"#
            ),
        )?;
        let text = format!(
            r#"{{ "mean": {{ "point_estimate": 1.0 }},
                "median": {{ "standard_error": 0.5, "point_estimate": {median} }} }}"#
        );
        Ok(fs::write(folder.join("estimates.json"), text)?)
    }

    #[test]
    fn estimates_are_medians_a_payload_in_the_order_of_rounds() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        put(folder.path(), "decode", 1, 800.0)?;
        put(folder.path(), "decode", 2, 400.0)?;
        put(folder.path(), "value", 1, 3000.0)?;
        put(folder.path(), "value", 2, 2000.0)?;
        put(folder.path(), "value", 3, 0.0)?; // Of another run.
        fs::write(folder.path().join("not a folder"), "")?;
        let ways = [("decode", vec![200.0, 100.0]), ("value", vec![750.0, 500.0])];
        let ways = ways.map(|(way, rounds)| (way.to_owned(), rounds));
        let set = Set { payloads: 4.0, bytes: 90.0, ways: BTreeMap::from(ways) };
        assert_eq!(read(folder.path(), 2)?, BTreeMap::from([("mix".to_owned(), set)]));
        Ok(())
    }

    #[test]
    fn what_is_missing_is_named() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        put(folder.path(), "decode", 1, 800.0)?;
        fs::create_dir(folder.path().join("mix/decode/round-2"))?;
        let error = read(folder.path(), 2).unwrap_err().to_string();
        assert!(error.contains("mix/decode/round-2: "), "{error}");
        Ok(())
    }

    #[test]
    fn a_median_stands_in_the_middle_and_the_quickest_is_the_least() {
        assert_eq!(median(&[3.0, 1.0, 2.0]).to_string(), "2");
        assert_eq!(median(&[4.0, 1.0, 2.0, 9.0]).to_string(), "3");
        assert!(median(&[]).is_nan());
        assert_eq!(quickest(&[3.0, 1.0, 2.0]).to_string(), "1");
    }
}
