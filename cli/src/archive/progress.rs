//! A bar that shows how much of the input was read, how quickly, and how long the rest will take.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

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
            let template = "{bar:32} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";
            (ProgressBar::new(size), template)
        }
        None => (ProgressBar::no_length(), "{spinner} {bytes}, {bytes_per_sec}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
