//! Paths into work: payloads of which each is a file, and chunks of files with one on each line.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::archive::chunks::{Chunk, Chunks, KEPT};
use crate::archive::compression::{decompressed, stem};
use crate::archive::meter::Meter;
use crate::terminal::say;

/// The path that means standard input.
const STDIN: &str = "-";

/// What is to be read.
#[derive(Debug)]
pub(crate) struct Inputs {
    pub(crate) paths: Vec<PathBuf>,
    /// Whether every line of every file is a payload, whatever the file's name.
    pub(crate) lines: bool,
}

/// A part of the work, with the number of the file it is from, from 0.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) file: usize,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    /// A file that is a payload, still to be read.
    One(One),
    /// Lines that are payloads.
    Lines(Chunk),
    Unreadable(Unreadable),
}

/// A file or standard input.
#[derive(Debug)]
pub(crate) struct One {
    /// The path as given, below a directory joined to it; `-` for standard input.
    pub(crate) source: Arc<str>,
    path: PathBuf,
}

/// Something that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) source: Arc<str>,
    pub(crate) cause: io::Error,
}

/// Whether a path means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

impl Inputs {
    /// Says to who has to type them that nothing else is read.
    pub(crate) fn announce(&self) {
        if self.paths.iter().all(|path| is_stdin(path)) && io::stdin().is_terminal() {
            let what = if self.lines { "payloads, one a line," } else { "one payload" };
            say(&format!("note: reading {what} from standard input"));
        }
    }

    /// How many bytes there are to be read; none if that cannot be told beforehand.
    pub(crate) fn size(&self) -> Option<u64> {
        if self.paths.is_empty() {
            return None; // Standard input.
        }
        let size = |path: &PathBuf| fs::metadata(path).ok().filter(fs::Metadata::is_file);
        self.paths.iter().map(|path| size(path).map(|file| file.len())).sum()
    }

    /// What there is to do, in the order of the paths; standard input, if there are none.
    pub(crate) fn work(self, meter: &Arc<Meter>) -> impl Iterator<Item = Work> + Send + use<> {
        let meter = Arc::clone(meter);
        let mut paths = self.paths;
        if paths.is_empty() {
            paths.push(STDIN.into());
        }
        let files = paths.into_iter().flat_map(files).enumerate();
        files.flat_map(move |(file, found)| {
            let content: Box<dyn Iterator<Item = Content> + Send> = match found {
                Err(unreadable) => Box::new(iter::once(Content::Unreadable(unreadable))),
                Ok(one) if self.lines || is_of_many(&one.path) => lines(&one, &meter),
                Ok(one) => Box::new(iter::once(Content::One(one))),
            };
            content.map(move |content| Work { file, content })
        })
    }
}

/// The chunks of a file of many payloads.
fn lines(file: &One, meter: &Arc<Meter>) -> Box<dyn Iterator<Item = Content> + Send> {
    let source = Arc::clone(&file.source);
    match file.open(meter) {
        Err(cause) => Box::new(iter::once(Content::Unreadable(Unreadable { source, cause }))),
        Ok(reader) => Box::new(Chunks::new(Arc::clone(&source), reader).map(move |chunk| {
            let unreadable = |cause| Unreadable { source: Arc::clone(&source), cause };
            chunk.map_or_else(|cause| Content::Unreadable(unreadable(cause)), Content::Lines)
        })),
    }
}

impl One {
    fn new(path: PathBuf) -> Self {
        Self { source: path.to_string_lossy().into(), path }
    }

    /// Reads all, or as much as is of interest.
    pub(crate) fn read(&self, meter: &Arc<Meter>) -> Result<Vec<u8>, Unreadable> {
        let mut body = Vec::new();
        let read = self.open(meter).and_then(|file| file.take(KEPT as u64).read_to_end(&mut body));
        let unreadable = |cause| Unreadable { source: Arc::clone(&self.source), cause };
        read.map(|_| body).map_err(unreadable)
    }

    fn open(&self, meter: &Arc<Meter>) -> io::Result<Box<dyn Read + Send>> {
        if is_stdin(&self.path) {
            return decompressed(meter.count(io::stdin()), None);
        }
        let (_, promised) = stem(&self.source);
        decompressed(meter.count(File::open(&self.path)?), promised)
    }
}

/// Whether a file's name says that each line of it is a payload.
fn is_of_many(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let (name, _) = stem(&name);
    [".ndjson", ".jsonl"].iter().any(|ending| name.ends_with(ending))
}

/// The files that a path stands for.
fn files(path: PathBuf) -> Box<dyn Iterator<Item = Result<One, Unreadable>> + Send> {
    if !is_stdin(&path) && path.is_dir() {
        return Box::new(Walk::new(path));
    }
    Box::new(iter::once(Ok(One::new(path))))
}

/// The `*.json` files below a directory: each directory's entries in the order of their names.
///
/// Links to files are followed, links to directories are not: they may lead in circles.
struct Walk {
    /// What is still to be visited, the next one last.
    ahead: Vec<(PathBuf, bool)>,
}

impl Walk {
    fn new(directory: PathBuf) -> Self {
        Self { ahead: vec![(directory, true)] }
    }

    fn enter(&mut self, directory: &Path) -> io::Result<()> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let is_json = || path.extension().is_some_and(|extension| extension == "json");
            if kind.is_dir() || is_json() && !(kind.is_symlink() && path.is_dir()) {
                entries.push((path, kind.is_dir()));
            }
        }
        entries.sort_unstable_by(|a, b| b.cmp(a));
        self.ahead.append(&mut entries);
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = Result<One, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (path, is_directory) = self.ahead.pop()?;
            let found = One::new(path);
            if !is_directory {
                return Some(Ok(found));
            }
            if let Err(cause) = self.enter(&found.path) {
                return Some(Err(Unreadable { source: found.source, cause }));
            }
        }
    }
}
