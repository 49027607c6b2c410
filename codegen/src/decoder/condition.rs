//! Schemas that judge a struct which has been read, as conditions in Rust.

use serde_json::Value;

use super::value::{all, optional};
use super::{Assertion, Checks};
use crate::ir::{Field, Presence, Shape, Struct, Type};
use crate::keyword;
use crate::place::Place;
use crate::whole::Whole;

impl Checks<'_> {
    /// What an assertion says of the members of an object together.
    pub(super) fn condition(&self, made: &Struct, assertion: &Assertion<'_>) -> Option<String> {
        let parent = &assertion.place;
        let at = parent.member(assertion.keyword);
        match (assertion.keyword, assertion.value) {
            ("if", _) => {
                let condition = self.meets(made, &at)?;
                let branch = |name: &str| {
                    let at = parent.member(name);
                    let there = !self.bundle.get(&at).is_null();
                    there.then(|| self.meets(made, &at)).map_or(Some(None), |meets| meets.map(Some))
                };
                let then = branch("then")?.map(|then| format!("implies({condition}, {then})"));
                let other =
                    branch("else")?.map(|other| format!("implies(not({condition}), {other})"));
                let both: Vec<String> = then.into_iter().chain(other).collect();
                Some(all(&both))
            }
            ("not", _) => Some(format!("not({})", self.meets(made, &at)?)),
            ("anyOf", Value::Array(branches)) => {
                let branches = self.branches(made, &at, branches.len())?;
                Some(format!("any(&[{}])", branches.join(", ")))
            }
            ("oneOf", Value::Array(branches)) => {
                let branches = self.branches(made, &at, branches.len())?;
                Some(format!("just_one(&[{}])", branches.join(", ")))
            }
            ("dependentRequired", Value::Object(members)) => {
                let mut all_of = Vec::new();
                for (name, names) in members {
                    let names: Vec<&str> =
                        names.as_array()?.iter().filter_map(Value::as_str).collect();
                    let there = presence(field(made, name)?);
                    let others = names.iter().map(|name| Some(presence(field(made, name)?)));
                    let others: Vec<String> = others.collect::<Option<_>>()?;
                    if !others.is_empty() {
                        all_of.push(format!("implies({there}, {})", all(&others)));
                    }
                }
                Some(all(&all_of))
            }
            ("dependentSchemas", Value::Object(members)) => {
                let mut all_of = Vec::new();
                for name in members.keys() {
                    let there = presence(field(made, name)?);
                    all_of
                        .push(format!("implies({there}, {})", self.meets(made, &at.member(name))?));
                }
                Some(all(&all_of))
            }
            _ => None,
        }
    }

    fn branches(&self, made: &Struct, at: &Place, count: usize) -> Option<Vec<String>> {
        (0..count).map(|branch| self.meets(made, &at.member(&branch.to_string()))).collect()
    }

    /// Whether the object meets the schema at `place`.
    fn meets(&self, made: &Struct, place: &Place) -> Option<String> {
        let whole = Whole::at(self.bundle, place);
        let mut all_of = Vec::new();
        for place in &whole.places {
            let schema = match self.bundle.get(place) {
                Value::Bool(true) => continue,
                Value::Object(schema) => schema,
                _ => return None,
            };
            for (keyword, value) in schema {
                match (keyword.as_str(), value) {
                    ("$ref" | "allOf" | "then" | "else", _) => {}
                    ("type", types) if names_object(types) => {}
                    ("properties", Value::Object(members)) => {
                        let at = place.member("properties");
                        for name in members.keys() {
                            all_of.extend(self.member_meets(made, name, &at.member(name))?);
                        }
                    }
                    ("required", Value::Array(names)) => {
                        for name in names.iter().filter_map(Value::as_str) {
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
        all_of.retain(|condition| condition != "true");
        Some(all(&all_of))
    }

    /// Whether the member `name`, if it is there, meets the schema at `place`.
    fn member_meets(&self, made: &Struct, name: &str, place: &Place) -> Option<Vec<String>> {
        let field = field(made, name)?;
        let access = &field.name;
        if *self.bundle.get(place) == Value::Bool(false) {
            return Some(vec![match field.presence {
                Presence::Required | Presence::Nullable => "false".to_owned(),
                Presence::Optional => format!("it.{access}.is_none()"),
                Presence::OptionalNullable => format!("it.{access}.is_absent()"),
            }]);
        }
        let whole = Whole::at(self.bundle, place);
        if whole.key(self.bundle).0.is_empty() {
            return Some(Vec::new());
        }
        let assertions = self.assertions(&whole, whole.kinds(self.bundle))?;
        (!assertions.is_empty() && assertions.iter().all(Assertion::lists)).then_some(())?;
        let listed = whole.listed(self.bundle)?;
        // What is null is none of the values, but is not absent either.
        let may_lack = match field.presence {
            Presence::Required => false,
            Presence::Optional => true,
            Presence::Nullable | Presence::OptionalNullable => return None,
        };
        let it = if may_lack { "it".to_owned() } else { format!("it.{access}") };
        let is_listed = if field.ty == Type::Boolean {
            let allows = |value: bool| listed.iter().any(|one| **one == value);
            match (allows(true), allows(false)) {
                (true, true) => return Some(Vec::new()),
                (true, false) if may_lack => format!("*{it}"),
                (true, false) => it,
                (false, true) => format!("!{it}"),
                (false, false) => "false".to_owned(),
            }
        } else if self.is_text(&field.ty) {
            let words =
                listed.iter().filter_map(|value| value.as_str()).map(|word| format!("{word:?}"));
            let words: Vec<String> = words.collect();
            match words.as_slice() {
                [] => "false".to_owned(),
                [word] => format!("{it}.as_str() == {word}"),
                words => format!("matches!({it}.as_str(), {})", words.join(" | ")),
            }
        } else {
            return None;
        };
        let is_listed = vec![is_listed];
        Some(if may_lack {
            optional(&format!("it.{access}.as_ref()"), &is_listed)
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
fn presence(field: &Field) -> String {
    let name = &field.name;
    match field.presence {
        Presence::Required | Presence::Nullable => "true".to_owned(),
        Presence::Optional => format!("it.{name}.is_some()"),
        Presence::OptionalNullable => format!("not(it.{name}.is_absent())"),
    }
}

fn names_object(types: &Value) -> bool {
    types == "object" || types.as_array().is_some_and(|types| types.contains(&"object".into()))
}
