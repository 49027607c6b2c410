//! Against what to check.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use offhook_model::{Fault, SchemaError};

use crate::args::suggested::Suggested;
use crate::terminal::say;
use crate::vendors::{self, Vendors};

#[derive(Args, Debug)]
pub(crate) struct Schemas {
    /// Who sent the payloads
    ///
    /// Without it, the vendor of a payload is the one whose document has the payload's event.
    /// `NAME@DATE` names one of several documents of the vendor, `NAME` the first of them.
    #[arg(long, value_name = "NAME[@DATE]", value_parser = Suggested(vendors::names))]
    vendor: Option<String>,

    /// Use these schemas instead of those built in
    ///
    /// A vendor's folder with its `vendor.json`, a folder of such folders, or a `schema.json` as the
    /// generator writes it.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    schema: Vec<PathBuf>,

    /// Refuse schemas with a `format` that offhook does not know
    ///
    /// Without it, such a format asserts nothing, and a note names it.
    #[arg(long, requires = "schema")]
    strict_formats: bool,
}

impl Schemas {
    pub(crate) fn load(&self) -> Result<Vendors, String> {
        let vendors = Vendors::load(&self.schema, self.vendor.as_deref())?;
        if self.strict_formats {
            let unknown = vendors.sets().flat_map(|set| set.unknown_formats()).cloned();
            let unknown: Vec<Fault> = unknown.collect();
            if !unknown.is_empty() {
                return Err(SchemaError::new(unknown).to_string());
            }
        }
        for set in vendors.sets() {
            for note in set.notes() {
                say(&format!("note: {}: {note}", set.folder()));
            }
        }
        Ok(vendors)
    }

    /// Whether neither a vendor nor other schemas are named.
    pub(crate) fn are_all_built_in(&self) -> bool {
        self.vendor.is_none() && self.schema.is_empty()
    }
}
