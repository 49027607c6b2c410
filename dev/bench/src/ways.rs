//! The ways to read a payload: offhook's and its peers'.

use std::collections::HashMap;
use std::hint::black_box;

use offhook::{Payload as Typed, daily, dialstack, voiceblender};
use offhook_validator::Validator;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::events::{EVENTS, Event, Scratch, done, from_text, plain};
use crate::payloads::{Payload, Vendor};

/// What is made once.
pub struct Ways {
    /// By vendor.
    validators: [Validator; 3],
    /// By vendor and the event's name.
    judges: [HashMap<&'static str, Judge>; 3],
    boon: boon::Schemas,
    scratch: Scratch,
}

/// What judges an event, and reads it.
struct Judge {
    event: &'static Event,
    jsonschema: jsonschema::Validator,
    boon: boon::SchemaIndex,
}

/// A way to read a payload.
pub struct Way {
    /// Its name in results.
    pub name: &'static str,
    /// Reads a payload, and drops what it made: whether it was accepted.
    pub run: fn(&mut Ways, &Payload) -> bool,
    scope: Scope,
}

/// Which payloads a way is for.
#[derive(PartialEq)]
enum Scope {
    /// All.
    Any,
    /// Valid ones: it would not see the faults of others, or stop at the first.
    Valid,
    /// Also those that show what the place of `type` costs.
    Place,
    /// Broken ones: it lists all faults.
    Broken,
}

const OF_ARCHIVE: [&str; 6] = [
    "decode",
    "is_valid",
    "value-jsonschema-validate-from_value",
    "value",
    "plain-serde_json",
    "ignored_any",
];

use Scope::{Any, Broken, Place, Valid};

static WAYS: &[Way] = &[
    way("decode", Place, |ways, payload| match payload.vendor {
        Vendor::Daily => ways.decode::<daily::Event>(payload),
        Vendor::Dialstack => ways.decode::<dialstack::Event>(payload),
        Vendor::Voiceblender => ways.decode::<voiceblender::Event>(payload),
    }),
    way("decode_lenient", Valid, |ways, payload| match payload.vendor {
        Vendor::Daily => ways.decode_lenient::<daily::Event>(payload),
        Vendor::Dialstack => ways.decode_lenient::<dialstack::Event>(payload),
        Vendor::Voiceblender => ways.decode_lenient::<voiceblender::Event>(payload),
    }),
    way("is_valid", Place, |ways, payload| {
        ways.validator(payload).is_valid(payload.text.as_bytes())
    }),
    way("validate", Any, |ways, payload| {
        let report = ways.validator(payload).validate(payload.text.as_bytes());
        black_box(&report).is_valid()
    }),
    way("offhook-serde", Valid, |_, payload| match payload.vendor {
        Vendor::Daily => read::<daily::Event>(payload),
        Vendor::Dialstack => read::<dialstack::Event>(payload),
        Vendor::Voiceblender => read::<voiceblender::Event>(payload),
    }),
    way("value-jsonschema-validate-from_value", Valid, |ways, payload| {
        let value = value(payload);
        let judge = ways.judge(payload, &value);
        done(&judge.jsonschema.validate(&value)) && (judge.event.plain.from_value)(value)
    }),
    way("value-macro-validate-from_value", Valid, |ways, payload| {
        let value = value(payload);
        let event = ways.judge(payload, &value).event;
        done(&(event.validate)(&value)) && (event.plain.from_value)(value)
    }),
    way("value-jsonschema-validate", Any, |ways, payload| {
        let value = value(payload);
        done(&ways.judge(payload, &value).jsonschema.validate(&value))
    }),
    way("value-macro-validate", Any, |ways, payload| {
        let value = value(payload);
        done(&(ways.judge(payload, &value).event.validate)(&value))
    }),
    way("value-jsonschema-is_valid", Any, |ways, payload| {
        let value = value(payload);
        ways.judge(payload, &value).jsonschema.is_valid(&value)
    }),
    way("value-macro-is_valid", Any, |ways, payload| {
        let value = value(payload);
        (ways.judge(payload, &value).event.is_valid)(&value)
    }),
    way("value-jsonschema-iter_errors", Broken, |ways, payload| {
        let value = value(payload);
        let errors: Vec<_> = ways.judge(payload, &value).jsonschema.iter_errors(&value).collect();
        black_box(&errors).is_empty()
    }),
    way("value-macro-iter_errors", Broken, |ways, payload| {
        let value = value(payload);
        let iter_errors = ways.judge(payload, &value).event.iter_errors.expect("call.end has it");
        let errors: Vec<_> = iter_errors(&value).collect();
        black_box(&errors).is_empty()
    }),
    way("value-boon", Any, |ways, payload| {
        let value = value(payload);
        done(&ways.boon.validate(&value, ways.judge(payload, &value).boon))
    }),
    way("value", Valid, |_, payload| read::<Value>(payload)),
    way("serde-tag", Valid, |_, payload| match payload.vendor {
        Vendor::Daily => read::<plain::daily::Event>(payload),
        Vendor::Dialstack => read::<plain::dialstack::Event>(payload),
        Vendor::Voiceblender => read::<plain::voiceblender::Event>(payload),
    }),
    way("plain-serde_json", Valid, |_, payload| {
        (EVENTS[payload.event].plain.serde_json)(payload.text.as_bytes())
    }),
    way("plain-sonic-rs", Valid, |_, payload| {
        (EVENTS[payload.event].plain.sonic_rs)(payload.text.as_bytes())
    }),
    way("plain-simd-json", Valid, |ways, payload| {
        (EVENTS[payload.event].plain.simd_json)(payload.text.as_bytes(), &mut ways.scratch)
    }),
    // Quicker from a slice: what is skipped is not checked to be UTF-8.
    way("ignored_any", Place, |_, payload| {
        done(&serde_json::from_slice::<IgnoredAny>(payload.text.as_bytes()))
    }),
];

const fn way(name: &'static str, scope: Scope, run: fn(&mut Ways, &Payload) -> bool) -> Way {
    Way { name, run, scope }
}

impl Way {
    /// The ways to read valid payloads.
    pub(crate) fn all() -> Vec<&'static Way> {
        WAYS.iter().filter(|way| way.scope != Broken).collect()
    }

    /// The ways that show what the place of `type` costs.
    pub(crate) fn of_place() -> Vec<&'static Way> {
        WAYS.iter().filter(|way| way.scope == Place).collect()
    }

    /// The ways that tell what is wrong with a payload.
    pub(crate) fn of_faults() -> Vec<&'static Way> {
        WAYS.iter().filter(|way| matches!(way.scope, Any | Broken)).collect()
    }

    /// The ways to read an archive, which takes long: those that most would pick.
    pub(crate) fn of_archive() -> Vec<&'static Way> {
        WAYS.iter().filter(|way| OF_ARCHIVE.contains(&way.name)).collect()
    }
}

impl Ways {
    /// Compiles the schemas of all vendors, for all who need that.
    ///
    /// # Panics
    ///
    /// A schema is broken.
    #[expect(clippy::new_without_default, reason = "it does much work")]
    pub fn new() -> Self {
        let schemas = [daily::SCHEMA, dialstack::SCHEMA, voiceblender::SCHEMA];
        let mut ways = Self {
            validators: schemas.map(|schema| Validator::new(schema).expect("a vendor's schemas")),
            judges: Default::default(),
            boon: boon::Schemas::new(),
            scratch: Scratch::default(),
        };
        for event in EVENTS {
            let judge = Judge::new(event, &mut ways.boon);
            ways.judges[event.vendor as usize].insert(event.name, judge);
        }
        ways
    }

    fn validator(&self, payload: &Payload) -> &Validator {
        &self.validators[payload.vendor as usize]
    }

    fn judge(&self, payload: &Payload, value: &Value) -> &Judge {
        let name = value["type"].as_str().expect("a payload names its event");
        &self.judges[payload.vendor as usize][name]
    }

    fn decode<T: Typed>(&self, payload: &Payload) -> bool {
        done(&self.validator(payload).decode::<T>(payload.text.as_bytes()))
    }

    fn decode_lenient<T: Typed>(&self, payload: &Payload) -> bool {
        let result = self.validator(payload).decode_lenient::<T>(payload.text.as_bytes());
        black_box(&result).as_ref().is_ok_and(|(_, report)| report.is_valid())
    }
}

impl Judge {
    fn new(event: &'static Event, schemas: &mut boon::Schemas) -> Self {
        let schema: Value = serde_json::from_str(event.schema).expect("a schema is JSON");
        let jsonschema = jsonschema::options()
            .should_validate_formats(true)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&schema)
            .expect("jsonschema takes the schema");
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        let address = format!("https://offhook.invalid/{:?}/{}", event.vendor, event.name);
        compiler.add_resource(&address, schema).expect("boon takes the schema");
        let boon = compiler.compile(&address, schemas).expect("boon compiles the schema");
        Self { event, jsonschema, boon }
    }
}

fn value(payload: &Payload) -> Value {
    from_text(payload.text.as_bytes()).expect("a payload is JSON")
}

fn read<T: DeserializeOwned>(payload: &Payload) -> bool {
    done(&from_text::<T>(payload.text.as_bytes()))
}
