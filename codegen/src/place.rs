//! Where something stands in a vendor's schemas.

use std::fmt;

use crate::json::escape;

/// A place in a vendor's schemas.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The path inside the vendor's folder.
    pub(crate) file: String,
    /// A JSON Pointer into it.
    pub(crate) pointer: String,
}

impl Place {
    pub(crate) fn new(file: &str, pointer: &str) -> Self {
        Self { file: file.to_owned(), pointer: pointer.to_owned() }
    }

    /// The place of a member of this one.
    pub(crate) fn member(&self, name: &str) -> Self {
        Self { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape(name)) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
}
