//! Objects changed so that one assertion no longer holds of them.

use offhook_model::{Json, Object};

use super::{DEPTH, LONG};
use crate::bundle::{Schema, strings};
use crate::instances::demand::count;
use crate::instances::fault::Assertion;
use crate::instances::{Generator, TRIES, text};

/// An object's members.
type Members = Object;

impl<'b> Generator<'b> {
    pub(super) fn other_object(
        &mut self,
        assertion: &Assertion<'b>,
        mut members: Members,
    ) -> Option<Members> {
        let Assertion { schema, keyword, name, .. } = *assertion;
        match keyword {
            "required" => drop(members.shift_remove(name)?),
            "properties" => drop(members.insert(name.to_owned(), self.free(DEPTH))),
            "patternProperties"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames" => {
                let (name, value) = self.unfit_member(assertion, &members)?;
                members.insert(name, value);
            }
            "dependentRequired" => {
                self.add_member(schema, name, &mut members)?;
                let dependent: Vec<&str> = strings(schema.get(keyword)?.get(name)).collect();
                members.shift_remove(*self.decks.pick(&dependent)?);
            }
            "dependentSchemas" => {
                self.add_member(schema, name, &mut members)?;
                let dependent = schema.named(keyword).find(|(known, _)| *known == name)?.1;
                let with_name = Json::Object(members.clone());
                if self.holds(dependent, &with_name)
                    && let Json::Object(changed) = self.fault_in(dependent, &with_name)?
                {
                    members = changed;
                }
            }
            "minProperties" => {
                let least = schema.get(keyword).and_then(count)?;
                while members.len() >= least {
                    let names: Vec<String> = members.keys().cloned().collect();
                    members.shift_remove(self.decks.pick(&names)?);
                }
            }
            "maxProperties" => {
                let most = schema.get(keyword).and_then(count).filter(|most| *most < LONG)?;
                while members.len() <= most {
                    let added = self.undocumented(schema, &members)?;
                    members.insert(added, self.free(DEPTH));
                }
            }
            _ => return None,
        }
        Some(members)
    }

    /// A member that must not be added, for its value or its name.
    fn unfit_member(
        &mut self,
        assertion: &Assertion<'b>,
        members: &Members,
    ) -> Option<(String, Json)> {
        let Assertion { schema, keyword, name, .. } = *assertion;
        match keyword {
            "patternProperties" => {
                let of_name = schema.named(keyword).find(|(known, _)| *known == name)?.1;
                let name = self.patterns.get(name)?.sample(&mut self.decks, 0, usize::MAX)?;
                Some((name, self.unfit(of_name, DEPTH)?))
            }
            "propertyNames" => Some((self.unfit_name(schema.schema(keyword)?)?, self.free(DEPTH))),
            _ => {
                let name = self.undocumented(schema, members)?;
                Some((name, self.unfit(schema.schema(keyword)?, DEPTH)?))
            }
        }
    }

    /// Adds the member `name` with a value as `schema` has it, unless there is one.
    fn add_member(&mut self, schema: Schema<'b>, name: &str, members: &mut Members) -> Option<()> {
        if !members.contains_key(name) {
            let schemas = self.documented(schema, name);
            members.insert(name.to_owned(), self.value(&schemas, DEPTH)?);
        }
        Some(())
    }

    /// A name that is no member yet, and that `schema` knows nothing of.
    fn undocumented(&mut self, schema: Schema<'b>, members: &Members) -> Option<String> {
        for attempt in 0..TRIES {
            let length = 2 + self.decks.below(6) + attempt;
            let name = text::of_length(length, &mut self.decks);
            if !members.contains_key(&name) && self.documented(schema, &name).is_empty() {
                return Some(name);
            }
        }
        None
    }

    /// A string that is no instance of `names`.
    fn unfit_name(&mut self, names: Schema<'b>) -> Option<String> {
        for _ in 0..TRIES {
            let length = self.decks.below(30);
            let free = Json::String(text::of_length(length, &mut self.decks));
            let found = self.unfit(names, DEPTH).filter(Json::is_string).unwrap_or(free);
            if let Json::String(name) = &found
                && !self.holds(names, &found)
            {
                return Some(name.clone());
            }
        }
        None
    }
}
