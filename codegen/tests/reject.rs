//! Broken schema folders beside the message that they get: `reject/<case>/message.txt`.
//!
//! `UPDATE=1` rewrites the messages; review the difference.

mod snapshot;

use std::fs;
use std::path::Path;

use offhook_codegen::GenError;
use serde_json::Value;

#[test]
fn a_broken_schema_gets_a_message_that_names_its_place() {
    let cases = snapshot::cases("reject");
    assert!(cases.len() > 100, "only {} cases", cases.len());
    let mut faults = Vec::new();
    for case in &cases {
        match offhook_codegen::generate(&case.join("schemas")) {
            Ok(_) => faults.push(format!("{}: want an error, got Rust", case.display())),
            Err(error) => {
                let message = shown(&error, case);
                faults.extend(differs(&case.join("message.txt"), &message));
                faults.extend(misplaced(&error));
            }
        }
    }
    snapshot::report("reject", &faults);
}

/// The message as it stands in `message.txt`: paths are relative to the case.
fn shown(error: &GenError, case: &Path) -> String {
    format!("{error}\n").replace(&format!("{}/", case.display()), "")
}

/// What is wrong with a place that an error names, in a file that is JSON.
fn misplaced(error: &GenError) -> Option<String> {
    error.faults().iter().find_map(|fault| {
        let text = fs::read_to_string(fault.path()).ok()?;
        let json: Value = serde_json::from_str(&text).ok()?;
        match fault.pointer() {
            Some(pointer) if json.pointer(pointer).is_some() => None,
            Some(pointer) => Some(format!("{fault}: nothing is at {pointer:?}")),
            None => Some(format!("{fault}: the message has no pointer")),
        }
    })
}

/// How the file at `path` differs from `text`, or `None` after rewriting it.
fn differs(path: &Path, text: &str) -> Option<String> {
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept == text {
        return None;
    }
    if snapshot::updating() {
        fs::write(path, text).expect("a snapshot can be written");
        return None;
    }
    Some(format!("{}:\n  kept: {kept}  made: {text}", path.display()))
}
