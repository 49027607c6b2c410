//! Reads classes, such as `[^a-z\d]`.

use super::cursor::Cursor;
use super::error::PatternError;
use super::escape;
use super::set::{Item, Set};

/// Reads a class, from `[` to `]`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Set, PatternError> {
    let start = cursor.offset();
    cursor.eat("[");
    let mut set = Set::new(cursor.eat("^"));
    loop {
        if cursor.eat("]") {
            return Ok(set);
        }
        let offset = cursor.offset();
        let first = class_atom(cursor, start)?;
        if cursor.peek() != Some('-') || cursor.peek_second() == Some(']') {
            set.push(first);
            continue;
        }
        cursor.next();
        let last = class_atom(cursor, start)?;
        match (first, last) {
            (Item::Range(first, _), Item::Range(last, _)) if first <= last => {
                set.push(Item::Range(first, last));
            }
            (Item::Range(..), Item::Range(..)) => {
                let message = "the ends of a range are out of order";
                return Err(PatternError::syntax(offset, message));
            }
            // A set has no ends: the hyphen is one character more.
            _ => [first, Item::one(u32::from(b'-')), last]
                .into_iter()
                .for_each(|item| set.push(item)),
        }
    }
}

/// Reads a character or an escape of the class that begins at `start`.
fn class_atom(cursor: &mut Cursor<'_>, start: usize) -> Result<Item, PatternError> {
    if cursor.peek() == Some('\\') {
        return escape::read_in_class(cursor);
    }
    match cursor.next() {
        Some(next) => Ok(Item::one(u32::from(next))),
        None => Err(PatternError::syntax(start, "the class is not closed by `]`")),
    }
}
