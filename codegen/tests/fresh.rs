//! `generated/src` is what `schemas/` makes: the same check as `cargo xtask gen --check`.

use std::path::Path;

use offhook_codegen::{GeneratedFile, compare, difference, generate};

/// How many lines of the difference are shown.
const HEAD: usize = 60;

#[test]
fn generated_code_is_what_the_schemas_make() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace has a root");
    let out = root.join("generated/src");
    let vendors = generate(&root.join("schemas")).unwrap_or_else(|error| panic!("{error}"));
    let files: Vec<GeneratedFile> = vendors.into_iter().flat_map(|vendor| vendor.files).collect();
    let changes = compare(&files, &out).unwrap_or_else(|error| panic!("{error}"));
    let difference = difference(&files, &out).unwrap_or_else(|error| panic!("{error}"));
    let head: Vec<&str> = difference.lines().take(HEAD).collect();
    let more = difference.lines().count() - head.len();
    let stale: Vec<String> =
        changes.removed.iter().map(|path| format!("stale: {}\n", path.display())).collect();
    assert!(
        changes.is_empty(),
        "{}\n{more} more lines\n{}generated/src is not what schemas/ makes; run `cargo xtask gen`",
        head.join("\n"),
        stale.concat(),
    );
}
