//! What came of it all, as the command's exit status.

use std::io;
use std::process::ExitCode;

use crate::terminal::{say, say_lines};

/// From best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Every payload is valid, or nothing was asked that could be otherwise.
    Valid,
    /// There was at least one violation, a breaking change, or something to do.
    Invalid,
    /// Something could not be read or written.
    Incomplete,
    /// Nothing was done: wrong usage, or a schema that does not load.
    Refused,
    /// Somebody stopped it.
    Interrupted,
}

impl Outcome {
    /// What scripts see.
    pub(crate) fn status(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Invalid => 1,
            Self::Refused => 2,
            Self::Incomplete => 3,
            Self::Interrupted => 130, // What shells make of SIGINT.
        }
    }

    /// Says that schemas do not load. The message may have several lines, so that what comes from
    /// elsewhere must be escaped before.
    pub(crate) fn unloadable(message: &str) -> Self {
        say_lines(&format!("error: cannot load the schemas: {message}"));
        Self::Refused
    }
}

/// What came of writing to standard output.
pub(crate) fn written(result: io::Result<()>) -> Outcome {
    match result {
        Ok(()) => Outcome::Valid,
        // Whoever closes a pipe has seen enough.
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Outcome::Incomplete,
        Err(cause) => {
            say(&format!("error: cannot write to standard output: {cause}"));
            Outcome::Incomplete
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.status())
    }
}
