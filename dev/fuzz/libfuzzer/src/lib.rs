//! A target of offhook-fuzz as what libFuzzer calls.

pub use libfuzzer_sys;

use libfuzzer_sys::fuzzer_mutate;
use offhook_fuzz::Target;

/// How often, of so many changes, libFuzzer makes its own.
const THEIRS: u32 = 8;

/// Makes the `main` of a target, by its name.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        use std::sync::LazyLock;

        use $crate::libfuzzer_sys::{fuzz_mutator, fuzz_target};

        static TARGET: LazyLock<&offhook_fuzz::Target> =
            LazyLock::new(|| offhook_fuzz::Target::named($name));

        fuzz_target!(|data: &[u8]| TARGET.run(data));

        fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::mutate(&TARGET, data, size, max_size, seed)
        });
    };
}

/// Changes the first `size` bytes of `data`; how many there are then, which is at most `max_size`.
pub fn mutate(target: &Target, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    if seed.is_multiple_of(THEIRS) {
        return fuzzer_mutate(data, size, max_size);
    }
    let changed = target.mutated(&data[..size], u64::from(seed));
    let length = changed.len().min(max_size);
    data[..length].copy_from_slice(&changed[..length]);
    length
}
