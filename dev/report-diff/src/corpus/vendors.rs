//! The built-in vendors, with mutants of their examples.

use std::io;

use super::folder::{name, vendor, vendors};
use super::{Set, repository};

/// Mutants of each example.
const MUTANTS: u64 = 60;

pub(super) fn sets() -> io::Result<Vec<Set>> {
    let folders = vendors(&repository().join("schemas"))?;
    folders.iter().map(|path| vendor(format!("vendors/{}", name(path)), path, MUTANTS)).collect()
}
