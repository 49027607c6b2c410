//! Arrays: elements by position, those that must be among them, and all different.

use offhook_model::Json;

use super::demand::{Demand, count};
use super::{DEEP, Generator, TRIES};
use crate::bundle::Schema;
use crate::json::same;

/// No array is made longer, unless it must be.
const LONG: usize = 40;

impl<'b> Generator<'b> {
    pub(super) fn array(&mut self, demand: &Demand<'b>, depth: u32) -> Option<Vec<Json>> {
        let (length, least) = self.length(demand, depth)?;
        let contained = self.contained(demand, length);
        let unique = demand.values("uniqueItems").any(|unique| *unique == Json::Bool(true));
        let mut elements: Vec<Json> = Vec::new();
        for (index, contained) in contained.into_iter().enumerate() {
            let mut schemas: Vec<Schema<'b>> = Vec::new();
            for part in &demand.parts {
                schemas.extend(element(demand, *part, index));
            }
            let needed = elements.len() < least || !contained.is_empty();
            schemas.extend(contained);
            let tries = if unique { TRIES } else { 1 };
            let fresh = |value: &Json| !unique || !elements.iter().any(|other| same(value, other));
            match (0..tries).find_map(|_| self.value(&schemas, depth + 1).filter(fresh)) {
                Some(element) => elements.push(element),
                None if needed => return None,
                None => break,
            }
        }
        Some(elements)
    }

    /// How long an array is to be, and how long it must be.
    fn length(&mut self, demand: &Demand<'b>, depth: u32) -> Option<(usize, usize)> {
        let contained = demand.parts.iter().filter(|part| part.get("contains").is_some());
        let contained: usize = contained.map(|part| least_contained(*part)).sum();
        let least = demand.at_least("minItems").max(contained);
        let most = demand.at_most("maxItems");
        if least > most {
            return None;
        }
        let positions = demand.parts.iter().map(|part| part.list("prefixItems").len()).max();
        let positions = positions.unwrap_or(0).clamp(least, most);
        let longest = if most <= LONG { most } else { least + 3 };
        let lengths = [least, (least + 1).min(most), positions, (positions + 1).min(most), longest];
        let length = match demand.id() {
            Some(id) if depth <= DEEP => lengths[self.draw(id, "length", lengths.len())],
            _ => least,
        };
        Some((length, least))
    }

    /// The `contains` that the element at each position is to meet.
    fn contained(&mut self, demand: &Demand<'b>, length: usize) -> Vec<Vec<Schema<'b>>> {
        let mut positions = vec![Vec::new(); length];
        for part in &demand.parts {
            let Some(contains) = part.schema("contains") else { continue };
            let mut order: Vec<usize> = (0..length).collect();
            self.decks.shuffle(&mut order);
            for position in order.into_iter().take(least_contained(*part)) {
                positions[position].push(contains);
            }
        }
        positions
    }
}

/// What `part` says of the element at `index`.
fn element<'b>(demand: &Demand<'b>, part: Schema<'b>, index: usize) -> Option<Schema<'b>> {
    part.element(index).or_else(|| {
        let evaluated = demand.parts.iter().any(|other| other.element(index).is_some());
        part.schema("unevaluatedItems").filter(|_| !evaluated)
    })
}

/// How many elements must meet the `contains` of `schema`.
pub(super) fn least_contained(schema: Schema<'_>) -> usize {
    schema.get("minContains").and_then(count).unwrap_or(1)
}
