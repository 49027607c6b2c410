//! A payload's schema and all that it leads to, with every reference resolved.

mod discriminator;
mod subschema;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::json::{Json, Object};
use crate::keyword;
use crate::location::Location;
use crate::set::SchemaSet;
use crate::type_set::TypeSet;

pub use discriminator::{Pin, Pins};
pub use subschema::{Contains, SchemaId, Subschema, Tag, TagValue, Union, tag_key};

/// A schema, and all that it leads to.
#[derive(Debug)]
pub struct Graph {
    schemas: Vec<Arc<Subschema>>,
    by_location: BTreeMap<Location, SchemaId>,
}

impl Graph {
    /// The number of the payload's schema.
    pub const ROOT: SchemaId = 0;

    /// Makes the graph of the schema in `file`, and of all that it leads to.
    pub fn new(set: &SchemaSet, file: &str) -> Self {
        Self::of_files(set, [file])
    }

    /// Makes one graph of all files, and of all that they lead to.
    pub fn of_set(set: &SchemaSet) -> Self {
        Self::of_files(set, set.payload_files().chain(set.shared_files()))
    }

    fn of_files<'f>(set: &SchemaSet, files: impl IntoIterator<Item = &'f str>) -> Self {
        let mut builder = Builder {
            set,
            schemas: Vec::new(),
            by_location: BTreeMap::new(),
            waiting: Vec::new(),
            shared: Vec::new(),
        };
        for file in files {
            builder.id(Location::root(file));
        }
        while let Some((id, location)) = builder.waiting.pop() {
            let schema = builder.subschema(location);
            builder.schemas[id] = schema;
        }
        for id in builder.shared {
            builder.schemas[id].is_shared = true;
        }
        discriminator::complete(&mut builder.schemas);
        let schemas = builder.schemas.into_iter().map(Arc::new).collect();
        Self { schemas, by_location: builder.by_location }
    }

    /// Returns the schema of a number.
    pub fn get(&self, id: SchemaId) -> &Subschema {
        &self.schemas[id]
    }

    /// All schemas, by their numbers, to be kept with what is made of them.
    pub fn schemas(&self) -> &[Arc<Subschema>] {
        &self.schemas
    }

    /// Returns the types that the branches of `union` let through.
    pub fn types_of(&self, union: &Union) -> TypeSet {
        union.branches.iter().map(|branch| self.get(*branch).types).collect()
    }

    /// The numbers of all schemas.
    pub fn ids(&self) -> std::ops::Range<SchemaId> {
        0..self.schemas.len()
    }

    /// Returns the schema itself, or where a mere reference leads.
    pub fn follow(&self, id: SchemaId) -> SchemaId {
        let mut followed = id;
        // A chain is no longer than there are schemas, unless it is a circle.
        for _ in self.ids() {
            match self.get(followed).target {
                Some(target) if self.get(followed).only_combines() => followed = target,
                _ => break,
            }
        }
        followed
    }

    /// Returns the members that the schemas `ids` together pin to values, `depth` levels down.
    pub fn pins(&self, ids: &[SchemaId], depth: usize) -> Pins {
        discriminator::pins(&self.schemas, ids, depth, 0)
    }

    /// Returns the tag that tells objects apart, if there is one: each of `alternatives` has the pins of
    /// one object, and the tag calls it by its index.
    ///
    /// The generator asks for it and not for [`Union::tag`], as its types are made of a branch together
    /// with the schemas around the union, which may require or narrow what the branch pins.
    pub fn tag(&self, alternatives: &[&Pins]) -> Option<Tag> {
        let numbered: Vec<_> =
            alternatives.iter().enumerate().map(|(i, pins)| (i, *pins)).collect();
        discriminator::tag(&numbered)
    }

    /// Returns the number of the schema at `location`.
    pub fn at(&self, location: &Location) -> Option<SchemaId> {
        self.by_location.get(location).copied()
    }
}

struct Builder<'a> {
    set: &'a SchemaSet,
    schemas: Vec<Subschema>,
    by_location: BTreeMap<Location, SchemaId>,
    /// Those that have a number and are not read yet.
    waiting: Vec<(SchemaId, Location)>,
    /// Those to which several lead.
    shared: Vec<SchemaId>,
}

impl Builder<'_> {
    fn id(&mut self, location: Location) -> SchemaId {
        if let Some(known) = self.by_location.get(&location) {
            self.shared.push(*known);
            return *known;
        }
        let id = self.schemas.len();
        self.schemas.push(Subschema::default());
        self.by_location.insert(location.clone(), id);
        self.waiting.push((id, location));
        id
    }

    fn subschema(&mut self, location: Location) -> Subschema {
        let schema = match self.set.get(&location) {
            Some(Json::Object(schema)) => schema,
            // Sets are checked for what is no schema; if there were some, it would let nothing through.
            other => {
                let is_never = !other.is_some_and(Json::is_true);
                return Subschema {
                    location,
                    is_never,
                    types: TypeSet::ALL,
                    ..Subschema::default()
                };
            }
        };
        let one = |builder: &mut Self, name: &str| {
            schema.contains_key(name).then(|| builder.id(location.child(name)))
        };
        Subschema {
            is_shared: false,
            is_never: false,
            assertions: own_assertions(schema),
            types: TypeSet::ALL,
            target: self.set.target(&location).map(|target| self.id(target)),
            all_of: self.list(schema, &location, "allOf"),
            unions: ["anyOf", "oneOf"]
                .into_iter()
                .filter(|keyword| schema.contains_key(*keyword))
                .map(|keyword| Union {
                    keyword,
                    branches: self.list(schema, &location, keyword),
                    tag: None,
                })
                .collect(),
            not: one(self, "not"),
            condition: one(self, "if"),
            then: one(self, "then"),
            otherwise: one(self, "else"),
            dependents: self.named(schema, &location, "dependentSchemas"),
            dependent_names: dependent_names(schema),
            lists_members: ["properties", "patternProperties"]
                .iter()
                .any(|keyword| schema.contains_key(*keyword)),
            properties: self.named(schema, &location, "properties"),
            patterns: self.named(schema, &location, "patternProperties"),
            additional: one(self, "additionalProperties"),
            unevaluated_members: one(self, "unevaluatedProperties"),
            names: one(self, "propertyNames"),
            prefix: self.list(schema, &location, "prefixItems"),
            items: one(self, "items"),
            unevaluated_elements: one(self, "unevaluatedItems"),
            contains: one(self, "contains").map(|contained| Contains {
                schema: contained,
                min: schema.get("minContains").and_then(Json::as_u64).unwrap_or(1),
                max: schema.get("maxContains").and_then(Json::as_u64),
            }),
            sensitive: schema.get("x-sensitive").map(Json::is_true),
            advice: one(self, "x-advice"),
            location,
        }
    }

    fn list(&mut self, schema: &Object, location: &Location, name: &str) -> Vec<SchemaId> {
        let length = schema.get(name).and_then(Json::as_array).map_or(0, <[Json]>::len);
        let location = location.child(name);
        (0..length).map(|index| self.id(location.element(index))).collect()
    }

    fn named(
        &mut self,
        schema: &Object,
        location: &Location,
        name: &str,
    ) -> Vec<(String, SchemaId)> {
        let members = schema.get(name).and_then(Json::as_object);
        let location = location.child(name);
        let names = members.into_iter().flat_map(Object::keys);
        names.map(|name| (name.clone(), self.id(location.child(name)))).collect()
    }
}

/// The assertions of a schema that are about the instance alone.
fn own_assertions(schema: &Object) -> Object {
    // These are about other values, too.
    const OTHERS: [&str; 3] = ["dependentRequired", "maxContains", "minContains"];
    let own = schema
        .iter()
        .filter(|(name, _)| keyword::is_assertion(name) && !OTHERS.contains(&name.as_str()));
    own.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The value of `dependentRequired`.
fn dependent_names(schema: &Object) -> Vec<(String, Vec<String>)> {
    let all = schema.get("dependentRequired").and_then(Json::as_object);
    let strings = |names: &Json| -> Vec<String> {
        let names = names.as_array().into_iter().flatten().filter_map(Json::as_str);
        names.map(str::to_owned).collect()
    };
    all.into_iter().flatten().map(|(name, names)| (name.clone(), strings(names))).collect()
}
