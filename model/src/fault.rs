//! What is wrong with schemas: every fault at once, each with its file and JSON Pointer.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use offhook_runtime::text::visible;

/// One fault of a schema, a manifest or the file that holds it.
///
/// `Display` gives the file, the JSON Pointer as a fragment, and what is wrong, in one line with
/// invisible characters escaped:
/// `schemas/acme/call.json#/properties/id/typ: expected a keyword, such as "type", found "typ"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    path: PathBuf,
    pointer: Option<String>,
    message: String,
}

impl Fault {
    /// Returns a fault at `pointer` in the JSON file at `path`.
    pub fn new(path: &Path, pointer: &str, message: impl Into<String>) -> Self {
        let pointer = Some(pointer.to_owned());
        Self { path: path.to_owned(), pointer, message: message.into() }
    }

    /// Returns a fault of the file or folder at `path` as a whole.
    pub fn of_file(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), pointer: None, message: message.into() }
    }

    /// The file at fault, as it was reached from the path given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The JSON Pointer of the value at fault, if the file is JSON.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// What is wrong, without its location.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.path.display().to_string()))?;
        if let Some(pointer) = &self.pointer {
            write!(f, "#{}", visible(pointer))?;
        }
        write!(f, ": {}", visible(&self.message))
    }
}

/// Schemas that cannot be read, with every fault found in them.
///
/// `Display` gives a line for each fault.
#[derive(Debug)]
pub struct SchemaError {
    faults: Vec<Fault>,
    source: Option<std::io::Error>,
}

impl SchemaError {
    /// Returns the error of schemas with these faults, in the order of files and pointers.
    pub fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort();
        faults.dedup();
        Self { faults, source: None }
    }

    /// Returns the error of a file or folder that could not be read.
    pub fn unreadable(path: &Path, source: std::io::Error) -> Self {
        Self { faults: vec![Fault::of_file(path, source.to_string())], source: Some(source) }
    }

    /// Returns the faults, to be told with others.
    #[cfg(feature = "load")]
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// The faults, at least one.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl From<Fault> for SchemaError {
    fn from(fault: Fault) -> Self {
        Self { faults: vec![fault], source: None }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl Error for SchemaError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Fault, SchemaError};

    #[test]
    fn a_fault_is_one_line_whatever_a_schema_says() {
        let hostile = "::error::\n##[x]\u{1b}[2J\u{202e}\u{3164}";
        let shown = "#\\u0023[x]\\u001b[2J\\u202e\\u3164";
        let fault = Fault::new(Path::new(hostile), &format!("/{hostile}"), hostile);
        let start = "\\u003a:error::\\u000a";
        assert_eq!(
            fault.to_string(),
            format!("{start}{shown}#/::error::\\u000a{shown}: {start}{shown}")
        );
    }

    #[test]
    fn faults_stand_in_the_order_of_files_and_pointers() {
        let fault = |path: &str, pointer: &str| Fault::new(Path::new(path), pointer, "wrong");
        let error = SchemaError::new(vec![fault("b", ""), fault("a", "/y"), fault("a", "/x")]);
        assert_eq!(error.to_string(), "a#/x: wrong\na#/y: wrong\nb#: wrong");
    }
}
