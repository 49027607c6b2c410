//! `schemas/` on disk into [`Sources`]: every file parsed, none understood yet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::GenError;
use crate::manifest::Manifest;
use crate::{json, names};

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
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if names::module(&name).as_ref() != Some(&name) {
        return Err(GenError::at(
            &manifest_path,
            "",
            format!("want a folder whose name can be a Rust module's, in snake case, got {name:?}"),
        ));
    }
    let manifest_json = read_json(&manifest_path)?;
    let manifest = Manifest::read(&manifest_path, &manifest_json)?;
    let mut files = BTreeMap::new();
    collect_json(&folder, "", &mut files)?;
    files.remove("vendor.json");
    let (examples, schemas): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(path, _)| path.starts_with("examples/"));
    check_text(&manifest_path, "", &manifest_json)?;
    for (path, schema) in &schemas {
        check_text(&folder.join(path), "", schema)?;
    }
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

/// Text ends up in Rust's comments and strings, where some characters are errors.
fn check_text(path: &Path, pointer: &str, value: &Value) -> Result<(), GenError> {
    let member = |name: &str| format!("{pointer}/{}", json::escape(name));
    match value {
        Value::String(text) => match text.chars().find(|found| unprintable(*found)) {
            None => Ok(()),
            Some(found) => {
                let found = u32::from(found);
                let message = format!("want text that can be printed, got U+{found:04X} in it");
                Err(GenError::at(path, pointer, message))
            }
        },
        Value::Array(elements) => {
            let mut elements = elements.iter().enumerate();
            elements.try_for_each(|(i, value)| check_text(path, &member(&i.to_string()), value))
        }
        Value::Object(members) => {
            let mut members = members.iter();
            members.try_for_each(|(name, value)| check_text(path, &member(name), value))
        }
        _ => Ok(()),
    }
}

/// Control characters, and those that turn the direction of writing.
fn unprintable(found: char) -> bool {
    found.is_control() && !found.is_whitespace()
        || matches!(found, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
    json::parse(&text).map_err(|(pointer, error)| GenError::syntax(path, pointer, error))
}
