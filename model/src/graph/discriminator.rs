//! What the schemas of a graph have in common: the types that each lets through, and the tag that
//! tells the branches of a union apart.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use super::subschema::{SchemaId, Subschema, Tag, Union, key_of};
use crate::json::Json;
use crate::type_set::TypeSet;

/// How far below an object its tag may stand.
const TAG_DEPTH: usize = 2;

/// How many unions in unions are looked into for a tag.
const TAG_NESTING: usize = 3;

/// How long a chain of schemas is followed for its types; beyond, all types are assumed.
const LONGEST_CHAIN: usize = 256;

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
        let tags: Vec<_> = unions.map(|union| tag_of_union(schemas, &union.branches)).collect();
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

/// The values to which an object's schemas pin a member.
#[derive(Debug)]
pub struct Pin {
    /// All values that the member may have: scalars.
    pub values: Vec<Json>,
    /// Whether the schemas require the member, and the objects that lead to it.
    pub is_required: bool,
}

/// The members that schemas pin to values, by the names that lead to them, in the order of the
/// schemas.
pub type Pins = IndexMap<Vec<String>, Pin>;

/// The tag that tells the branches of a union apart, if there is one.
fn tag_of_union(schemas: &[Subschema], branches: &[SchemaId]) -> Option<Tag> {
    let objects =
        branches.iter().filter(|branch| schemas[**branch].types.contains(TypeSet::OBJECT));
    let pins: Vec<(SchemaId, Pins)> =
        objects.map(|branch| (*branch, pins(schemas, &[*branch], TAG_DEPTH, 0))).collect();
    tag(&pins.iter().map(|(branch, pins)| (*branch, pins)).collect::<Vec<_>>())
}

/// The tag that tells objects apart, if there is one: those of each number are known by their pins.
pub(crate) fn tag(objects: &[(SchemaId, &Pins)]) -> Option<Tag> {
    if objects.len() < 2 {
        return None;
    }
    let paths: BTreeSet<&Vec<String>> = objects.iter().flat_map(|(_, pins)| pins.keys()).collect();
    (1..=TAG_DEPTH).find_map(|depth| {
        let paths = paths.iter().filter(|path| path.len() == depth);
        let tags = paths.filter_map(|path| tag_at(path, objects));
        // The tag that every branch has tells most.
        tags.min_by_key(|tag| (tag.other.is_some(), !tag.is_required, tag.path.clone()))
    })
}

/// The member at `path` as tag, if no two of `objects` share a value of it, and all but one pin it.
fn tag_at(path: &[String], objects: &[(SchemaId, &Pins)]) -> Option<Tag> {
    let mut tag = Tag {
        path: path.to_vec(),
        values: Vec::new(),
        branches: HashMap::new(),
        other: None,
        is_required: true,
    };
    for (branch, pins) in objects {
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

/// The members that the schemas `ids` together pin to values, `depth` levels down.
pub(crate) fn pins<S: Borrow<Subschema>>(
    schemas: &[S],
    ids: &[SchemaId],
    depth: usize,
    nesting: usize,
) -> Pins {
    let mut pins = Pins::new();
    let parts = parts(schemas, ids);
    let required: HashSet<&str> = parts.iter().flat_map(|part| part.required()).collect();
    let mut members: IndexMap<&str, Vec<SchemaId>> = IndexMap::new();
    for (name, member) in parts.iter().flat_map(|part| &part.properties) {
        members.entry(name).or_default().push(*member);
    }
    for (name, ids) in members {
        let is_required = required.contains(name);
        if let Some(values) = scalars(schemas, &ids, nesting) {
            pins.insert(vec![name.to_owned()], Pin { values, is_required });
        } else if depth > 1 {
            // What is no object need not have a member.
            let is_required = is_required && types_of(schemas, &ids).is_within(TypeSet::OBJECT);
            for (path, pin) in self::pins(schemas, &ids, depth - 1, nesting) {
                let path = std::iter::once(name.to_owned()).chain(path).collect();
                let is_required = is_required && pin.is_required;
                pins.insert(path, Pin { is_required, ..pin });
            }
        }
    }
    if nesting < TAG_NESTING {
        // Where a branch is among the schemas already, the others say nothing.
        let is_open = |union: &&Union| !union.branches.iter().any(|it| ids.contains(it));
        for union in parts.iter().flat_map(|part| &part.unions).filter(is_open) {
            let branches = union.branches.iter();
            let branches =
                branches.map(|branch| self::pins(schemas, &[*branch], depth, nesting + 1));
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
        let more = other.swap_remove(&path)?;
        pin.values.extend(more.values);
        pin.is_required &= more.is_required;
        Some((path, pin))
    });
    both.collect()
}

/// The values that all of the schemas `ids` list, if one of them does and all are scalars.
fn scalars<S: Borrow<Subschema>>(
    schemas: &[S],
    ids: &[SchemaId],
    nesting: usize,
) -> Option<Vec<Json>> {
    let parts = parts(schemas, ids);
    let mut listed: Option<Vec<Json>> = None;
    for part in &parts {
        let values = match (part.assertions.get("const"), part.assertions.get("enum")) {
            (Some(one), _) => std::slice::from_ref(one),
            (None, Some(Json::Array(several))) => several,
            _ => continue,
        };
        match &mut listed {
            None => listed = Some(values.to_vec()),
            Some(listed) => listed.retain(|value| values.contains(value)),
        }
    }
    let mut values = match listed {
        Some(values) => values,
        None if nesting < TAG_NESTING => {
            let union = parts.iter().find_map(|part| part.unions.first())?;
            let branches = union.branches.iter();
            let branches = branches.map(|branch| scalars(schemas, &[*branch], nesting + 1));
            branches.collect::<Option<Vec<_>>>()?.concat()
        }
        None => return None,
    };
    let types = types_of(schemas, ids);
    values.retain(|value| TypeSet::of_value(value).is_within(types));
    values.iter().all(|value| !value.is_array() && !value.is_object()).then_some(values)
}

/// The types that all of the schemas `ids` let through.
fn types_of<S: Borrow<Subschema>>(schemas: &[S], ids: &[SchemaId]) -> TypeSet {
    ids.iter().fold(TypeSet::ALL, |types, id| types & schemas[*id].borrow().types)
}

/// The schemas `ids` and those that apply wherever they do.
fn parts<'s, S: Borrow<Subschema>>(schemas: &'s [S], ids: &[SchemaId]) -> Vec<&'s Subschema> {
    let mut open = ids.to_vec();
    let mut seen: HashSet<SchemaId> = ids.iter().copied().collect();
    let mut parts = Vec::new();
    while let Some(id) = open.get(parts.len()) {
        let part: &Subschema = schemas[*id].borrow();
        let others = part.target.iter().chain(&part.all_of).copied();
        open.extend(others.filter(|other| seen.insert(*other)).collect::<Vec<_>>());
        parts.push(part);
    }
    parts
}
