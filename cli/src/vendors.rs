//! The vendors that the command knows, or that it is told of.

mod folder;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use crate::catalogue::Vendor;
use offhook::{daily, dialstack, voiceblender};

/// Vendors that are built in: name, schemas, and their documents' example payloads.
const BUILT_IN: [(&str, &str); 3] = [
    ("daily", daily::SCHEMA),
    ("dialstack", dialstack::SCHEMA),
    ("voiceblender", voiceblender::SCHEMA),
];

/// The names of those that are built in.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.into_iter().map(|(name, _)| name)
}

/// Vendors to check payloads against.
pub(crate) struct Vendors {
    schemas: Vec<Cow<'static, str>>,
}

impl Vendors {
    /// The vendors whose schemas lie at `paths`; without any, the one named, or all that are built in.
    pub(crate) fn load(paths: &[PathBuf], name: Option<&str>) -> Result<Self, String> {
        let built_in = BUILT_IN.into_iter().filter(|(own, _)| name.is_none_or(|name| name == *own));
        let mut schemas = Vec::new();
        if paths.is_empty() {
            schemas.extend(built_in.map(|(_, schema)| schema.into()));
        }
        for path in paths {
            let read = read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            schemas.extend(read.into_iter().map(Cow::Owned));
        }
        Ok(Self { schemas })
    }

    /// What each documents.
    pub(crate) fn read(&self) -> Result<Vec<Vendor>, String> {
        self.schemas().map(Vendor::read).collect()
    }

    /// The `SCHEMA` of each.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &str> {
        self.schemas.iter().map(|schema| &**schema)
    }
}

/// The `SCHEMA` in a file, or of each vendor in a folder.
fn read(path: &Path) -> Result<Vec<String>, String> {
    if path.is_dir() {
        return folder::read(path);
    }
    fs::read_to_string(path).map(|schema| vec![schema]).map_err(|cause| cause.to_string())
}
