//! Texts into new files: all of them or none, and each with its whole text at once.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::ScaffoldError;

/// The start and the end of a file's name until its text is complete.
const TEMPORARY: (&str, &str) = (".offhook-new-", ".tmp");

/// A file to be written.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Returns whether there is a file that is not empty. Older versions left an empty one behind when
/// they were killed.
pub(super) fn has_text(path: &Path) -> Result<bool, ScaffoldError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(found.len() > 0),
        Ok(_) => Err(ScaffoldError::InTheWay {
            path: path.to_owned(),
            expected: "a file or nothing",
            found: "something else",
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(source) => Err(ScaffoldError::FileSystem { path: path.to_owned(), source }),
    }
}

/// Writes all of `files` or none.
pub(super) fn write_all(files: &[File]) -> Result<(), ScaffoldError> {
    for (index, file) in files.iter().enumerate() {
        if let Err(source) = create(file) {
            remove_all(&files[..index]);
            let path = file.path.clone();
            return Err(match source.kind() {
                ErrorKind::AlreadyExists => ScaffoldError::Exists(path),
                _ => ScaffoldError::FileSystem { path, source },
            });
        }
    }
    Ok(())
}

/// Takes back what [`write_all`] did. A folder goes only if nothing is left in it.
pub(super) fn remove_all(files: &[File]) {
    for File { path, .. } in files {
        // Whatever goes wrong here, the error that led here is the one to report.
        let _ = fs::remove_file(path);
        let _ = path.parent().map(fs::remove_dir);
    }
}

/// Makes a file with its whole text at once. There may be an empty one, but no other.
fn create(File { path, text }: &File) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    remove_leftovers(folder)?;
    if fs::symlink_metadata(path).is_ok_and(|found| found.len() == 0) {
        fs::remove_file(path)?;
    }
    // Opened as any other file is, so that it gets the usual permissions.
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY.0)
        .suffix(TEMPORARY.1)
        .make_in(folder, |path| fs::File::create_new(path))?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the temporary files that killed runs left in a folder.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_temporary = name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1);
        if is_temporary && fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
