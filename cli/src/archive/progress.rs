//! A bar that shows how much of the input was read, how quickly, and how long the rest will take.

use std::fmt;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use crate::archive::meter::Meter;

/// Who is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// The bar, once it is worth one.
pub(crate) struct Progress {
    start: Instant,
    /// How much there is to be read, if that is known.
    size: Option<u64>,
    /// Whether there is a terminal to show it on.
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn new(size: Option<u64>) -> Self {
        Self { start: Instant::now(), size, wanted: io::stderr().is_terminal(), bar: None }
    }

    /// Shows how far it is.
    pub(crate) fn show(&mut self, meter: &Meter) {
        if self.bar.is_none() && self.wanted && self.start.elapsed() > PATIENCE {
            self.bar = Some(bar(self.size).with_elapsed(self.start.elapsed()));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(meter.bytes());
        }
    }

    /// Does something else on the terminal.
    pub(crate) fn aside<T>(&self, other: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(other),
            None => other(),
        }
    }

    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => {
            (ProgressBar::new(size), "{bar:30} {bytes}/{total_bytes}, {rate}, {left} left")
        }
        None => (ProgressBar::no_length(), "{spinner} {bytes}, {rate}"),
    };
    let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = write!(out, "{}/s", HumanBytes(rate(state)));
    };
    let left = |state: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = write!(out, "{:#}", HumanDuration(time_left(state)));
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.with_key("rate", rate).with_key("left", left)),
        Err(_) => bar,
    }
}

/// Bytes a second, from the start of the run on. The bar itself begins later, and takes all that was
/// read before to have been read at once.
fn rate(state: &ProgressState) -> u64 {
    let bytes = u128::from(state.pos()) * 1000 / state.elapsed().as_millis().max(1);
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// How long the rest takes, if it is read as quickly as all before it.
fn time_left(state: &ProgressState) -> Duration {
    let rest = state.len().unwrap_or_default().saturating_sub(state.pos());
    Duration::from_secs(rest / rate(state).max(1))
}
