//! boon as the second opinion on a vendor's schemas, exact for every number.

mod corrected;
mod encoding;
mod formats;

use std::collections::HashMap;
use std::error::Error;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use offhook_model::Json;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use self::encoding::Encoding;
use crate::bundle::{Bundle, Id, Schema};

/// What the vendor's files are called among themselves.
const BASE: &str = "offhook:///";

/// What stands for itself in a URI's path and fragment.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'$');

/// All schemas of a [`Bundle`], compiled by boon as draft 2020-12, formats asserted.
///
/// Where boon is known to read the specification wrongly, it gets other words for the same. It sees
/// no number, but an encoding of it, so that its verdicts are exact.
pub struct Oracle {
    encoding: Encoding,
    schemas: Schemas,
    indices: HashMap<Id, SchemaIndex>,
}

impl Oracle {
    /// Compiles the schemas of `bundle`.
    ///
    /// # Errors
    ///
    /// boon does not take one of them.
    pub fn new(bundle: &Bundle) -> Result<Self, Box<dyn Error>> {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        formats::register(&mut compiler);
        encoding::register(&mut compiler);
        let encoding = Encoding::of(bundle.files().map(|(_, schema)| schema));
        for (file, schema) in bundle.files() {
            compiler.add_resource(&uri(file, ""), corrected::corrected(schema, &encoding)?)?;
        }
        let mut schemas = Schemas::new();
        let mut indices = HashMap::new();
        for (id, file, pointer) in bundle.places() {
            indices.insert(id, compiler.compile(&uri(file, pointer), &mut schemas)?);
        }
        Ok(Self { encoding, schemas, indices })
    }

    /// Whether `value` is an instance of `schema`, one of the bundle's.
    pub fn holds(&self, schema: Schema<'_>, value: &Json) -> bool {
        let index = self.indices.get(&schema.id());
        let value = self.encoding.encode(value);
        index.is_some_and(|index| self.schemas.validate(&value, *index).is_ok())
    }
}

/// What boon calls the schema at `pointer` of `file`.
fn uri(file: &str, pointer: &str) -> String {
    let (file, fragment) = (utf8_percent_encode(file, PLAIN), utf8_percent_encode(pointer, PLAIN));
    format!("{BASE}{file}#{fragment}")
}
