//! Why an event was not begun.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use offhook_runtime::text::visible;

use crate::GenError;

/// Why no file was written, or why those written were removed again.
///
/// `Display` gives a line, or one for each fault of the schemas, with invisible characters escaped.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScaffoldError {
    /// A name that cannot be the name of a file, or of this one.
    Name {
        /// The vendor's or the event's name.
        name: String,
        /// Which names are possible.
        expected: &'static str,
    },
    /// The event already has a schema: this one.
    Exists(PathBuf),
    /// Something stands in the place of a file or folder.
    InTheWay {
        /// Where it stands.
        path: PathBuf,
        /// What may stand there.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// The vendor's manifest or envelope is no JSON, or cannot be read.
    Schemas(GenError),
    /// The schemas would not pass [`generate`](crate::generate()) with the new event.
    Refused(GenError),
    /// A file or folder could not be written.
    FileSystem {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl From<GenError> for ScaffoldError {
    fn from(error: GenError) -> Self {
        Self::Schemas(error)
    }
}

impl fmt::Display for ScaffoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &PathBuf| visible(&path.display().to_string()).into_owned();
        match self {
            Self::Name { name, expected } => {
                write!(f, "expected {expected}, found {}", visible(&format!("{name:?}")))
            }
            Self::Exists(path) => write!(f, "{}: this event already has a schema", shown(path)),
            Self::InTheWay { path, expected, found } => write!(
                f,
                "{}: expected {expected}, found {found}; move it away, or choose another name",
                shown(path)
            ),
            Self::Schemas(error) => error.fmt(f),
            Self::Refused(error) => {
                write!(f, "{error}\nnothing was written, as these schemas would not generate")
            }
            Self::FileSystem { path, source } => {
                write!(f, "{}: {}", shown(path), visible(&source.to_string()))
            }
        }
    }
}

impl Error for ScaffoldError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Schemas(error) | Self::Refused(error) => Some(error),
            Self::FileSystem { source, .. } => Some(source),
            Self::Name { .. } | Self::Exists(_) | Self::InTheWay { .. } => None,
        }
    }
}
