//! A file or standard input into its bytes, as they stand.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::archive::is_stdin;
use crate::obstacle::Obstacle;
use crate::terminal::say;

/// All bytes of a file, or of standard input; more than `most` are refused. `what` they are is told
/// to who has to type them.
pub(crate) fn read(path: &Path, most: usize, what: &str) -> Result<Vec<u8>, Obstacle> {
    let bytes = if is_stdin(path) {
        if io::stdin().is_terminal() {
            say(&format!("note: reading {what} from standard input"));
        }
        bounded(io::stdin(), most)
    } else {
        File::open(path).and_then(|file| bounded(file, most))
    };
    bytes.map_err(|cause| Obstacle::unreadable(path, &cause))
}

/// All bytes of `reader`; more than `most` are refused.
pub(crate) fn bounded(reader: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(io::Error::other(format!("expected at most {most} bytes, found more")));
    }
    Ok(bytes)
}
