//! Lists an edit of a shared definition once, with every place that uses it.

use std::collections::{HashMap, HashSet};

use offhook_model::SchemaSet;

use crate::diff::change::{Change, Effect, Use};
use crate::diff::walk::{Edit, Found};

type Key = (Edit, String, Effect);

/// Returns the changes: those of the vendor, of shared definitions, then of each event.
pub(crate) fn told_once(new: &SchemaSet, found: Vec<Found>) -> Vec<Change> {
    let mut uses: HashMap<Key, Vec<Use>> = HashMap::new();
    for change in &found {
        if let Some(key) = key(change) {
            uses.entry(key).or_default().push(change.place.clone());
        }
    }
    let vendor = new.vendor();
    let (mut of_vendor, mut of_events) = (Vec::new(), Vec::new());
    let mut told = HashSet::new();
    for change in found {
        let key = key(&change);
        let used_by = key.as_ref().and_then(|key| uses.get(key)).map_or(&[][..], Vec::as_slice);
        // What the envelope alone says has no event to be told of.
        let is_shared = used_by.len() > 1 || !used_by.is_empty() && change.place.event.is_none();
        let Found { place, what, effect, .. } = change;
        let Some(key) = key.filter(|_| is_shared) else {
            let list = if place.event.is_none() { &mut of_vendor } else { &mut of_events };
            list.push(Change::new(vendor, place, what, effect));
            continue;
        };
        if !told.insert(key.clone()) {
            continue;
        }
        let nowhere = Use { event: None, pointer: String::new() };
        let mut change = Change::new(vendor, nowhere, what, effect);
        change.schema = match &key.0 {
            Edit::Schema(location) => Some(new.source_of(location).to_string()),
            Edit::Dialect => None,
        };
        change.used_by = used_by.to_vec();
        of_vendor.push(change);
    }
    of_vendor.extend(of_events);
    of_vendor
}

fn key(change: &Found) -> Option<Key> {
    Some((change.edit.clone()?, change.what.clone(), change.effect))
}
