//! Implementations that are the same for every generated type of a kind.

/// Reading and writing for the struct of a JSON object. serde's own reading would take an array
/// for one.
///
/// A line a field: its wire name, and `required`, `optional` or the only value that it may have;
/// last, the field for all other members, if they are kept.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident {
        $($field:ident: $wire:literal $kind:ident $(($only:expr))?,)*
        $(..$rest:ident)?
    } $(is $mode:ident)? $(if |$it:ident| $holds:expr)?) => {
        $crate::decode_object! {
            $name {
                $($field: $wire $kind $(($only))?,)*
                $(..$rest)?
            }
            $(is $mode)? $(if |$it| $holds)?
        }

        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::runtime::write_members(serializer, &[
                    $(($wire, $crate::member!(self.$field $kind)),)*
                    $(("", &$crate::runtime::Kept(&self.$rest)),)?
                ])
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::object(deserializer)
            }
        }

        impl $crate::runtime::Object for $name {
            const WANT: &'static str = concat!("an object, ", stringify!($name));

            fn read<'de, A: $crate::runtime::serde::de::MapAccess<'de>>(
                members: A,
            ) -> Result<Self, A::Error> {
                $(let mut $field = $crate::unread!($kind $(($only))?);)*
                $(let mut $rest = ::core::default::Default::default();)?
                $crate::runtime::read_members(
                    members,
                    &mut [$(($wire, &mut $field)),*],
                    $crate::others!($($rest)?),
                )?;
                Ok($name {
                    $($field: $crate::field!($wire $field $kind),)*
                    $($rest,)?
                })
            }
        }
    };
}

/// A field as what writes its member.
#[doc(hidden)]
#[macro_export]
macro_rules! member {
    ($self:ident.$field:ident optional) => {
        &$crate::runtime::Present(&$self.$field)
    };
    ($self:ident.$field:ident $required:ident) => {
        &$self.$field
    };
}

/// A field before its member is read.
#[doc(hidden)]
#[macro_export]
macro_rules! unread {
    (only ($only:expr)) => {
        $crate::runtime::Only::new($only)
    };
    ($kind:ident) => {
        None
    };
}

/// Where members go that have no field of their own: away, or to where such are kept.
#[doc(hidden)]
#[macro_export]
macro_rules! others {
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
macro_rules! field {
    ($wire:literal $read:ident optional) => {
        $read.unwrap_or_default()
    };
    ($wire:literal $read:ident only) => {
        match $read.read() {
            Some(read) => read,
            None => return Err($crate::runtime::missing($wire)),
        }
    };
    ($wire:literal $read:ident $required:ident) => {
        match $read {
            Some(read) => read,
            None => return Err($crate::runtime::missing($wire)),
        }
    };
}

/// The string traits of an open vocabulary, which has `as_str` and `From<&str>`.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident $(is $unchecked:ident)? $(or |$text:ident| $holds:expr)?) => {
        $crate::decode_enum!($name $(is $unchecked)? $(or |$text| $holds)?);

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

        /// Shows the text with invisible characters escaped, as `offhook::visible` does:
        /// an undocumented value may be any text. `as_str` returns it as it is.
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&$crate::visible(self.as_str()))
            }
        }

        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::text(deserializer, |text| {
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
macro_rules! by_kind {
    ($name:ident $($want:literal)? {
        $($kind:ident => $variant:ident $(if |$it:ident| $holds:expr)?,)*
        $(_ => $other:ident,)?
    } $(is $unchecked:ident)?) => {
        $crate::decode_by_kind! {
            $name {
                $($kind => $variant $(if |$it| $holds)?,)*
                $(_ => $other,)?
            }
            $(is $unchecked)?
        }

        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    $(Self::$other(value) => value.serialize(serializer),)?
                }
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let raw = $crate::runtime::raw(deserializer)?;
                let read = match $crate::runtime::kind(raw.as_str()) {
                    $($crate::runtime::Kind::$kind => raw.read().map(Self::$variant),)*
                    $(_ => raw.read().map(Self::$other),)?
                    $(_ => Err($crate::runtime::unwanted($want)),)?
                };
                read.map_err($crate::runtime::serde::de::Error::custom)
            }
        }
    };
}

/// Reading and writing for an enum of objects, by what tells one from the other; `Unknown` is for
/// those that are none, or might be several.
#[doc(hidden)]
#[macro_export]
macro_rules! by_shape {
    ($name:ident $(by $tag:literal)? {
        $($variant:ident $(($($value:literal)|+))? => { $($guard:tt)* },)*
    }) => {
        $crate::decode_by_shape! {
            $name $(by $tag)? { $($variant $(($($value)|+))?,)* }
        }

        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::Unknown(raw) => raw.serialize(serializer),
                }
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                const GUARDS: &[$crate::runtime::Guard] =
                    &[$($crate::runtime::Guard { $($guard)* }),*];

                let raw = $crate::runtime::raw(deserializer)?;
                let read = $crate::runtime::one_of(
                    &raw,
                    GUARDS,
                    &[$(|raw| raw.read().map(Self::$variant)),*],
                );
                match read {
                    Ok(Some(value)) => Ok(value),
                    Ok(None) => Ok(Self::Unknown(raw)),
                    Err(error) => Err($crate::runtime::serde::de::Error::custom(error)),
                }
            }
        }
    };
}

/// Reading and writing for a type that is what it wraps.
#[doc(hidden)]
#[macro_export]
macro_rules! newtype {
    ($name:ident $(is $unchecked:ident)? $(if |$it:ident| $holds:expr)?) => {
        $crate::decode_newtype!($name $(is $unchecked)? $(if |$it| $holds)?);

        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}

/// The struct of an event, which is read by one schema.
#[doc(hidden)]
#[macro_export]
macro_rules! payload {
    ($name:ident, $file:literal) => {
        impl $crate::Payload for $name {
            const VENDOR: &'static str = super::VENDOR;
            const SCHEMA_FILE: Option<&'static str> = Some($file);

            #[inline]
            fn decoded_schema() -> Option<&'static str> {
                Some(super::schema())
            }

            #[inline]
            fn decode(text: &str, place: &mut Option<Self>) {
                $crate::runtime::decode(text, place);
            }
        }
    };
}

/// The string traits of a vendor's `EventType`, which has `as_str` and `FromStr`.
#[doc(hidden)]
#[macro_export]
macro_rules! event_type {
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

        impl $crate::runtime::serde::Serialize for $name {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::text(deserializer, str::parse)
            }
        }
    };
}

/// `JsonSchema` for a type of one of several alternatives, each of which is all schemas at some places
/// of the parent module's `SCHEMA`.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! json_schema {
    ($name:ident, $place:literal) => {
        $crate::json_schema!($name, [$place]);
    };
    ($name:ident, $([$($place:literal),*]),*) => {
        impl $crate::runtime::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $crate::json_schema::name(super::VENDOR, stringify!($name)).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(
                generator: &mut $crate::runtime::schemars::SchemaGenerator,
            ) -> $crate::runtime::schemars::Schema {
                $crate::json_schema::transcribed(
                    super::SCHEMA,
                    &[$(&[$($place),*]),*],
                    generator,
                )
            }
        }
    };
}

/// `JsonSchema` for a vendor's `Event`.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! event_json_schema {
    () => {
        impl $crate::runtime::schemars::JsonSchema for Event {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $crate::json_schema::name(VENDOR, "Event").into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::Event").into()
            }

            fn json_schema(
                generator: &mut $crate::runtime::schemars::SchemaGenerator,
            ) -> $crate::runtime::schemars::Schema {
                $crate::json_schema::any_event(SCHEMA, generator)
            }
        }
    };
}

/// The root schema of every type of a vendor, beside its name, for tests.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! json_schemas {
    ($($name:ident),* $(,)?) => {
        #[doc(hidden)]
        pub fn json_schemas() -> Vec<(&'static str, $crate::runtime::schemars::Schema)> {
            vec![$((stringify!($name), $crate::runtime::schemars::schema_for!($name))),*]
        }
    };
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_schema {
    ($($any:tt)*) => {};
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! event_json_schema {
    ($($any:tt)*) => {};
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_schemas {
    ($($any:tt)*) => {};
}
