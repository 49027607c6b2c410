//! What the costliest bodies cost: memory is at most some twenty times a body's size, and time grows as
//! the size does, not as its square.
//!
//! Memory is that of a counting allocator, which is the same in every run. Time is the processor time
//! of the one thread, and only how it grows is looked at.

#![cfg(target_os = "linux")]

mod bodies;
mod corpus;

use std::hint::black_box;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use offhook::voiceblender::Event;
use offhook_validator::Validator;
use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};

use bodies::{ACME, KINDS, Kind, OF_ACME};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The allocator counts for the whole process: only one test measures at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Something that is done with a body.
type Way<'a> = (&'static str, &'a dyn Fn(&[u8]));

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
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let start = clock_gettime(ClockId::ThreadCPUTime);
            way(body);
            let time = clock_gettime(ClockId::ThreadCPUTime) - start;
            let time = Duration::try_from(time).expect("time goes on");
            Self { time, peak: MEMORY.peak_usage().saturating_sub(before) }
        };
        let least = |one: Self, other: Self| Self {
            time: one.time.min(other.time),
            peak: one.peak.min(other.peak),
        };
        (0..RUNS).map(run).reduce(least).expect("there are runs")
    }
}

/// Calls `take` with each kind of body and each way to treat it.
fn each(mut take: impl FnMut(&Kind, &[Way<'_>])) {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let one = &corpus::vendor("voiceblender").validator;
    let any = corpus::any_vendor();
    let acme = Validator::new(ACME).expect("a schema");
    let ways: &[Way<'_>] = &[
        ("validate", &|body| drop(black_box(one.validate(body)))),
        ("decode", &|body| drop(black_box(one.decode::<Event>(body)))),
        ("decode_lenient", &|body| drop(black_box(one.decode_lenient::<Event>(body)))),
        ("AnyVendor", &|body| drop(black_box(any.validate(body)))),
        ("serde_json", &|body| drop(black_box(serde_json::from_slice::<Event>(body)))),
        #[cfg(feature = "signature")]
        ("verify", &verify),
    ];
    for kind in KINDS {
        take(kind, ways);
    }
    let of_acme: &[Way<'_>] = &[("validate", &|body| drop(black_box(acme.validate(body))))];
    for kind in OF_ACME {
        take(kind, of_acme);
    }
}

/// A delivery that nobody signed: what a forger costs.
#[cfg(feature = "signature")]
fn verify(body: &[u8]) {
    use offhook_validator::signature::{Scheme, Signer, Verifier};

    let signer = Signer::new(Scheme::VoiceBlender, "theirs").expect("a secret");
    let headers = signer.sign("", 0, body).expect("the scheme has no id");
    let verifier = Verifier::new(Scheme::VoiceBlender, ["ours"]).expect("a secret");
    black_box(verifier.verify(headers, body)).expect_err("it is forged");
}

#[test]
fn costs_grow_as_bodies_do() {
    const SMALL: usize = 1 << 13;
    /// Twice as much for each doubling is 16 times as much, and four times as much is 256.
    const LARGE: usize = SMALL << 4;
    const MOST: f64 = 80.0;
    /// Less than this is no time to measure.
    const TICK: Duration = Duration::from_micros(20);
    each(|Kind { name, make }, ways| {
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
    });
}

/// The table of `docs/hardening.md`, for the way that takes longest.
#[test]
#[ignore = "it prints figures"]
fn figures() {
    const SMALL: usize = 1 << 20;
    println!("| body | worst | n: ms | 4n: ms | times | ns a byte | memory / size |");
    println!("|---|---|--:|--:|--:|--:|--:|");
    each(|Kind { name, make }, ways| {
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
    });
}
