//! The vendors that the command knows, or that it is told of.

mod folder;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use crate::catalogue::{Example, Vendor};
use offhook::{daily, dialstack, voiceblender};

/// Vendors that are built in: name, schemas, and their documents' example payloads.
const BUILT_IN: [(&str, &str, &[offhook::Example]); 3] = [
    ("daily", daily::SCHEMA, daily::EXAMPLES),
    ("dialstack", dialstack::SCHEMA, dialstack::EXAMPLES),
    ("voiceblender", voiceblender::SCHEMA, voiceblender::EXAMPLES),
];

/// The names of those that are built in.
pub(crate) fn names() -> Vec<&'static str> {
    BUILT_IN.into_iter().map(|(name, ..)| name).collect()
}

/// The names of their events, of each of which there is an example.
pub(crate) fn events() -> Vec<&'static str> {
    let examples = BUILT_IN.into_iter().flat_map(|(_, _, examples)| examples);
    let mut events: Vec<_> = examples.map(|example| example.event).collect();
    events.dedup();
    events
}

/// Vendors to check payloads against.
pub(crate) struct Vendors {
    vendors: Vec<Known>,
}

/// What is known of a vendor.
struct Known {
    schema: Cow<'static, str>,
    examples: Examples,
}

/// Where a vendor's example payloads are.
enum Examples {
    BuiltIn(&'static [offhook::Example]),
    /// In the vendor's folder.
    In(PathBuf),
    Nowhere,
}

impl Vendors {
    /// The vendors whose schemas lie at `paths`; without any, the one named, or all that are built in.
    pub(crate) fn load(paths: &[PathBuf], name: Option<&str>) -> Result<Self, String> {
        let built_in = BUILT_IN.into_iter();
        let built_in = built_in.filter(|(own, ..)| name.is_none_or(|name| name == *own));
        let mut vendors = Vec::new();
        if paths.is_empty() {
            vendors.extend(built_in.map(|(_, schema, examples)| Known {
                schema: schema.into(),
                examples: Examples::BuiltIn(examples),
            }));
        }
        for path in paths {
            vendors.extend(read(path).map_err(|error| format!("{}: {error}", path.display()))?);
        }
        Ok(Self { vendors })
    }

    /// What each documents, in the order of [`schemas`](Self::schemas), with its examples.
    pub(crate) fn read(&self) -> Result<Vec<Vendor>, String> {
        let read = |known: &Known| {
            let mut vendor = Vendor::read(&known.schema)?;
            vendor.examples = match &known.examples {
                Examples::BuiltIn(examples) => examples.iter().map(Example::from).collect(),
                Examples::In(folder) => folder::examples(folder, &vendor)?,
                Examples::Nowhere => Vec::new(),
            };
            Ok(vendor)
        };
        self.vendors.iter().map(read).collect()
    }

    /// The `SCHEMA` of each.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &str> {
        self.vendors.iter().map(|known| &*known.schema)
    }
}

/// The vendor whose `SCHEMA` is in a file, or those in a folder.
fn read(path: &Path) -> Result<Vec<Known>, String> {
    if path.is_dir() {
        let known = |(schema, folder): (String, PathBuf)| Known {
            schema: schema.into(),
            examples: Examples::In(folder),
        };
        return Ok(folder::read(path)?.into_iter().map(known).collect());
    }
    let schema = fs::read_to_string(path).map_err(|cause| cause.to_string())?;
    Ok(vec![Known { schema: schema.into(), examples: Examples::Nowhere }])
}
