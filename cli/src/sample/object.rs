//! Objects: the members that they must have, and some of those that they may have.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::demand::{Demand, names};
use super::generator::{Making, Place};
use super::pattern::Pattern;
use super::words::PLAIN;
use crate::catalogue::{Json, Members, Schema};

/// How often what follows from the members that are there is looked for again.
const ROUNDS: usize = 4;

/// How often a name is tried for a member that has none of its own.
const TRIES: usize = 8;

/// More members are not made.
const MOST: usize = 1000;

impl<'g> Making<'g, '_> {
    pub(super) fn object(&mut self, demand: Demand<'g>, place: Place<'_, 'g>) -> Option<Json> {
        let on_the_way = place.way.and_then(<[String]>::first).map(String::as_str);
        let (demand, chosen) = self.choose(demand, on_the_way, place)?;
        let required = required(&demand, on_the_way);
        let listed = listed(&demand);
        let mut members = Members::new();
        let named = listed.iter().filter(|name| chosen.contains(*name));
        for name in named.chain(&chosen).map(String::as_str) {
            if members.contains_key(name) {
                continue;
            }
            let way = place.way.filter(|_| on_the_way == Some(name)).map(|way| &way[1..]);
            let model = place.model.and_then(|model| model.get(name));
            let inner = Place { name, model, way, depth: place.depth + 1 };
            match self.value(of_member(&demand, name), inner) {
                Some(value) => drop(members.insert(name.to_owned(), value)),
                None if required.contains(name) => return None,
                None => {}
            }
        }
        self.add_others(&demand, &listed, &mut members, place)?;
        Some(Json::Object(members))
    }

    /// The names of the members that there are to be, and what else is asked where those are.
    fn choose(
        &mut self,
        mut demand: Demand<'g>,
        on_the_way: Option<&str>,
        place: Place<'_, 'g>,
    ) -> Option<(Demand<'g>, BTreeSet<String>)> {
        let mut chosen = required(&demand, on_the_way);
        let is_rich = self.is_rich(place);
        for name in listed(&demand) {
            let times = match place.model {
                Some(model) if model.get(&name).is_some() => 4,
                Some(_) => 2,
                None => 3,
            };
            if is_rich && self.random.happens(times, 5) {
                chosen.insert(name);
            }
        }
        let most = demand.at_most("maxProperties");
        let mut optional: Vec<String> =
            chosen.difference(&required(&demand, on_the_way)).cloned().collect();
        while chosen.len() > most && !optional.is_empty() {
            chosen.remove(&optional.swap_remove(self.random.index(optional.len())));
        }
        let mut absent: Vec<String> =
            listed(&demand).into_iter().filter(|name| !chosen.contains(name)).collect();
        while chosen.len() < demand.at_least("minProperties") && !absent.is_empty() {
            chosen.insert(absent.swap_remove(self.random.index(absent.len())));
        }
        let mut applied = BTreeSet::new();
        for _ in 0..ROUNDS {
            let before = chosen.len();
            let depending =
                demand.values("dependentRequired").filter_map(Json::as_object).flatten();
            let depending = depending.filter(|(name, _)| chosen.contains(*name));
            let depending: Vec<&str> =
                depending.flat_map(|(_, depending)| names(depending)).collect();
            chosen.extend(depending.into_iter().map(str::to_owned));
            let more: Vec<Schema<'g>> = demand
                .layers
                .iter()
                .flat_map(|layer| layer.named("dependentSchemas"))
                .filter(|(name, schema)| {
                    chosen.contains(*name) && applied.insert(schema.location())
                })
                .map(|(_, schema)| schema)
                .collect();
            let is_done = more.is_empty();
            demand = demand.with(more, self.random)?;
            chosen.extend(required(&demand, on_the_way));
            if is_done && chosen.len() == before {
                break;
            }
        }
        Some((demand, chosen))
    }

    /// Adds members that have no name of their own, where the document has some, or there must be more.
    fn add_others(
        &mut self,
        demand: &Demand<'g>,
        listed: &IndexSet<String>,
        members: &mut Members,
        place: Place<'_, 'g>,
    ) -> Option<()> {
        let is_map = listed.is_empty()
            && ["additionalProperties", "patternProperties"]
                .iter()
                .any(|keyword| demand.values(keyword).any(|others| *others != Json::Bool(false)));
        let usual = match shown(place).len() {
            _ if !is_map || !self.is_rich(place) => 0,
            0 => 1 + self.random.index(2),
            several => 1 + self.random.index(several.min(3)),
        };
        let least = demand.at_least("minProperties");
        if least > MOST {
            return None;
        }
        let wanted = usual.min(demand.at_most("maxProperties")).max(least);
        for _ in 0..wanted.saturating_mul(TRIES) {
            if members.len() >= wanted {
                break;
            }
            let Some(name) = self.other_name(demand, members, place) else {
                continue;
            };
            if listed.contains(&name) || members.contains_key(&name) {
                continue;
            }
            let models = place.model.and_then(Json::as_object);
            let model =
                models.and_then(|models| models.get(&name).or_else(|| models.values().next()));
            let inner = Place { name: &name, model, way: None, depth: place.depth + 1 };
            if let Some(value) = self.value(of_member(demand, &name), inner) {
                members.insert(name, value);
            }
        }
        (members.len() >= least).then_some(())
    }

    /// A name for a member that has none of its own: an example's, one that a pattern asks for, or a word.
    fn other_name(
        &mut self,
        demand: &Demand<'g>,
        members: &Members,
        place: Place<'_, 'g>,
    ) -> Option<String> {
        let names: Vec<Schema<'g>> =
            demand.layers.iter().filter_map(|layer| layer.child("propertyNames")).collect();
        if !names.is_empty() {
            let name = Place { name: "", model: None, way: None, depth: place.depth + 1 };
            return self.value(names, name)?.as_str().map(str::to_owned);
        }
        let shown: Vec<&String> =
            shown(place).into_iter().filter(|name| !members.contains_key(*name)).collect();
        if let Some(name) = self.random.pick(&shown) {
            // It may be an identifier.
            return Some(self.alike.text(name, &self.moments, self.random));
        }
        let patterns = demand.values("patternProperties").filter_map(Json::as_object);
        let patterns: Vec<&String> = patterns.flat_map(Members::keys).collect();
        if let Some(pattern) = self.random.pick(&patterns) {
            return Pattern::parse(pattern)?.sample(self.random);
        }
        self.random.pick(&PLAIN).map(|word| (*word).to_owned())
    }
}

/// The members that an example has.
fn shown<'g>(place: Place<'_, 'g>) -> Vec<&'g String> {
    place.model.and_then(Json::as_object).into_iter().flat_map(Members::keys).collect()
}

/// The members that the document names, in its order.
fn listed(demand: &Demand<'_>) -> IndexSet<String> {
    let named = demand.values("properties").filter_map(Json::as_object);
    named.flat_map(Members::keys).cloned().collect()
}

/// The members that must be there.
fn required(demand: &Demand<'_>, on_the_way: Option<&str>) -> BTreeSet<String> {
    let required = demand.values("required").flat_map(names);
    required.chain(on_the_way).map(str::to_owned).collect()
}

/// The schemas of the member `name`.
fn of_member<'v>(demand: &Demand<'v>, name: &str) -> Vec<Schema<'v>> {
    demand.layers.iter().flat_map(|layer| layer.of_member(name)).collect()
}
