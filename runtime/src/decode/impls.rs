//! The decoders that those of generated types are made of.

#![expect(clippy::inline_always, reason = "a call costs about as much as what is inlined here")]

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::member::decode_rest;
use super::{Decode, DecodeOptional, put};
use crate::json::cursor::{GIVEN_UP, Reader, Rest, boolean, has_element, next_element, null};
use crate::value::maybe::Maybe;
use crate::value::number::{Integer, Number};
use crate::value::timestamp::Timestamp;

impl Decode for String {
    #[inline(always)]
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        match reader.plain_string(rest) {
            Some((text, rest)) => {
                *place = Some(text.to_owned());
                rest
            }
            None => put(reader.escaped_string(rest), place),
        }
    }
}

impl Decode for Timestamp {
    #[inline(always)]
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(reader.date_time(rest).map(|(text, rest)| (Self::of(text), rest)), place)
    }
}

impl Decode for Number {
    #[inline(always)]
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(reader.number(rest).map(|(number, rest)| (Self(number), rest)), place)
    }
}

impl Decode for Integer {
    #[inline(always)]
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(reader.integer(rest).map(|(number, rest)| (Self(number), rest)), place)
    }
}

impl Decode for bool {
    #[inline(always)]
    fn decode<'a>(_: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(boolean(rest), place)
    }
}

impl Decode for () {
    #[inline]
    fn decode<'a>(_: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(null(rest).map(|rest| ((), rest)), place)
    }
}

impl Decode for Value {
    #[inline]
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(any(reader, rest), place)
    }
}

impl Decode for Map<String, Value> {
    #[inline]
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        put(any(reader, rest), place)
    }
}

/// A value as serde reads it.
fn any<'a, T: DeserializeOwned>(reader: &mut Reader<'a>, rest: Rest<'a>) -> Option<(T, Rest<'a>)> {
    let (text, rest) = reader.value(rest)?;
    Some((serde_json::from_str(text).ok()?, rest))
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        let mut map = Self::new();
        let names = reader.names();
        let mut rest = reader.enter_object(rest);
        while rest.first() == Some(&b'"') {
            rest = decode_rest(reader, rest, names, &mut map);
        }
        reader.forget(names);
        put(reader.leave_object(rest).map(|rest| (map, rest)), place)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        let mut elements = Self::new();
        let mut rest = reader.enter_array(rest);
        let mut last = !has_element(rest);
        while !last {
            let mut element = None;
            rest = T::decode(reader, rest, &mut element);
            let Some(element) = element else {
                return GIVEN_UP;
            };
            elements.push(element);
            (rest, last) = next_element(rest);
        }
        put(reader.leave_array(rest).map(|rest| (elements, rest)), place)
    }
}

/// A value that may be null.
impl<T: Decode> Decode for Option<T> {
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        match null(rest) {
            Some(rest) => {
                *place = Some(None);
                rest
            }
            None => T::decode_as(reader, rest, place, Some),
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, place: &mut Option<Self>) -> Rest<'a> {
        T::decode_as(reader, rest, place, Self::new)
    }
}

impl<T: Decode> DecodeOptional for Option<T> {
    #[inline(always)]
    fn decode_present<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, field: &mut Self) -> Rest<'a> {
        T::decode(reader, rest, field)
    }
}

impl<T: Decode> DecodeOptional for Maybe<T> {
    #[inline(always)]
    fn decode_present<'a>(reader: &mut Reader<'a>, rest: Rest<'a>, field: &mut Self) -> Rest<'a> {
        if let Some(rest) = null(rest) {
            *field = Self::Null;
            return rest;
        }
        let mut value = None;
        let rest = T::decode(reader, rest, &mut value);
        if let Some(value) = value {
            *field = Self::Value(value);
        }
        rest
    }
}

/// Reads the next element of an array whose last one it is not, and goes on.
fn element<'a, T: Decode>(
    reader: &mut Reader<'a>,
    (rest, last): &mut (Rest<'a>, bool),
) -> Option<T> {
    let mut element = None;
    if !*last {
        (*rest, *last) = next_element(T::decode(reader, rest, &mut element));
    }
    element
}

macro_rules! tuples {
    ($($first:ident $($others:ident)*)?) => {
        $(
            impl<$first: Decode, $($others: Decode),*> Decode for ($first, $($others,)*) {
                fn decode<'a>(
                    reader: &mut Reader<'a>,
                    rest: Rest<'a>,
                    place: &mut Option<Self>,
                ) -> Rest<'a> {
                    let rest = reader.enter_array(rest);
                    let mut next = (rest, !has_element(rest));
                    let elements = (|| {
                        Some((
                            element::<$first>(reader, &mut next)?,
                            $(element::<$others>(reader, &mut next)?,)*
                        ))
                    })();
                    let rest = reader.leave_array(next.0).filter(|_| next.1);
                    put(elements.zip(rest), place)
                }
            }

            tuples!($($others)*);
        )?
    };
}

// As many as the generator makes.
tuples!(A B C D E F G H I J K L);
