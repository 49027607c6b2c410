//! All that is to be said of one payload.

pub(crate) mod finding;
pub(crate) mod line_index;
pub(crate) mod slip;
pub(crate) mod syntax;
pub(crate) mod violation;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use self::violation::{Notice, Violation};

/// The outcome of checking one payload: every violation and every notice, in document order.
///
/// A report is an error too, so that `?` hands it on. `Display` gives a line each, whatever the
/// members of the payload are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub(crate) edition: Option<Arc<Edition>>,
    pub(crate) other_documents: Box<[OtherDocument]>,
    pub(crate) event: Option<Arc<str>>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) omitted: usize,
    pub(crate) personal: Vec<Range<usize>>,
}

impl Report {
    /// Whether the payload conforms to the vendor's document: there is no violation.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }

    /// The vendor whose document the payload was held against; none if that could not be told.
    pub fn vendor(&self) -> Option<&str> {
        self.edition.as_ref().map(|edition| &*edition.vendor)
    }

    /// Returns the date of the vendor's document that the payload was checked against, as
    /// `YYYY-MM-DD` or `YYYY-MM`. A schema file on its own has none.
    pub fn document(&self) -> Option<&str> {
        self.edition.as_ref()?.document.as_deref()
    }

    /// Returns the vendor's other documents that have the payload's event, the newest first.
    ///
    /// There are some only if [`AnyVendor`](crate::AnyVendor) chose among several documents.
    pub fn other_documents(&self) -> &[OtherDocument] {
        &self.other_documents
    }

    /// The documented event that the payload is; none if it is not one.
    pub fn event(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// Where the payload contradicts the document.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Where the payload goes beyond the document.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// How many violations and notices are left out, beyond those that
    /// [`Validator::max_violations`](crate::Validator::max_violations) lets be told.
    ///
    /// Fewer are told of payloads made to blow a report up: those with so many faults below names so
    /// long that the pointers alone would be many times the payload's size. What is left out is counted
    /// as it is found: some of it may be what would not have been told twice.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// The bytes of values that may be personal, in order: what a log should not show.
    ///
    /// They are the values whose schema is marked so, and all that the document does not know.
    pub fn personal(&self) -> &[Range<usize>] {
        &self.personal
    }
}

/// A vendor's document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Edition {
    pub(crate) vendor: Box<str>,
    /// Its date.
    pub(crate) document: Option<Box<str>>,
}

/// A document of the vendor that a payload was checked against, beside the one that its report is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OtherDocument {
    /// The document's date.
    pub document: String,
    /// Whether the payload conforms to it.
    pub valid: bool,
}

/// What is personal, in ranges that are not too many: of very many, the last goes from one value to
/// another.
pub(crate) fn in_few(values: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    values.for_each(|value| add_personal(&mut ranges, value));
    ranges
}

/// Adds a value that stands behind all others, or in one of them, to what is personal.
pub(crate) fn add_personal(ranges: &mut Vec<Range<usize>>, value: Range<usize>) {
    const MOST: usize = 1 << 14;
    if ranges.len() < MOST {
        ranges.push(value);
    } else if let Some(last) = ranges.last_mut() {
        last.end = last.end.max(value.end);
    }
}

/// Ranges as they stand in the payload.
pub(crate) fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    ranges
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.violations.is_empty() && self.notices.is_empty() {
            return f.write_str("valid");
        }
        for (i, finding) in self.violations.iter().chain(&self.notices).enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            finding.fmt(f)?;
        }
        if self.omitted > 0 {
            write!(f, "\n… and {} more", self.omitted)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}
