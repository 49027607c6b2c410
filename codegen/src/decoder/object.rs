//! Assertions about structs, as Rust.

use std::collections::BTreeSet;

use offhook_model::Json;
use proc_macro2::TokenStream;
use quote::quote;

use super::subject::Subject;
use super::value::optional;
use super::{Assertion, Checks, Mode, is_plain};
use crate::ir::{Field, Presence, Struct, Type};
use crate::names::identifier;
use crate::whole::Whole;

impl Checks<'_> {
    /// What must hold of an object beyond that each member can be read.
    pub(super) fn structure(
        &mut self,
        made: &Struct,
        wholes: &[Whole],
    ) -> Option<Vec<TokenStream>> {
        let mut alternatives = Vec::new();
        for whole in wholes {
            alternatives.extend(self.alternatives(whole)?);
        }
        let [whole] = alternatives.as_slice() else {
            return None;
        };
        made.fields.iter().all(|field| is_plain(&field.wire)).then_some(())?;
        let mut holds = Vec::new();
        let mut described: BTreeSet<String> = whole.required(self.set).into_iter().collect();
        described.extend(whole.members(self.set).into_iter().map(|(name, _)| name));
        for field in &made.fields {
            holds.extend(self.field(field, whole, described.contains(&field.wire))?);
        }
        for assertion in self.assertions(whole, whole.kinds(self.set))? {
            holds.extend(self.of_object(made, &assertion)?);
        }
        if let Some(rest) = &made.rest {
            let ty = match &rest.ty {
                Type::Map(value) => Some(&**value),
                _ => None,
            };
            let name = identifier(&rest.name);
            let it = Subject::place(quote!(it.#name));
            holds.extend(self.map_values(whole, ty, &it)?);
        }
        Some(holds)
    }

    fn field(
        &mut self,
        field: &Field,
        whole: &Whole,
        is_described: bool,
    ) -> Option<Vec<TokenStream>> {
        let said = whole.member(self.set, &field.wire);
        if !is_described {
            // It is there for the sake of a condition, and made of what that says.
            return said.key(self.set).0.is_empty().then(Vec::new);
        }
        let name = identifier(&field.name);
        let (option, it) = match field.presence {
            Presence::Required => (None, Subject::place(quote!(it.#name))),
            Presence::Nullable | Presence::Optional => {
                (Some(quote!(it.#name.as_ref())), Subject::reference(quote!(it)))
            }
            Presence::OptionalNullable => {
                (Some(quote!(it.#name.value())), Subject::reference(quote!(it)))
            }
        };
        let holds = self.value(&field.ty, &[said], &it)?;
        Some(match option {
            None => holds,
            Some(option) => optional(&option, &holds),
        })
    }

    /// What an assertion says of the object as a whole.
    fn of_object(&mut self, made: &Struct, assertion: &Assertion<'_>) -> Option<Vec<TokenStream>> {
        let has_field = |name: &String| made.fields.iter().any(|field| field.wire == *name);
        match (assertion.keyword, assertion.value) {
            // Of a member that may not be there, there is no field.
            ("properties", Json::Object(members)) => members.keys().all(has_field).then(Vec::new),
            ("required", Json::Array(names)) => {
                let required = |name: &Json| {
                    let field = made.fields.iter().find(|field| *name == field.wire);
                    field.is_some_and(|field| {
                        matches!(field.presence, Presence::Required | Presence::Nullable)
                    })
                };
                names.iter().all(required).then(Vec::new)
            }
            ("additionalProperties", Json::Bool(false)) => {
                let listed = self.set.at(&assertion.place.child("properties"));
                let lists = |field: &Field| listed.get(&field.wire).is_some();
                made.fields.iter().all(lists).then_some(())?;
                self.mode = Mode::Closed;
                Some(Vec::new())
            }
            ("additionalProperties", _) | ("unevaluatedProperties", Json::Bool(true)) => {
                Some(Vec::new())
            }
            _ => Some(vec![self.condition(made, assertion)?]),
        }
    }
}
