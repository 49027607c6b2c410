//! What may be changed of a valid payload, so that it is valid no more: all that senders get wrong.
//!
//! Nothing here knows which faults come of a change: of those who try them, the validator says so.

use std::collections::BTreeSet;

use super::layout::AGAIN;
use super::models::Models;
use super::random::Random;
use super::value_change::others;
use super::words::PLAIN;
use crate::catalogue::{Event, Json, Members, Schema, escape};

/// Schemas that refer to each other without an end are not followed for longer than this.
const MOST: usize = 512;

/// A change in one place.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The object or array in which it is; that of the payload itself is none.
    parent: Option<String>,
    /// The member's name, or the element's index.
    token: String,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// Another value, where there is one.
    Replace(Json),
    /// A member that was not there.
    Insert(Json),
    Remove,
    /// The member stands there once more.
    Repeat,
}

impl Change {
    /// Where the change is.
    pub(super) fn pointer(&self) -> String {
        self.parent
            .as_ref()
            .map(|parent| format!("{parent}/{}", escape(&self.token)))
            .unwrap_or_default()
    }

    /// The payload so changed; none if it cannot be.
    pub(super) fn of(&self, payload: &Json) -> Option<Json> {
        let Some(parent) = &self.parent else {
            return match &self.kind {
                Kind::Replace(value) => Some(value.clone()),
                _ => None,
            };
        };
        let mut changed = payload.clone();
        match (changed.pointer_mut(parent)?, &self.kind) {
            (Json::Object(members), Kind::Replace(value)) => {
                *members.get_mut(&self.token)? = value.clone();
            }
            (Json::Object(members), Kind::Insert(value)) => {
                if members.insert(self.token.clone(), value.clone()).is_some() {
                    return None;
                }
            }
            (Json::Object(members), Kind::Remove) => drop(members.shift_remove(&self.token)?),
            (Json::Object(members), Kind::Repeat) => {
                let value = members.get(&self.token)?.clone();
                members.insert(format!("{AGAIN}{}", self.token), value);
            }
            (Json::Array(elements), Kind::Replace(value)) => {
                *elements.get_mut(self.token.parse::<usize>().ok()?)? = value.clone();
            }
            _ => return None,
        }
        Some(changed)
    }
}

/// All changes of `payload`, a payload of the event.
pub(super) fn changes(
    event: Event<'_>,
    models: &Models,
    payload: &Json,
    random: &mut Random,
) -> Vec<Change> {
    let mut all = Changes { models, random, found: Vec::new() };
    let speaking = speaking(event.schema().into_iter().collect());
    all.replace(&speaking, payload, None, "");
    all.inside(&speaking, payload, "");
    all.found
}

struct Changes<'c> {
    models: &'c Models,
    random: &'c mut Random,
    found: Vec<Change>,
}

impl Changes<'_> {
    /// Other values in the place of `value`.
    fn replace(
        &mut self,
        speaking: &[Schema<'_>],
        value: &Json,
        parent: Option<&str>,
        token: &str,
    ) {
        for other in others(speaking, value, self.random) {
            self.push(parent, token, Kind::Replace(other));
        }
    }

    /// Changes of what is inside a value.
    fn inside(&mut self, schemas: &[Schema<'_>], value: &Json, pointer: &str) {
        match value {
            Json::Object(members) => self.members(schemas, members, pointer),
            Json::Array(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    let token = at.to_string();
                    let inner = speaking(
                        schemas.iter().filter_map(|schema| schema.of_element(at)).collect(),
                    );
                    self.replace(&inner, element, Some(pointer), &token);
                    self.inside(&inner, element, &format!("{pointer}/{token}"));
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, schemas: &[Schema<'_>], members: &Members, pointer: &str) {
        for (name, value) in members {
            let inner = schemas.iter().flat_map(|schema| schema.of_member(name));
            let inner = speaking(inner.collect());
            self.push(Some(pointer), name, Kind::Remove);
            self.push(Some(pointer), name, Kind::Repeat);
            self.replace(&inner, value, Some(pointer), name);
            self.inside(&inner, value, &format!("{pointer}/{}", escape(name)));
        }
        let known = schemas.iter().filter_map(|schema| schema.own("properties")?.as_object());
        let known: BTreeSet<&String> = known.flat_map(Members::keys).collect();
        for name in known.into_iter().filter(|name| !members.contains_key(*name)) {
            let models = self.models.named(name).iter().cloned();
            let values = [Json::Null, Json::Bool(true), Json::Number(1.into()), text("none")];
            for value in values.into_iter().chain(models) {
                self.push(Some(pointer), name, Kind::Insert(value));
            }
        }
        // A name that nobody knows; and one that looks like no other.
        let word = self.random.pick(&PLAIN).copied().unwrap_or_default();
        let example = members.values().next();
        for name in [word, "Not a name"] {
            for value in [text(word), Json::Number(1.into())].iter().chain(example) {
                self.push(Some(pointer), name, Kind::Insert(value.clone()));
            }
        }
    }

    fn push(&mut self, parent: Option<&str>, token: &str, kind: Kind) {
        let parent = parent.map(str::to_owned);
        self.found.push(Change { parent, token: token.to_owned(), kind });
    }
}

fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}

/// All schemas that may have something to say of the value that `schemas` are about, in whatever branch.
fn speaking(schemas: Vec<Schema<'_>>) -> Vec<Schema<'_>> {
    let mut seen = BTreeSet::new();
    let mut speaking: Vec<Schema<'_>> = Vec::new();
    let mut ahead = schemas;
    while let Some(schema) = ahead.pop() {
        for layer in schema.all() {
            if speaking.len() >= MOST || !seen.insert(layer.location()) {
                continue;
            }
            for keyword in ["anyOf", "oneOf"] {
                ahead.extend(layer.children(keyword));
            }
            for keyword in ["else", "if", "not", "then", "x-advice"] {
                ahead.extend(layer.child(keyword));
            }
            ahead.extend(layer.named("dependentSchemas").into_iter().map(|(_, schema)| schema));
            speaking.push(layer);
        }
    }
    speaking
}
