//! What schemas say of values beyond their type, as generated decoders ask it.

/// The most elements that are compared with one another.
const MOST_ELEMENTS: usize = 64;

/// Whether one condition holds and no other.
#[inline]
pub fn exactly_one<const N: usize>(conditions: [bool; N]) -> bool {
    conditions.into_iter().filter(|holds| *holds).count() == 1
}

/// Whether no two elements are equal; of many elements, that is not found out.
pub fn are_unique<T: PartialEq>(elements: &[T]) -> bool {
    elements.len() <= MOST_ELEMENTS
        && elements.iter().enumerate().all(|(i, one)| !elements[i + 1..].contains(one))
}
