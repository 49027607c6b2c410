//! What came of it all, as the command's exit status.

use std::process::ExitCode;

/// From best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Every payload is valid, or nothing was asked that could be otherwise.
    Valid,
    /// There was at least one violation, or a breaking change.
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
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.status())
    }
}
