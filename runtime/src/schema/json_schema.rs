//! Transcribed schemas as [`schemars`] wants them: its own references instead of file names.

use std::collections::BTreeSet;

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::schema::{Subschemas, is_assertion, payload, resolve, subschemas};

/// How many keywords may stand in place of a reference. What is larger, or leads back to itself,
/// becomes a definition.
const MOST_INLINED: usize = 1000;

/// The name of a type's schema: `DialstackCallEnd`, as two vendors may have types of one name.
pub fn name(vendor: &str, ty: &str) -> String {
    capitalised(vendor) + ty
}

/// What the vendor's `SCHEMA` says of a type: all schemas at the places of one of `alternatives`.
///
/// A reference to a schema that has a Rust type becomes a reference to that type's definition. Any
/// other is replaced by what it refers to, with what stands beside it, unless that leads back to
/// itself: then it is a definition too.
pub fn transcribed(
    bundle: &str,
    alternatives: &[&[&str]],
    generator: &mut SchemaGenerator,
) -> Schema {
    let Some(bundle) = Bundle::new(bundle) else {
        return Schema::default();
    };
    let together = |keyword: &str, schemas: Vec<Schema>| match schemas.as_slice() {
        [one] => one.clone(),
        several => Schema::try_from(json!({ keyword: several.to_vec() })).unwrap_or_default(),
    };
    let alternatives = alternatives
        .iter()
        .map(|places| {
            let schemas = places.iter().map(|place| bundle.schema(place, generator)).collect();
            together("allOf", schemas)
        })
        .collect();
    together("anyOf", alternatives)
}

/// One of all events, with the discriminator as OpenAPI writes it.
pub fn any_event(bundle: &str, generator: &mut SchemaGenerator) -> Schema {
    let Some(bundle) = Bundle::new(bundle) else {
        return Schema::default();
    };
    let discriminator = bundle.member("discriminator").as_str().unwrap_or_default().to_owned();
    let mut branches = Vec::new();
    let mut mapping = Map::new();
    for (file, _) in bundle.member("schemas").as_object().into_iter().flatten() {
        let Some(event) = payload(file, true) else {
            continue;
        };
        let reference = bundle.define(&format!("{file}#"), generator);
        mapping.insert(event.to_owned(), reference.clone().into());
        branches.push(json!({ "$ref": reference }));
    }
    let mut schema = json!({ "oneOf": branches });
    // OpenAPI knows only discriminators at the top.
    if let Some(property) = discriminator.strip_prefix('/').filter(|name| !name.contains('/')) {
        schema["discriminator"] = json!({ "propertyName": property, "mapping": mapping });
    }
    Schema::try_from(schema).unwrap_or_default()
}

/// A vendor's `SCHEMA`, parsed.
struct Bundle(Value);

impl Bundle {
    fn new(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    fn member(&self, name: &str) -> &Value {
        &self.0[name]
    }

    fn schema(&self, place: &str, generator: &mut SchemaGenerator) -> Schema {
        let (file, _) = place.split_once('#').unwrap_or((place, ""));
        let schema = self.rewrite(self.at(place), file, generator);
        Schema::try_from(schema).unwrap_or_default()
    }

    fn at(&self, place: &str) -> &Value {
        let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
        self.member("schemas")[file].pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Puts the schema at `place`, which has a Rust type, among the generator's definitions, and
    /// refers to it.
    fn define(&self, place: &str, generator: &mut SchemaGenerator) -> String {
        let ty = self.member("types")[place].as_str().unwrap_or_default();
        self.define_as(&self.name(ty), place, generator)
    }

    fn name(&self, ty: &str) -> String {
        name(self.member("vendor").as_str().unwrap_or_default(), ty)
    }

    fn define_as(&self, name: &str, place: &str, generator: &mut SchemaGenerator) -> String {
        if !generator.definitions().contains_key(name) {
            // Before its members, as one of them may lead back.
            generator.definitions_mut().insert(name.to_owned(), Value::Bool(true));
            let schema = self.schema(place, generator);
            generator.definitions_mut().insert(name.to_owned(), schema.to_value());
        }
        let path = generator.settings().definitions_path.trim_end_matches('/').to_owned();
        format!("#{path}/{name}")
    }

    fn rewrite(&self, schema: &Value, file: &str, generator: &mut SchemaGenerator) -> Value {
        let Value::Object(members) = schema else {
            return schema.clone();
        };
        let mut rewritten = Map::new();
        for (keyword, value) in members {
            // Whatever refers to a definition no longer does.
            if !["$ref", "$schema", "$defs", "definitions"].contains(&keyword.as_str()) {
                let mut rewrite = |schema: &Value| self.rewrite(schema, file, generator);
                let value = each_subschema(keyword, value, &mut rewrite);
                rewritten.insert(keyword.clone(), value);
            }
        }
        match target(members, file) {
            Some(target) => self.refer(&target, rewritten, generator),
            None => Value::Object(rewritten),
        }
    }

    /// A reference to `target`, with what stands `beside` it.
    fn refer(
        &self,
        target: &str,
        mut beside: Map<String, Value>,
        generator: &mut SchemaGenerator,
    ) -> Value {
        if self.member("types").get(target).is_some() {
            beside.insert("$ref".to_owned(), self.define(target, generator).into());
        } else if !self.is_small(target) {
            let reference = self.define_as(&self.name_of_place(target), target, generator);
            beside.insert("$ref".to_owned(), reference.into());
        } else {
            let asserts = |keyword: &String| {
                is_assertion(keyword) || subschemas(keyword).is_some() || keyword == "$ref"
            };
            match self.schema(target, generator).to_value() {
                // What stands beside the reference comes first.
                Value::Object(mut inlined) if !beside.keys().any(asserts) => {
                    inlined.append(&mut beside);
                    return Value::Object(inlined);
                }
                // Both hold, and neither may change what the other means.
                inlined => {
                    let all = beside.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(all) = all {
                        all.push(inlined);
                    }
                }
            }
        }
        Value::Object(beside)
    }

    /// Whether the schema at `place` is no larger than may be inlined, with all that would be in it.
    fn is_small(&self, place: &str) -> bool {
        let mut room = MOST_INLINED;
        let mut waiting = vec![(place.to_owned(), self.at(place))];
        while let Some((place, schema)) = waiting.pop() {
            let Value::Object(members) = schema else {
                continue;
            };
            let Some(left) = room.checked_sub(members.len().max(1)) else {
                return false;
            };
            room = left;
            let file = place.split('#').next().unwrap_or_default();
            if let Some(target) = target(members, file)
                && self.member("types").get(&target).is_none()
            {
                let schema = self.at(&target);
                waiting.push((target, schema));
            }
            for (keyword, value) in members {
                waiting.extend(children(keyword, value).map(|child| (place.clone(), child)));
            }
        }
        true
    }

    /// A name for the schema at `place`, which has no Rust type: made of the words of the place, and
    /// a number if another's is made of the same.
    fn name_of_place(&self, place: &str) -> String {
        let wanted = words(place);
        let types = self.member("types").as_object().into_iter().flatten();
        let taken = types.filter(|(_, ty)| ty.as_str() == Some(&wanted)).count();
        let mut places = BTreeSet::new();
        for (file, schema) in self.member("schemas").as_object().into_iter().flatten() {
            let mut waiting = vec![schema];
            while let Some(schema) = waiting.pop() {
                let members = schema.as_object().into_iter().flatten();
                waiting.extend(members.flat_map(|(keyword, value)| children(keyword, value)));
                let target = schema.as_object().and_then(|members| target(members, file));
                places.extend(target.filter(|target| words(target) == wanted));
            }
        }
        match taken + places.range(..place.to_owned()).count() {
            0 => self.name(&wanted),
            before => self.name(&format!("{wanted}_{}", before + 1)),
        }
    }
}

/// Where the `$ref` of a schema in `file` leads.
fn target(schema: &Map<String, Value>, file: &str) -> Option<String> {
    let (file, pointer) = resolve(file, schema.get("$ref")?.as_str()?);
    Some(format!("{file}#{pointer}"))
}

/// The value of a keyword, with every schema in it made anew.
fn each_subschema(
    keyword: &str,
    value: &Value,
    rewrite: &mut impl FnMut(&Value) -> Value,
) -> Value {
    match (subschemas(keyword), value) {
        (Some(Subschemas::One), one) => rewrite(one),
        (Some(Subschemas::List), Value::Array(all)) => all.iter().map(rewrite).collect(),
        (Some(Subschemas::Named), Value::Object(all)) => {
            all.iter().map(|(name, schema)| (name.clone(), rewrite(schema))).collect()
        }
        _ => value.clone(),
    }
}

/// The schemas in the value of a keyword.
fn children<'v>(keyword: &str, value: &'v Value) -> impl Iterator<Item = &'v Value> {
    let (one, list, named) = match (subschemas(keyword), value) {
        (Some(Subschemas::One), one) => (Some(one), None, None),
        (Some(Subschemas::List), Value::Array(all)) => (None, Some(all), None),
        (Some(Subschemas::Named), Value::Object(all)) => (None, None, Some(all)),
        _ => (None, None, None),
    };
    let named = named.into_iter().flat_map(Map::values);
    one.into_iter().chain(list.into_iter().flatten()).chain(named)
}

/// The words of a place, as a type's name: `SharedCallParty` of `shared/call.json#/$defs/party`.
fn words(place: &str) -> String {
    let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
    let file = file.strip_suffix(".json").unwrap_or(file);
    let tokens = pointer.split('/').filter(|token| !["$defs", "definitions"].contains(token));
    let words =
        tokens.flat_map(|token| token.split(|letter: char| !letter.is_ascii_alphanumeric()));
    let file = file.split(|letter: char| !letter.is_ascii_alphanumeric());
    file.chain(words).map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
