//! A temporary folder, and the real command run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder of its own for one case.
pub(crate) struct Folder(TempDir);

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    /// A folder that holds `files`: paths and texts.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().expect("a temporary folder can be made"));
        for (path, text) in files {
            folder.put(path, text);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file can be written");
    }

    pub(crate) fn get(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.0.path().join(path)).ok()
    }

    /// Every file and folder below this one, in name order.
    pub(crate) fn listing(&self) -> Vec<String> {
        let (mut open, mut paths) = (vec![self.0.path().to_owned()], Vec::new());
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder can be read") {
                let path = entry.expect("an entry can be read").path();
                let below = path.strip_prefix(self.0.path()).expect("it is below");
                paths.push(below.to_str().expect("names are ASCII").to_owned());
                open.extend(path.is_dir().then_some(path));
            }
        }
        paths.sort();
        paths
    }

    /// The text of every file below `folder`, hidden ones too.
    pub(crate) fn texts(&self, folder: &str) -> BTreeMap<PathBuf, String> {
        let folder = self.0.path().join(folder);
        let files = self.listing().into_iter().map(|path| self.0.path().join(path));
        let files = files.filter(|path| path.starts_with(&folder) && path.is_file());
        let text = |path: PathBuf| {
            let text = fs::read_to_string(&path).expect("texts are UTF-8");
            (path.strip_prefix(&folder).expect("it is below").to_owned(), text)
        };
        files.map(text).collect()
    }

    /// The command `cargo xtask`, to be run here with `arguments`, which are parted by blanks.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments.split(' ').map(|argument| argument.trim_matches('\'')))
            .current_dir(self.0.path());
        command
    }

    /// Runs `cargo xtask` here with `arguments`, which are parted by blanks.
    pub(crate) fn xtask(&self, arguments: &str) -> Outcome {
        let output = self.command(arguments).output().expect("the command can be run");
        let text = |bytes| String::from_utf8(bytes).expect("messages are UTF-8");
        Outcome {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}
