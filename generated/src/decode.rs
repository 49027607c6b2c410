//! JSON text read straight into values that conform to their schemas: what every type is made of.
//!
//! A decoder gives up where a value does not conform, and where that is not for it to tell. What it
//! does give is just what serde reads of the same text.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::number::Repr;
use crate::reader::Reader;
use crate::{Integer, Maybe, Number, Timestamp};

/// A value that can be read from text that conforms to its schema.
pub trait Decode: Sized {
    /// Reads the value that comes next, or gives up.
    fn decode(reader: &mut Reader<'_>) -> Option<Self>;
}

/// A field for a member that may be absent.
pub trait DecodeOptional: Sized {
    /// Reads the value of a member that is there, or gives up.
    fn decode_present(reader: &mut Reader<'_>) -> Option<Self>;
}

/// Reads a whole text, or gives up.
pub fn decode<T: Decode>(text: &str) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = T::decode(&mut reader)?;
    reader.is_at_end().then_some(value)
}

/// Reads a member that has no field of its own to where such are kept, or gives up. `names` is as for
/// [`Reader::name`].
pub fn decode_rest<T: Decode>(
    reader: &mut Reader<'_>,
    names: usize,
    kept: &mut impl Extend<(String, T)>,
) -> Option<()> {
    let name = reader.name(names)?.to_owned();
    kept.extend([(name, T::decode(reader)?)]);
    Some(())
}

impl Decode for String {
    #[inline(never)]
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.string().map(Into::into)
    }
}

impl Decode for Timestamp {
    #[inline(never)]
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.string().and_then(Self::checked)
    }
}

impl Decode for Number {
    #[inline(never)]
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.number().map(Self)
    }
}

impl Decode for Integer {
    #[inline(never)]
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let number = reader.number()?;
        match number {
            Repr::Float(value) if value.fract() != 0.0 => None,
            _ => Some(Self(number)),
        }
    }
}

impl Decode for bool {
    #[inline(never)]
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.boolean()
    }
}

impl Decode for () {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.null()
    }
}

impl Decode for Value {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        serde_json::from_str(reader.value()?).ok()
    }
}

impl Decode for Map<String, Value> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        serde_json::from_str(reader.value()?).ok()
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let mut map = Self::new();
        let names = reader.names();
        let mut more = reader.first_member()?;
        while more {
            let name = reader.name(names)?.to_owned();
            map.insert(name, T::decode(reader)?);
            more = reader.next_member()?;
        }
        reader.forget(names);
        Some(map)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let mut elements = Self::new();
        let mut more = reader.first_element()?;
        while more {
            elements.push(T::decode(reader)?);
            more = reader.next_element()?;
        }
        Some(elements)
    }
}

/// A value that may be null.
impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.peek()? {
            b'n' => reader.null().map(|()| None),
            _ => T::decode(reader).map(Some),
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        T::decode(reader).map(Self::new)
    }
}

impl<T: Decode> DecodeOptional for Option<T> {
    #[inline]
    fn decode_present(reader: &mut Reader<'_>) -> Option<Self> {
        T::decode(reader).map(Some)
    }
}

impl<T: Decode> DecodeOptional for Maybe<T> {
    #[inline]
    fn decode_present(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.peek()? {
            b'n' => reader.null().map(|()| Self::Null),
            _ => T::decode(reader).map(Self::Value),
        }
    }
}

macro_rules! tuples {
    ($($first:ident $($rest:ident)*)?) => {
        $(
            impl<$first: Decode, $($rest: Decode),*> Decode for ($first, $($rest,)*) {
                fn decode(reader: &mut Reader<'_>) -> Option<Self> {
                    reader.first_element()?.then_some(())?;
                    let elements = (
                        $first::decode(reader)?,
                        $({
                            reader.next_element()?.then_some(())?;
                            $rest::decode(reader)?
                        },)*
                    );
                    (!reader.next_element()?).then_some(elements)
                }
            }

            tuples!($($rest)*);
        )?
    };
}

// As many as the generator makes.
tuples!(A B C D E F G H I J K L);
