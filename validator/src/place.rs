//! Places in a vendor's schemas.

use offhook_runtime::schema::resolve;

use crate::tape::escape;

/// A place in a vendor's schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) pointer: String,
}

impl Place {
    pub(crate) fn root(file: &str) -> Self {
        Self { file: file.to_owned(), pointer: String::new() }
    }

    /// Where a `reference` in `file` leads.
    pub(crate) fn of_reference(file: &str, reference: &str) -> Self {
        let (file, pointer) = resolve(file, reference);
        Self { file, pointer }
    }

    /// The schema at this place.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { place: self, keyword: None }
    }

    /// The `keyword` of the schema at this place. None has a letter that pointers escape.
    pub(crate) fn keyword<'a>(&'a self, keyword: &'a str) -> Source<'a> {
        Source { place: self, keyword: Some(keyword) }
    }

    /// `name` below this place.
    pub(crate) fn below(&self, name: &str) -> Self {
        let name = escape(name);
        let pointer = [&self.pointer, "/", &name].concat();
        Self { file: self.file.clone(), pointer }
    }
}

/// A schema, or a keyword of it.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) place: &'a Place,
    pub(crate) keyword: Option<&'a str>,
}
