//! An archive of many payloads, read by the command and by a peer on the same cores: how long that
//! takes, and how much memory.

use std::error::Error;
use std::fs::{self, File};
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::figures::{Figure, Unit, Wanted};
use super::package::{Effort, Package, output, run};
use crate::terminal::say;

/// How often to look at how much memory a program has.
const INTERVAL: Duration = Duration::from_millis(2);

/// What one run took.
#[derive(Clone, Copy, Debug)]
struct Run {
    seconds: f64,
    /// The most memory that it had at a time.
    bytes: f64,
}

/// Of all runs of a program, the time of the quickest and the most memory of any.
#[derive(Clone, Copy)]
struct Best(Run);

/// Time and memory of the command, and of the peer. They take turns, so that what slows the machine
/// down slows both.
pub(crate) fn figures(package: &Package, effort: &Effort) -> Result<Vec<Figure>, Box<dyn Error>> {
    say("reading an archive");
    let archive = package.program("traffic.jsonl");
    let bytes = effort.archive_bytes.to_string();
    let mut example = Command::new(package.program("examples/archive"));
    run(example.arg(bytes).stdout(File::create(&archive)?))?;
    let summary = package.program("traffic.json");
    let command = |format: &str| {
        let mut command = Command::new(package.command());
        command.args(["validate", "--format", format, "--summary"]).arg(&summary).arg(&archive);
        command
    };
    let mut peer = Command::new(package.program("archive"));
    peer.arg(&archive).arg(thread::available_parallelism().map_or(1, NonZero::get).to_string());
    let valid = output(&mut peer)?;

    let [mut human, mut json, mut theirs] = [Best::NONE; 3];
    for _ in 0..effort.archive_runs {
        human.add(&mut command("human"))?;
        json.add(&mut command("json"))?;
        theirs.add(&mut peer)?;
    }
    agree(&valid, &summary)?;
    fs::remove_file(&archive)?; // It is large.

    let seconds = |what, ours: &Best| Figure {
        what,
        unit: Unit::Seconds,
        wanted: Some(Wanted::Ratio(0.25)),
        ours: ours.0.seconds,
        theirs: theirs.0.seconds,
    };
    Ok(vec![
        seconds("`offhook validate` of an archive / lines to `Value` + jsonschema", &human),
        seconds("… `--format json`", &json),
        Figure {
            what: "… peak memory",
            unit: Unit::Bytes,
            wanted: Some(Wanted::Ours(1e8)),
            ours: human.0.bytes.max(json.0.bytes),
            theirs: theirs.0.bytes,
        },
    ])
}

impl Best {
    /// Of no runs.
    const NONE: Self = Self(Run { seconds: f64::INFINITY, bytes: 0.0 });

    /// Runs the program once more.
    fn add(&mut self, command: &mut Command) -> Result<(), Box<dyn Error>> {
        let Run { seconds, bytes } = measured(command)?;
        self.0 = Run { seconds: self.0.seconds.min(seconds), bytes: self.0.bytes.max(bytes) };
        Ok(())
    }
}

/// Runs a program to its end. That it finds faults is no failure.
fn measured(command: &mut Command) -> Result<Run, Box<dyn Error>> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut bytes = 0.0;
    loop {
        // What has ended has no memory any more; it hardly had more right before that.
        if let Some(peak) = fs::read_to_string(&status).ok().and_then(|status| peak(&status)) {
            bytes = peak;
        }
        if child.try_wait()?.is_some() {
            return Ok(Run { seconds: start.elapsed().as_secs_f64(), bytes });
        }
        thread::sleep(INTERVAL);
    }
}

/// The most memory that a process has had, in bytes.
fn peak(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0)
}

/// Both must have found as many payloads valid.
fn agree(peer: &[u8], summary: &Path) -> Result<(), Box<dyn Error>> {
    let theirs: u64 =
        str::from_utf8(peer)?.split(' ').next().ok_or("want a number of payloads")?.parse()?;
    let summary: Value = serde_json::from_str(&fs::read_to_string(summary)?)?;
    let ours = summary["totals"]["valid"].as_u64().ok_or("want totals")?;
    if ours != theirs {
        return Err(
            format!("expected {theirs} valid payloads, as the peer finds, found {ours}").into()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::peak;

    #[test]
    fn the_peak_is_found_among_what_else_the_kernel_tells() {
        let status = "Name:\ta b\nVmPeak:\t  900 kB\nVmHWM:\t   12 kB\nVmRSS:\t 8 kB\n";
        assert_eq!(peak(status).map(|bytes| bytes.to_string()).as_deref(), Some("12288"));
        assert_eq!(peak("Name:\ta"), None);
    }
}
