//! Payloads with exactly one fault: valid ones, changed until the validator finds the one that is
//! wanted, and nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;

use offhook_runtime::text::visible;
use offhook_validator::{Code, Violation};

use super::called;
use super::change::{Change, changes};
use super::generator::Generator;
use super::judge::Judge;
use super::layout::{Layout, ordered};
use super::random::Random;
use super::text_change;
use crate::args::Fault;
use crate::catalogue::Json;
use crate::codes::is_of_notices;
use crate::nearest::nearest;

/// How many valid payloads are changed in the search of one fault.
const PAYLOADS: usize = 24;

/// How many of them are changed for another fault than those already made.
const FOR_ANOTHER: usize = 2;

/// How many of them tell what is possible.
const FOR_ADVICE: usize = 8;

/// What tells one fault from another.
type Key = (Code, String, Option<Arc<str>>);

/// Makes payloads with one fault.
pub(super) struct Faulty<'f> {
    search: Search<'f>,
    /// The faults made since the last time that all of them were.
    made: BTreeSet<Key>,
}

/// What is searched, and how.
#[derive(Clone, Copy)]
struct Search<'f> {
    generator: &'f Generator<'f>,
    judge: &'f Judge<'f>,
    layout: Layout,
    wanted: &'f Fault,
}

impl<'f> Faulty<'f> {
    pub(super) fn new(
        generator: &'f Generator<'f>,
        judge: &'f Judge<'f>,
        layout: Layout,
        wanted: &'f Fault,
    ) -> Self {
        Self { search: Search { generator, judge, layout, wanted }, made: BTreeSet::new() }
    }

    /// The text of the `number`th payload.
    pub(super) fn next(&mut self, number: u64) -> Result<String, String> {
        let search = self.search;
        let mut random = search.generator.random(number);
        let mut spare: Option<(Key, String)> = None;
        let mut notice = None;
        let mut searched = 0;
        while searched < PAYLOADS && (spare.is_none() || searched < FOR_ANOTHER) {
            searched += 1;
            let payload = search.generator.valid(&mut random)?;
            for text in search.texts(&payload, &mut random) {
                let Some(fault) = search.judge.only_fault(&text) else {
                    continue;
                };
                match search.fit(&fault) {
                    Fit::None => {}
                    Fit::Notice => drop(notice.get_or_insert(text)),
                    Fit::Full => {
                        let key = key(&fault);
                        if self.made.insert(key.clone()) {
                            return Ok(text);
                        }
                        spare.get_or_insert((key, text));
                    }
                }
            }
        }
        match (spare, notice) {
            (Some((key, text)), _) => {
                // All have been made: it begins anew.
                self.made = BTreeSet::from([key]);
                Ok(text)
            }
            (None, Some(text)) => Ok(text),
            (None, None) => Err(search.impossible(random)?),
        }
    }
}

impl Search<'_> {
    /// Texts of the payload changed, in random order; where a place is wanted, its changes come first.
    fn texts(self, payload: &Json, random: &mut Random) -> impl Iterator<Item = String> {
        let mut changes = match self.wanted {
            Fault::Of(Code::Json) => Vec::new(),
            _ => changes(self.generator.event, self.generator.models, payload, random),
        };
        random.shuffle(&mut changes);
        // Hardly anybody sends what is no object.
        changes.sort_by_key(|change| match self.wanted {
            Fault::At(pointer) => change.pointer() != *pointer,
            Fault::Of(_) => change.pointer().is_empty(),
        });
        let mut broken = match self.wanted {
            Fault::Of(Code::Json) => text_change::texts(&self.layout.text(payload), random),
            _ => Vec::new(),
        };
        random.shuffle(&mut broken);
        changes.into_iter().filter_map(move |change| self.text(payload, &change)).chain(broken)
    }

    fn text(self, payload: &Json, change: &Change) -> Option<String> {
        let order = self.generator.event.vendor.order;
        Some(self.layout.text(&ordered(change.of(payload)?, order)))
    }

    fn fit(self, fault: &Violation) -> Fit {
        match self.wanted {
            Fault::Of(code) if *code == fault.code => Fit::Full,
            Fault::At(pointer) if *pointer != fault.pointer => Fit::None,
            Fault::At(_) if is_of_notices(fault.code) => Fit::Notice,
            Fault::At(_) => Fit::Full,
            Fault::Of(_) => Fit::None,
        }
    }

    /// Says that there is no such payload, and what there is.
    fn impossible(self, mut random: Random) -> Result<String, String> {
        let mut codes = BTreeSet::new();
        let mut pointers = BTreeSet::new();
        for _ in 0..FOR_ADVICE {
            let payload = self.generator.valid(&mut random)?;
            let changes =
                changes(self.generator.event, self.generator.models, &payload, &mut random);
            let texts = changes.iter().filter_map(|change| self.text(&payload, change));
            for fault in texts.filter_map(|text| self.judge.only_fault(&text)) {
                codes.insert(fault.code);
                if !is_of_notices(fault.code) {
                    pointers.insert(fault.pointer);
                }
            }
        }
        codes.insert(Code::Json);
        let event = called(self.generator.event);
        Ok(match self.wanted {
            Fault::Of(code) => {
                let codes: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
                format!(
                    "found no payload of {event} whose only fault is {code}\n\n  tip: it can be {}",
                    codes.join(", ")
                )
            }
            Fault::At(pointer) => {
                let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
                let near = nearest(pointer, pointers.iter().copied());
                let tip = near.map_or_else(
                    || format!("it can be at '{}'", visible(&pointers.join("', '"))),
                    |near| format!("did you mean '{}'?", visible(near)),
                );
                let pointer = visible(pointer);
                format!(
                    "found no payload of {event} whose only fault is at '{pointer}'\n\n  tip: {tip}"
                )
            }
        })
    }
}

/// Whether a fault is the one that is wanted.
enum Fit {
    None,
    /// It is only a notice, for want of a violation.
    Notice,
    Full,
}

fn key(fault: &Violation) -> Key {
    (fault.code, fault.pointer.clone(), fault.schema.clone())
}
