//! Paths into payloads: one a file, one a line of a file of many, or standard input.
//!
//! Whatever the input, one payload is in memory at a time, and of that no more than the validator
//! would look at.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use offhook_validator::DEFAULT_MAX_SIZE;

/// What is kept of a payload: one byte more than the validator takes, so that it sees the excess.
const KEPT: u64 = DEFAULT_MAX_SIZE as u64 + 1;

/// The path that means standard input.
const STDIN: &str = "-";

/// A payload and where it is from.
#[derive(Debug)]
pub(crate) struct Payload {
    /// The path as given, below a directory joined to it; `-` for standard input.
    pub(crate) source: Arc<str>,
    /// In a file of many payloads: the line, from 1.
    pub(crate) record: Option<usize>,
    pub(crate) body: Vec<u8>,
}

impl Payload {
    /// Whether it came from standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        &*self.source == STDIN
    }
}

/// Something that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) source: Arc<str>,
    pub(crate) cause: io::Error,
}

type Result<T> = std::result::Result<T, Unreadable>;

/// The payloads of all `paths`, in order; of standard input, if there are none.
pub(crate) fn payloads(paths: &[PathBuf]) -> impl Iterator<Item = Result<Payload>> {
    let stdin = paths.is_empty().then(|| Path::new(STDIN));
    let paths = paths.iter().map(PathBuf::as_path);
    stdin.into_iter().chain(paths).flat_map(of_path)
}

/// Whether a path means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

fn of_path(path: &Path) -> Box<dyn Iterator<Item = Result<Payload>>> {
    let source = name(path);
    if is_stdin(path) {
        return Box::new(iter::once(one(source, || Ok(io::stdin().lock()))));
    }
    if path.is_dir() {
        return Box::new(
            Walk::new(path).map(|path| path.and_then(|path| one(name(&path), || File::open(path)))),
        );
    }
    if is_of_many(path) {
        return match File::open(path) {
            Ok(file) => Box::new(Records::new(source, BufReader::new(file))),
            Err(cause) => Box::new(iter::once(Err(Unreadable { source, cause }))),
        };
    }
    let path = path.to_owned();
    Box::new(iter::once_with(move || one(source, || File::open(path))))
}

fn name(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

fn is_of_many(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl")
}

/// Reads one payload to its end, or as far as it is of interest.
fn one<R: Read>(source: Arc<str>, open: impl FnOnce() -> io::Result<R>) -> Result<Payload> {
    let mut body = Vec::new();
    match open().and_then(|file| file.take(KEPT).read_to_end(&mut body)) {
        Ok(_) => Ok(Payload { source, record: None, body }),
        Err(cause) => Err(Unreadable { source, cause }),
    }
}

/// The `*.json` files below a directory: each directory's entries in the order of their names.
///
/// Links to files are followed, links to directories are not: they may lead in circles.
struct Walk {
    /// What is still to be visited, the next one last.
    ahead: Vec<(PathBuf, bool)>,
}

impl Walk {
    fn new(directory: &Path) -> Self {
        Self { ahead: vec![(directory.to_owned(), true)] }
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
    type Item = Result<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (path, is_directory) = self.ahead.pop()?;
            if !is_directory {
                return Some(Ok(path));
            }
            if let Err(cause) = self.enter(&path) {
                return Some(Err(Unreadable { source: name(&path), cause }));
            }
        }
    }
}

/// The lines of a file of many payloads; lines of nothing but white space are none.
struct Records<R> {
    source: Arc<str>,
    reader: Option<R>,
    line: usize,
}

impl<R: BufRead> Records<R> {
    fn new(source: Arc<str>, reader: R) -> Self {
        Self { source, reader: Some(reader), line: 0 }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Payload>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        loop {
            self.line += 1;
            match line(reader) {
                Ok(None) => return None,
                Ok(Some(body)) if body.trim_ascii().is_empty() => {}
                Ok(Some(body)) => {
                    let source = Arc::clone(&self.source);
                    return Some(Ok(Payload { source, record: Some(self.line), body }));
                }
                Err(cause) => {
                    self.reader = None; // What failed once may fail for ever.
                    return Some(Err(Unreadable { source: Arc::clone(&self.source), cause }));
                }
            }
        }
    }
}

/// The next line without its end, or as much of it as is of interest; `None` after the last one.
fn line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if reader.by_ref().take(KEPT + 2).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") {
        line.pop();
        line.pop_if(|last| *last == b'\r');
    } else {
        reader.skip_until(b'\n')?;
    }
    line.truncate(DEFAULT_MAX_SIZE + 1);
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufReader, Read};

    use offhook_validator::DEFAULT_MAX_SIZE;

    use super::{Payload, Records, one};

    /// Line numbers and bodies of a file of many.
    fn records(text: &[u8]) -> Vec<(usize, Vec<u8>)> {
        let payloads = Records::new("many".into(), text).map(Result::unwrap);
        payloads.map(|payload| (payload.record.unwrap(), payload.body)).collect()
    }

    fn numbered(number: usize, body: &str) -> (usize, Vec<u8>) {
        (number, body.as_bytes().to_owned())
    }

    #[test]
    fn lines_are_counted_and_their_ends_are_none_of_them() {
        let expected = [numbered(1, "{}"), numbered(4, " [1]"), numbered(6, "2")];
        assert_eq!(records(b"{}\r\n\n \t\r\n [1]\n\r\r\n2"), expected);
        assert_eq!(records(b"1\n2"), [numbered(1, "1"), numbered(2, "2")]);
        assert_eq!(records(b"1\n2\n"), [numbered(1, "1"), numbered(2, "2")]);
        assert_eq!(records(b"1\r"), [numbered(1, "1\r")]);
        assert_eq!(records(b""), []);
        assert_eq!(records(b"\n\n"), []);
    }

    #[test]
    fn of_a_line_without_end_no_more_is_kept_than_tells_so() {
        let exact = " ".repeat(DEFAULT_MAX_SIZE - 1) + "1";
        for (line, kept) in [
            (exact.clone(), DEFAULT_MAX_SIZE),
            (exact.clone() + "\r", DEFAULT_MAX_SIZE),
            (exact.clone() + "23", DEFAULT_MAX_SIZE + 1),
            (exact.clone() + "23456789", DEFAULT_MAX_SIZE + 1),
        ] {
            let records = records(format!("{line}\n{{}}").as_bytes());
            assert_eq!(records.iter().map(|(_, body)| body.len()).collect::<Vec<_>>(), [kept, 2]);
            assert_eq!(records[1], numbered(2, "{}"));
        }
    }

    #[test]
    fn of_a_payload_without_end_no_more_is_read_than_tells_so() {
        let payload = one("endless".into(), || Ok(io::repeat(b'1'))).unwrap();
        assert_eq!(payload.body.len(), DEFAULT_MAX_SIZE + 1);
    }

    #[test]
    fn what_cannot_be_read_ends_a_file_of_many() {
        /// Gives a line, then fails for ever.
        struct Failing(&'static [u8]);

        impl Read for Failing {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                match self.0.read(buffer)? {
                    0 => Err(io::Error::other("gone")),
                    read => Ok(read),
                }
            }
        }

        let reader = BufReader::new(Failing(b"1\n2"));
        let mut records = Records::new("failing".into(), reader);
        assert!(matches!(records.next(), Some(Ok(Payload { record: Some(1), .. }))));
        assert!(records.next().unwrap().is_err());
        assert!(records.next().is_none());
    }
}
