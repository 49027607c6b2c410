//! The members of an object, as serde gives and takes them, to and from the fields that they are for.
//!
//! Fields are behind pointers here, so that what reads and writes them is compiled once a type of field,
//! and not once more for every struct.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::serde::string::text;
use crate::value::maybe::Optional;

/// A struct that is read from an object.
pub trait Object: Sized {
    /// What is wanted where there is none.
    const WANT: &'static str;

    /// Reads the members.
    ///
    /// # Errors
    ///
    /// One is missing, stands there twice, or has another value than its field takes.
    fn read<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error>;
}

/// Reads a struct. serde's own reading would take an array for one.
///
/// # Errors
///
/// As [`Object::read`], or it is no object.
pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Members<T>(PhantomData<T>);

    impl<'de, T: Object> Visitor<'de> for Members<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::WANT)
        }

        fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
            T::read(members)
        }
    }

    deserializer.deserialize_map(Members(PhantomData))
}

/// Where the value of a member goes.
pub trait Field<'de, A: MapAccess<'de>> {
    /// Whether it has one.
    fn is_read(&self) -> bool;

    /// Reads it.
    ///
    /// # Errors
    ///
    /// The field does not take it.
    fn read(&mut self, members: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Field<'de, A> for Option<T> {
    fn is_read(&self) -> bool {
        self.is_some()
    }

    fn read(&mut self, members: &mut A) -> Result<(), A::Error> {
        *self = Some(members.next_value()?);
        Ok(())
    }
}

/// A field that takes one value alone: the name of an event.
pub struct Only<T> {
    value: T,
    is_read: bool,
}

impl<T> Only<T> {
    /// A field that takes `value`.
    pub fn new(value: T) -> Self {
        Self { value, is_read: false }
    }

    /// The value, if it was read.
    pub fn read(self) -> Option<T> {
        self.is_read.then_some(self.value)
    }
}

impl<'de, A: MapAccess<'de>, T: AsRef<str>> Field<'de, A> for Only<T> {
    fn is_read(&self) -> bool {
        self.is_read
    }

    fn read(&mut self, members: &mut A) -> Result<(), A::Error> {
        members.next_value_seed(Same(self.value.as_ref()))?;
        self.is_read = true;
        Ok(())
    }
}

/// Reads a string that can only be this one.
struct Same<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        text(deserializer, |text| {
            let other = || format!("want {:?}, got another string", self.0);
            if text == self.0 { Ok(()) } else { Err(other()) }
        })
    }
}

/// Where members go that have no field of their own.
pub trait Others<'de, A: MapAccess<'de>> {
    /// Reads the value of the member called `name`.
    ///
    /// # Errors
    ///
    /// It is not to be kept there.
    fn read(&mut self, name: Cow<'de, str>, members: &mut A) -> Result<(), A::Error>;
}

/// Nowhere.
impl<'de, A: MapAccess<'de>> Others<'de, A> for () {
    fn read(&mut self, _: Cow<'de, str>, members: &mut A) -> Result<(), A::Error> {
        members.next_value().map(|IgnoredAny| ())
    }
}

/// Where such are kept.
impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Others<'de, A> for BTreeMap<String, T> {
    fn read(&mut self, name: Cow<'de, str>, members: &mut A) -> Result<(), A::Error> {
        self.insert(name.into_owned(), members.next_value()?);
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> Others<'de, A> for Map<String, Value> {
    fn read(&mut self, name: Cow<'de, str>, members: &mut A) -> Result<(), A::Error> {
        self.insert(name.into_owned(), members.next_value()?);
        Ok(())
    }
}

/// Reads all members, each to the field beside its name, or to where `others` go.
///
/// # Errors
///
/// A member stands there twice, or what its field says.
pub fn read_members<'de, A: MapAccess<'de>>(
    mut members: A,
    fields: &mut [(&'static str, &mut dyn Field<'de, A>)],
    others: &mut impl Others<'de, A>,
) -> Result<(), A::Error> {
    // Most senders keep an order, which may be that of the fields.
    let mut next = 0;
    while let Some(name) = members.next_key_seed(Name)? {
        let found = match fields.get(next) {
            Some((expected, _)) if *expected == name => Some(next),
            _ => fields.iter().position(|(field, _)| *field == name),
        };
        let Some(at) = found else {
            others.read(name, &mut members)?;
            continue;
        };
        let (name, field) = &mut fields[at];
        if field.is_read() {
            return Err(A::Error::duplicate_field(name));
        }
        field.read(&mut members)?;
        next = at + 1;
    }
    Ok(())
}

/// Reads a member's name, without a copy where the text has it as it is.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// What a field writes.
pub trait Member<M: SerializeMap> {
    /// Writes the member called `name`.
    ///
    /// # Errors
    ///
    /// The serializer's.
    fn write(&self, name: &'static str, members: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Member<M> for T {
    fn write(&self, name: &'static str, members: &mut M) -> Result<(), M::Error> {
        members.serialize_entry(name, self)
    }
}

/// A field that writes nothing where its member is absent.
pub struct Present<'a, T>(pub &'a T);

impl<M: SerializeMap, T: Optional + Serialize> Member<M> for Present<'_, T> {
    fn write(&self, name: &'static str, members: &mut M) -> Result<(), M::Error> {
        if self.0.is_absent() { Ok(()) } else { members.serialize_entry(name, self.0) }
    }
}

/// Members that have no field of their own. They have their own names.
pub struct Kept<'a, T>(pub &'a T);

impl<'a, M, T, V> Member<M> for Kept<'a, T>
where
    M: SerializeMap,
    &'a T: IntoIterator<Item = (&'a String, &'a V)>,
    V: Serialize + 'a,
{
    fn write(&self, _: &'static str, members: &mut M) -> Result<(), M::Error> {
        self.0.into_iter().try_for_each(|(name, value)| members.serialize_entry(name, value))
    }
}

/// Writes an object: all members, each by the name beside it.
///
/// # Errors
///
/// The serializer's.
pub fn write_members<S: Serializer>(
    serializer: S,
    members: &[(&'static str, &dyn Member<S::SerializeMap>)],
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (name, member) in members {
        member.write(name, &mut map)?;
    }
    map.end()
}

/// The error of a member that must be there, and is not.
pub fn missing<E: Error>(name: &'static str) -> E {
    E::missing_field(name)
}
