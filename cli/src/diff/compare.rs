//! Two versions of a vendor's document: its events, their fields, and what is said of each.

use std::collections::BTreeMap;

use crate::catalogue::{Event, Field, Json, Schema, Vendor};
use crate::diff::assertions;
use crate::diff::change::{Change, Effect};

/// What changed, event by event, and in each in the document's order.
pub(crate) fn vendors(old: &Vendor, new: &Vendor) -> Vec<Change> {
    let mut changes = Changes { vendor: new.name.clone(), event: None, all: Vec::new() };
    if old.discriminator != new.discriminator {
        let words = |vendor: &Vendor| vendor.discriminator.clone().unwrap_or("nowhere".to_owned());
        let what = format!("events are named at {} instead of {}", words(new), words(old));
        changes.push("", what, Effect::Changed);
    }
    for event in old.events() {
        changes.event = Some(event.name.to_owned());
        match new.event(event.name) {
            // Whoever waits for it waits in vain, and whoever sends it is not understood.
            None => changes.push("", "the event is gone".to_owned(), Effect::Changed),
            Some(new) => changes.compare(event, new),
        }
    }
    for event in new.events().filter(|event| old.event(event.name).is_none()) {
        changes.event = Some(event.name.to_owned());
        changes.push("", "the event is new".to_owned(), Effect::None);
    }
    changes.all
}

struct Changes {
    vendor: String,
    event: Option<String>,
    all: Vec<Change>,
}

impl Changes {
    fn push(&mut self, pointer: &str, what: String, effect: Effect) {
        self.all.push(Change {
            vendor: self.vendor.clone(),
            event: self.event.clone(),
            pointer: pointer.to_owned(),
            what,
            breaks_receivers: effect.breaks_receivers(),
            breaks_senders: effect.breaks_senders(),
        });
    }

    fn compare(&mut self, old: Event<'_>, new: Event<'_>) {
        if let (Some(old), Some(new)) = (old.schema(), new.schema()) {
            self.value("", &old, &new);
        }
        let (olds, news) = (by_pointer(old), by_pointer(new));
        for field in old.fields() {
            let pointer = field.pointer();
            let Some(now) = news.get(&pointer) else {
                // What stood in it is gone as well, which goes without saying.
                if parent(&pointer).is_none_or(|parent| news.contains_key(parent)) {
                    let effect = if closes(new, &news, &pointer) {
                        Effect::Changed
                    } else {
                        Effect::Widened
                    };
                    self.push(&pointer, "the field is gone".to_owned(), effect);
                }
                continue;
            };
            match (field.required, now.required) {
                (true, false) => {
                    self.push(&pointer, "no longer required".to_owned(), Effect::Widened);
                }
                (false, true) => self.push(&pointer, "required now".to_owned(), Effect::Narrowed),
                _ => {}
            }
            self.value(&pointer, &field.schema, &now.schema);
        }
        for field in new.fields() {
            let pointer = field.pointer();
            let inside = parent(&pointer).is_some_and(|parent| !olds.contains_key(parent));
            if olds.contains_key(&pointer) || inside {
                continue;
            }
            let (what, effect) = if field.required {
                ("the field is new, and required", Effect::Narrowed)
            } else {
                ("the field is new, and optional", Effect::None)
            };
            self.push(&pointer, what.to_owned(), effect);
        }
    }

    /// What changed of a value, whatever is in it.
    fn value(&mut self, pointer: &str, old: &Schema<'_>, new: &Schema<'_>) {
        for (what, effect) in assertions::changes(old, new) {
            self.push(pointer, what, effect);
        }
        let closed = [old, new].map(|schema| forbids(schema, "additionalProperties"));
        let (what, effect) = match closed {
            [false, true] => ("no other members now", Effect::Narrowed),
            [true, false] => ("may have other members, too", Effect::Widened),
            _ => return,
        };
        self.push(pointer, what.to_owned(), effect);
    }
}

fn by_pointer(event: Event<'_>) -> BTreeMap<String, Field<'_>> {
    event.fields().into_iter().map(|field| (field.pointer(), field)).collect()
}

/// The pointer to what a field is in; none if that is the payload.
fn parent(pointer: &str) -> Option<&str> {
    pointer.rsplit_once('/').map(|(parent, _)| parent).filter(|parent| !parent.is_empty())
}

/// Whether there must be no member at `pointer` that is not documented.
fn closes(event: Event<'_>, fields: &BTreeMap<String, Field<'_>>, pointer: &str) -> bool {
    let object = match parent(pointer) {
        None => event.schema(),
        Some(parent) => fields.get(parent).map(|field| field.schema.clone()),
    };
    let closes = ["additionalProperties", "unevaluatedProperties"];
    object.is_some_and(|object| closes.iter().any(|keyword| forbids(&object, keyword)))
}

/// Whether a schema lets nothing through where `keyword` says what else there may be.
fn forbids(schema: &Schema<'_>, keyword: &str) -> bool {
    schema.all().iter().any(|schema| schema.own(keyword) == Some(&Json::Bool(false)))
}
