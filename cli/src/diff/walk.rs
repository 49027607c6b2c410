//! Two versions of an event, value by value: what changed of each, and of the members in it.

use std::collections::HashSet;

use crate::catalogue::{Json, Location, Schema, field_token};
use crate::diff::assertions;
use crate::diff::canonical::Judge;
use crate::diff::change::{Effect, Use};
use crate::diff::equality::{Equality, referred};
use crate::diff::inline;
use crate::diff::place::{Place, location, required};
use crate::diff::words;

/// How many values a run compares that are not the same.
const MOST_PLACES: usize = 20_000;

/// How deep a value may stand in a payload.
const DEEPEST: usize = 64;

/// A change, and the schema that was edited for it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) place: Use,
    pub(crate) what: String,
    pub(crate) effect: Effect,
    /// `None` if there are several, or none.
    pub(crate) edit: Option<Edit>,
}

/// What was edited.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Edit {
    /// The schema that stands there.
    Schema(Location),
    /// The dialect of files.
    Dialect,
}

/// Compares the values of all events.
#[derive(Debug)]
pub(crate) struct Walk {
    judge: Judge,
    equality: Equality,
    places_left: usize,
    event: Option<String>,
    around: HashSet<[Vec<Location>; 2]>,
    found: Vec<Found>,
}

impl Walk {
    pub(crate) fn new() -> Self {
        Self {
            judge: Judge::new(),
            equality: Equality::default(),
            places_left: MOST_PLACES,
            event: None,
            around: HashSet::new(),
            found: Vec::new(),
        }
    }

    /// Returns what changed of an event; without a name, of what unknown events must be.
    pub(crate) fn changes(
        &mut self,
        event: Option<&str>,
        old: &Schema<'_>,
        new: &Schema<'_>,
    ) -> Vec<Found> {
        self.event = event.map(str::to_owned);
        let [old, new] = [Place::new(vec![old.clone()]), Place::new(vec![new.clone()])];
        self.value("", &old, &new, 0);
        std::mem::take(&mut self.found)
    }

    fn push(&mut self, pointer: &str, what: &str, effect: Effect, source: Option<Location>) {
        let place = Use { event: self.event.clone(), pointer: pointer.to_owned() };
        let edit = source.map(Edit::Schema);
        self.found.push(Found { place, what: what.to_owned(), effect, edit });
    }

    fn value(&mut self, pointer: &str, old: &Place<'_>, new: &Place<'_>, depth: usize) {
        if self.equality.places(old, new) {
            return;
        }
        let locations = |place: &Place<'_>| {
            place.roots.iter().map(|root| location(&referred(root))).collect::<Vec<_>>()
        };
        let pair = [locations(old), locations(new)];
        // What contains itself was compared where it began.
        if self.around.contains(&pair) {
            return;
        }
        if depth > DEEPEST || self.places_left == 0 {
            let what = "changed, and too much is around it to compare it";
            let source = source_of(old, new, |_| false);
            return self.push(pointer, what, Effect::UNDECIDED, source);
        }
        self.places_left -= 1;
        self.around.insert(pair.clone());
        let before = self.found.len();
        self.own(pointer, old, new);
        self.members(pointer, old, new, depth);
        self.others(pointer, old, new, depth);
        self.together(pointer, old, new, before);
        self.around.remove(&pair);
    }

    /// What is asserted of the value itself.
    fn own(&mut self, pointer: &str, old: &Place<'_>, new: &Place<'_>) {
        let changes = assertions::changes(&mut self.judge, &mut self.equality, old, new);
        if !changes.is_empty() {
            let equality = &mut self.equality;
            let source = source(old, new, assertions::asserts, |old, new| {
                !assertions::is_same_layer(equality, old, new)
            });
            for (what, effect) in changes {
                self.push(pointer, &what, effect, source.clone());
            }
        }
        let advice = [old.all("x-advice"), new.all("x-advice")];
        let is_same = advice[0].len() == advice[1].len()
            && advice[0].iter().zip(&advice[1]).all(|(old, new)| self.equality.schemas(old, new));
        if !is_same {
            let has = |layer: &Schema<'_>| layer.own("x-advice").is_some();
            let source = source(old, new, has, |old, new| {
                old.child("x-advice")
                    .zip(new.child("x-advice"))
                    .is_none_or(|(old, new)| !self.equality.schemas(&old, &new))
            });
            self.push(pointer, "other advice", Effect::NONE, source);
        }
        let has =
            |layer: &Schema<'_>| layer.own("additionalProperties").is_some_and(Json::is_false);
        let (what, effect) = match [old, new].map(|place| place.forbids("additionalProperties")) {
            [false, true] => ("no other members now", Effect::NARROWED),
            [true, false] => ("may have other members, too", Effect::WIDENED),
            _ => return,
        };
        self.push(pointer, what, effect, source_of(old, new, has));
    }

    /// The members that have a schema by their name.
    fn members(&mut self, pointer: &str, old: &Place<'_>, new: &Place<'_>, depth: usize) {
        let (olds, news) = (old.members(), new.members());
        let (old_required, new_required) = (old.required(), new.required());
        let unnamed = old_required.union(&new_required);
        let unnamed = unnamed.filter(|name| !olds.contains_key(*name) && !news.contains_key(*name));
        let names = olds.keys().chain(news.keys().filter(|name| !olds.contains_key(*name)));
        for name in names.chain(unnamed) {
            let member = format!("{pointer}/{}", field_token(name));
            let is_required = [&old_required, &new_required].map(|names| names.contains(name));
            let has = |layer: &Schema<'_>| {
                layer.child("properties").is_some_and(|it| it.child(name).is_some())
            };
            // Each member is an edit of its own.
            let edited = |has: &dyn Fn(&Schema<'_>) -> bool| {
                Some(source_of(old, new, has)?.child("properties").child(name))
            };
            match (olds.get(name), news.get(name)) {
                (Some(_), None) => {
                    let effect = if new.is_closed() { Effect::CHANGED } else { Effect::WIDENED };
                    self.push(&member, "the field is gone", effect, edited(&has));
                    continue;
                }
                (None, Some(_)) => {
                    let wider = if old.is_closed() { Effect::WIDENED } else { Effect::NONE };
                    let (what, effect) = if is_required[1] {
                        ("the field is new, and required", wider.and(Effect::NARROWED))
                    } else {
                        ("the field is new, and optional", wider)
                    };
                    self.push(&member, what, effect, edited(&has));
                    continue;
                }
                _ => {}
            }
            let requires = |layer: &Schema<'_>| required(layer).any(|it| it == *name);
            match is_required {
                [true, false] => {
                    self.push(&member, "no longer required", Effect::WIDENED, edited(&requires));
                }
                [false, true] => {
                    self.push(&member, "required now", Effect::NARROWED, edited(&requires));
                }
                _ => {}
            }
            if let (Some(old), Some(new)) = (olds.get(name), news.get(name)) {
                self.value(&member, old, new, depth + 1);
            }
        }
    }

    /// Elements, and members without a schema of their own.
    fn others(&mut self, around: &str, old: &Place<'_>, new: &Place<'_>, depth: usize) {
        let pointer = format!("{around}/*");
        let closes = |place: &Place<'_>| place.forbids("additionalProperties");
        let refuses = |place: &Place<'_>| place.forbids("items");
        let mut pairs =
            vec![(old.other_members(), new.other_members(), closes(old) != closes(new))];
        // Otherwise `items` speaks of the elements behind others.
        if !has_prefix(old) && !has_prefix(new) {
            pairs.push((old.elements(), new.elements(), refuses(old) != refuses(new)));
            let has = |layer: &Schema<'_>| layer.own("items").is_some_and(Json::is_false);
            let told = match [refuses(old), refuses(new)] {
                [false, true] => Some(("no elements now", Effect::NARROWED)),
                [true, false] => Some(("may have elements, too", Effect::WIDENED)),
                _ => None,
            };
            if let Some((what, effect)) = told {
                self.push(around, what, effect, source_of(old, new, has));
            }
        }
        for (old_part, new_part, is_told) in pairs {
            let (what, of_old, of_new) = match (&old_part, &new_part) {
                (Some(old), Some(new)) => {
                    self.value(&pointer, old, new, depth + 1);
                    continue;
                }
                (None, Some(new)) if !is_told => ("may not be anything now", None, Some(new)),
                (Some(old), None) if !is_told => ("may be anything now", Some(old), None),
                _ => continue,
            };
            let effect = self.effect(of_old, of_new);
            if effect != Effect::NONE {
                self.push(&pointer, what, effect, source_of(old, new, |_| false));
            }
        }
    }

    /// Keywords whose meaning depends on which members and elements others speak of.
    fn together(&mut self, pointer: &str, old: &Place<'_>, new: &Place<'_>, before: usize) {
        const TOGETHER: [&str; 5] = [
            "patternProperties",
            "unevaluatedProperties",
            "prefixItems",
            "items",
            "unevaluatedItems",
        ];
        let has_prefix = has_prefix(old) || has_prefix(new);
        for keyword in TOGETHER.into_iter().filter(|keyword| *keyword != "items" || has_prefix) {
            let (olds, news) = (old.all(keyword), new.all(keyword));
            let is_same = olds.len() == news.len()
                && olds.iter().zip(&news).all(|(old, new)| self.equality.values(keyword, old, new));
            if is_same {
                continue;
            }
            let effect = self.effect(Some(old), Some(new));
            if effect == Effect::NONE {
                continue;
            }
            let is_alone = self.found[before..].iter().all(|found| found.effect == Effect::NONE);
            let values = |values: &[Schema<'_>]| -> Option<Vec<_>> {
                let value = |value| Some([(keyword.to_owned(), inline::value(keyword, value)?)]);
                values.iter().map(|it| Some(value(it)?.into_iter().collect())).collect()
            };
            let what = match (values(&olds), values(&news)) {
                (Some(olds), Some(news)) => words::keywords(&olds, &news),
                _ => format!("{keyword} changed"),
            };
            let source = source(
                old,
                new,
                |layer| layer.own(keyword).is_some(),
                |old, new| {
                    old.child(keyword)
                        .zip(new.child(keyword))
                        .is_none_or(|(old, new)| !self.equality.values(keyword, &old, &new))
                },
            );
            self.push(pointer, &what, if is_alone { effect } else { effect.unproven() }, source);
        }
    }

    /// Returns the effect of another schema for a value and all that is in it; without one, it may
    /// be anything.
    fn effect(&mut self, old: Option<&Place<'_>>, new: Option<&Place<'_>>) -> Effect {
        let whole = |place: Option<&Place<'_>>| inline::all(place.map_or(&[], |it| &it.roots));
        match (whole(old), whole(new)) {
            (Some(old), Some(new)) => self.judge.effect(&old, &new),
            _ => Effect::UNDECIDED,
        }
    }
}

/// Whether the first elements have schemas of their own.
fn has_prefix(place: &Place<'_>) -> bool {
    place.layers.iter().any(|layer| layer.own("prefixItems").is_some())
}

/// Returns where the one schema stands that has what `has` looks for in one version alone.
fn source_of(
    old: &Place<'_>,
    new: &Place<'_>,
    has: impl Fn(&Schema<'_>) -> bool,
) -> Option<Location> {
    source(old, new, &has, |old, new| has(old) != has(new))
}

/// Returns where the one schema stands that differs; otherwise, that of the value itself.
fn source(
    old: &Place<'_>,
    new: &Place<'_>,
    has: impl Fn(&Schema<'_>) -> bool,
    mut differs: impl FnMut(&Schema<'_>, &Schema<'_>) -> bool,
) -> Option<Location> {
    let twin = |layer: &Schema<'_>, others: &[Schema<'_>]| {
        others.iter().position(|other| location(other) == location(layer))
    };
    let mut edited = Vec::new();
    let mut is_in_both = true;
    for layer in &old.layers {
        match twin(layer, &new.layers) {
            Some(at) if (has(layer) || has(&new.layers[at])) && differs(layer, &new.layers[at]) => {
                edited.push(location(layer));
            }
            None if has(layer) => is_in_both = false,
            _ => {}
        }
    }
    is_in_both &= !new.layers.iter().any(|layer| has(layer) && twin(layer, &old.layers).is_none());
    if let ([only], true) = (&edited[..], is_in_both) {
        return Some(only.clone());
    }
    match (&old.roots[..], &new.roots[..]) {
        ([old], [new]) if location(old) == location(new) => Some(location(old)),
        _ => None,
    }
}
