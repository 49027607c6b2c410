//! The test cases of codegen: schemas that it takes, and schemas that it refuses.

use std::io;

use super::folder::{files, name, sorted, vendor, vendors};
use super::{Set, repository};

/// Mutants of each example.
const MUTANTS: u64 = 20;

pub(super) fn sets() -> io::Result<Vec<Set>> {
    let tests = repository().join("codegen/tests");
    let mut sets = Vec::new();
    for case in sorted(&tests.join("golden"))? {
        let schemas = case.join("schemas");
        if schemas.is_dir() {
            for folder in vendors(&schemas)? {
                let set = format!("golden/{}/{}", name(&case), name(&folder));
                sets.push(vendor(set, &folder, MUTANTS)?);
            }
        }
    }
    for case in sorted(&tests.join("reject"))? {
        let schemas = case.join("schemas");
        if schemas.is_dir() {
            let files = files(&schemas)?;
            let set = format!("reject/{}", name(&case));
            sets.push(Set { name: set, files, instances: Vec::new() });
        }
    }
    Ok(sets)
}
