//! `offhook gen`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::args::SchemaFolder;

/// Generate Rust types from schemas
///
/// Writes a module for each vendor, and a `mod.rs` that declares them. The crate that they become
/// part of needs the crate `offhook-runtime`, of this version, and nothing else. A `mod.rs` that
/// somebody wrote by hand stays as it is.
///
/// Replaces and removes only generated files. The same schemas always make the same files.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Gen {
    #[command(flatten)]
    pub(crate) schemas: SchemaFolder,

    /// Folder of the modules
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,

    /// Write nothing; show what is stale
    #[arg(long)]
    pub(crate) check: bool,
}

const EXAMPLES: &str = "\
Examples:
  offhook gen --out src/webhooks           modules of the vendors in schemas/
  offhook gen --out src/webhooks --check   in CI: are they up to date?

Exit status:
  0  the modules are up to date now
  1  --check found files that are stale
  2  wrong usage, or schemas that do not load
  3  something could not be read or written";
