//! Why a command cannot do what it was asked for, as a message and an exit status.

use std::io;
use std::path::Path;

use offhook_runtime::text::visible;

use crate::archive::source_name;
use crate::args::refuse;
use crate::outcome::Outcome;
use crate::terminal::say;

/// What is in the way.
#[derive(Debug)]
pub(crate) enum Obstacle {
    /// The command line, or what it refers to, asks for the impossible.
    Usage(String),
    /// Schemas do not load.
    Schemas(String),
    /// Something cannot be read.
    Unreadable(String),
}

impl Obstacle {
    /// A file, or standard input, that cannot be read.
    pub(crate) fn unreadable(path: &Path, cause: &io::Error) -> Self {
        let name = path.to_string_lossy();
        Self::Unreadable(format!("{}: {cause}", visible(source_name(&name))))
    }

    /// Says so, of a command.
    pub(crate) fn tell(&self, command: &[&str]) -> Outcome {
        match self {
            Self::Usage(message) => refuse(command, message),
            Self::Schemas(message) => Outcome::unloadable(message),
            Self::Unreadable(message) => {
                say(&format!("error: cannot read {message}"));
                Outcome::Incomplete
            }
        }
    }
}
