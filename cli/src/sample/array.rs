//! Arrays: as many elements as they must have, or a few more.

use super::demand::Demand;
use super::generator::{Making, Place};
use crate::catalogue::{Json, Schema};

/// How many elements more than it must an array has at most.
const MORE: usize = 3;

/// Longer arrays are not made.
const LONGEST: usize = 1000;

/// How often an element is tried again if it was there before.
const TRIES: usize = 20;

impl<'g> Making<'g, '_> {
    pub(super) fn array(&mut self, demand: &Demand<'g>, place: Place<'_, 'g>) -> Option<Json> {
        let contained = contained(demand);
        let least = demand.at_least("minItems").max(contained);
        let most = demand.at_most("maxItems").min(LONGEST);
        let listed = demand.layers.iter().map(|layer| layer.children("prefixItems").len());
        let usual = listed.max().unwrap_or_default().clamp(least.min(most), most);
        let more = if self.is_rich(place) { self.random.index(MORE + 1) } else { 0 };
        let length = usual.saturating_add(more).min(most).max(least);
        if length > most {
            return None;
        }
        let is_unique = demand.values("uniqueItems").any(Json::is_true);
        let models = place.model.and_then(Json::as_array).unwrap_or_default();
        let mut elements: Vec<Json> = Vec::new();
        for at in 0..length {
            let schemas = of_element(demand, at, at < contained);
            let model = models.get(at).or_else(|| self.random.pick(models));
            let inner = Place { model, way: None, depth: place.depth + 1, ..place };
            let tries = if is_unique { TRIES } else { 1 };
            let element = (0..tries).find_map(|_| {
                let element = self.value(schemas.clone(), inner)?;
                (!is_unique || !elements.contains(&element)).then_some(element)
            });
            match element {
                Some(element) => elements.push(element),
                None if elements.len() >= least => break,
                None => return None,
            }
        }
        Some(Json::Array(elements))
    }
}

/// How many elements there must be of what the array is to contain.
fn contained(demand: &Demand<'_>) -> usize {
    let contains = demand.values("contains").next().is_some();
    let least = demand.numbers("minContains").next().map(|_| demand.at_least("minContains"));
    if contains { least.unwrap_or(1) } else { 0 }
}

/// The schemas of the element at an index.
fn of_element<'v>(demand: &Demand<'v>, at: usize, is_contained: bool) -> Vec<Schema<'v>> {
    let of_layer = |layer: &Schema<'v>| {
        let contained = is_contained.then(|| layer.child("contains")).flatten();
        layer.of_element(at).into_iter().chain(contained)
    };
    demand.layers.iter().flat_map(of_layer).collect()
}
