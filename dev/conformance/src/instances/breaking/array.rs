//! Arrays changed so that one assertion no longer holds of them.

use offhook_model::Json;

use super::{DEPTH, LONG};
use crate::bundle::Schema;
use crate::instances::Generator;
use crate::instances::array::least_contained;
use crate::instances::demand::count;
use crate::instances::fault::Assertion;
use crate::json::same;

impl<'b> Generator<'b> {
    pub(super) fn other_array(
        &mut self,
        assertion: &Assertion<'b>,
        mut elements: Vec<Json>,
    ) -> Option<Vec<Json>> {
        let Assertion { schema, keyword, .. } = *assertion;
        let limit = schema.get(keyword).and_then(count);
        match keyword {
            "items" | "unevaluatedItems" => {
                let positions = schema.list("prefixItems").len();
                let unfit = self.unfit(schema.schema(keyword)?, DEPTH)?;
                while elements.len() < positions {
                    elements.push(self.element_value(schema, elements.len())?);
                }
                elements.push(unfit);
            }
            "contains" | "minContains" => {
                let contains = schema.schema("contains")?;
                let allowed = least_contained(schema).checked_sub(1)?;
                let holding = |element: &&mut Json| self.oracle.holds(contains, element);
                let holding: Vec<&mut Json> = elements.iter_mut().filter(holding).collect();
                for element in holding.into_iter().skip(allowed) {
                    *element = self.unfit(contains, DEPTH)?;
                }
            }
            "maxContains" => {
                let contains = schema.schema("contains")?;
                let holding = elements.iter().filter(|element| self.holds(contains, element));
                for _ in holding.count()..=limit.filter(|limit| *limit < LONG)? {
                    elements.push(self.value(&[contains], DEPTH)?);
                }
            }
            "minItems" => elements.truncate(limit?.checked_sub(1)?),
            "maxItems" => {
                while elements.len() <= limit.filter(|limit| *limit < LONG)? {
                    elements.push(self.element_value(schema, elements.len())?);
                }
            }
            "uniqueItems" => {
                if elements.is_empty() {
                    elements.push(self.element_value(schema, 0)?);
                }
                let twice = self.decks.pick(&elements)?.clone();
                // At the end, or in the place of another.
                let other = elements.iter().position(|other| !same(other, &twice));
                match other.filter(|_| self.decks.once_in(2)) {
                    Some(index) => elements[index] = twice,
                    None => elements.push(twice),
                }
            }
            _ => return None,
        }
        Some(elements)
    }

    /// A value for the element at `index` as `schema` has it.
    fn element_value(&mut self, schema: Schema<'b>, index: usize) -> Option<Json> {
        self.value(&schema.element(index).into_iter().collect::<Vec<_>>(), DEPTH)
    }
}
