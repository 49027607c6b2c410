//! `docs/hardening.md` names a test for each of its claims: the tests are there.

use std::fs;
use std::path::Path;

/// The tests that a row names, each as a file and a function: `` `validator/tests/law.rs: holds` ``.
fn named(row: &str) -> impl Iterator<Item = (&str, &str)> {
    let quoted = row.split('`').skip(1).step_by(2);
    let is_rust = |file: &str| Path::new(file).extension().is_some_and(|end| end == "rs");
    quoted.filter_map(|text| text.split_once(": ")).filter(move |(file, _)| is_rust(file))
}

#[test]
fn every_row_of_the_page_names_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let Ok(page) = fs::read_to_string(root.join("docs/hardening.md")) else {
        eprintln!("SKIPPED: docs/hardening.md is not here");
        return;
    };
    let mut rows = 0;
    let mut tables = page.lines().peekable();
    while let Some(head) = tables.next() {
        let is_table = tables.next_if(|line| line.starts_with("|--")).is_some();
        while let Some(row) = tables.next_if(|line| is_table && line.starts_with('|')) {
            // Figures are made by one test, which stands before them.
            if head.ends_with("| test |") {
                assert!(named(row).next().is_some(), "no test in {row}");
                rows += 1;
            }
        }
    }
    assert!(rows > 40, "{rows} rows");
    for (file, test) in page.lines().flat_map(named) {
        let text = fs::read_to_string(root.join(file)).expect(file);
        let (before, _) = text.split_once(&format!("fn {test}(")).expect(test);
        let attributes = before.lines().rev().take(4).collect::<Vec<_>>();
        assert!(
            attributes.iter().any(|line| line.trim() == "#[test]"),
            "{file}: {test} is no test"
        );
    }
}
