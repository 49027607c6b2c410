//! Every `golden/<case>/expected` is what its `schemas` make.
//!
//! `UPDATE=1` rewrites it; review the difference.

mod snapshot;

use offhook_codegen::{GeneratedFile, compare, difference, generate, write};

#[test]
fn schemas_make_what_is_expected_of_them() {
    let mut faults = Vec::new();
    for case in snapshot::cases("golden") {
        let expected = case.join("expected");
        let vendors = match generate(&case.join("schemas")) {
            Ok(vendors) => vendors,
            Err(error) => {
                faults.push(error.to_string());
                continue;
            }
        };
        let files: Vec<GeneratedFile> =
            vendors.into_iter().flat_map(|vendor| vendor.files).collect();
        if snapshot::updating() {
            write(&files, &expected).expect("the expected files can be written");
            continue;
        }
        let changes = compare(&files, &expected).expect("the expected files can be read");
        if !changes.is_empty() {
            faults.push(difference(&files, &expected).expect("the expected files can be read"));
            faults.extend(changes.removed.iter().map(|path| format!("stale: {}", path.display())));
        }
    }
    snapshot::report("expected", &faults);
}

#[test]
fn every_case_is_compiled() {
    for case in snapshot::cases("golden") {
        let name = case.file_name().unwrap_or_default().to_string_lossy();
        let line = format!("\nmod {name};\n");
        assert!(
            include_str!("golden/main.rs").contains(&line),
            "want `mod {name};` in golden/main.rs"
        );
    }
}
