//! `schemas/` on disk into [`Sources`]: every file parsed, none understood yet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::GenError;
use crate::json;

/// One vendor's folder.
pub(crate) struct Sources {
    /// The folder's name, which is the module's name too.
    pub(crate) name: String,
    /// The folder itself.
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    /// The manifest as it stands, for the bundle.
    pub(crate) manifest_json: Value,
    /// Schemas by their path inside the folder, with `/` between its parts.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// Example payloads by their path inside the folder.
    pub(crate) examples: BTreeMap<String, Value>,
}

/// `vendor.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The vendor's name for people.
    pub(crate) title: String,
    pub(crate) document: Document,
    /// JSON Pointer to the member that names an event.
    pub(crate) discriminator: Option<String>,
    /// The schema of what all events have in common.
    #[serde(default)]
    pub(crate) envelope: Option<String>,
    #[serde(default, rename = "order")]
    _order: Order,
    #[serde(default, rename = "signature")]
    _signature: Option<String>,
}

/// The document that the schemas transcribe.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) name: String,
    /// The day on which it was read, as year, month and day.
    pub(crate) read: String,
}

/// How the vendor's sender orders keys.
#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    #[default]
    Document,
    Sorted,
}

impl Sources {
    /// A file of this vendor, as messages name it.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }
}

/// Reads the folder of every vendor, in name order.
pub(crate) fn load(schemas: &Path) -> Result<Vec<Sources>, GenError> {
    let mut vendors = Vec::new();
    for folder in entries(schemas)? {
        if folder.join("vendor.json").is_file() {
            vendors.push(load_vendor(folder)?);
        } else if folder.is_dir() {
            return Err(GenError::file_system(
                &folder.join("vendor.json"),
                std::io::Error::new(
                    std::io::ErrorKind::NotFound,
                    "want a vendor.json in every folder, got none",
                ),
            ));
        }
    }
    if vendors.is_empty() {
        return Err(GenError::file_system(
            schemas,
            std::io::Error::new(
                std::io::ErrorKind::NotFound,
                "want at least one folder with a vendor.json, got none",
            ),
        ));
    }
    Ok(vendors)
}

fn load_vendor(folder: PathBuf) -> Result<Sources, GenError> {
    let manifest_path = folder.join("vendor.json");
    let manifest_json = read_json(&manifest_path)?;
    let manifest = Manifest::deserialize(&manifest_json)
        .map_err(|error| GenError::at(&manifest_path, "", error.to_string()))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut files = BTreeMap::new();
    collect_json(&folder, "", &mut files)?;
    files.remove("vendor.json");
    let (examples, schemas) =
        files.into_iter().partition(|(path, _)| path.starts_with("examples/"));
    Ok(Sources { name, folder, manifest, manifest_json, schemas, examples })
}

/// Reads every `*.json` below `folder`; `prefix` is its path inside the vendor's folder.
fn collect_json(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Value>,
) -> Result<(), GenError> {
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect_json(&path, &format!("{prefix}{name}/"), files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.insert(format!("{prefix}{name}"), read_json(&path)?);
        }
    }
    Ok(())
}

/// What a folder holds, in name order, without hidden entries.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, GenError> {
    let list = || -> std::io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                paths.push(entry.path());
            }
        }
        paths.sort();
        Ok(paths)
    };
    list().map_err(|error| GenError::file_system(folder, error))
}

fn read_json(path: &Path) -> Result<Value, GenError> {
    let text = fs::read_to_string(path).map_err(|error| GenError::file_system(path, error))?;
    json::parse(&text).map_err(|error| GenError::syntax(path, error))
}
