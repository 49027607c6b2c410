//! `JsonSchema` of generated types, which is the same for every type of a kind.

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
        impl $crate::generated::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $crate::generated::json_schema::name(super::VENDOR, stringify!($name)).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(
                generator: &mut $crate::generated::schemars::SchemaGenerator,
            ) -> $crate::generated::schemars::Schema {
                $crate::generated::json_schema::transcribed(
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
        impl $crate::generated::schemars::JsonSchema for Event {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $crate::generated::json_schema::name(VENDOR, "Event").into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::Event").into()
            }

            fn json_schema(
                generator: &mut $crate::generated::schemars::SchemaGenerator,
            ) -> $crate::generated::schemars::Schema {
                $crate::generated::json_schema::any_event(SCHEMA, generator)
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
        pub fn json_schemas() -> Vec<(&'static str, $crate::generated::schemars::Schema)> {
            vec![$((stringify!($name), $crate::generated::schemars::schema_for!($name))),*]
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
