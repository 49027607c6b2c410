//! Texts that a test makes, against the files in which they are kept; `UPDATE=1` rewrites these.

use std::fs;
use std::path::{Path, PathBuf};

/// Whether files are to be rewritten instead of compared.
pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// The folders in `tests/<group>`, in name order.
pub(crate) fn cases(group: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(group);
    let entries = fs::read_dir(&folder).expect("the folder of the cases can be read");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let mut cases: Vec<PathBuf> = paths.filter(|path| path.join("schemas").is_dir()).collect();
    cases.sort();
    cases
}

/// Fails with all faults of the test file `target` at once.
pub(crate) fn report(target: &str, faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{}\n`UPDATE=1 cargo test -p offhook-codegen --test {target}` rewrites what is kept; \
         review the difference",
        faults.join("\n")
    );
}
