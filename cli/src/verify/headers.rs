//! Lines `Name: value` into headers, or which of them is none.

use httparse::{EMPTY_HEADER, Status};
use memchr::memchr;

/// More headers than this nobody sends.
const MOST: usize = 1000;

/// What editors put before text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Headers as they came, each with its name.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// Whether there is one of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// The values of those of that name.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let own = self.0.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name));
        own.map(|(_, value)| value.as_slice())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// Reads lines, the first of which is line `first` of its file.
    pub(super) fn read(lines: &[&[u8]], first: usize) -> Result<Self, String> {
        if lines.len() > MOST {
            return Err(format!("expected at most {MOST} headers, found {}", lines.len()));
        }
        let header = |(at, line): (usize, &&[u8])| {
            header(line).map_err(|message| format!("line {}: {message}", at + first))
        };
        lines.iter().enumerate().map(header).collect::<Result<_, _>>().map(Self)
    }
}

fn header(line: &[u8]) -> Result<(String, Vec<u8>), &'static str> {
    const WANT: &str =
        "expected a header such as `Content-Type: application/json`, found something else";
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return Err(
            "expected a header, found the folded rest of the one before, which HTTP has given up",
        );
    }
    let ended = [line, b"\r\n\r\n"].concat();
    let mut slot = [EMPTY_HEADER];
    match httparse::parse_headers(&ended, &mut slot) {
        Ok(Status::Complete((_, [header]))) => Ok((header.name.to_owned(), header.value.to_vec())),
        _ => Err(WANT),
    }
}

/// The lines before a blank one, and what follows it; nothing follows where there is no blank line.
pub(super) fn split(text: &[u8]) -> (Vec<&[u8]>, Option<&[u8]>) {
    let mut rest = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut lines = Vec::new();
    while !rest.is_empty() {
        let (line, after) = match memchr(b'\n', rest) {
            Some(end) => (&rest[..end], &rest[end + 1..]),
            None => (rest, &[][..]),
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return (lines, Some(after));
        }
        lines.push(line);
        rest = after;
    }
    (lines, None)
}

/// The headers in a file of their own, and what is worth knowing of it.
pub(super) fn read(text: &[u8]) -> Result<(Headers, Vec<String>), String> {
    let (mut lines, rest) = split(text);
    let mut first = 1;
    if lines.first().is_some_and(|line| is_start(line)) {
        lines.remove(0);
        first += 1;
    }
    let mut notes = Vec::new();
    if rest.is_some_and(|rest| !rest.trim_ascii().is_empty()) {
        let note =
            "what follows the headers' blank line is passed over; --capture reads a whole request";
        notes.push(note.to_owned());
    }
    Ok((Headers::read(&lines, first)?, notes))
}

/// Whether a line is the first of a request or of an answer, with the protocol's version.
fn is_start(line: &[u8]) -> bool {
    let last = line.rsplit(|&byte| byte == b' ').next().unwrap_or_default();
    line.starts_with(b"HTTP/") || last.starts_with(b"HTTP/")
}
