//! What the costliest bodies cost: memory is at most some twenty times a body's size, and time grows as
//! the size does, not as its square.
//!
//! Memory is that of a counting allocator, which is the same in every run. Time is the processor time
//! of the one thread, and only how it grows is looked at.

#![cfg(target_os = "linux")]

use std::hint::black_box;

use offhook::voiceblender::Event;
use offhook_test_support::cost::{PeakAlloc, Way, assert_linear, print_figures};
use offhook_test_support::costly_bodies::{ACME, KINDS, Kind, OF_ACME};
use offhook_test_support::vendors;
use offhook_validator::Validator;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Calls `take` with kinds of bodies and the ways to treat them.
fn each(take: fn(&[Kind], &[Way<'_>])) {
    let one = &vendors::vendor("voiceblender").validator;
    let any = vendors::any_vendor();
    let acme = Validator::new(ACME).expect("a schema");
    let ways: &[Way<'_>] = &[
        ("validate", &|body| drop(black_box(one.validate(body)))),
        ("decode", &|body| drop(black_box(one.decode::<Event>(body)))),
        ("decode_lenient", &|body| drop(black_box(one.decode_lenient::<Event>(body)))),
        ("AnyVendor", &|body| drop(black_box(any.validate(body)))),
        ("serde_json", &|body| drop(black_box(serde_json::from_slice::<Event>(body)))),
    ];
    take(KINDS, ways);
    take(OF_ACME, &[("validate", &|body| drop(black_box(acme.validate(body))))]);
}

#[test]
fn costs_grow_as_bodies_do() {
    each(assert_linear);
}

/// The table of `docs/hardening.md`, for the way that takes longest.
#[test]
#[ignore = "it prints figures"]
fn figures() {
    println!("| body | worst | n: ms | 4n: ms | times | ns a byte | memory / size |");
    println!("|---|---|--:|--:|--:|--:|--:|");
    each(print_figures);
}
