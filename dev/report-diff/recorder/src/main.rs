//! Records the report of every instance of a corpus: `offhook-report-recorder CORPUS OFFHOOK`.
//!
//! Standard output gets the record: JSON, one line a set of schemas and one an instance, in order.
//! `OFFHOOK` is the command of the same tree.

mod command;
mod tree;

use std::env;
use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use offhook_report_recorder::{Header, INDEX, INSTANCES, Index, Instance, Line, SCHEMAS};
use serde_json::{Value, json};

/// Vendors that every tree has built in are below this folder of the corpus.
const BUILT_IN: &str = "vendors/";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let [corpus, offhook] = &*arguments else {
        return Err("usage: offhook-report-recorder CORPUS OFFHOOK > RECORD".into());
    };
    let offhook = fs::canonicalize(offhook)?;
    // Messages then have the same paths wherever the corpus is.
    env::set_current_dir(corpus)?;
    let index: Index = serde_json::from_str(&fs::read_to_string(INDEX)?)?;
    // Panics are recorded, not shown.
    panic::set_hook(Box::new(|_| {}));
    let mut lines = record(&index.sets, &offhook)?;
    lines.sort_by(|one, other| {
        let key = |line: &Line| (line.set.clone(), line.instance.clone(), line.way.clone());
        key(one).cmp(&key(other))
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &Header { corpus: index.fingerprint })?;
    out.write_all(b"\n")?;
    for line in &lines {
        serde_json::to_writer(&mut out, line)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Records all sets, on all processors.
fn record(sets: &[String], offhook: &Path) -> Result<Vec<Line>, String> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Ok(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(set) = sets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let lines = record_set(set, offhook);
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    match (&mut *found, lines) {
                        (Ok(all), Ok(lines)) => all.extend(lines),
                        (all @ Ok(_), Err(error)) => *all = Err(format!("{set}: {error}")),
                        (Err(_), _) => break,
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn record_set(set: &str, offhook: &Path) -> Result<Vec<Line>, String> {
    let folder = Path::new(set);
    let text = fs::read_to_string(folder.join(INSTANCES))
        .map_err(|error| format!("{INSTANCES}: {error}"))?;
    let instances: Vec<Instance> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{INSTANCES}: {error}"))?;
    let schemas = folder.join(SCHEMAS);
    let mut lines = Lines { set, lines: Vec::new() };
    match caught(|| tree::read(&schemas)).and_then(|read| read) {
        Err(refused) => lines.add_schemas("library", json!({ "refused": refused })),
        Ok((judge, read)) => {
            lines.add_schemas("library", read);
            for instance in &instances {
                let report = || judge.report(instance.payload.as_deref(), instance.body());
                let report = caught(report).unwrap_or_else(|panic| Some(json!({ "panic": panic })));
                lines.add(instance, "library", report);
            }
        }
    }
    // The command cannot be told which of several payload schemas is meant.
    let unnamed: Vec<_> = instances.iter().filter(|instance| instance.payload.is_none()).collect();
    lines.add_answer("command", &unnamed, command::run(offhook, Some(&schemas), &unnamed)?);
    if set.starts_with(BUILT_IN) {
        lines.add_answer("built-in", &unnamed, command::run(offhook, None, &unnamed)?);
    }
    Ok(lines.lines)
}

/// Returns what a function returns, or the message of its panic.
fn caught<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        format!("panic: {}", text.unwrap_or_default())
    })
}

/// The lines of a set.
struct Lines<'a> {
    set: &'a str,
    lines: Vec<Line>,
}

impl Lines<'_> {
    fn add_schemas(&mut self, way: &str, result: Value) {
        let (set, way) = (self.set.to_owned(), way.to_owned());
        self.lines.push(Line { set, instance: None, way, expected: None, result });
    }

    /// Adds the report of an instance, unless there is none.
    fn add(&mut self, instance: &Instance, way: &str, report: Option<Value>) {
        let Some(result) = report else { return };
        let (set, way) = (self.set.to_owned(), way.to_owned());
        let name = Some(instance.name.clone());
        self.lines.push(Line { set, instance: name, way, expected: instance.expected, result });
    }

    fn add_answer(&mut self, way: &str, instances: &[&Instance], answer: command::Answer) {
        self.add_schemas(way, answer.schemas);
        for (instance, report) in instances.iter().zip(answer.reports) {
            self.add(instance, way, report);
        }
    }
}
