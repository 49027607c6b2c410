//! Files below a folder: which there are, and their text, within bounds.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::fault::{Fault, SchemaError};

/// The largest schema, manifest or example that is read, in bytes.
pub const MAX_FILE_SIZE: u64 = 16 << 20;

/// Whether `path` is a folder, or a link to one.
pub(super) fn is_folder(path: &Path) -> Result<bool, SchemaError> {
    let metadata = fs::metadata(path).map_err(|error| SchemaError::unreadable(path, error))?;
    Ok(metadata.is_dir())
}

/// Returns what a folder holds, in name order, without hidden entries.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, SchemaError> {
    let list = || -> io::Result<Vec<PathBuf>> {
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
    list().map_err(|error| SchemaError::unreadable(folder, error))
}

/// Returns every `*.json` file below `folder`, each with its path inside.
pub(super) fn json_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, SchemaError> {
    let mut found = Vec::new();
    add_json_files(folder, "", &mut BTreeSet::new(), &mut found)?;
    Ok(found)
}

/// Adds what is below a folder, whose path inside is `prefix`. The folders read so far are `read`.
fn add_json_files(
    folder: &Path,
    prefix: &str,
    read: &mut BTreeSet<PathBuf>,
    found: &mut Vec<(String, PathBuf)>,
) -> Result<(), SchemaError> {
    let target = folder.canonicalize().map_err(|error| SchemaError::unreadable(folder, error))?;
    // Links could lead around in a circle, or to one folder in a million ways.
    if !read.insert(target) {
        let message = "expected a folder of schemas, found a link to one that was already read; \
                       remove the link";
        return Err(Fault::of_file(folder, message).into());
    }
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let inside = format!("{prefix}{name}");
        if path.is_dir() {
            add_json_files(&path, &format!("{inside}/"), read, found)?;
        } else if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json")) {
            found.push((inside, path));
        }
    }
    Ok(())
}

/// Returns why generated code cannot name a file, if its path does not read the same in references
/// and in code.
pub(super) fn unnameable(inside: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let extension = Path::new(inside).extension();
    if extension.is_some_and(|it| it == "json") && inside.bytes().all(is_plain) {
        return None;
    }
    Some(format!(
        "expected a path of letters, digits, \".\", \"_\" and \"-\" that ends in \".json\", found {inside:?}"
    ))
}

/// Reads the text of a regular file of at most [`MAX_FILE_SIZE`] bytes.
///
/// # Errors
///
/// A file that cannot be read, is larger, or is no UTF-8. A folder, a pipe or a device, which is
/// never opened.
pub fn read(path: &Path) -> Result<String, SchemaError> {
    let failed = |error| SchemaError::unreadable(path, error);
    // To open a pipe would be to wait for somebody who writes into it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        let message = "expected a file of JSON, found neither a file nor a folder; move it away";
        return Err(Fault::of_file(path, message).into());
    }
    let mut text = String::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MAX_FILE_SIZE + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > MAX_FILE_SIZE {
        let message = format!("expected at most {MAX_FILE_SIZE} bytes, found more");
        return Err(Fault::of_file(path, message).into());
    }
    Ok(text)
}
