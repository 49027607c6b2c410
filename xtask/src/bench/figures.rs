//! What is measured of whole programs and builds: start-up, memory, size, compile time.

use std::error::Error;
use std::fs::{self, File};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use super::estimates::{median, quickest};
use super::package::{Effort, Package, output, run};
use crate::terminal::say;

/// A figure of offhook's beside a peer's.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) what: &'static str,
    pub(crate) unit: Unit,
    pub(crate) wanted: Option<Wanted>,
    /// Nanoseconds, bytes or seconds.
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    Nanoseconds,
    Bytes,
    Seconds,
}

/// What must not be exceeded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wanted {
    Ratio(f64),
    Ours(f64),
}

/// Start-up, memory and size of programs.
pub(crate) fn of_programs(
    package: &Package,
    effort: &Effort,
) -> Result<Vec<Figure>, Box<dyn Error>> {
    say("starting programs");
    let start = |way: &str| {
        let once = || number(Command::new(package.program("startup")).arg(way));
        let times = (0..effort.starts).map(|_| once()).collect::<Result<Vec<_>, _>>();
        times.map(|times| median(&times))
    };
    let archive = package.program("archive.jsonl");
    run(Command::new(package.program("examples/archive")).stdout(File::create(&archive)?))?;
    let peak = |way: &str| number(Command::new(package.program("memory")).arg(way).arg(&archive));
    let size = |name: &str| -> Result<f64, Box<dyn Error>> {
        Ok(u32::try_from(fs::metadata(package.program(name))?.len())?.into())
    };

    let decoded = start("offhook")?;
    let figure = |what, unit, ours, theirs| Figure { what, unit, wanted: None, ours, theirs };
    Ok(vec![
        Figure {
            wanted: Some(Wanted::Ours(1e6)),
            ..figure(
                "first `decode` after start / with jsonschema and typify, all 21 schemas compiled",
                Unit::Nanoseconds,
                decoded,
                start("peer")?,
            )
        },
        figure(
            "… only the event's schema compiled",
            Unit::Nanoseconds,
            decoded,
            start("peer-one")?,
        ),
        figure(
            "peak memory, an archive of 100,000 payloads line by line / with jsonschema and typify",
            Unit::Bytes,
            peak("offhook")?,
            peak("peer")?,
        ),
        figure(
            "size of a program with `offhook` alone / with jsonschema and typify",
            Unit::Bytes,
            size("types")?,
            size("peer")?,
        ),
        figure(
            "size of a program with the validator / with jsonschema and typify",
            Unit::Bytes,
            size("validator")?,
            size("peer")?,
        ),
    ])
}

/// Compile times of crates, their dependencies aside.
pub(crate) fn of_compilation(
    package: &Package,
    effort: &Effort,
) -> Result<Vec<Figure>, Box<dyn Error>> {
    say("compiling crates");
    let mut figures = Vec::new();
    for (profile, offhook, validator) in [
        (
            "release",
            "compile time of `offhook`, all vendors, release / of typify's output",
            "… of `offhook-validator`",
        ),
        (
            "dev",
            "compile time of `offhook`, all vendors, dev / of typify's output",
            "… of `offhook-validator`",
        ),
    ] {
        let names = ["offhook", "offhook-validator", "offhook-bench-typify"];
        let mut times = [const { Vec::new() }; 3];
        for name in names {
            compile(package, name, profile)?; // The dependencies.
        }
        for _ in 0..effort.builds {
            for (name, times) in names.iter().zip(&mut times) {
                times.push(compile(package, name, profile)?);
            }
        }
        let [ours, of_validator, theirs] = times.map(|times| quickest(&times));
        let figure =
            |what, wanted, ours| Figure { what, unit: Unit::Seconds, wanted, ours, theirs };
        figures.push(figure(offhook, Some(Wanted::Ratio(1.0)), ours));
        figures.push(figure(validator, None, of_validator));
    }
    Ok(figures)
}

/// The seconds of processor time that a crate takes to compile, and its dependencies if they are
/// not compiled yet.
fn compile(package: &Package, name: &str, profile: &str) -> Result<f64, Box<dyn Error>> {
    let mut command = package.cargo("rustc");
    // A flag that no build had before: without it, cargo would have nothing to do.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    command.args(["--package", name, "--lib", "--profile", profile, "--", "--cfg"]);
    command.arg(format!("run_{now}")).env("CARGO_INCREMENTAL", "0");
    let before = children_seconds()?;
    run(&mut command)?;
    Ok(children_seconds()? - before)
}

/// The processor time that ended child processes and theirs have had, outside the kernel.
fn children_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    parse_children_seconds(&stat).ok_or_else(|| "want cutime in /proc/self/stat".into())
}

fn parse_children_seconds(stat: &str) -> Option<f64> {
    // The program's name stands in brackets, and may have blanks and brackets in it.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: f64 = fields.split_whitespace().nth(13)?.parse().ok()?;
    Some(ticks / 100.0) // `USER_HZ` is 100 on every architecture that matters.
}

/// The number that a program prints.
fn number(command: &mut Command) -> Result<f64, Box<dyn Error>> {
    Ok(String::from_utf8(output(command)?)?.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::parse_children_seconds;

    #[test]
    fn the_time_of_children_is_found_behind_any_name() {
        let stat = "12 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 11 12 1350 14 20 0 1";
        assert_eq!(parse_children_seconds(stat), Some(13.5));
        assert_eq!(parse_children_seconds("12 (a) S 1 2"), None);
    }
}
