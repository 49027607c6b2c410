//! What the schemas of a graph have in common: the types that each lets through, and the tag that
//! tells the branches of a union apart.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::subschema::{SchemaId, Subschema, Tag, TagValue, tag_key};
use crate::json::Json;
use crate::type_set::TypeSet;

/// How far below an object its tag may stand.
const TAG_DEPTH: usize = 2;

/// How many unions in unions are looked into for a tag.
const TAG_NESTING: usize = 3;

/// How long a chain of schemas is followed for its types; beyond, all types are assumed.
const LONGEST_CHAIN: usize = 256;

fn key_of(value: &Json) -> Option<String> {
    Some(tag_key(match value {
        Json::String(text) => TagValue::String(text),
        Json::Number(number) => TagValue::Number(number.as_str()),
        Json::Bool(value) => TagValue::Bool(*value),
        Json::Null => TagValue::Null,
        Json::Array(_) | Json::Object(_) => return None,
    }))
}

/// Finds the schemas that no instance meets, the types of all, and the tags of unions.
pub(crate) fn complete(schemas: &mut [Subschema]) {
    for id in 0..schemas.len() {
        // `{ "not": {} }` is how `false` was written once.
        let not = schemas[id].not;
        schemas[id].is_never |= not.is_some_and(|not| schemas[not].is_any());
    }
    let mut known = vec![None; schemas.len()];
    for id in 0..schemas.len() {
        schemas[id].types = types(schemas, id, &mut known, 0);
    }
    for id in 0..schemas.len() {
        let unions = schemas[id].unions.iter();
        let tags: Vec<_> = unions.map(|union| tag(schemas, &union.branches)).collect();
        for (union, tag) in schemas[id].unions.iter_mut().zip(tags) {
            union.tag = tag;
        }
    }
}

fn types(
    schemas: &[Subschema],
    id: SchemaId,
    known: &mut [Option<TypeSet>],
    length: usize,
) -> TypeSet {
    if let Some(types) = known[id] {
        return types;
    }
    if length > LONGEST_CHAIN {
        return TypeSet::ALL;
    }
    known[id] = Some(TypeSet::ALL); // A schema that leads back to itself says nothing.
    let schema = &schemas[id];
    let mut types = if schema.is_never { TypeSet::NONE } else { TypeSet::ALL };
    if let Some(names) = schema.assertions.get("type") {
        types = types & TypeSet::of_keyword(names);
    }
    if let Some(value) = schema.assertions.get("const") {
        types = types & with_both_numbers(value);
    }
    if let Some(Json::Array(values)) = schema.assertions.get("enum") {
        types = types & values.iter().map(with_both_numbers).collect();
    }
    for other in schema.target.iter().chain(&schema.all_of) {
        types = types & self::types(schemas, *other, known, length + 1);
    }
    for union in &schema.unions {
        let branches = union.branches.iter();
        types = types & branches.map(|it| self::types(schemas, *it, known, length + 1)).collect();
    }
    known[id] = Some(types);
    types
}

/// Returns the type of a schema's value. A number has both kinds, as one may stand for the other.
fn with_both_numbers(value: &Json) -> TypeSet {
    if value.is_number() { TypeSet::NUMBER } else { TypeSet::of_value(value) }
}

/// The values to which an object's schema pins a member.
struct Pin {
    values: Vec<Json>,
    is_required: bool,
}

/// By the names of members that lead to it.
type Pins = BTreeMap<Vec<String>, Pin>;

/// The tag that tells `branches` apart, if there is one.
fn tag(schemas: &[Subschema], branches: &[SchemaId]) -> Option<Tag> {
    let objects = branches.iter().copied();
    let objects: Vec<SchemaId> =
        objects.filter(|branch| schemas[*branch].types.contains(TypeSet::OBJECT)).collect();
    if objects.len() < 2 {
        return None;
    }
    (1..=TAG_DEPTH).find_map(|depth| {
        let pins: Vec<(SchemaId, Pins)> =
            objects.iter().map(|branch| (*branch, pins(schemas, *branch, depth, 0))).collect();
        let paths: BTreeSet<&Vec<String>> = pins.iter().flat_map(|(_, pins)| pins.keys()).collect();
        let tags = paths.into_iter().filter_map(|path| tag_at(path, &pins));
        // The tag that every branch has tells most.
        tags.min_by_key(|tag| (tag.other.is_some(), !tag.is_required, tag.path.clone()))
    })
}

/// The member at `path` as tag, if no two branches share a value of it, and all but one pin it.
fn tag_at(path: &[String], pins: &[(SchemaId, Pins)]) -> Option<Tag> {
    let mut tag = Tag {
        path: path.to_vec(),
        values: Vec::new(),
        branches: HashMap::new(),
        other: None,
        is_required: true,
    };
    for (branch, pins) in pins {
        let Some(pin) = pins.get(path) else {
            if tag.other.replace(*branch).is_some() {
                return None;
            }
            continue;
        };
        tag.is_required &= pin.is_required;
        for value in &pin.values {
            if tag.branches.insert(key_of(value)?, *branch).is_some_and(|of| of != *branch) {
                return None;
            }
            tag.values.push(value.clone());
        }
    }
    Some(tag)
}

/// The members that the schema `id` pins to values, `depth` levels down.
fn pins(schemas: &[Subschema], id: SchemaId, depth: usize, nesting: usize) -> Pins {
    let mut pins = Pins::new();
    let parts = parts(schemas, id);
    let required: HashSet<&str> = parts.iter().flat_map(|id| schemas[*id].required()).collect();
    for part in &parts {
        for (name, member) in &schemas[*part].properties {
            let is_required = required.contains(&**name);
            if let Some(values) = scalars(schemas, *member, nesting) {
                pins.entry(vec![name.clone()]).or_insert(Pin { values, is_required });
            } else if depth > 1 {
                for (path, pin) in self::pins(schemas, *member, depth - 1, nesting) {
                    let path = std::iter::once(name.clone()).chain(path).collect();
                    let is_required = is_required && pin.is_required;
                    pins.entry(path).or_insert(Pin { is_required, ..pin });
                }
            }
        }
    }
    if nesting < TAG_NESTING {
        for union in parts.iter().flat_map(|id| &schemas[*id].unions) {
            let branches = union.branches.iter();
            let branches = branches.map(|branch| self::pins(schemas, *branch, depth, nesting + 1));
            for (path, pin) in branches.reduce(common).unwrap_or_default() {
                pins.entry(path).or_insert(pin);
            }
        }
    }
    pins
}

/// The members that are pinned in either of two cases.
fn common(one: Pins, mut other: Pins) -> Pins {
    let both = one.into_iter().filter_map(|(path, mut pin)| {
        let more = other.remove(&path)?;
        pin.values.extend(more.values);
        pin.is_required &= more.is_required;
        Some((path, pin))
    });
    both.collect()
}

/// The values that the schema `id` lists, if it does and all are scalars.
fn scalars(schemas: &[Subschema], id: SchemaId, nesting: usize) -> Option<Vec<Json>> {
    let parts = parts(schemas, id);
    let listed = parts.iter().find_map(|part| {
        let assertions = &schemas[*part].assertions;
        match (assertions.get("const"), assertions.get("enum")) {
            (Some(one), _) => Some(vec![one.clone()]),
            (None, Some(Json::Array(several))) => Some(several.clone()),
            _ => None,
        }
    });
    let values = match listed {
        Some(values) => values,
        None if nesting < TAG_NESTING => {
            let union = parts.iter().find_map(|part| schemas[*part].unions.first())?;
            let branches = union.branches.iter();
            let branches = branches.map(|branch| scalars(schemas, *branch, nesting + 1));
            branches.collect::<Option<Vec<_>>>()?.concat()
        }
        None => return None,
    };
    values.iter().all(|value| !value.is_array() && !value.is_object()).then_some(values)
}

/// The schema `id` and those that apply wherever it does.
fn parts(schemas: &[Subschema], id: SchemaId) -> Vec<SchemaId> {
    let mut parts = vec![id];
    let mut seen = HashSet::from([id]);
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let schema = &schemas[*part];
        let others = schema.target.iter().chain(&schema.all_of).copied();
        let new: Vec<SchemaId> = others.filter(|other| seen.insert(*other)).collect();
        parts.extend(new);
        at += 1;
    }
    parts
}
