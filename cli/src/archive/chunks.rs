//! A file of many payloads into chunks of whole lines, that are quick to make and can be judged side
//! by side.

use std::io::{self, BufRead, BufReader, Read};
use std::iter;
use std::mem;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};
use offhook_validator::DEFAULT_MAX_SIZE;

/// How much of a file is read before its lines are handed on.
const SIZE: usize = 1 << 19;

/// How much is read at once. That stays near the core, and is more than a pipe holds: who sends less
/// has no more at the moment.
const PIECE: usize = 1 << 17;

/// What is kept of a line: one byte more than the validator takes, so that it sees the excess.
pub(crate) const KEPT: usize = DEFAULT_MAX_SIZE + 1;

/// Whole lines.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) source: Arc<str>,
    /// The number of the first line, from 1.
    pub(crate) line: usize,
    pub(crate) text: Vec<u8>,
}

impl Chunk {
    /// The lines' numbers, and the lines without their ends, but for those of white space alone.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &[u8])> {
        let mut rest = Some(&*self.text).filter(|text| !text.is_empty());
        let lines = iter::from_fn(move || {
            let text = rest?;
            let (line, after) = match memchr(b'\n', text) {
                Some(end) => (&text[..end], &text[end + 1..]),
                None => (text, &[][..]),
            };
            rest = Some(after).filter(|after| !after.is_empty());
            Some(line.strip_suffix(b"\r").unwrap_or(line))
        });
        (self.line..).zip(lines).filter(|(_, line)| !line.trim_ascii().is_empty())
    }
}

/// The chunks of one file, and in the end what went wrong.
pub(crate) struct Chunks<R> {
    source: Arc<str>,
    /// None once nothing more can be read.
    reader: Option<BufReader<R>>,
    /// The number of the next chunk's first line.
    line: usize,
    /// The beginning of the next chunk's first line.
    ahead: Vec<u8>,
    /// Whether what comes next is the rest of a line that was too long.
    skipping: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Chunks<R> {
    pub(crate) fn new(source: Arc<str>, reader: R) -> Self {
        let reader = Some(BufReader::with_capacity(PIECE, reader));
        let (ahead, failed) = (Vec::new(), None);
        Self { source, reader, line: 1, ahead, skipping: false, failed }
    }

    /// Reads on until there are whole lines, or more of one than is kept, or nothing more. What is
    /// there already does not wait for what a slow sender may still send.
    fn lines(&mut self) -> Vec<u8> {
        let mut text = mem::take(&mut self.ahead);
        loop {
            if text.len() > KEPT {
                text.truncate(KEPT);
                self.skipping = true;
                return text;
            }
            let mut start = text.len();
            if !self.read(&mut text) {
                return text;
            }
            if self.skipping {
                start = 0;
                let end = memchr(b'\n', &text);
                self.skipping = end.is_none();
                text.drain(..end.map_or(text.len(), |end| end + 1));
            }
            if let Some(end) = memrchr(b'\n', &text[start..]) {
                self.ahead = text.split_off(start + end + 1);
                return text;
            }
        }
    }

    /// Reads something, unless there is nothing more.
    fn read(&mut self, text: &mut Vec<u8>) -> bool {
        let start = text.len();
        while let Some(reader) = &mut self.reader
            && text.len() - start < SIZE
        {
            match reader.fill_buf().map(<[u8]>::len) {
                Ok(0) => self.reader = None,
                Ok(length) => {
                    text.extend_from_slice(reader.buffer());
                    reader.consume(length);
                    if length < PIECE {
                        break;
                    }
                }
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => {
                    self.reader = None;
                    self.failed = Some(cause);
                }
            }
        }
        text.len() > start
    }
}

impl<R: Read> Iterator for Chunks<R> {
    type Item = io::Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.lines();
        if text.is_empty() {
            return self.failed.take().map(Err);
        }
        let (source, line) = (Arc::clone(&self.source), self.line);
        self.line += memchr_iter(b'\n', &text).count() + usize::from(!text.ends_with(b"\n"));
        Some(Ok(Chunk { source, line, text }))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::{Chunks, KEPT};

    /// Gives what it has in pieces of some bytes, and then fails or ends.
    struct Slow<'a> {
        text: &'a [u8],
        piece: usize,
        fails: bool,
    }

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(self.piece);
            match self.text.read(&mut buffer[..length])? {
                0 if self.fails => Err(io::Error::other("gone")),
                read => Ok(read),
            }
        }
    }

    /// The lines' numbers and texts, and whether something failed in the end.
    fn lines(text: &[u8], piece: usize, fails: bool) -> (Vec<(usize, Vec<u8>)>, bool) {
        let mut chunks = Chunks::new("many".into(), Slow { text, piece, fails });
        let mut all = Vec::new();
        let mut failed = false;
        for chunk in chunks.by_ref() {
            assert!(!failed, "what failed once is not read again");
            match chunk {
                Ok(chunk) => all.extend(chunk.lines().map(|(at, line)| (at, line.to_owned()))),
                Err(_) => failed = true,
            }
        }
        (all, failed)
    }

    #[test]
    fn lines_are_counted_and_their_ends_are_none_of_them() {
        for (text, expected) in [
            ("{}\r\n\n \t\r\n [1]\n\r\r\n2", &[(1, "{}"), (4, " [1]"), (6, "2")][..]),
            ("1\n2", &[(1, "1"), (2, "2")]),
            ("1\n2\n", &[(1, "1"), (2, "2")]),
            ("1\r", &[(1, "1")]),
            ("", &[]),
            ("\n\n", &[]),
        ] {
            for piece in [1, 2, 3, 100] {
                let owned = |(at, line): &(usize, &str)| (*at, line.as_bytes().to_owned());
                let expected: Vec<_> = expected.iter().map(owned).collect();
                assert_eq!(lines(text.as_bytes(), piece, false), (expected, false), "{text:?}");
            }
        }
    }

    #[test]
    fn what_was_read_before_a_failure_is_there() {
        let all = [(1, b"1".to_vec()), (2, b"23".to_vec())];
        assert_eq!(lines(b"1\n23", 2, true), (all.to_vec(), true));
        assert_eq!(lines(b"", 2, true), (Vec::new(), true));
    }

    #[test]
    fn of_a_line_without_end_no_more_is_kept_than_tells_so() {
        for (length, piece) in
            [(KEPT - 1, 1 << 20), (KEPT, 1000), (KEPT + 7, 1 << 19), (3 * KEPT, 77_777)]
        {
            let text = format!("{}\n{{}}\n", "1".repeat(length));
            let (lines, failed) = lines(text.as_bytes(), piece, false);
            let lengths: Vec<_> = lines.iter().map(|(at, line)| (*at, line.len())).collect();
            assert!(!failed && lengths[1] == (2, 2), "{lengths:?}");
            let kept = lengths[0].1;
            assert!(kept >= length.min(KEPT) && kept < KEPT + (1 << 20), "{length}: {kept}");
        }
    }
}
