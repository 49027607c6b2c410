//! Two versions of a vendor's document: its manifest, its events, and what is said of each.

use std::sync::Arc;

use offhook_model::{Draft, SchemaSet};

use crate::catalogue::{Event, Schema, Vendor};
use crate::diff::canonical::Judge;
use crate::diff::change::{Change, Effect, Use};
use crate::diff::walk::{Edit, Found, Walk};
use crate::diff::{inline, manifest, shared};

/// How many changes of an event may turn out to be none together. It costs much to ask, and of more
/// changes one is real.
const MOST_DOUBTS: usize = 8;

/// A version of a vendor's schemas.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) set: Arc<SchemaSet>,
    pub(crate) vendor: Vendor,
}

/// Returns what changed: of the vendor, of shared definitions, then event by event.
pub(crate) fn versions(old: &Version, new: &Version) -> Vec<Change> {
    let mut comparison = Comparison { old, new, walk: Walk::new(), judge: Judge::new() };
    let manifests = manifest::changes(old.set.manifest(), new.set.manifest());
    let mut found: Vec<Found> =
        manifests.into_iter().map(|(what, effect)| change(None, what, effect)).collect();
    found.extend(comparison.envelope());
    for event in old.vendor.events() {
        match new.vendor.event(event.name) {
            // Who waits for it waits in vain, and who sends it is not understood.
            None => found.push(change(Some(event), "the event is gone".into(), Effect::CHANGED)),
            Some(new) => found.extend(comparison.event(event, new)),
        }
    }
    for event in new.vendor.events().filter(|event| old.vendor.event(event.name).is_none()) {
        found.push(change(Some(event), "the event is new".into(), Effect::NONE));
    }
    shared::told_once(&new.set, found)
}

struct Comparison<'v> {
    old: &'v Version,
    new: &'v Version,
    walk: Walk,
    /// Compares events as a whole, and leaves to the walk what that may cost.
    judge: Judge,
}

impl Comparison<'_> {
    fn event(&mut self, old: Event<'_>, event: Event<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let drafts = [self.old.set.draft(old.file), self.new.set.draft(event.file)];
        if drafts[0] != drafts[1] {
            let [old, new] = drafts.map(Draft::name);
            let what = format!("$schema is {new} instead of {old}");
            let dialect = change(Some(event), what, Effect::NONE);
            found.push(Found { edit: Some(Edit::Dialect), ..dialect });
        }
        if let (Some(from), Some(to)) = (old.schema(), event.schema()) {
            let changes = self.walk.changes(Some(event.name), &from, &to);
            found.extend(self.proven(&from, &to, changes));
        }
        found
    }

    /// What unknown events must be.
    fn envelope(&mut self) -> Vec<Found> {
        let (old, new) = (&self.old.vendor, &self.new.vendor);
        let name = |vendor: &Vendor| vendor.envelope.clone().unwrap_or("nothing".to_owned());
        let what = || format!("unknown events must meet {} instead of {}", name(new), name(old));
        match (old.envelope(), new.envelope()) {
            (Some(from), Some(to)) if old.envelope == new.envelope => {
                let changes = self.walk.changes(None, &from, &to);
                self.proven(&from, &to, changes)
            }
            (Some(from), Some(to)) => vec![change(None, what(), self.effect(&from, &to))],
            (None, Some(_)) => vec![change(None, what(), Effect::NARROWED)],
            (Some(_), None) => vec![change(None, what(), Effect::WIDENED)],
            (None, None) => Vec::new(),
        }
    }

    /// Leaves out what the schemas as a whole prove to be no change.
    fn proven(&mut self, old: &Schema<'_>, new: &Schema<'_>, mut found: Vec<Found>) -> Vec<Found> {
        let doubts = found.iter().filter(|change| change.effect != Effect::NONE).count();
        if !(1..=MOST_DOUBTS).contains(&doubts) {
            return found;
        }
        let whole = self.effect(old, new);
        found.retain_mut(|change| {
            let is_told = change.effect == Effect::NONE || whole != Effect::NONE;
            change.effect = change.effect.within(whole);
            is_told
        });
        found
    }

    fn effect(&mut self, old: &Schema<'_>, new: &Schema<'_>) -> Effect {
        let whole = |schema: &Schema<'_>| inline::all(std::slice::from_ref(schema));
        match (whole(old), whole(new)) {
            (Some(old), Some(new)) => self.judge.effect(&old, &new),
            _ => Effect::UNDECIDED,
        }
    }
}

fn change(event: Option<Event<'_>>, what: String, effect: Effect) -> Found {
    let event = event.map(|event| event.name.to_owned());
    Found { place: Use { event, pointer: String::new() }, what, effect, edit: None }
}
