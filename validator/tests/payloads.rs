//! Broken payloads beside their whole reports: `payloads/<case>.json` and `payloads/<case>.txt`.
//! A case's name begins with the vendor, or with `any`.
//!
//! `UPDATE=1 cargo test -p offhook-validator --test payloads` writes the reports anew; look at the
//! difference before committing it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use offhook_test_support::vendors;
use offhook_validator::{Code, Report};

/// The cases: a name, and the file of its payload.
fn cases() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads");
    let entries = fs::read_dir(folder).expect("the folder is readable");
    let mut cases: Vec<_> = entries
        .map(|entry| entry.expect("its entries are readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a listed file has a name");
            (name.to_string_lossy().into_owned(), path.clone())
        })
        .collect();
    cases.sort();
    cases
}

fn validate(case: &str, body: &[u8]) -> Report {
    match case.split('.').next() {
        Some("any") | None => vendors::any_vendor().validate(body),
        Some(vendor) => vendors::vendor(vendor).validator.validate(body),
    }
}

/// Violations, then notices: the line that a log shows, and all that is not in it.
fn render(report: &Report) -> String {
    let mut lines = Vec::new();
    for found in report.violations().iter().chain(report.notices()) {
        lines.push(found.to_string());
        lines.extend(found.schema.as_ref().map(|schema| format!("  schema: {schema}")));
        lines.extend(found.help.as_ref().map(|help| format!("  help: {help}")));
    }
    lines.join("\n") + "\n"
}

#[test]
fn reports_are_as_they_were_reviewed() {
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for (case, path) in cases() {
        let report = validate(&case, &fs::read(&path).expect("a payload is readable"));
        let rendered = render(&report);
        let lines = rendered.lines().filter(|line| !line.starts_with("  "));
        assert_eq!(report.to_string(), lines.collect::<Vec<_>>().join("\n"), "{case}");

        let reviewed = path.with_extension("txt");
        if update {
            fs::write(&reviewed, rendered).expect("a report is writable");
        } else if fs::read_to_string(&reviewed).unwrap_or_default() != rendered {
            wrong.push(format!("{case}:\n{rendered}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "these reports are not what stands beside them (`UPDATE=1` rewrites):\n\n{}",
        wrong.join("\n")
    );
}

/// Together the cases show all codes that the three vendors' documents can bring up.
#[test]
fn the_cases_show_every_code() {
    // No vendor bounds a string's length, an array, or an object's size, and none has a union that
    // types or values do not tell apart.
    let unreachable = [Code::Length, Code::Items, Code::Properties, Code::Union];
    let mut shown = BTreeSet::new();
    for (case, path) in cases() {
        let report = validate(&case, &fs::read(path).expect("a payload is readable"));
        assert_ne!(report.to_string(), "valid", "{case}");
        shown.extend(report.violations().iter().chain(report.notices()).map(|found| found.code));
    }
    let wanted = Code::ALL.iter().copied().filter(|code| !unreachable.contains(code));
    assert_eq!(shown, wanted.collect());
}
