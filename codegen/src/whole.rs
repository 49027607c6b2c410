//! All schemas that hold of one value at once, and what they say of it together.
//!
//! A value is held against a schema, what that refers to, and every branch of their `allOf`. Types
//! are made of such wholes, so that it makes no difference how a document has cut them up.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use offhook_model::pattern::Pattern;
use offhook_model::{Json, Location, Object, SchemaSet, TypeSet, keyword};

/// The longest array that becomes a tuple; serde reads none of more than 16.
const LONGEST_TUPLE: usize = 12;

/// The kinds of values of which a Rust type has a variant of its own.
pub(crate) const APART: [TypeSet; 5] =
    [TypeSet::STRING, TypeSet::NUMBER, TypeSet::BOOLEAN, TypeSet::ARRAY, TypeSet::OBJECT];

/// The schemas that hold of a value, in the order in which a reader meets them.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) places: Vec<Location>,
    /// The unions one of whose branches is among the places, or of which no branch need be.
    decided: BTreeSet<Location>,
    /// The branches of those of which none is.
    dropped: Vec<Location>,
    /// The branches that were chosen, unions outside before those inside.
    pub(crate) taken: Vec<Location>,
    /// The kinds that are of interest.
    pub(crate) only: TypeSet,
    /// A schema that tells people of the value, though it does not always hold.
    mentioned: Option<Location>,
}

/// What makes two wholes the same.
pub(crate) type Key = (BTreeSet<Location>, BTreeSet<Location>, TypeSet);

/// A `oneOf` or `anyOf` that is not decided yet.
pub(crate) struct Union {
    /// The place of the keyword.
    pub(crate) place: Location,
    pub(crate) branches: Vec<Location>,
}

impl Whole {
    /// Of a value about which nothing is said.
    pub(crate) fn nothing() -> Self {
        Self {
            places: Vec::new(),
            decided: BTreeSet::new(),
            dropped: Vec::new(),
            taken: Vec::new(),
            only: TypeSet::ALL,
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
    pub(crate) fn at(set: &SchemaSet, place: &Location) -> Self {
        let mut whole = Self::nothing();
        whole.add(set, place);
        whole
    }

    pub(crate) fn all(set: &SchemaSet, places: impl IntoIterator<Item = Location>) -> Self {
        let mut whole = Self::nothing();
        for place in places {
            whole.add(set, &place);
        }
        whole
    }

    fn add(&mut self, set: &SchemaSet, place: &Location) {
        if self.places.contains(place) {
            return;
        }
        self.places.push(place.clone());
        if let Some(target) = set.target(place) {
            self.add(set, &target);
        }
        let branches = set.at(place).get("allOf").and_then(Json::as_array).map_or(0, <[Json]>::len);
        for branch in 0..branches {
            self.add(set, &place.child("allOf").child(&branch.to_string()));
        }
    }

    /// The schema that tells people of the value.
    pub(crate) fn about(&self) -> Option<&Location> {
        self.places.first().or(self.mentioned.as_ref())
    }

    /// This one, with the branch at `branch` of a union.
    pub(crate) fn with_branch(&self, set: &SchemaSet, union: &Union, branch: &Location) -> Self {
        let mut whole = self.clone();
        whole.decided.insert(union.place.clone());
        whole.taken.push(branch.clone());
        whole.add(set, branch);
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
    pub(crate) fn restricted(&self, set: &SchemaSet, kinds: TypeSet) -> Self {
        let mut whole = self.clone();
        if !whole.kinds(set).is_within(kinds) {
            whole.only = whole.only & kinds;
        }
        whole
    }

    /// What makes this whole the same as another: not the places that only lead to others.
    pub(crate) fn key(&self, set: &SchemaSet) -> Key {
        let places: BTreeSet<Location> =
            self.places.iter().filter(|place| self.asserts(set, place)).cloned().collect();
        let decided = self.decided.iter().filter(|union| places.contains(&union.parent()));
        let decided = decided.cloned().collect();
        (places, decided, self.only)
    }

    /// Whether the schema at `place` says more than that others hold.
    fn asserts(&self, set: &SchemaSet, place: &Location) -> bool {
        let members = match set.at(place) {
            Json::Bool(fits) => return !fits,
            Json::Object(members) => members,
            _ => return false,
        };
        members.keys().map(String::as_str).any(|name| match name {
            "$ref" | "allOf" => false,
            "anyOf" | "oneOf" => !self.decided.contains(&place.child(name)),
            name => !keyword::is_annotation(name),
        })
    }

    /// The one schema that all others of this whole follow from.
    pub(crate) fn head(&self, set: &SchemaSet) -> Option<Location> {
        let key = self.key(set);
        if !key.1.is_empty() || self.only != TypeSet::ALL {
            return None;
        }
        self.places
            .iter()
            .filter(|place| key.0.contains(place))
            .find(|place| Self::at(set, place).key(set) == key)
            .cloned()
    }

    /// The schemas themselves.
    fn schemas<'b>(&'b self, set: &'b SchemaSet) -> impl Iterator<Item = (&'b Location, &'b Json)> {
        self.places.iter().map(|place| (place, set.at(place)))
    }

    /// The kinds of values that fit.
    pub(crate) fn kinds(&self, set: &SchemaSet) -> TypeSet {
        let mut kinds = self.only;
        for (_, schema) in self.schemas(set) {
            kinds = match schema {
                Json::Bool(false) => TypeSet::NONE,
                schema => kinds & TypeSet::of_schema(schema),
            };
        }
        match self.listed(set) {
            None => kinds,
            Some(values) => {
                kinds
                    & values
                        .iter()
                        .fold(TypeSet::NONE, |kinds, value| kinds | TypeSet::of_value(value))
            }
        }
    }

    /// The kinds that fit and are not null, in the order of the schema.
    pub(crate) fn order(&self, set: &SchemaSet) -> Vec<TypeSet> {
        let kinds = self.kinds(set);
        let apart = |kind: TypeSet| APART.into_iter().find(|apart| apart.intersects(kind));
        let typed = self.schemas(set).find_map(|(_, schema)| schema["type"].as_array());
        let typed = typed.into_iter().flatten().filter_map(Json::as_str).map(TypeSet::named);
        let mut order: Vec<TypeSet> = typed.filter_map(apart).collect();
        order.extend(APART);
        order.into_iter().filter(|kind| kind.intersects(kinds)).collect()
    }

    /// The only values that fit, if they are listed.
    pub(crate) fn listed<'b>(&self, set: &'b SchemaSet) -> Option<Vec<&'b Json>> {
        let mut listed: Option<Vec<&Json>> = None;
        let mut typed = self.only;
        for place in &self.places {
            let schema = set.at(place);
            typed = typed & TypeSet::of_schema(schema);
            let constant = schema.get("const").map(std::slice::from_ref);
            let several = schema.get("enum").and_then(Json::as_array);
            for values in constant.into_iter().chain(several) {
                listed = Some(match listed {
                    None => values.iter().collect(),
                    Some(before) => before
                        .into_iter()
                        .filter(|before| values.iter().any(|value| *before == value))
                        .collect(),
                });
            }
        }
        listed.map(|values| {
            values.into_iter().filter(|value| TypeSet::of_value(value).is_within(typed)).collect()
        })
    }

    /// The unions that are not decided.
    pub(crate) fn unions(&self, set: &SchemaSet) -> Vec<Union> {
        let mut unions = Vec::new();
        for (place, schema) in self.schemas(set) {
            for keyword in ["oneOf", "anyOf"] {
                let at = place.child(keyword);
                let branches = schema.get(keyword).and_then(Json::as_array).map(<[Json]>::len);
                if let Some(branches) = branches
                    && !self.decided.contains(&at)
                {
                    let branches = (0..branches).map(|branch| at.child(&branch.to_string()));
                    unions.push(Union { branches: branches.collect(), place: at });
                }
            }
        }
        unions
    }

    /// Whether the union at `place` is decided.
    pub(crate) fn has_decided(&self, place: &Location) -> bool {
        self.decided.contains(place)
    }

    /// The unions that are decided here and are not in `before`.
    pub(crate) fn decided_since<'w>(
        &'w self,
        before: &'w Self,
    ) -> impl Iterator<Item = &'w Location> {
        self.decided.difference(&before.decided)
    }

    /// Whether a string has to have the format `format`.
    pub(crate) fn has_format(&self, set: &SchemaSet, format: &str) -> bool {
        self.schemas(set).any(|(_, schema)| schema["format"] == format)
    }

    /// The members that are described, each with what is said of its value.
    pub(crate) fn members(&self, set: &SchemaSet) -> Vec<(String, Whole)> {
        // In the order of the schemas, each name once.
        let mut places: IndexMap<&str, Vec<Location>> = IndexMap::new();
        let listed = self.schemas(set).filter_map(|(_, schema)| schema["properties"].as_object());
        for name in listed.flat_map(Object::keys) {
            places.entry(name).or_default();
        }
        for (place, schema) in self.schemas(set) {
            let speaks_of_others = ["patternProperties", "additionalProperties"]
                .into_iter()
                .any(|keyword| schema.get(keyword).is_some());
            if speaks_of_others {
                for (name, places) in &mut places {
                    places.extend(places_of_member(place, schema, name));
                }
            } else {
                // Most schemas of a long `allOf` speak of few members.
                for name in schema["properties"].as_object().into_iter().flat_map(Object::keys) {
                    if let Some(places) = places.get_mut(name.as_str()) {
                        places.extend(places_of_member(place, schema, name));
                    }
                }
            }
        }
        let whole = |(name, places): (&str, _)| (name.to_owned(), Self::all(set, places));
        places.into_iter().map(whole).collect()
    }

    /// What is said of the member `name`.
    pub(crate) fn member(&self, set: &SchemaSet, name: &str) -> Whole {
        let schemas = self.schemas(set);
        let places = schemas.flat_map(|(place, schema)| places_of_member(place, schema, name));
        Self::all(set, places.collect::<Vec<_>>())
    }

    /// The members that are spoken of only for some values, each with what is said of it; nothing
    /// if a value may get around that.
    pub(crate) fn conditional_members(&self, set: &SchemaSet) -> Vec<(String, Vec<Whole>)> {
        let mut found: BTreeMap<String, Vec<Whole>> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for (place, schema) in self.schemas(set) {
            let [condition, then, other] = ["if", "then", "else"].map(|keyword| {
                let at = place.child(keyword);
                let whole = schema.get(keyword).map(|_| Self::at(set, &at));
                whole.map(|whole| whole.members(set)).unwrap_or_default()
            });
            let dependent =
                schema["dependentSchemas"].as_object().into_iter().flat_map(Object::keys);
            let dependent = dependent.flat_map(|name| {
                let at = place.child("dependentSchemas").child(name);
                Self::at(set, &at).members(set)
            });
            let required = schema["dependentRequired"].as_object().into_iter().flatten();
            let required = required.flat_map(|(name, names)| {
                let names = names.as_array().into_iter().flatten().filter_map(Json::as_str);
                names.chain([name.as_str()]).map(|name| (name.to_owned(), Self::nothing()))
            });
            let dropped = self.dropped.iter().filter(|branch| branch.parent().parent() == *place);
            let dropped = dropped.flat_map(|branch| Self::at(set, branch).members(set));
            let described = [&then, &other, &condition].into_iter().flatten().cloned();
            for (name, whole) in described.chain(dependent).chain(required).chain(dropped) {
                let counterpart = |members: &[(String, Whole)]| {
                    let found = members.iter().find(|(other, _)| *other == name);
                    found.map(|(_, whole)| whole.clone())
                };
                let alternatives = match (counterpart(&then), counterpart(&other)) {
                    (Some(then), Some(other)) => vec![then, other],
                    _ if whole.kinds(set).is_empty() => continue,
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
    pub(crate) fn required(&self, set: &SchemaSet) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let required = self.schemas(set).filter_map(|(_, schema)| schema["required"].as_array());
        for name in required.flatten().filter_map(Json::as_str) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// What is said of members that are not described, by alternatives; none if there are to be no
    /// such members, or nothing tells of them.
    pub(crate) fn rest(&self, set: &SchemaSet) -> Vec<Whole> {
        let mut alternatives = Vec::new();
        let mut additional = Vec::new();
        let mut unevaluated = Vec::new();
        for (place, schema) in self.schemas(set) {
            let patterns =
                schema["patternProperties"].as_object().into_iter().flat_map(Object::keys);
            for pattern in patterns {
                let at = place.child("patternProperties").child(pattern);
                alternatives.push(Self::at(set, &at));
            }
            let allows = |keyword: &str| {
                schema.get(keyword).is_some_and(|schema| *schema != Json::Bool(false))
            };
            if allows("additionalProperties") {
                additional.push(place.child("additionalProperties"));
            }
            if allows("unevaluatedProperties") {
                // What is evaluated elsewhere need not fit it.
                unevaluated.push(Self::at(set, &place.child("unevaluatedProperties")));
            }
        }
        let is_told = !additional.is_empty() || !unevaluated.is_empty();
        let closed = self.forbids_more(set, &["additionalProperties"])
            || !is_told && self.forbids_more(set, &["unevaluatedProperties"]);
        if !closed && (!additional.is_empty() || !is_told && !alternatives.is_empty()) {
            alternatives.push(Self::all(set, additional));
        }
        if !closed {
            alternatives.extend(unevaluated);
        }
        alternatives.retain(|whole| !whole.kinds(set).is_empty());
        alternatives
    }

    /// Whether members that are not described are forbidden, by any of `keywords`.
    pub(crate) fn forbids_more(&self, set: &SchemaSet, keywords: &[&str]) -> bool {
        self.schemas(set).any(|(_, schema)| {
            keywords.iter().any(|keyword| schema.get(keyword) == Some(&Json::Bool(false)))
        })
    }

    /// The elements that have a place of their own.
    pub(crate) fn prefix(&self, set: &SchemaSet) -> Vec<Whole> {
        let length = self.schemas(set).map(|(_, schema)| prefix_length(schema)).max();
        let element = |index: usize| {
            let mut places = Vec::new();
            for (place, schema) in self.schemas(set) {
                if index < prefix_length(schema) {
                    places.push(place.child("prefixItems").child(&index.to_string()));
                } else if schema.get("items").is_some() {
                    places.push(place.child("items"));
                }
            }
            Self::all(set, places)
        };
        (0..length.unwrap_or(0)).map(element).collect()
    }

    /// The elements of an array that always has just these, if it has not too many for a tuple.
    pub(crate) fn exact_prefix(&self, set: &SchemaSet) -> Option<Vec<Whole>> {
        let prefix = self.prefix(set);
        let length = prefix.len() as u64;
        let (least, most) = self.bounds(set, "minItems", "maxItems");
        let ends = self.elements(set).kinds(set).is_empty();
        let exact = least >= length && (ends || most <= length);
        (exact && (1..=LONGEST_TUPLE).contains(&prefix.len())).then_some(prefix)
    }

    /// The elements after those.
    pub(crate) fn elements(&self, set: &SchemaSet) -> Whole {
        let described = self.schemas(set).filter(|(_, schema)| schema.get("items").is_some());
        Self::all(set, described.map(|(place, _)| place.child("items")).collect::<Vec<_>>())
    }

    /// The least and the most of a count: `minItems` and `maxItems`, for example.
    pub(crate) fn bounds(&self, set: &SchemaSet, least: &str, most: &str) -> (u64, u64) {
        let all = |keyword: &str| {
            let values = self.schemas(set).filter_map(|(_, schema)| schema[keyword].as_u64());
            values.collect::<Vec<_>>()
        };
        (all(least).into_iter().max().unwrap_or(0), all(most).into_iter().min().unwrap_or(u64::MAX))
    }

    /// Whether something is said of an object's members, or of an array's elements.
    pub(crate) fn has_structure(&self, set: &SchemaSet, kind: TypeSet) -> bool {
        let keywords: &[&str] = if kind == TypeSet::OBJECT {
            &["properties", "additionalProperties", "patternProperties"]
        } else {
            &["items", "prefixItems"]
        };
        self.schemas(set).any(|(_, schema)| {
            keywords
                .iter()
                .any(|keyword| schema.get(keyword).is_some_and(|value| !value.is_boolean()))
        })
    }
}

/// The schemas of the member `name` in the `schema` at a place.
fn places_of_member(place: &Location, schema: &Json, name: &str) -> Vec<Location> {
    let mut places = Vec::new();
    if schema["properties"].get(name).is_some() {
        places.push(place.child("properties").child(name));
    }
    for (pattern, _) in schema["patternProperties"].as_object().into_iter().flatten() {
        if matches(pattern, name) {
            places.push(place.child("patternProperties").child(pattern));
        }
    }
    if places.is_empty() && schema.get("additionalProperties").is_some() {
        places.push(place.child("additionalProperties"));
    }
    places
}

fn prefix_length(schema: &Json) -> usize {
    schema["prefixItems"].as_array().map_or(0, <[Json]>::len)
}

/// Whether the pattern of a `patternProperties` is about `name`.
fn matches(pattern: &str, name: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| pattern.is_match(name))
}
