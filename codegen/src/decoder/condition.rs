//! Schemas that judge a struct which has been read, as conditions in Rust.

use offhook_model::{Json, Location, keyword};
use proc_macro2::TokenStream;
use quote::quote;

use super::value::{all, is_true, optional};
use super::{Assertion, Checks};
use crate::ir::{Field, Presence, Shape, Struct, Type};
use crate::names::identifier;
use crate::whole::Whole;

impl Checks<'_> {
    /// What an assertion says of the members of an object together.
    pub(super) fn condition(
        &self,
        made: &Struct,
        assertion: &Assertion<'_>,
    ) -> Option<TokenStream> {
        let parent = &assertion.place;
        let at = parent.child(assertion.keyword);
        match (assertion.keyword, assertion.value) {
            ("if", _) => {
                let condition = self.meets(made, &at)?;
                let branch = |name: &str| {
                    let at = parent.child(name);
                    let there = !self.set.at(&at).is_null();
                    there.then(|| self.meets(made, &at)).map_or(Some(None), |meets| meets.map(Some))
                };
                let then = branch("then")?.map(|then| quote!(implies(#condition, #then)));
                let other = branch("else")?.map(|other| quote!(implies(not(#condition), #other)));
                let both: Vec<TokenStream> = then.into_iter().chain(other).collect();
                Some(all(&both))
            }
            ("not", _) => {
                let meets = self.meets(made, &at)?;
                Some(quote!(not(#meets)))
            }
            ("anyOf", Json::Array(branches)) => {
                let branches = self.branches(made, &at, branches.len())?;
                Some(quote!(any(&[#(#branches),*])))
            }
            ("oneOf", Json::Array(branches)) => {
                let branches = self.branches(made, &at, branches.len())?;
                Some(quote!(just_one(&[#(#branches),*])))
            }
            ("dependentRequired", Json::Object(members)) => {
                let mut all_of = Vec::new();
                for (name, names) in members {
                    let names: Vec<&str> =
                        names.as_array()?.iter().filter_map(Json::as_str).collect();
                    let there = presence(field(made, name)?);
                    let others = names.iter().map(|name| Some(presence(field(made, name)?)));
                    let others: Vec<TokenStream> = others.collect::<Option<_>>()?;
                    if !others.is_empty() {
                        let others = all(&others);
                        all_of.push(quote!(implies(#there, #others)));
                    }
                }
                Some(all(&all_of))
            }
            ("dependentSchemas", Json::Object(members)) => {
                let mut all_of = Vec::new();
                for name in members.keys() {
                    let there = presence(field(made, name)?);
                    let meets = self.meets(made, &at.child(name))?;
                    all_of.push(quote!(implies(#there, #meets)));
                }
                Some(all(&all_of))
            }
            _ => None,
        }
    }

    fn branches(&self, made: &Struct, at: &Location, count: usize) -> Option<Vec<TokenStream>> {
        (0..count).map(|branch| self.meets(made, &at.child(&branch.to_string()))).collect()
    }

    /// Whether the object meets the schema at `place`.
    fn meets(&self, made: &Struct, place: &Location) -> Option<TokenStream> {
        let whole = Whole::at(self.set, place);
        let mut all_of = Vec::new();
        for place in &whole.places {
            let schema = match self.set.at(place) {
                Json::Bool(true) => continue,
                Json::Object(schema) => schema,
                _ => return None,
            };
            for (keyword, value) in schema {
                match (keyword.as_str(), value) {
                    ("$ref" | "allOf" | "then" | "else", _) => {}
                    ("type", types) if names_object(types) => {}
                    ("properties", Json::Object(members)) => {
                        let at = place.child("properties");
                        for name in members.keys() {
                            all_of.extend(self.member_meets(made, name, &at.child(name))?);
                        }
                    }
                    ("required", Json::Array(names)) => {
                        for name in names.iter().filter_map(Json::as_str) {
                            all_of.push(presence(field(made, name)?));
                        }
                    }
                    (keyword, _) if keyword::is_annotation(keyword) => {}
                    (keyword, value) => {
                        let assertion = Assertion { place: place.clone(), keyword, value };
                        all_of.push(self.condition(made, &assertion)?);
                    }
                }
            }
        }
        all_of.retain(|condition| !is_true(condition));
        Some(all(&all_of))
    }

    /// Whether the member `name`, if it is there, meets the schema at `place`.
    fn member_meets(
        &self,
        made: &Struct,
        name: &str,
        place: &Location,
    ) -> Option<Vec<TokenStream>> {
        let field = field(made, name)?;
        let access = identifier(&field.name);
        if *self.set.at(place) == Json::Bool(false) {
            return Some(vec![match field.presence {
                Presence::Required | Presence::Nullable => quote!(false),
                Presence::Optional => quote!(it.#access.is_none()),
                Presence::OptionalNullable => quote!(it.#access.is_absent()),
            }]);
        }
        let whole = Whole::at(self.set, place);
        if whole.key(self.set).0.is_empty() {
            return Some(Vec::new());
        }
        let assertions = self.assertions(&whole, whole.kinds(self.set))?;
        (!assertions.is_empty() && assertions.iter().all(Assertion::lists)).then_some(())?;
        let listed = whole.listed(self.set)?;
        // What is null is none of the values, but is not absent either.
        let may_lack = match field.presence {
            Presence::Required => false,
            Presence::Optional => true,
            Presence::Nullable | Presence::OptionalNullable => return None,
        };
        let it = if may_lack { quote!(it) } else { quote!(it.#access) };
        let is_listed = if field.ty == Type::Boolean {
            let allows = |value: bool| listed.iter().any(|one| **one == value);
            match (allows(true), allows(false)) {
                (true, true) => return Some(Vec::new()),
                (true, false) if may_lack => quote!(*#it),
                (true, false) => it,
                (false, true) => quote!(!#it),
                (false, false) => quote!(false),
            }
        } else if self.is_text(&field.ty) {
            let words: Vec<&str> = listed.iter().filter_map(|value| value.as_str()).collect();
            match words.as_slice() {
                [] => quote!(false),
                [word] => quote!(#it.as_str() == #word),
                words => quote!(matches!(#it.as_str(), #(#words)|*)),
            }
        } else {
            return None;
        };
        let is_listed = vec![is_listed];
        Some(if may_lack { optional(&quote!(it.#access.as_ref()), &is_listed) } else { is_listed })
    }

    /// Whether a type has `as_str`.
    fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::String | Type::Timestamp | Type::Discriminator(_) => true,
            Type::Named(name) => self
                .vendor
                .definitions()
                .any(|other| other.name == *name && matches!(other.shape, Shape::Enum(_))),
            _ => false,
        }
    }
}

fn field<'m>(made: &'m Struct, name: &str) -> Option<&'m Field> {
    made.fields.iter().find(|field| field.wire == name)
}

/// Whether a member is there.
fn presence(field: &Field) -> TokenStream {
    let name = identifier(&field.name);
    match field.presence {
        Presence::Required | Presence::Nullable => quote!(true),
        Presence::Optional => quote!(it.#name.is_some()),
        Presence::OptionalNullable => quote!(not(it.#name.is_absent())),
    }
}

fn names_object(types: &Json) -> bool {
    types == "object" || types.as_array().is_some_and(|types| types.contains(&"object".into()))
}
