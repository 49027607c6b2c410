//! What schemas say of values beyond their type, as generated decoders ask it.

pub use crate::value::timestamp::is_rfc3339;

/// The most elements that are compared with one another.
const MOST_ELEMENTS: usize = 64;

/// Whether `consequence` holds wherever `condition` does.
#[inline]
pub fn implies(condition: bool, consequence: bool) -> bool {
    !condition || consequence
}

/// The opposite.
#[inline]
pub fn not(condition: bool) -> bool {
    !condition
}

/// Whether a condition holds.
#[inline]
pub fn any(conditions: &[bool]) -> bool {
    conditions.contains(&true)
}

/// Whether one condition holds and no other.
#[inline]
pub fn just_one(conditions: &[bool]) -> bool {
    conditions.iter().filter(|condition| **condition).count() == 1
}

/// Whether no two elements are equal; of many elements, that is not found out.
pub fn are_unique<T: PartialEq>(elements: &[T]) -> bool {
    elements.len() <= MOST_ELEMENTS
        && elements.iter().enumerate().all(|(i, one)| !elements[i + 1..].contains(one))
}
