//! What it costs to treat a body: processor time of the thread, and memory of a counting allocator.
//!
//! The allocator must be that of the test, so that it counts:
//!
//! ```ignore
//! use offhook_test_support::cost::PeakAlloc;
//!
//! #[global_allocator]
//! static MEMORY: PeakAlloc = PeakAlloc;
//! ```

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};

use crate::costly_bodies::Kind;

/// The allocator counts for the whole process: only one test measures at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Something that is done with a body, and its name.
pub type Way<'a> = (&'static str, &'a dyn Fn(&[u8]));

/// What that costs: the least of some runs, as the first makes what later ones find made.
struct Cost {
    time: Duration,
    /// In bytes.
    peak: usize,
}

impl Cost {
    fn of(way: &dyn Fn(&[u8]), body: &[u8]) -> Self {
        const RUNS: usize = 2;
        let run = |_| {
            let before = PeakAlloc.current_usage();
            PeakAlloc.reset_peak_usage();
            let start = clock_gettime(ClockId::ThreadCPUTime);
            way(body);
            let time = clock_gettime(ClockId::ThreadCPUTime) - start;
            let time = Duration::try_from(time).expect("time goes on");
            Self { time, peak: PeakAlloc.peak_usage().saturating_sub(before) }
        };
        let least = |one: Self, other: Self| Self {
            time: one.time.min(other.time),
            peak: one.peak.min(other.peak),
        };
        (0..RUNS).map(run).reduce(least).expect("there are runs")
    }
}

/// Asserts that every way takes memory and time in proportion to the size of every kind of body.
pub fn assert_linear(kinds: &[Kind], ways: &[Way<'_>]) {
    const SMALL: usize = 1 << 13;
    /// Twice as much for each doubling is 16 times as much, and four times as much is 256.
    const LARGE: usize = SMALL << 4;
    const MOST: f64 = 80.0;
    /// Less than this is no time to measure.
    const TICK: Duration = Duration::from_micros(20);
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    for Kind { name, make } in kinds {
        let (small, large) = (make(SMALL), make(LARGE));
        for (way, of) in ways {
            let peak = Cost::of(*of, &large).peak;
            // Twice what it is by itself: another crate may have asked serde_json for maps in order.
            let most = 48 * large.len() + (3 << 19);
            assert!(peak <= most, "{name}, {way}: {peak} bytes for {}", large.len());
            // Whatever else the machine does, it does not do it each time.
            let grows = || {
                let [small, large] = [&small, &large].map(|body| Cost::of(*of, body).time);
                large.max(TICK).as_secs_f64() / small.max(TICK).as_secs_f64()
            };
            let least = (0..5).map(|_| grows()).find(|times| *times < MOST);
            assert!(least.is_some(), "{name}, {way}: the time grows as the square of the size");
        }
    }
}

/// Prints the rows of a table in `docs/hardening.md`: of each kind the way that takes longest.
pub fn print_figures(kinds: &[Kind], ways: &[Way<'_>]) {
    const SMALL: usize = 1 << 20;
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    for Kind { name, make } in kinds {
        let (small, large) = (make(SMALL), make(4 * SMALL));
        let costs =
            ways.iter().map(|(way, of)| (way, Cost::of(*of, &small), Cost::of(*of, &large)));
        let costs: Vec<_> = costs.collect();
        let (way, one, four) = costs.iter().max_by_key(|(.., four)| four.time).expect("a way");
        let peak = costs.iter().map(|(.., four)| four.peak).max().unwrap_or_default();
        let [one, four] = [one, four].map(|cost| cost.time.as_secs_f64() * 1e3);
        #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
        let (peak, each) = (peak as f64 / large.len() as f64, four * 1e6 / large.len() as f64);
        let times = four / one;
        println!(
            "| {name} | `{way}` | {one:.1} | {four:.1} | {times:.1} | {each:.0} | {peak:.1} |"
        );
    }
}
