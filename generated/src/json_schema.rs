//! Transcribed schemas as [`schemars`] wants them: its own references instead of file names.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::bundle;

/// The name of a type's schema: `DialstackCallEnd`, as two vendors may have types of one name.
pub fn name(vendor: &str, ty: &str) -> String {
    let mut characters = vendor.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).chain(ty.chars()).collect()
}

/// What the vendor's `SCHEMA` says of a type: all schemas at the places of one of `alternatives`.
///
/// A reference to a schema that has a Rust type becomes a reference to that type's definition; any
/// other is replaced by what it refers to, with the annotations beside it.
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
        let Some(event) = bundle::payload(file, true) else {
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

    /// Puts the schema at `place` among the generator's definitions, and refers to it.
    fn define(&self, place: &str, generator: &mut SchemaGenerator) -> String {
        let ty = self.member("types")[place].as_str().unwrap_or_default();
        let name = name(self.member("vendor").as_str().unwrap_or_default(), ty);
        if !generator.definitions().contains_key(&name) {
            // Before its members, as one of them may lead back.
            generator.definitions_mut().insert(name.clone(), Value::Bool(true));
            let schema = self.schema(place, generator);
            generator.definitions_mut().insert(name.clone(), schema.to_value());
        }
        let path = generator.settings().definitions_path.trim_end_matches('/').to_owned();
        format!("#{path}/{name}")
    }

    fn rewrite(&self, schema: &Value, file: &str, generator: &mut SchemaGenerator) -> Value {
        match schema {
            Value::Object(members) => {
                let mut rewritten = Map::new();
                for (name, value) in members {
                    if let (true, Some(reference)) = (name == "$ref", value.as_str()) {
                        let (file, pointer) = bundle::resolve(file, reference);
                        let target = format!("{file}#{pointer}");
                        if self.member("types").get(&target).is_some() {
                            rewritten.insert(name.clone(), self.define(&target, generator).into());
                        } else if let Value::Object(inlined) =
                            self.schema(&target, generator).to_value()
                        {
                            // What stands beside the reference comes first.
                            for (name, value) in inlined {
                                if !members.contains_key(&name) {
                                    rewritten.insert(name, value);
                                }
                            }
                        }
                    } else if name != "$schema" {
                        rewritten.insert(name.clone(), self.rewrite(value, file, generator));
                    }
                }
                Value::Object(rewritten)
            }
            Value::Array(elements) => {
                elements.iter().map(|element| self.rewrite(element, file, generator)).collect()
            }
            other => other.clone(),
        }
    }
}
