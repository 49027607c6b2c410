//! What the costliest bodies cost that nobody signed: memory and time grow as the size does.

#![cfg(target_os = "linux")]

use std::hint::black_box;

use offhook_receiver::signature::{Scheme, Signer, Verifier};
use offhook_test_support::cost::{PeakAlloc, Way, assert_linear, print_figures};
use offhook_test_support::costly_bodies::KINDS;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const WAYS: &[Way<'_>] = &[("verify", &verify)];

/// A delivery that nobody signed: what a forger costs.
fn verify(body: &[u8]) {
    let signer = Signer::new(Scheme::VoiceBlender, "theirs").expect("a secret");
    let headers = signer.sign("", 0, body).expect("the scheme has no id");
    let verifier = Verifier::new(Scheme::VoiceBlender, ["ours"]).expect("a secret");
    black_box(verifier.verify(headers, body)).expect_err("it is forged");
}

#[test]
fn costs_grow_as_bodies_do() {
    assert_linear(KINDS, WAYS);
}

/// Rows as those of the table in `docs/hardening.md`.
#[test]
#[ignore = "it prints figures"]
fn figures() {
    print_figures(KINDS, WAYS);
}
