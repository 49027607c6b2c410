//! Why nothing was generated: always a file, and a pointer into it where there is one.

use std::fmt;
use std::path::{Path, PathBuf};

use offhook_runtime::text::visible;

/// A schema, example or output file that generation cannot go on with.
///
/// `Display` gives the file, the JSON Pointer as a fragment, and what is wrong:
/// `schemas/acme/call.json#/properties/id/typ: want a supported keyword, got "typ"`. That is one
/// line, with invisible characters escaped.
#[derive(Debug)]
pub struct GenError {
    file: PathBuf,
    pointer: Option<String>,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl GenError {
    /// The file at fault, as it was reached from the folders given.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The JSON Pointer of the place at fault, if the file is JSON.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    pub(crate) fn file_system(file: &Path, source: std::io::Error) -> Self {
        Self {
            file: file.to_owned(),
            pointer: None,
            message: source.to_string(),
            source: Some(Box::new(source)),
        }
    }

    /// A file in the way of a generated one.
    pub(crate) fn foreign(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            pointer: None,
            message: "want a generated file here to replace, got one without the mark of such; \
                      move it away, or give the schemas another name"
                .to_owned(),
            source: None,
        }
    }

    /// What is no JSON, or says something twice.
    pub(crate) fn syntax(file: &Path, pointer: String, source: serde_json::Error) -> Self {
        let message =
            if source.is_data() { source.to_string() } else { format!("want JSON: {source}") };
        Self {
            file: file.to_owned(),
            pointer: Some(pointer),
            message,
            source: Some(Box::new(source)),
        }
    }

    pub(crate) fn at(file: &Path, pointer: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            pointer: Some(pointer.to_owned()),
            message: message.into(),
            source: None,
        }
    }
}

impl fmt::Display for GenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.file.display().to_string()))?;
        if let Some(pointer) = &self.pointer {
            write!(f, "#{}", visible(pointer))?;
        }
        write!(f, ": {}", visible(&self.message))
    }
}

impl std::error::Error for GenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::GenError;

    #[test]
    fn an_error_is_one_line_whatever_a_schema_says() {
        let hostile = "::error::\n##[x]\u{1b}[2J\u{202e}\u{3164}";
        let shown = "#\\u0023[x]\\u001b[2J\\u202e\\u3164";
        let error = GenError::at(Path::new(hostile), &format!("/{hostile}"), hostile);
        let start = "\\u003a:error::\\u000a";
        assert_eq!(
            error.to_string(),
            format!("{start}{shown}#/::error::\\u000a{shown}: {start}{shown}")
        );
        assert_eq!(error.file(), Path::new(hostile));
        assert_eq!(error.pointer(), Some(&*format!("/{hostile}")));
    }
}
