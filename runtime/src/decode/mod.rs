//! JSON text read straight into values that conform to their schemas.
//!
//! A decoder gives up where a value does not conform, and where that is not for it to tell. What it
//! does give is just what serde reads of the same text.

#![expect(clippy::inline_always, reason = "a call costs about as much as what is inlined here")]

mod impls;
pub mod logic;
mod macros;
mod member;

use crate::json::cursor::{GIVEN_UP, Reader, Rest, is_blank};
use crate::value::maybe::Optional;

pub use member::decode_rest;

/// A value that can be read from text that conforms to its schema.
pub trait Decode: Sized {
    /// Reads the value that comes next into `place`, which is empty, and stays so if this gives up.
    /// Gives what follows the value.
    ///
    /// Were the value returned, it would be copied once more at every level.
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a>;

    /// Reads the value that comes next, and puts what is made of it into `place`; otherwise as
    /// [`Decode::decode`].
    #[inline]
    fn decode_as<'a, T>(
        reader: &mut Reader<'a>,
        rest: Rest<'a>,
        place: &mut Option<T>,
        make: impl FnOnce(Self) -> T,
    ) -> Rest<'a> {
        let mut value = None;
        let rest = Self::decode(reader, rest, &mut value);
        put(value.map(|value| (make(value), rest)), place)
    }
}

/// A field for a member that may be absent.
pub trait DecodeOptional: Optional {
    /// Reads the value of a member that is there; otherwise as [`Decode::decode`].
    fn decode_present<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, field: &mut Self) -> Rest<'a>;
}

/// Reads a whole text into `place`, which is empty, and stays so if this gives up.
pub fn decode<T: Decode>(text: &str, place: &mut Option<T>) {
    let (mut reader, rest) = Reader::new(text);
    let rest = T::decode(&mut reader, rest, place);
    if !is_blank(rest) {
        *place = None;
    }
}

/// Puts what was read into its place.
#[inline(always)]
pub(crate) fn put<'a, T>(read: Option<(T, Rest<'a>)>, place: &mut Option<T>) -> Rest<'a> {
    match read {
        Some((value, rest)) => {
            *place = Some(value);
            rest
        }
        None => GIVEN_UP,
    }
}
