//! Any body: what is found without a quick look at it is found with one.
//!
//! The quick look does not know `propertyNames`. With one that always holds at the root of each
//! schema it is in doubt of everything, and as such a `SCHEMA` is not that of the generated types,
//! their decoders are not asked either.

use std::fmt::Debug;
use std::sync::LazyLock;

use offhook::{Payload, daily, dialstack, voiceblender};
use offhook_test_support::invariants::Shown;
use offhook_test_support::vendors::{Vendor, vendor, vendors};
use offhook_validator::Validator;
use serde_json::{Value, json};

/// A validator that takes its time.
struct Slow {
    vendor: &'static Vendor,
    validator: Validator,
    strict: Validator,
}

static ALL: LazyLock<Vec<Slow>> = LazyLock::new(|| vendors().iter().map(Slow::new).collect());

impl Slow {
    fn new(vendor: &'static Vendor) -> Self {
        let mut bundle = vendor.bundle.clone();
        let schemas = bundle["schemas"].as_object_mut().expect("a SCHEMA has schemas");
        for schema in schemas.values_mut().filter_map(Value::as_object_mut) {
            schema.insert("propertyNames".to_owned(), json!({ "minLength": 0 }));
        }
        let validator = || Validator::new(&bundle.to_string()).expect("the SCHEMA still compiles");
        Self { vendor, validator: validator(), strict: validator().strict() }
    }
}

pub(crate) fn run(body: &[u8]) {
    let _shown = Shown(body);
    for Slow { vendor, validator, strict } in &*ALL {
        let report = validator.validate(body);
        assert_eq!(vendor.validator.validate(body), report);
        assert_eq!(vendor.strict.validate(body), strict.validate(body));
        assert_eq!(validator.clean(body), None, "there is no quick look at this");
        let is_clean = report.is_valid() && report.notices().is_empty();
        if let Some(event) = vendor.validator.clean(body) {
            assert!(is_clean, "{report}");
            assert_eq!(Some(event), report.event());
        }
        assert_eq!(vendor.validator.is_valid(body), report.is_valid(), "{report}");
    }
    decoding::<daily::Event>(body);
    decoding::<dialstack::Event>(body);
    decoding::<voiceblender::Event>(body);
}

fn decoding<E: Payload + PartialEq + Debug>(body: &[u8]) {
    let quick = vendor(E::VENDOR);
    let slow = ALL.iter().find(|slow| slow.vendor.name == E::VENDOR).expect("all vendors");
    let (decoded, lenient) =
        (quick.validator.decode::<E>(body), quick.validator.decode_lenient::<E>(body));
    assert_eq!(decoded, slow.validator.decode::<E>(body));
    assert_eq!(lenient, slow.validator.decode_lenient::<E>(body));
}
