//! Assertions about structs, as Rust.

use std::collections::BTreeSet;

use offhook_model::Json;
use syn::{Expr, parse_quote};

use super::condition::Condition;
use super::operand::Operand;
use super::{Assertion, Checks, Mode, is_plain};
use crate::ir::{Field, Presence, Struct, Type};
use crate::names::identifier;
use crate::whole::Whole;

impl Checks<'_> {
    /// What must hold of an object beyond that each member can be read.
    pub(super) fn structure(&mut self, made: &Struct, wholes: &[Whole]) -> Option<Condition> {
        let mut alternatives = Vec::new();
        for whole in wholes {
            alternatives.extend(self.alternatives(whole)?);
        }
        let [whole] = alternatives.as_slice() else {
            return None;
        };
        made.fields.iter().all(|field| is_plain(&field.wire)).then_some(())?;
        let mut conditions = Vec::new();
        let mut described: BTreeSet<String> = whole.required(self.set).into_iter().collect();
        described.extend(whole.members(self.set).into_iter().map(|(name, _)| name));
        for field in &made.fields {
            conditions.push(self.field(field, whole, described.contains(&field.wire))?);
        }
        for assertion in self.assertions(whole, whole.kinds(self.set))? {
            conditions.push(self.of_object(made, &assertion)?);
        }
        if let Some(rest) = &made.rest {
            let ty = match &rest.ty {
                Type::Map(value) => Some(&**value),
                _ => None,
            };
            let name = identifier(&rest.name);
            let it = Operand::value(parse_quote!(it.#name));
            conditions.push(self.map_values(whole, ty, &it)?);
        }
        Some(Condition::all(conditions))
    }

    fn field(&mut self, field: &Field, whole: &Whole, is_described: bool) -> Option<Condition> {
        let said = whole.member(self.set, &field.wire);
        if !is_described {
            // It is there for the sake of a condition, and made of what that says.
            return said.key(self.set).0.is_empty().then_some(Condition::True);
        }
        let name = identifier(&field.name);
        let (option, it): (Option<Expr>, Operand) = match field.presence {
            Presence::Required => (None, Operand::value(parse_quote!(it.#name))),
            Presence::Nullable | Presence::Optional => {
                (Some(parse_quote!(it.#name.as_ref())), Operand::reference())
            }
            Presence::OptionalNullable => {
                (Some(parse_quote!(it.#name.value())), Operand::reference())
            }
        };
        let condition = self.value(&field.ty, &[said], &it)?;
        Some(match option {
            None => condition,
            Some(option) => condition.if_present(option),
        })
    }

    /// What an assertion says of the object as a whole.
    fn of_object(&mut self, made: &Struct, assertion: &Assertion<'_>) -> Option<Condition> {
        let has_field = |name: &String| made.fields.iter().any(|field| field.wire == *name);
        match (assertion.keyword, assertion.value) {
            // Of a member that may not be there, there is no field.
            ("properties", Json::Object(members)) => {
                members.keys().all(has_field).then_some(Condition::True)
            }
            ("required", Json::Array(names)) => {
                let required = |name: &Json| {
                    let field = made.fields.iter().find(|field| *name == field.wire);
                    field.is_some_and(|field| {
                        matches!(field.presence, Presence::Required | Presence::Nullable)
                    })
                };
                names.iter().all(required).then_some(Condition::True)
            }
            ("additionalProperties", Json::Bool(false)) => {
                let listed = self.set.at(&assertion.place.child("properties"));
                let lists = |field: &Field| listed.get(&field.wire).is_some();
                made.fields.iter().all(lists).then_some(())?;
                self.mode = Mode::Closed;
                Some(Condition::True)
            }
            ("additionalProperties", _) | ("unevaluatedProperties", Json::Bool(true)) => {
                Some(Condition::True)
            }
            _ => self.applicator(made, assertion),
        }
    }
}
