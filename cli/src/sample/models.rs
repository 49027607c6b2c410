//! The example payloads of a vendor, as models of what is made.

use std::collections::BTreeMap;

use crate::catalogue::{Event, Example, Json};

/// What the vendor's examples have to show.
pub(super) struct Models {
    /// The examples of the event itself.
    payloads: Vec<Json>,
    /// What members of a name hold, in whatever event: each value once.
    named: BTreeMap<String, Vec<Json>>,
}

impl Models {
    /// Examples that cannot be read show nothing.
    pub(super) fn of(event: Event<'_>) -> Self {
        let mut models = Self { payloads: Vec::new(), named: BTreeMap::new() };
        let read = |example: &Example| offhook_model::json::parse(&example.text).ok();
        for payload in event.vendor.examples.iter().filter_map(read) {
            models.learn(&payload);
        }
        models.payloads.extend(event.examples().filter_map(read));
        models
    }

    fn learn(&mut self, value: &Json) {
        for element in value.as_array().into_iter().flatten() {
            self.learn(element);
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            self.learn(value);
            let known = self.named.entry(name.clone()).or_default();
            if !known.contains(value) {
                known.push(value.clone());
            }
        }
    }

    pub(super) fn payloads(&self) -> &[Json] {
        &self.payloads
    }

    /// What members of that name hold.
    pub(super) fn named(&self, name: &str) -> &[Json] {
        self.named.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}
