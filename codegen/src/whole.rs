//! All schemas that hold of one value at once, and what they say of it together.
//!
//! A value is held against a schema, what that refers to, and every branch of their `allOf`. Types
//! are made of such wholes, so that it makes no difference how a document has cut them up.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::bundle::Bundle;
use crate::keyword;
use crate::kinds::{Kinds, same};
use crate::place::Place;

/// The longest array that becomes a tuple; serde reads none of more than 16.
const LONGEST_TUPLE: usize = 12;

/// The schemas that hold of a value, in the order in which a reader meets them.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) places: Vec<Place>,
    /// The unions one of whose branches is among the places, or of which no branch need be.
    decided: BTreeSet<Place>,
    /// The branches of those of which none is.
    dropped: Vec<Place>,
    /// The branches that were chosen, unions outside before those inside.
    pub(crate) taken: Vec<Place>,
    /// The kinds that are of interest.
    pub(crate) only: Kinds,
    /// A schema that tells people of the value, though it does not always hold.
    mentioned: Option<Place>,
}

/// What makes two wholes the same.
pub(crate) type Key = (BTreeSet<Place>, BTreeSet<Place>, Kinds);

/// A `oneOf` or `anyOf` that is not decided yet.
pub(crate) struct Union {
    /// The place of the keyword.
    pub(crate) place: Place,
    pub(crate) branches: Vec<Place>,
}

impl Whole {
    /// Of a value about which nothing is said.
    pub(crate) fn nothing() -> Self {
        Self {
            places: Vec::new(),
            decided: BTreeSet::new(),
            dropped: Vec::new(),
            taken: Vec::new(),
            only: Kinds::ALL,
            mentioned: None,
        }
    }

    /// What has this key: that a place only leads to others makes no difference.
    pub(crate) fn of_key((places, decided, only): &Key) -> Self {
        Self {
            places: places.iter().cloned().collect(),
            decided: decided.clone(),
            only: *only,
            ..Self::nothing()
        }
    }

    /// Of the value that the schema at `place` is about.
    pub(crate) fn at(bundle: &Bundle, place: &Place) -> Self {
        let mut whole = Self::nothing();
        whole.add(bundle, place);
        whole
    }

    pub(crate) fn all(bundle: &Bundle, places: impl IntoIterator<Item = Place>) -> Self {
        let mut whole = Self::nothing();
        for place in places {
            whole.add(bundle, &place);
        }
        whole
    }

    fn add(&mut self, bundle: &Bundle, place: &Place) {
        if self.places.contains(place) {
            return;
        }
        self.places.push(place.clone());
        if let Some(target) = bundle.target(place) {
            self.add(bundle, &target);
        }
        let branches = bundle.get(place).get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        for branch in 0..branches {
            self.add(bundle, &place.member("allOf").member(&branch.to_string()));
        }
    }

    /// The schema that tells people of the value.
    pub(crate) fn about(&self) -> Option<&Place> {
        self.places.first().or(self.mentioned.as_ref())
    }

    /// This one, with the branch at `branch` of a union.
    pub(crate) fn with_branch(&self, bundle: &Bundle, union: &Union, branch: &Place) -> Self {
        let mut whole = self.clone();
        whole.decided.insert(union.place.clone());
        whole.taken.push(branch.clone());
        whole.add(bundle, branch);
        whole
    }

    /// This one, with a union that makes no difference to the type.
    pub(crate) fn without_union(&self, union: &Union) -> Self {
        let mut whole = self.clone();
        whole.decided.insert(union.place.clone());
        whole.dropped.extend(union.branches.iter().cloned());
        whole
    }

    /// This one, for values of `kinds` alone.
    pub(crate) fn restricted(&self, bundle: &Bundle, kinds: Kinds) -> Self {
        let mut whole = self.clone();
        if !whole.kinds(bundle).within(kinds) {
            whole.only = whole.only & kinds;
        }
        whole
    }

    /// What makes this whole the same as another: not the places that only lead to others.
    pub(crate) fn key(&self, bundle: &Bundle) -> Key {
        let places: BTreeSet<Place> =
            self.places.iter().filter(|place| self.asserts(bundle, place)).cloned().collect();
        let decided = self.decided.iter().filter(|union| places.contains(&union.parent()));
        let decided = decided.cloned().collect();
        (places, decided, self.only)
    }

    /// Whether the schema at `place` says more than that others hold.
    fn asserts(&self, bundle: &Bundle, place: &Place) -> bool {
        let members = match bundle.get(place) {
            Value::Bool(fits) => return !fits,
            Value::Object(members) => members,
            _ => return false,
        };
        members.keys().map(String::as_str).any(|name| match name {
            "$ref" | "allOf" => false,
            "anyOf" | "oneOf" => !self.decided.contains(&place.member(name)),
            name => !keyword::is_annotation(name),
        })
    }

    /// The one schema that all others of this whole follow from.
    pub(crate) fn head(&self, bundle: &Bundle) -> Option<Place> {
        let key = self.key(bundle);
        if !key.1.is_empty() || self.only != Kinds::ALL {
            return None;
        }
        self.places
            .iter()
            .filter(|place| key.0.contains(place))
            .find(|place| Self::at(bundle, place).key(bundle) == key)
            .cloned()
    }

    /// The schemas themselves.
    fn schemas<'b>(&'b self, bundle: &'b Bundle) -> impl Iterator<Item = (&'b Place, &'b Value)> {
        self.places.iter().map(|place| (place, bundle.get(place)))
    }

    /// The kinds of values that fit.
    pub(crate) fn kinds(&self, bundle: &Bundle) -> Kinds {
        let mut kinds = self.only;
        for (_, schema) in self.schemas(bundle) {
            kinds = match schema {
                Value::Bool(false) => Kinds::NONE,
                schema => kinds & Kinds::typed(schema),
            };
        }
        match self.listed(bundle) {
            None => kinds,
            Some(values) => {
                kinds & values.iter().fold(Kinds::NONE, |kinds, value| kinds | Kinds::of(value))
            }
        }
    }

    /// The kinds that fit and are not null, in the order of the schema.
    pub(crate) fn order(&self, bundle: &Bundle) -> Vec<Kinds> {
        let kinds = self.kinds(bundle);
        let apart = |kind: Kinds| Kinds::APART.into_iter().find(|apart| apart.has(kind));
        let typed = self.schemas(bundle).find_map(|(_, schema)| schema["type"].as_array());
        let typed = typed.into_iter().flatten().filter_map(Value::as_str).map(Kinds::named);
        let mut order: Vec<Kinds> = typed.filter_map(apart).collect();
        order.extend(Kinds::APART);
        order.into_iter().filter(|kind| kind.has(kinds)).collect()
    }

    /// The only values that fit, if they are listed.
    pub(crate) fn listed<'b>(&self, bundle: &'b Bundle) -> Option<Vec<&'b Value>> {
        let mut listed: Option<Vec<&Value>> = None;
        let mut typed = self.only;
        for place in &self.places {
            let schema = bundle.get(place);
            typed = typed & Kinds::typed(schema);
            let constant = schema.get("const").map(std::slice::from_ref);
            let several = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice);
            for values in constant.into_iter().chain(several) {
                listed = Some(match listed {
                    None => values.iter().collect(),
                    Some(before) => before
                        .into_iter()
                        .filter(|before| values.iter().any(|value| same(before, value)))
                        .collect(),
                });
            }
        }
        listed.map(|values| {
            values.into_iter().filter(|value| Kinds::of(value).within(typed)).collect()
        })
    }

    /// The unions that are not decided.
    pub(crate) fn unions(&self, bundle: &Bundle) -> Vec<Union> {
        let mut unions = Vec::new();
        for (place, schema) in self.schemas(bundle) {
            for keyword in ["oneOf", "anyOf"] {
                let at = place.member(keyword);
                let branches = schema.get(keyword).and_then(Value::as_array).map(Vec::len);
                if let Some(branches) = branches
                    && !self.decided.contains(&at)
                {
                    let branches = (0..branches).map(|branch| at.member(&branch.to_string()));
                    unions.push(Union { branches: branches.collect(), place: at });
                }
            }
        }
        unions
    }

    /// Whether the union at `place` is decided.
    pub(crate) fn has_decided(&self, place: &Place) -> bool {
        self.decided.contains(place)
    }

    /// The unions that are decided here and are not in `before`.
    pub(crate) fn decided_since<'w>(&'w self, before: &'w Self) -> impl Iterator<Item = &'w Place> {
        self.decided.difference(&before.decided)
    }

    /// Whether a string has to have the format `format`.
    pub(crate) fn has_format(&self, bundle: &Bundle, format: &str) -> bool {
        self.schemas(bundle).any(|(_, schema)| schema["format"] == format)
    }

    /// The members that are described, each with what is said of its value.
    pub(crate) fn members(&self, bundle: &Bundle) -> Vec<(String, Whole)> {
        let mut names: Vec<&String> = Vec::new();
        let listed =
            self.schemas(bundle).filter_map(|(_, schema)| schema["properties"].as_object());
        for name in listed.flat_map(Map::keys) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.into_iter().map(|name| (name.clone(), self.member(bundle, name))).collect()
    }

    /// What is said of the member `name`.
    pub(crate) fn member(&self, bundle: &Bundle, name: &str) -> Whole {
        let mut places = Vec::new();
        for (place, schema) in self.schemas(bundle) {
            let before = places.len();
            if schema["properties"].get(name).is_some() {
                places.push(place.member("properties").member(name));
            }
            for (pattern, _) in schema["patternProperties"].as_object().into_iter().flatten() {
                if matches(pattern, name) {
                    places.push(place.member("patternProperties").member(pattern));
                }
            }
            if places.len() == before && schema.get("additionalProperties").is_some() {
                places.push(place.member("additionalProperties"));
            }
        }
        Self::all(bundle, places)
    }

    /// The members that are spoken of only for some values, each with what is said of it; nothing
    /// if a value may get around that.
    pub(crate) fn conditional_members(&self, bundle: &Bundle) -> Vec<(String, Vec<Whole>)> {
        let mut found: BTreeMap<String, Vec<Whole>> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for (place, schema) in self.schemas(bundle) {
            let [condition, then, other] = ["if", "then", "else"].map(|keyword| {
                let at = place.member(keyword);
                let whole = schema.get(keyword).map(|_| Self::at(bundle, &at));
                whole.map(|whole| whole.members(bundle)).unwrap_or_default()
            });
            let dependent = schema["dependentSchemas"].as_object().into_iter().flat_map(Map::keys);
            let dependent = dependent.flat_map(|name| {
                let at = place.member("dependentSchemas").member(name);
                Self::at(bundle, &at).members(bundle)
            });
            let required = schema["dependentRequired"].as_object().into_iter().flatten();
            let required = required.flat_map(|(name, names)| {
                let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
                names.chain([name.as_str()]).map(|name| (name.to_owned(), Self::nothing()))
            });
            let dropped = self.dropped.iter().filter(|branch| branch.parent().parent() == *place);
            let dropped = dropped.flat_map(|branch| Self::at(bundle, branch).members(bundle));
            let described = [&then, &other, &condition].into_iter().flatten().cloned();
            for (name, whole) in described.chain(dependent).chain(required).chain(dropped) {
                let counterpart = |members: &[(String, Whole)]| {
                    let found = members.iter().find(|(other, _)| *other == name);
                    found.map(|(_, whole)| whole.clone())
                };
                let alternatives = match (counterpart(&then), counterpart(&other)) {
                    (Some(then), Some(other)) => vec![then, other],
                    _ if whole.kinds(bundle).is_empty() => continue,
                    _ => vec![Self { mentioned: whole.about().cloned(), ..Self::nothing() }],
                };
                if let Entry::Vacant(vacant) = found.entry(name) {
                    order.push(vacant.key().clone());
                    vacant.insert(alternatives);
                }
            }
        }
        order
            .into_iter()
            .filter_map(|name| {
                let alternatives = found.remove(&name)?;
                Some((name, alternatives))
            })
            .collect()
    }

    /// The members that must be there, in order.
    pub(crate) fn required(&self, bundle: &Bundle) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let required = self.schemas(bundle).filter_map(|(_, schema)| schema["required"].as_array());
        for name in required.flatten().filter_map(Value::as_str) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// What is said of members that are not described, by alternatives; none if there are to be no
    /// such members, or nothing tells of them.
    pub(crate) fn rest(&self, bundle: &Bundle) -> Vec<Whole> {
        let mut alternatives = Vec::new();
        let mut additional = Vec::new();
        let mut unevaluated = Vec::new();
        for (place, schema) in self.schemas(bundle) {
            let patterns = schema["patternProperties"].as_object().into_iter().flat_map(Map::keys);
            for pattern in patterns {
                let at = place.member("patternProperties").member(pattern);
                alternatives.push(Self::at(bundle, &at));
            }
            let allows = |keyword: &str| {
                schema.get(keyword).is_some_and(|schema| *schema != Value::Bool(false))
            };
            if allows("additionalProperties") {
                additional.push(place.member("additionalProperties"));
            }
            if allows("unevaluatedProperties") {
                // What is evaluated elsewhere need not fit it.
                unevaluated.push(Self::at(bundle, &place.member("unevaluatedProperties")));
            }
        }
        let is_told = !additional.is_empty() || !unevaluated.is_empty();
        let closed = self.forbids_more(bundle, &["additionalProperties"])
            || !is_told && self.forbids_more(bundle, &["unevaluatedProperties"]);
        if !closed && (!additional.is_empty() || !is_told && !alternatives.is_empty()) {
            alternatives.push(Self::all(bundle, additional));
        }
        if !closed {
            alternatives.extend(unevaluated);
        }
        alternatives.retain(|whole| !whole.kinds(bundle).is_empty());
        alternatives
    }

    /// Whether members that are not described are forbidden, by any of `keywords`.
    pub(crate) fn forbids_more(&self, bundle: &Bundle, keywords: &[&str]) -> bool {
        self.schemas(bundle).any(|(_, schema)| {
            keywords.iter().any(|keyword| schema.get(keyword) == Some(&Value::Bool(false)))
        })
    }

    /// The elements that have a place of their own.
    pub(crate) fn prefix(&self, bundle: &Bundle) -> Vec<Whole> {
        let length = self.schemas(bundle).map(|(_, schema)| prefix_length(schema)).max();
        let element = |index: usize| {
            let mut places = Vec::new();
            for (place, schema) in self.schemas(bundle) {
                if index < prefix_length(schema) {
                    places.push(place.member("prefixItems").member(&index.to_string()));
                } else if schema.get("items").is_some() {
                    places.push(place.member("items"));
                }
            }
            Self::all(bundle, places)
        };
        (0..length.unwrap_or(0)).map(element).collect()
    }

    /// The elements of an array that always has just these, if it has not too many for a tuple.
    pub(crate) fn exact_prefix(&self, bundle: &Bundle) -> Option<Vec<Whole>> {
        let prefix = self.prefix(bundle);
        let length = prefix.len() as u64;
        let (least, most) = self.bounds(bundle, "minItems", "maxItems");
        let ends = self.elements(bundle).kinds(bundle).is_empty();
        let exact = least >= length && (ends || most <= length);
        (exact && (1..=LONGEST_TUPLE).contains(&prefix.len())).then_some(prefix)
    }

    /// The elements after those.
    pub(crate) fn elements(&self, bundle: &Bundle) -> Whole {
        let described = self.schemas(bundle).filter(|(_, schema)| schema.get("items").is_some());
        Self::all(bundle, described.map(|(place, _)| place.member("items")).collect::<Vec<_>>())
    }

    /// The least and the most of a count: `minItems` and `maxItems`, for example.
    pub(crate) fn bounds(&self, bundle: &Bundle, least: &str, most: &str) -> (u64, u64) {
        let all = |keyword: &str| {
            let values = self.schemas(bundle).filter_map(|(_, schema)| schema[keyword].as_f64());
            values.collect::<Vec<_>>()
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count that is too large for one is as good as none"
        )]
        let count = |value: f64| value as u64;
        let least = all(least).into_iter().map(count).max().unwrap_or(0);
        (least, all(most).into_iter().map(count).min().unwrap_or(u64::MAX))
    }

    /// Whether something is said of an object's members, or of an array's elements.
    pub(crate) fn has_structure(&self, bundle: &Bundle, kind: Kinds) -> bool {
        let keywords: &[&str] = if kind == Kinds::OBJECT {
            &["properties", "additionalProperties", "patternProperties"]
        } else {
            &["items", "prefixItems"]
        };
        self.schemas(bundle).any(|(_, schema)| {
            keywords
                .iter()
                .any(|keyword| schema.get(keyword).is_some_and(|value| !value.is_boolean()))
        })
    }
}

fn prefix_length(schema: &Value) -> usize {
    schema["prefixItems"].as_array().map_or(0, Vec::len)
}

/// Whether the pattern of a `patternProperties` is about `name`, in the engine that payloads are
/// judged with.
fn matches(pattern: &str, name: &str) -> bool {
    jsonschema::options()
        .with_pattern_options(jsonschema::PatternOptions::regex())
        .build(&serde_json::json!({ "pattern": pattern }))
        .is_ok_and(|validator| validator.is_valid(&Value::from(name)))
}
