//! `schemas/` on disk into [`Sources`]: every file parsed, none understood yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::GenError;
use crate::draft::Draft;
use crate::json;
use crate::manifest::Manifest;

/// One vendor's folder.
pub(crate) struct Sources {
    /// The folder's name.
    pub(crate) name: String,
    /// The folder itself.
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    /// The manifest as it stands, for the bundle.
    pub(crate) manifest_json: Value,
    /// Schemas by their path inside the folder, with `/` between its parts.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// Example payloads by their path inside the folder.
    pub(crate) examples: BTreeMap<String, File>,
}

/// A file of JSON.
pub(crate) struct File {
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Sources {
    /// A file of this vendor, as messages name it.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The draft of a schema file; that it declares one which is understood is checked first.
    pub(crate) fn draft(&self, file: &str) -> Draft {
        self.schemas.get(file).and_then(Draft::of).unwrap_or(Draft::Draft202012)
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
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest_json = read_json(&manifest_path)?.json;
    let manifest = Manifest::read(&manifest_path, &manifest_json)?;
    let mut files = BTreeMap::new();
    collect_json(&folder, "", &mut BTreeSet::new(), &mut files)?;
    files.remove("vendor.json");
    let (examples, schemas): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(path, _)| path.starts_with("examples/"));
    let schemas = schemas.into_iter().map(|(path, file)| (path, file.json)).collect();
    Ok(Sources { name, folder, manifest, manifest_json, schemas, examples })
}

/// Reads every `*.json` below `folder`; `prefix` is its path inside the vendor's folder, and `read`
/// are the folders read so far, without links.
fn collect_json(
    folder: &Path,
    prefix: &str,
    read: &mut BTreeSet<PathBuf>,
    files: &mut BTreeMap<String, File>,
) -> Result<(), GenError> {
    let failed = |error| GenError::file_system(folder, error);
    // Links could lead around in a circle, or to one folder in a million ways.
    if !read.insert(folder.canonicalize().map_err(failed)?) {
        let message = "expected a folder of schemas, found a link to one that was already read; \
                       remove the link";
        return Err(failed(std::io::Error::new(std::io::ErrorKind::InvalidInput, message)));
    }
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect_json(&path, &format!("{prefix}{name}/"), read, files)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            check_name(&path, &format!("{prefix}{name}"))?;
            files.insert(format!("{prefix}{name}"), read_json(&path)?);
        }
    }
    Ok(())
}

/// A schema's path is part of references and of the generated code, and must read the same there.
fn check_name(path: &Path, name: &str) -> Result<(), GenError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    if path.extension().is_some_and(|extension| extension == "json") && name.bytes().all(plain) {
        return Ok(());
    }
    Err(GenError::at(
        path,
        "",
        format!(
            "want a path of letters, digits, \".\", \"_\" and \"-\" that ends in \".json\", got {name:?}"
        ),
    ))
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

fn read_json(path: &Path) -> Result<File, GenError> {
    let failed = |error| GenError::file_system(path, error);
    // To open a pipe would be to wait for somebody who writes into it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        let message = "expected a file of JSON, found neither a file nor a folder; move it away";
        return Err(failed(std::io::Error::new(std::io::ErrorKind::InvalidInput, message)));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    match json::parse(&text) {
        Ok(json) => Ok(File { text, json }),
        Err((pointer, error)) => Err(GenError::syntax(path, pointer, error)),
    }
}
