//! Implementations that are the same for every generated type of a kind.

/// Reading and writing for the struct of a JSON object. serde's own reading would take an array
/// for one.
///
/// A line a field: its wire name, and `required`, `optional` or the only value that it may have;
/// last, the field for all other members, if they are kept.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_object {
    ($name:ident {
        $($field:ident: $wire:literal $kind:ident $(($only:expr))?,)*
        $(..$rest:ident)?
    } $(is $mode:ident)? $(if |$it:ident| $holds:expr)?) => {
        $crate::__private::decode_object! {
            $name {
                $($field: $wire $kind $(($only))?,)*
                $(..$rest)?
            }
            $(is $mode)? $(if |$it| $holds)?
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::__private::write_members(serializer, &[
                    $(($wire, $crate::__private::member!(self.$field $kind)),)*
                    $(("", &$crate::__private::Kept(&self.$rest)),)?
                ])
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::__private::object(deserializer)
            }
        }

        impl $crate::__private::Object for $name {
            const WANT: &'static str = concat!("an object, ", stringify!($name));

            fn read<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                members: A,
            ) -> Result<Self, A::Error> {
                $(let mut $field = $crate::__private::unread!($kind $(($only))?);)*
                $(let mut $rest = ::core::default::Default::default();)?
                $crate::__private::read_members(
                    members,
                    &mut [$(($wire, &mut $field)),*],
                    $crate::__private::others!($($rest)?),
                )?;
                Ok(Self {
                    $($field: $crate::__private::field!($wire $field $kind),)*
                    $($rest,)?
                })
            }
        }
    };
}

/// A field as what writes its member.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_member {
    ($self:ident.$field:ident optional) => {
        &$crate::__private::Present(&$self.$field)
    };
    ($self:ident.$field:ident $required:ident) => {
        &$self.$field
    };
}

/// A field before its member is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_unread {
    (only ($only:expr)) => {
        $crate::__private::Only::new($only)
    };
    ($kind:ident) => {
        None
    };
}

/// Where members go that have no field of their own: away, or to where such are kept.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_others {
    () => {
        &mut ()
    };
    ($rest:ident) => {
        &mut $rest
    };
}

/// The value of a field out of what was read of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_field {
    ($wire:literal $read:ident optional) => {
        $read.unwrap_or_default()
    };
    ($wire:literal $read:ident only) => {
        match $read.read() {
            Some(read) => read,
            None => return Err($crate::__private::missing($wire)),
        }
    };
    ($wire:literal $read:ident $required:ident) => {
        match $read {
            Some(read) => read,
            None => return Err($crate::__private::missing($wire)),
        }
    };
}

/// The string traits of an open vocabulary, which has `as_str` and `From<&str>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_open_enum {
    ($name:ident $(is $unchecked:ident)? $(or |$text:ident| $holds:expr)?) => {
        $crate::__private::decode_enum!($name $(is $unchecked)? $(or |$text| $holds)?);

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        /// Shows the text with invisible characters escaped, as `visible` does:
        /// an undocumented value may be any text. `as_str` returns it as it is.
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&$crate::visible(self.as_str()))
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::__private::text(deserializer, |text| {
                    Ok::<_, ::core::convert::Infallible>(Self::from(text))
                })
            }
        }
    };
}

/// Reading and writing for an enum with a variant a kind of JSON. `_` is for all other kinds; without
/// it, these are named together in what an error wants.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_by_kind {
    ($name:ident $($want:literal)? {
        $($kind:ident => $variant:ident $(if |$it:ident| $holds:expr)?,)*
        $(_ => $other:ident,)?
    } $(is $unchecked:ident)?) => {
        $crate::__private::decode_by_kind! {
            $name {
                $($kind => $variant $(if |$it| $holds)?,)*
                $(_ => $other,)?
            }
            $(is $unchecked)?
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    $(Self::$other(value) => value.serialize(serializer),)?
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let raw = $crate::__private::raw(deserializer)?;
                let read = match $crate::__private::kind(raw.as_str()) {
                    $($crate::__private::Kind::$kind => raw.read().map(Self::$variant),)*
                    $(_ => raw.read().map(Self::$other),)?
                    $(_ => Err($crate::__private::unwanted($want)),)?
                };
                read.map_err($crate::__private::serde::de::Error::custom)
            }
        }
    };
}

/// Reading and writing for an enum of objects, by what tells one from the other; `Unknown` is for
/// those that are none, or might be several.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_by_shape {
    ($name:ident $(by $($tag:literal).+)? {
        $($variant:ident $(($($value:literal)|+))? => { $($guard:tt)* },)*
    }) => {
        $crate::__private::decode_by_shape! {
            $name $(by $($tag).+)? { $($variant $(($($value)|+))?,)* }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::Unknown(raw) => raw.serialize(serializer),
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                const GUARDS: &[$crate::__private::Guard] =
                    &[$($crate::__private::Guard { $($guard)* }),*];

                let raw = $crate::__private::raw(deserializer)?;
                let read = $crate::__private::one_of(
                    &raw,
                    GUARDS,
                    &[$(|raw| raw.read().map(Self::$variant)),*],
                );
                match read {
                    Ok(Some(value)) => Ok(value),
                    Ok(None) => Ok(Self::Unknown(raw)),
                    Err(error) => Err($crate::__private::serde::de::Error::custom(error)),
                }
            }
        }
    };
}

/// Reading and writing for a type that is what it wraps.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_newtype {
    ($name:ident $(is $unchecked:ident)? $(if |$it:ident| $holds:expr)?) => {
        $crate::__private::decode_newtype!($name $(is $unchecked)? $(if |$it| $holds)?);

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::__private::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}

/// The string traits of a vendor's `EventType`, which has `as_str` and `FromStr`.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_event_type {
    ($name:ident) => {
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&$crate::visible(self.as_str()))
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::__private::text(deserializer, str::parse)
            }
        }
    };
}
