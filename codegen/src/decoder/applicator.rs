//! Applicators that judge a struct which has been read, as conditions.

use offhook_model::{Json, Location, keyword};
use syn::parse_quote;

use super::condition::Condition;
use super::operand::Operand;
use super::value::one_of_booleans;
use super::{Assertion, Checks};
use crate::ir::{Field, Presence, Shape, Struct, Type};
use crate::names::identifier;
use crate::whole::Whole;

impl Checks<'_> {
    /// What an assertion says of the members of an object together.
    pub(super) fn applicator(&self, made: &Struct, assertion: &Assertion<'_>) -> Option<Condition> {
        let parent = &assertion.place;
        let at = parent.child(assertion.keyword);
        match (assertion.keyword, assertion.value) {
            ("if", _) => {
                let condition = self.meets(made, &at)?;
                let branch = |name: &str| {
                    let at = parent.child(name);
                    let is_there = !self.set.at(&at).is_null();
                    if is_there { self.meets(made, &at) } else { Some(Condition::True) }
                };
                let otherwise = condition.clone().negated()?.implies(branch("else")?)?;
                Some(Condition::all([condition.implies(branch("then")?)?, otherwise]))
            }
            ("not", _) => self.meets(made, &at)?.negated(),
            ("anyOf", Json::Array(branches)) => {
                Some(Condition::any(self.branches(made, &at, branches.len())?))
            }
            ("oneOf", Json::Array(branches)) => {
                Condition::one(self.branches(made, &at, branches.len())?)
            }
            ("dependentRequired", Json::Object(members)) => {
                let dependent = members.iter().map(|(name, names)| {
                    let names = names.as_array()?.iter().filter_map(Json::as_str);
                    let others = names.map(|name| Some(presence(field(made, name)?)));
                    let others = Condition::all(others.collect::<Option<Vec<_>>>()?);
                    presence(field(made, name)?).implies(others)
                });
                Some(Condition::all(dependent.collect::<Option<Vec<_>>>()?))
            }
            ("dependentSchemas", Json::Object(members)) => {
                let dependent = members.keys().map(|name| {
                    presence(field(made, name)?).implies(self.meets(made, &at.child(name))?)
                });
                Some(Condition::all(dependent.collect::<Option<Vec<_>>>()?))
            }
            _ => None,
        }
    }

    fn branches(&self, made: &Struct, at: &Location, count: usize) -> Option<Vec<Condition>> {
        (0..count).map(|branch| self.meets(made, &at.child(&branch.to_string()))).collect()
    }

    /// Whether the object meets the schema at `place`.
    fn meets(&self, made: &Struct, place: &Location) -> Option<Condition> {
        let whole = Whole::at(self.set, place);
        let mut conditions = Vec::new();
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
                            conditions.push(self.member_meets(made, name, &at.child(name))?);
                        }
                    }
                    ("required", Json::Array(names)) => {
                        for name in names.iter().filter_map(Json::as_str) {
                            conditions.push(presence(field(made, name)?));
                        }
                    }
                    (keyword, _) if keyword::is_annotation(keyword) => {}
                    (keyword, value) => {
                        let assertion = Assertion { place: place.clone(), keyword, value };
                        conditions.push(self.applicator(made, &assertion)?);
                    }
                }
            }
        }
        Some(Condition::all(conditions))
    }

    /// Whether the member `name`, if it is there, meets the schema at `place`.
    fn member_meets(&self, made: &Struct, name: &str, place: &Location) -> Option<Condition> {
        let field = field(made, name)?;
        let access = identifier(&field.name);
        if *self.set.at(place) == Json::Bool(false) {
            return presence(field).negated();
        }
        let whole = Whole::at(self.set, place);
        if whole.key(self.set).0.is_empty() {
            return Some(Condition::True);
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
        let it =
            if may_lack { Operand::reference() } else { Operand::value(parse_quote!(it.#access)) };
        let is_listed = if field.ty == Type::Boolean {
            one_of_booleans(&listed, &it)
        } else if self.is_text(&field.ty) {
            let words: Vec<&str> = listed.iter().filter_map(|value| value.as_str()).collect();
            let text = it.as_str();
            match words.as_slice() {
                [] => Condition::False,
                [word] => Condition::Exactly(parse_quote!(#text == #word)),
                words => Condition::Exactly(parse_quote!(matches!(#text, #(#words)|*))),
            }
        } else {
            return None;
        };
        Some(if may_lack {
            is_listed.if_present(parse_quote!(it.#access.as_ref()))
        } else {
            is_listed
        })
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
fn presence(field: &Field) -> Condition {
    let name = identifier(&field.name);
    match field.presence {
        Presence::Required | Presence::Nullable => Condition::True,
        Presence::Optional => Condition::Exactly(parse_quote!(it.#name.is_some())),
        Presence::OptionalNullable => Condition::Exactly(parse_quote!(!it.#name.is_absent())),
    }
}

fn names_object(types: &Json) -> bool {
    types == "object" || types.as_array().is_some_and(|types| types.contains(&"object".into()))
}
