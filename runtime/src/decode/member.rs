//! Members of an object into the fields that they are for.

use super::{Decode, DecodeOptional};
use crate::json::cursor::{GIVEN_UP, Reader, Rest, next};

impl<'a> Reader<'a> {
    /// Takes a member's value into its field, which must be empty, and goes on to the next member.
    #[inline(never)]
    pub fn required<T: Decode>(&mut self, rest: Rest<'a>, field: &mut Option<T>) -> Rest<'a> {
        if field.is_some() {
            return GIVEN_UP;
        }
        let rest = T::decode(self, rest, field);
        if field.is_none() { GIVEN_UP } else { next(rest) }
    }

    /// As [`Reader::required`], for a member that may be absent.
    #[inline(never)]
    pub fn optional<T: DecodeOptional>(&mut self, rest: Rest<'a>, field: &mut T) -> Rest<'a> {
        if !field.is_absent() {
            return GIVEN_UP;
        }
        let rest = T::decode_present(self, rest, field);
        if field.is_absent() { GIVEN_UP } else { next(rest) }
    }
}

/// Reads a member that has no field of its own to where such are kept, or gives up. `names` is as for
/// [`Reader::name`].
pub fn decode_rest<'a, T: Decode>(
    reader: &mut Reader<'a>,
    rest: Rest<'a>,
    names: usize,
    kept: &mut impl Extend<(String, T)>,
) -> Rest<'a> {
    let Some((name, rest)) = reader.name(rest, names) else {
        return GIVEN_UP;
    };
    let mut value = None;
    let rest = reader.required(rest, &mut value);
    kept.extend(value.map(|value| (name.to_owned(), value)));
    rest
}
