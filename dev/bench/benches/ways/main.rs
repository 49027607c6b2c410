//! Every way on every set of payloads that it is for; first that all of them agree on what is valid.

mod processor_time;

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput};
use offhook_bench::{Set, Ways, sets};
use processor_time::ProcessorTime;

fn main() {
    let mut criterion = Criterion::default().with_measurement(ProcessorTime).configure_from_args();
    let mut ways = Ways::new();
    let sets = sets();
    for set in &sets {
        check(set, &mut ways);
    }
    for set in &sets {
        let mut group = criterion.benchmark_group(set.name);
        group.sampling_mode(SamplingMode::Flat); // So that all ways take as long to measure.
        group.throughput(Throughput::ElementsAndBytes {
            elements: set.payloads.len() as u64,
            bytes: set.payloads.iter().map(|payload| payload.text.len() as u64).sum(),
        });
        for way in &set.ways {
            group.bench_function(way.name, |bencher| {
                bencher.iter(|| {
                    for payload in &set.payloads {
                        black_box((way.run)(&mut ways, black_box(payload)));
                    }
                });
            });
        }
        group.finish();
    }
    criterion.final_summary();
}

/// All ways must agree, or they do not do the same work.
fn check(set: &Set, ways: &mut Ways) {
    for way in &set.ways {
        for payload in &set.payloads {
            let is_valid = (way.run)(ways, payload);
            assert_eq!(is_valid, set.is_valid, "{} of {}", way.name, payload.text);
        }
    }
}
