//! What schemas say of values beyond their type, as generated decoders ask it.

use crate::value::exact::exact;
use crate::value::number::{Integer, Number};
use crate::value::timestamp::Timestamp;

/// The most elements that are compared with one another.
const MOST_ELEMENTS: usize = 64;

/// Whether one condition holds and no other.
#[inline]
pub fn exactly_one<const N: usize>(conditions: [bool; N]) -> bool {
    conditions.into_iter().filter(|holds| *holds).count() == 1
}

/// A value of an array whose elements must differ.
pub trait Element {
    /// Whether two elements are equal, or nobody knows.
    fn may_equal(&self, other: &Self) -> bool;
}

macro_rules! elements {
    ($($ty:ty: $may_equal:expr),*) => {
        $(impl Element for $ty {
            fn may_equal(&self, other: &Self) -> bool {
                $may_equal(self, other)
            }
        })*
    };
}

elements! {
    bool: PartialEq::eq,
    String: PartialEq::eq,
    Timestamp: PartialEq::eq,
    Number: |one: &Number, other: &Number| exact(*one).may_equal(exact(*other)),
    Integer: |one: &Integer, other: &Integer| exact(*one).may_equal(exact(*other))
}

/// Whether surely no two elements are equal; of many elements, that is not found out.
pub fn are_unique<T: Element>(elements: &[T]) -> bool {
    elements.len() <= MOST_ELEMENTS
        && elements
            .iter()
            .enumerate()
            .all(|(i, one)| !elements[i + 1..].iter().any(|other| one.may_equal(other)))
}
