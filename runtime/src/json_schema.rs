//! The JSON Schemas of generated types, as [`schemars`] wants them.
//!
//! The generator resolves the references between files. What is left here are references between
//! types, whose path a [`SchemaGenerator`] decides.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::Value;

/// A generated `json_schemas.json`.
#[derive(Default, Deserialize)]
struct File {
    schemas: BTreeMap<String, Entry>,
}

/// The schema of a type, or one that such schemas share.
#[derive(Deserialize)]
struct Entry {
    schema: Value,
    /// JSON Pointers of strings in the schema that name other entries.
    references: Vec<String>,
}

/// Returns the schema of the type `ty`, as `json_schemas` has it: a vendor's `json_schemas.json`.
///
/// Types that it refers to become definitions of `generator`. Their names begin with `prefix`, as
/// two vendors may have types of one name.
pub fn of_type(
    json_schemas: &str,
    prefix: &str,
    ty: &str,
    generator: &mut SchemaGenerator,
) -> Schema {
    let File { schemas } = serde_json::from_str(json_schemas).unwrap_or_default();
    let schemas = Schemas { prefix, entries: schemas };
    Schema::try_from(schemas.resolve(ty, generator)).unwrap_or_default()
}

struct Schemas<'a> {
    prefix: &'a str,
    entries: BTreeMap<String, Entry>,
}

impl Schemas<'_> {
    fn resolve(&self, entry: &str, generator: &mut SchemaGenerator) -> Value {
        let Some(Entry { schema, references }) = self.entries.get(entry) else {
            return Value::Bool(true);
        };
        let mut schema = schema.clone();
        for pointer in references {
            if let Some(Value::String(reference)) = schema.pointer_mut(pointer) {
                *reference = self.define(reference, generator);
            }
        }
        schema
    }

    /// Puts an entry among the generator's definitions, and returns the reference to it.
    fn define(&self, entry: &str, generator: &mut SchemaGenerator) -> String {
        let name = [self.prefix, entry].concat();
        if !generator.definitions().contains_key(&name) {
            // Before its members, as one of them may lead back.
            generator.definitions_mut().insert(name.clone(), Value::Bool(true));
            let schema = self.resolve(entry, generator);
            generator.definitions_mut().insert(name.clone(), schema);
        }
        let path = generator.settings().definitions_path.trim_end_matches('/');
        format!("#{path}/{name}")
    }
}

/// Implements `JsonSchema` for the types of a vendor's module, and lists their schemas for tests.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_json_schemas {
    ($path:literal, $prefix:literal, $($name:ident),* $(,)?) => {
        const JSON_SCHEMAS: &str = include_str!($path);

        $(impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                concat!($prefix, stringify!($name)).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(
                generator: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                $crate::__private::json_schema::of_type(
                    JSON_SCHEMAS,
                    $prefix,
                    stringify!($name),
                    generator,
                )
            }
        })*

        #[doc(hidden)]
        pub fn json_schemas() -> Vec<(&'static str, $crate::__private::schemars::Schema)> {
            vec![$((stringify!($name), $crate::__private::schemars::schema_for!($name))),*]
        }
    };
}
