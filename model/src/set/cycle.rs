//! References that lead back to their own schema without a step into a member or an element.
//!
//! Whoever judges an instance by such a schema never ends.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::Draft;
use crate::json::Json;
use crate::keyword::{self, Role};
use crate::location::Location;

/// Returns every `$ref` of canonical schemas that closes a circle.
pub(crate) fn endless_references(files: &BTreeMap<&str, &Json>) -> Vec<Location> {
    let mut search = Search { files, done: BTreeSet::new(), found: Vec::new() };
    let mut open: Vec<(Location, &Json)> =
        files.iter().map(|(file, schema)| (Location::root(file), *schema)).collect();
    while let Some((location, schema)) = open.pop() {
        search.from(&location);
        open.extend(keyword::subschemas(Draft::Draft202012, &location, schema));
    }
    search.found.sort();
    search.found.dedup();
    search.found
}

struct Search<'s> {
    files: &'s BTreeMap<&'s str, &'s Json>,
    /// Schemas from which no path leads to one that is not done.
    done: BTreeSet<Location>,
    found: Vec<Location>,
}

impl Search<'_> {
    /// Follows all paths from the schema at `start`, without recursion: a chain of references may be
    /// as long as the files.
    fn from(&mut self, start: &Location) {
        if self.done.contains(start) {
            return;
        }
        let mut on_path = BTreeSet::from([start.clone()]);
        let mut path = vec![(start.clone(), self.next(start))];
        while let Some((location, ahead)) = path.last_mut() {
            let Some((next, is_reference)) = ahead.pop() else {
                on_path.remove(location);
                self.done.insert(location.clone());
                path.pop();
                continue;
            };
            if on_path.contains(&next) {
                let at = if is_reference { location.child("$ref") } else { location.clone() };
                self.found.push(at);
            } else if !self.done.contains(&next) {
                let ahead = self.next(&next);
                on_path.insert(next.clone());
                path.push((next, ahead));
            }
        }
    }

    /// The schemas that apply to the same instance, and whether a reference leads there.
    fn next(&self, location: &Location) -> Vec<(Location, bool)> {
        let file = self.files.get(location.file.as_str());
        let Some(Json::Object(schema)) = file.and_then(|file| file.pointer(&location.pointer))
        else {
            return Vec::new();
        };
        let mut next = Vec::new();
        for (name, value) in schema {
            match (name.as_str(), keyword::canonical(name)) {
                ("$ref", _) => next
                    .extend(value.as_str().map(|to| (Location::resolve(&location.file, to), true))),
                (_, Some(keyword)) if keyword.role == Role::InPlaceApplicator => {
                    let below = keyword.subschemas(&location.child(name), value);
                    next.extend(below.into_iter().map(|(below, _)| (below, false)));
                }
                _ => {}
            }
        }
        next
    }
}
