//! The vendor's own payloads, each checked against the schema of its event.

use offhook_model::{Location, MANIFEST, Object, SchemaSet};
use offhook_validator::{Code, Validator};

use crate::GenError;

/// Checks that every example is of a payload of the set, and valid.
pub(crate) fn check(set: &SchemaSet) -> Result<(), GenError> {
    let examples = set.examples();
    if examples.is_empty() {
        return Ok(());
    }
    let bundle = set.to_bundle(&Object::new());
    let validator = Validator::new(&bundle)
        .map_err(|error| set.fault(&Location::root(MANIFEST), error.to_string()))?;
    let mut faults = Vec::new();
    for example in examples {
        let root = Location::root(example.file);
        let Some(payload) = example.payload else {
            let message = "expected a name that begins with an event's, as <event>.json or \
                           <event>.<variant>.json";
            faults.push(set.fault(&root, message));
            continue;
        };
        let report = validator.validate_event(payload.name, example.text.as_bytes());
        for violation in report.iter().flat_map(offhook_validator::Report::violations) {
            let mut location = Location::new(example.file, &violation.pointer);
            if violation.code == Code::Required {
                location = location.parent();
            }
            let message = format!("this example does not validate: {violation}");
            faults.push(set.fault(&location, message));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(GenError::new(faults)) }
}
