//! Payloads to begin with: the vendors' examples, and valid and faulty instances of every schema.

use offhook::{daily, dialstack, voiceblender};
use offhook_conformance::instances::{Fault, Generator};
use offhook_conformance::{Bundle, Oracle};
use offhook_test_support::vendors::examples;

/// How many instances of a schema there are, and as many with a fault.
const INSTANCES: usize = 3;

pub(crate) fn payloads() -> Vec<Vec<u8>> {
    let examples = examples().iter().map(|example| example.text.as_bytes().to_vec());
    let schemas = [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA];
    examples.chain(schemas.into_iter().flat_map(instances)).collect()
}

/// Instances of the schemas of a vendor's events.
fn instances(schema: &str) -> Vec<Vec<u8>> {
    let bundle = Bundle::parse(schema).expect("a SCHEMA");
    let oracle = Oracle::new(&bundle).expect("a SCHEMA compiles");
    let mut generator = Generator::new(&bundle, &oracle, 1, 0);
    let mut texts = Vec::new();
    for file in bundle.files().map(|(file, _)| file).filter(|file| !file.starts_with("shared/")) {
        let schema = bundle.file(file).expect("a file that is listed");
        for _ in 0..INSTANCES {
            let Some(valid) = generator.valid(schema) else {
                continue;
            };
            texts.push(generator.spell(&valid).into_bytes());
            if let Some(Fault { instance, .. }) = generator.faulty(schema, &valid) {
                texts.push(generator.spell(&instance).into_bytes());
            }
        }
    }
    texts
}
