//! The vendors that the command knows, or that it is told of.

use std::path::PathBuf;
use std::sync::Arc;

use offhook::{daily, dialstack, voiceblender};
use offhook_model::SchemaSet;

use crate::catalogue::{Example, Vendor};
use crate::edition;
use crate::nearest::tip;

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
    set: Arc<SchemaSet>,
    /// The examples of one that is built in; those of a folder are part of the set.
    examples: &'static [offhook::Example],
}

impl Vendors {
    /// Loads the vendors whose schemas are at `paths`; without any, those that are built in.
    ///
    /// `name` leaves one of them: the vendor's first document, or the one of the date behind an `@`.
    pub(crate) fn load(paths: &[PathBuf], name: Option<&str>) -> Result<Self, String> {
        let wanted = name.map(edition::parts);
        let mut vendors = Vec::new();
        if paths.is_empty() {
            let built_in = BUILT_IN.into_iter();
            for (_, schema, examples) in
                built_in.filter(|(own, ..)| wanted.is_none_or(|(vendor, _)| vendor == *own))
            {
                let set = SchemaSet::from_bundle(schema).map_err(|error| error.to_string())?;
                vendors.push(Known { set: Arc::new(set), examples });
            }
        }
        for path in paths {
            let sets = offhook_model::load(path).map_err(|error| error.to_string())?.into_iter();
            vendors.extend(sets.map(|set| Known { set: Arc::new(set), examples: &[] }));
        }
        let vendors = Self { vendors };
        match wanted {
            Some((vendor, date)) => vendors.only(vendor, date, paths.is_empty()),
            None => Ok(vendors),
        }
    }

    /// Leaves one document of a vendor: the first one, or the one of a date.
    fn only(
        mut self,
        vendor: &str,
        date: Option<&str>,
        are_built_in: bool,
    ) -> Result<Self, String> {
        let quoted = |names: Vec<String>| {
            let names: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
            names.join(", ")
        };
        let known: Vec<_> = if are_built_in {
            names().into_iter().map(str::to_owned).collect()
        } else {
            self.sets().map(|set| set.vendor().to_owned()).collect()
        };
        self.vendors.retain(|known| known.set.vendor() == vendor);
        if self.vendors.is_empty() {
            let tip = tip(vendor, known.iter().map(String::as_str));
            let known = quoted(known);
            return Err(format!("expected a vendor among {known}, found {vendor:?}{tip}"));
        }
        self.vendors.sort_by(|one, other| one.set.date().cmp(&other.set.date()));
        if let Some(date) = date {
            let dates = self.sets().filter_map(|set| Some(set.date()?.to_owned())).collect();
            self.vendors.retain(|known| edition::is_meant(date, known.set.date()));
            if self.vendors.is_empty() {
                let dates = quoted(dates);
                return Err(format!(
                    "expected the date of a document of {vendor:?} among {dates}, found {date:?}"
                ));
            }
        }
        self.vendors.truncate(1);
        Ok(self)
    }

    /// What each documents, in the order of [`sets`](Self::sets), with its examples.
    pub(crate) fn read(&self) -> Vec<Vendor> {
        let read = |known: &Known| {
            let mut vendor = Vendor::new(&known.set);
            vendor.examples.extend(known.examples.iter().map(Example::from));
            vendor
        };
        self.vendors.iter().map(read).collect()
    }

    /// The schemas of each.
    pub(crate) fn sets(&self) -> impl Iterator<Item = &Arc<SchemaSet>> {
        self.vendors.iter().map(|known| &known.set)
    }
}
