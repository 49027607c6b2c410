//! Reads sets of characters in Rust's syntax, as `regex-syntax` knows them.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

/// Reads a set in Rust's syntax; `None` if the crate does not know it.
pub(super) fn parsed(text: &str) -> Option<ClassUnicode> {
    match regex_syntax::parse(text).ok()?.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class),
        HirKind::Class(Class::Bytes(class)) if class.ranges().is_empty() => {
            Some(ClassUnicode::empty())
        }
        // A set of one character is simplified.
        HirKind::Literal(literal) => {
            let one = str::from_utf8(&literal.0).ok()?.chars().next()?;
            Some(ClassUnicode::new([ClassUnicodeRange::new(one, one)]))
        }
        _ => None,
    }
}
