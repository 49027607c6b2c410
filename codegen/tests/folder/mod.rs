//! A temporary folder for one case.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A folder of its own for one case.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder that holds `files`: paths and texts.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().expect("a temporary folder can be made"));
        for (path, text) in files {
            folder.put(path, text);
        }
        folder
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file can be written");
    }

    pub(crate) fn get(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    /// Every file and folder below this one, in name order.
    pub(crate) fn listing(&self) -> Vec<String> {
        let (mut open, mut paths) = (vec![self.0.path().to_owned()], Vec::new());
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder can be read") {
                let path = entry.expect("an entry can be read").path();
                paths.push(self.inside(&path));
                let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
                open.extend(is_folder.then_some(path));
            }
        }
        paths.sort();
        paths
    }

    /// A message with paths as they are inside this folder.
    pub(crate) fn shown(&self, message: &str) -> String {
        message.replace(&format!("{}/", self.0.path().display()), "")
    }

    fn inside(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.0.path()).expect("it is below");
        below.to_str().expect("names are ASCII").to_owned()
    }
}
