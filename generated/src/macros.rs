//! Implementations that are the same for every generated type of a kind.

/// `Deserialize` for the struct of a JSON object: serde's own would take an array for one.
///
/// A line a field: its wire name, and `required`, `optional` or the only value that it may have.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident { $($field:ident: $wire:literal $kind:ident $(($only:expr))?,)* }) => {
        impl<'de> $crate::runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                struct Visitor;

                impl<'de> $crate::runtime::serde::de::Visitor<'de> for Visitor {
                    type Value = $name;

                    fn expecting(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.write_str(concat!("an object, ", stringify!($name)))
                    }

                    fn visit_map<A: $crate::runtime::serde::de::MapAccess<'de>>(
                        self,
                        mut members: A,
                    ) -> Result<$name, A::Error> {
                        $(let mut $field = None;)*
                        while let Some(name) = members.next_key_seed($crate::runtime::Name)? {
                            match &*name {
                                $($wire => $crate::read!(members $wire $field $(($only))?),)*
                                _ => $crate::runtime::ignore(&mut members)?,
                            }
                        }
                        Ok($name {
                            $($field: $crate::field!($wire $field $kind),)*
                        })
                    }
                }

                deserializer.deserialize_map(Visitor)
            }
        }
    };
}

/// Reads a member's value: any, or only one.
#[doc(hidden)]
#[macro_export]
macro_rules! read {
    ($members:ident $wire:literal $read:ident) => {
        $crate::runtime::member(&mut $members, $wire, &mut $read)?
    };
    ($members:ident $wire:literal $read:ident ($only:expr)) => {
        $crate::runtime::only(&mut $members, $wire, &mut $read, $only)?
    };
}

/// The value of a field out of what was read of it.
#[doc(hidden)]
#[macro_export]
macro_rules! field {
    ($wire:literal $read:ident optional) => {
        $read.unwrap_or_default()
    };
    ($wire:literal $read:ident $required:ident) => {
        $crate::runtime::required($wire, $read)?
    };
}

/// The string traits of an open vocabulary, which has `as_str` and `From<&str>`.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
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

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
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
                f.pad(self.as_str())
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

/// `JsonSchema` for a type whose schema stands at `$place` of the parent module's `SCHEMA`.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! json_schema {
    ($name:ident, $place:literal) => {
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
                $crate::json_schema::transcribed(super::SCHEMA, $place, generator)
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
