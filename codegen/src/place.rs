//! Where something stands in a vendor's schemas.

use std::fmt;

use percent_encoding::percent_decode_str;

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

    /// Where a canonical reference in `file` leads.
    pub(crate) fn referred(file: &str, reference: &str) -> Self {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = percent_decode_str(fragment).decode_utf8_lossy();
        if path.is_empty() {
            return Self::new(file, &pointer);
        }
        let mut parts: Vec<&str> = file.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        Self::new(&parts.join("/"), &pointer)
    }

    /// The place of a member of this one.
    pub(crate) fn member(&self, name: &str) -> Self {
        Self { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape(name)) }
    }

    /// The place of what this is a member of; the root's is the root.
    pub(crate) fn parent(&self) -> Self {
        let parent = self.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        Self::new(&self.file, parent)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
}
