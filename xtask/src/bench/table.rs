//! A record into Markdown: ratios first, then times, then programs.

use std::fmt::Write;

use super::cases::Measured;
use super::estimates::{Estimates, quickest};
use super::figures::{Figure, Unit, Wanted};
use super::record::Record;

/// The sets in the table of times, and how they are called there.
const SETS: [(&str, &str); 6] = [
    ("call.end", "`call.end`"),
    ("mix", "mix"),
    ("daily", "Daily"),
    ("dialstack", "DialStack"),
    ("voiceblender", "VoiceBlender"),
    ("archive", "archive"),
];

/// All tables.
pub(crate) fn markdown(record: &Record) -> String {
    let machine = &record.machine;
    format!(
        "{}, {}, {}; rounds: {}.\n\n{}\n{}\n{}",
        machine.day,
        machine.rustc,
        machine.processor,
        record.rounds,
        ratios(record),
        programs(&record.figures),
        times(&record.estimates),
    )
}

fn ratios(record: &Record) -> String {
    let mut table = String::from(
        "| case | wanted, one payload | measured | ns | wanted, mix | measured | ns |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (what, [one, mix]) in &record.cases {
        let _ = writeln!(table, "| {what} | {} | {} |", cells(one.as_ref()), cells(mix.as_ref()));
    }
    table
}

/// Wanted, measured, and the times behind that.
fn cells(measured: Option<&Measured>) -> String {
    let Some(Measured { wanted, ratio, ours, theirs }) = measured else {
        return " | | ".to_owned();
    };
    let is_met = wanted.map(|wanted| *ratio <= wanted);
    let wanted = wanted.map(decimal).unwrap_or_default();
    format!("{wanted} | {} | {} / {}", marked(*ratio, is_met), grouped(*ours), grouped(*theirs))
}

fn programs(figures: &[Figure]) -> String {
    let mut table = String::from(
        "| whole programs | wanted | measured | offhook | peer |\n|---|--:|--:|--:|--:|\n",
    );
    for Figure { what, unit, wanted, ours, theirs } in figures {
        let ratio = ours / theirs;
        let (wanted, is_met) = match wanted {
            Some(Wanted::Ratio(wanted)) => (decimal(*wanted), Some(ratio <= *wanted)),
            Some(Wanted::Ours(wanted)) => (with_unit(*wanted, *unit), Some(ours <= wanted)),
            None => (String::new(), None),
        };
        let (measured, ours, theirs) =
            (marked(ratio, is_met), with_unit(*ours, *unit), with_unit(*theirs, *unit));
        let _ = writeln!(table, "| {what} | {wanted} | {measured} | {ours} | {theirs} |");
    }
    table
}

/// Nanoseconds a payload, of every way on every set; the quickest on one payload first.
fn times(estimates: &Estimates) -> String {
    let mut table = String::from("| ns a payload |");
    let mut line = String::from("|---|");
    for (name, title) in SETS {
        let bytes = estimates.get(name).map_or(f64::NAN, |set| set.bytes / set.payloads);
        let _ = write!(table, " {title}, {} bytes |", grouped(bytes));
        line.push_str("--:|");
    }
    let time = |set: &str, way: &str| Some(quickest(estimates.get(set)?.ways.get(way)?));
    let mut ways: Vec<(f64, &String)> = estimates
        .get(SETS[0].0)
        .into_iter()
        .flat_map(|set| set.ways.iter().map(|(way, rounds)| (quickest(rounds), way)))
        .collect();
    ways.sort_by(|a, b| a.0.total_cmp(&b.0));
    let _ = writeln!(table, "\n{line}");
    for (_, way) in ways {
        let _ = write!(table, "| `{way}` |");
        for (set, _) in SETS {
            let _ = write!(table, " {} |", time(set, way).map(grouped).unwrap_or_default());
        }
        table.push('\n');
    }
    table
}

/// A measured ratio, and whether it is as wanted.
fn marked(ratio: f64, is_met: Option<bool>) -> String {
    let mark = match is_met {
        Some(true) => " ✓",
        Some(false) => " ✗",
        None => "",
    };
    format!("**{}**{mark}", decimal(ratio))
}

/// Two digits after the point, and no more than are known.
fn decimal(number: f64) -> String {
    format!("{number:.2}")
}

fn with_unit(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Nanoseconds => format!("{:.2} ms", number / 1e6),
        Unit::Bytes => format!("{} KiB", grouped(number / 1024.0)),
        Unit::Seconds => format!("{number:.2} s"),
    }
}

/// `1,835`.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 && digits.len() > 3 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::cases::Measured;
    use super::super::estimates::Set;
    use super::super::figures::{Figure, Unit, Wanted};
    use super::super::record::{Machine, Record};
    use super::{grouped, markdown};

    fn record() -> Record {
        let measured =
            |wanted, ratio| Some(Measured { wanted, ratio, ours: 358.4, theirs: 1835.0 });
        let ways = [("value", vec![1100.0, 1300.0, 1200.0]), ("decode", vec![358.4])];
        let ways = ways.map(|(way, rounds)| (way.to_owned(), rounds));
        let set = Set { payloads: 2.0, bytes: 1076.0, ways: BTreeMap::from(ways) };
        Record {
            machine: Machine {
                day: "2026-11-22".to_owned(),
                processor: "Abacus 2".to_owned(),
                rustc: "rustc 1.95.0".to_owned(),
            },
            rounds: 3,
            cases: vec![
                ("a / b", [measured(Some(0.2), 0.195), measured(Some(0.25), 0.3)]),
                ("… c", [None, measured(None, 1.0)]),
            ],
            estimates: BTreeMap::from([("call.end".to_owned(), set)]),
            figures: vec![
                Figure {
                    what: "start",
                    unit: Unit::Nanoseconds,
                    wanted: Some(Wanted::Ours(1e6)),
                    ours: 2.5e6,
                    theirs: 5e6,
                },
                Figure {
                    what: "size",
                    unit: Unit::Bytes,
                    wanted: None,
                    ours: 2048.0 * 1024.0,
                    theirs: 1024.0 * 1024.0,
                },
                Figure {
                    what: "compile",
                    unit: Unit::Seconds,
                    wanted: Some(Wanted::Ratio(1.0)),
                    ours: 4.0,
                    theirs: 8.0,
                },
            ],
        }
    }

    #[test]
    fn tables_have_ratios_first() {
        assert_eq!(
            markdown(&record()),
            "\
2026-11-22, rustc 1.95.0, Abacus 2; rounds: 3.

| case | wanted, one payload | measured | ns | wanted, mix | measured | ns |
|---|--:|--:|--:|--:|--:|--:|
| a / b | 0.20 | **0.20** ✓ | 358 / 1,835 | 0.25 | **0.30** ✗ | 358 / 1,835 |
| … c |  | |  |  | **1.00** | 358 / 1,835 |

| whole programs | wanted | measured | offhook | peer |
|---|--:|--:|--:|--:|
| start | 1.00 ms | **0.50** ✗ | 2.50 ms | 5.00 ms |
| size |  | **2.00** | 2,048 KiB | 1,024 KiB |
| compile | 1.00 | **0.50** ✓ | 4.00 s | 8.00 s |

| ns a payload | `call.end`, 538 bytes | mix, NaN bytes | Daily, NaN bytes | DialStack, NaN bytes | VoiceBlender, NaN bytes | archive, NaN bytes |
|---|--:|--:|--:|--:|--:|--:|
| `decode` | 358 |  |  |  |  |  |
| `value` | 1,100 |  |  |  |  |  |
"
        );
    }

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0.4, 999.0, 1000.0, 51_258.0, 1_234_567.0].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "51,258", "1,234,567"]);
    }
}
