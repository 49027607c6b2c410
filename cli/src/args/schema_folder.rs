//! The folder of schemas that a command writes or generates from.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

/// Where schemas lie that do not say otherwise.
const DEFAULT: &str = "schemas";

#[derive(Args, Debug)]
pub(crate) struct SchemaFolder {
    /// Folder of the vendors' folders
    #[arg(long = "schemas", value_name = "DIR", default_value = DEFAULT, value_hint = ValueHint::DirPath)]
    pub(crate) path: PathBuf,
}

impl SchemaFolder {
    /// The folder, if it is not the default.
    pub(crate) fn named(&self) -> Option<&Path> {
        Some(&*self.path).filter(|path| *path != Path::new(DEFAULT))
    }
}
