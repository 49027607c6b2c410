//! [`Bundle`] into [`Vendor`]: decides what Rust each schema becomes, and names it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::GenError;
use crate::bundle::{Bundle, Place};
use crate::check::wire_name;
use crate::ir::{
    Definition, Event, Field, Module, Presence, Shape, Type, TypeName, Variant, Vendor, type_places,
};
use crate::names;
use crate::names::decapitalise;

/// Names that the vendor's module has for itself.
const RESERVED: [&str; 3] = ["Event", "EventType", "UnknownEvent"];

/// Lowers a whole vendor.
pub(crate) fn lower(bundle: &Bundle) -> Result<Vendor, GenError> {
    let manifest = bundle.manifest();
    let discriminator = bundle.discriminator();
    let mut lowering = Lowering {
        bundle,
        discriminator_place: None,
        types: BTreeMap::new(),
        taken: RESERVED.iter().map(|name| ((*name).to_owned(), None)).collect(),
        definitions: Vec::new(),
    };
    let mut envelope = None;
    for file in &bundle.shared {
        let root = Place::new(file, "");
        if bundle.get(&root).get("properties").is_some() {
            let name = names::pascal(wire_name(file));
            let ty = lowering.ty(&root, &name.unwrap_or_default())?.0;
            if manifest.envelope.as_ref() == Some(file) {
                let Type::Named(name) = ty else {
                    return Err(bundle.error(&root, "want an object with properties"));
                };
                envelope = Some(name);
            }
        }
        let definitions = root.member("$defs");
        let names = bundle.get(&definitions).as_object().into_iter().flat_map(Map::keys);
        for name in names {
            let place = definitions.member(name);
            lowering.ty(&place, &names::pascal(name).unwrap_or_default())?;
        }
    }
    let mut events = Vec::new();
    for file in &bundle.events {
        events.push(lowering.event(file, discriminator.as_deref())?);
    }
    let definitions = lowering.definitions;
    let modules = modules(bundle, definitions)?;
    Ok(Vendor {
        name: bundle.name().to_owned(),
        title: manifest.title.clone(),
        document: manifest.document.name.clone(),
        read: manifest.document.read.clone(),
        discriminator,
        envelope,
        events,
        schema: bundle.text(&type_places(&modules)),
        modules,
    })
}

/// Sorts definitions into the modules of the files that they stand in.
fn modules(bundle: &Bundle, definitions: Vec<Definition>) -> Result<Vec<Module>, GenError> {
    let mut modules: Vec<Module> = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for file in bundle.events.iter().chain(&bundle.shared) {
        let Some(name) = names::module(file) else {
            return Err(bundle.error(&Place::new(file, ""), "this file's name gives no Rust name"));
        };
        if let Some(other) = seen.insert(name.clone(), file.clone()) {
            return Err(bundle.error(
                &Place::new(file, ""),
                format!("this file and {other} would both become the module {name}"),
            ));
        }
        modules.push(Module { name, file: file.clone(), definitions: Vec::new() });
    }
    for definition in definitions {
        if let Some(module) = modules.iter_mut().find(|module| module.file == definition.place.file)
        {
            module.definitions.push(definition);
        }
    }
    modules.retain(|module| !module.definitions.is_empty());
    Ok(modules)
}

struct Lowering<'a> {
    bundle: &'a Bundle,
    /// Where the schema of the discriminator of the event at hand stands, and the event's type.
    discriminator_place: Option<(Place, TypeName)>,
    /// Types made so far, by the place of their schema.
    types: BTreeMap<Place, Type>,
    /// Names in use, with the place that uses them; none for those of the module itself.
    taken: BTreeMap<TypeName, Option<Place>>,
    definitions: Vec<Definition>,
}

impl Lowering<'_> {
    fn event(&mut self, file: &str, discriminator: Option<&[String]>) -> Result<Event, GenError> {
        let root = Place::new(file, "");
        let wire = wire_name(file).to_owned();
        let name = self.name(&root, &names::pascal(&wire).unwrap_or_default())?;
        if let Some(path) = discriminator {
            let mut place = root.clone();
            for member in path {
                place = self.bundle.follow(&place).member("properties").member(member);
            }
            self.discriminator_place = Some((self.bundle.follow(&place), name.clone()));
        }
        let place = self.bundle.follow(&root);
        self.ty(&place, &name)?;
        let definition = self.definitions.iter().find(|definition| definition.place == place);
        let Some(Definition { shape: Shape::Struct(fields), .. }) = definition else {
            return Err(self.bundle.error(&root, "want an event to be an object with properties"));
        };
        let text = |keyword: &str| self.bundle.get(&root).get(keyword).and_then(Value::as_str);
        let summary = text("description").or(text("title")).unwrap_or_default();
        Ok(Event {
            summary: names::first_sentence(summary).to_owned(),
            wire,
            name,
            file: file.to_owned(),
            fields: fields.clone(),
        })
    }

    /// The type's name: what the schema asks for, or `mechanical`.
    fn name(&self, place: &Place, mechanical: &str) -> Result<TypeName, GenError> {
        let asked = self.bundle.get(place).get("x-rust-name").and_then(Value::as_str);
        let name = asked.unwrap_or(mechanical);
        if names::identifier(name) {
            Ok(name.to_owned())
        } else {
            Err(self.bundle.error(
                place,
                format!("{name:?} is no name for a Rust type; give one with \"x-rust-name\""),
            ))
        }
    }

    /// Claims a name for the definition at `place`.
    fn claim(&mut self, place: &Place, mechanical: &str) -> Result<TypeName, GenError> {
        let name = self.name(place, mechanical)?;
        match self.taken.insert(name.clone(), Some(place.clone())) {
            None => Ok(name),
            Some(other) => {
                let other = other.map_or_else(
                    || "the vendor's module itself".to_owned(),
                    |place| place.to_string(),
                );
                Err(self.bundle.error(
                    place,
                    format!(
                        "{other} has a type {name} already; give another name with \"x-rust-name\""
                    ),
                ))
            }
        }
    }

    /// The type of the schema at `place`, and whether it takes null. `hint` names it if it needs a
    /// name.
    fn ty(&mut self, place: &Place, hint: &str) -> Result<(Type, bool), GenError> {
        if let Some(target) = self.bundle.target(place) {
            self.refuse_siblings(place)?;
            let hint = target.pointer.rsplit('/').next().unwrap_or_default();
            let hint = if hint.is_empty() { wire_name(&target.file) } else { hint };
            let hint = names::pascal(hint).unwrap_or_default();
            return self.ty(&target, &hint);
        }
        let schema = match self.bundle.get(place) {
            Value::Bool(true) => return Ok((Type::Any, false)),
            Value::Bool(false) => {
                return Err(self.bundle.error(place, "no value is valid here, so it has no type"));
            }
            schema => schema,
        };
        if let Some((discriminator, event)) = &self.discriminator_place
            && discriminator == place
        {
            return Ok((Type::Discriminator(event.clone()), false));
        }
        let (types, nullable) = json_types(schema);
        let ty = match types.as_slice() {
            [] if nullable => return Err(self.bundle.error(place, "null alone has no type")),
            [] => {
                self.refuse_untyped(place, schema)?;
                Type::Any
            }
            [one] => self.single(place, schema, one, hint)?,
            several => self.named(place, hint, |_| {
                several.iter().map(|name| simple(name)).collect::<Option<_>>().map(Shape::Union)
            })?,
        };
        Ok((ty, nullable))
    }

    /// The type of a schema of one JSON type.
    fn single(
        &mut self,
        place: &Place,
        schema: &Value,
        json: &str,
        hint: &str,
    ) -> Result<Type, GenError> {
        match json {
            "string" => {
                if let Some(values) = vocabulary(schema) {
                    let variants = self.variants(place, schema, &values)?;
                    return self.named(place, hint, |_| Some(Shape::Enum(variants)));
                }
                if schema.get("anyOf").is_some() {
                    return Err(self.bundle.error(
                        &place.member("anyOf"),
                        "want a list of strings and patterns, [{\"enum\": …}, {\"pattern\": …}]: other unions are not supported",
                    ));
                }
                Ok(match schema.get("format") {
                    Some(_) => Type::Timestamp,
                    None => Type::String,
                })
            }
            "object" if schema.get("properties").is_some() => self.structure(place, schema, hint),
            "object" => match schema.get("additionalProperties") {
                None | Some(Value::Bool(true)) => Ok(Type::Object),
                Some(_) => Err(self.bundle.error(
                    &place.member("additionalProperties"),
                    "want true: typed maps are not supported",
                )),
            },
            "array" => {
                let items = place.member("items");
                if schema.get("items").is_none() {
                    return Ok(Type::Array(Box::new(Type::Any)));
                }
                match self.ty(&items, &format!("{hint}Item"))? {
                    (item, false) => Ok(Type::Array(Box::new(item))),
                    (_, true) => Err(self.bundle.error(&items, "nullable items are not supported")),
                }
            }
            other => simple(other).ok_or_else(|| {
                self.bundle.error(&place.member("type"), format!("want a JSON type, got {other:?}"))
            }),
        }
    }

    fn structure(&mut self, place: &Place, schema: &Value, hint: &str) -> Result<Type, GenError> {
        if let Some(known) = self.types.get(place) {
            return Ok(known.clone());
        }
        // The struct stands before the types of its fields, and a field may lead back to it.
        let name = self.claim(place, hint)?;
        let ty = Type::Named(name.clone());
        self.types.insert(place.clone(), ty.clone());
        let index = self.definitions.len();
        self.definitions.push(Definition {
            name: name.clone(),
            place: place.clone(),
            docs: self.docs(place, schema),
            shape: Shape::Struct(Vec::new()),
        });
        let required: BTreeSet<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut fields: Vec<Field> = Vec::new();
        let properties = place.member("properties");
        let wires = schema["properties"].as_object().into_iter().flat_map(Map::keys);
        for wire in wires {
            let at = properties.member(wire);
            let field = self.field(&at, wire, &name, required.contains(wire.as_str()))?;
            if let Some(other) = fields.iter().find(|other| other.name == field.name) {
                return Err(self.bundle.error(
                    &at,
                    format!(
                        "{:?} is the field {} already; give another name with \"x-rust-name\"",
                        other.wire, field.name
                    ),
                ));
            }
            fields.push(field);
        }
        self.definitions[index].shape = Shape::Struct(fields);
        Ok(ty)
    }

    fn field(
        &mut self,
        at: &Place,
        wire: &str,
        parent: &str,
        required: bool,
    ) -> Result<Field, GenError> {
        let Some(name) = names::snake(wire) else {
            return Err(self.bundle.error(at, format!("{wire:?} gives no name for a Rust field")));
        };
        let hint = format!("{parent}{}", names::pascal(wire).unwrap_or_default());
        let (ty, nullable) = self.ty(at, &hint)?;
        // Any JSON includes null.
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) if ty == Type::Any => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        let description = self.annotation(at, "description");
        let provenance = self.annotation(at, "x-source").and_then(|source| provenance(&source));
        let docs: Vec<&str> = description.as_deref().into_iter().chain(provenance).collect();
        let docs = if docs.is_empty() { Vec::new() } else { vec![docs.join(" ")] };
        Ok(Field {
            wire: wire.to_owned(),
            name,
            docs,
            ty,
            presence,
            sensitive: self.annotation_value(at, "x-sensitive") == Some(&Value::Bool(true)),
        })
    }

    /// A definition that needs nothing but its own schema.
    fn named(
        &mut self,
        place: &Place,
        hint: &str,
        shape: impl FnOnce(&str) -> Option<Shape>,
    ) -> Result<Type, GenError> {
        if let Some(known) = self.types.get(place) {
            return Ok(known.clone());
        }
        let name = self.claim(place, hint)?;
        let Some(shape) = shape(&name) else {
            return Err(self.bundle.error(
                &place.member("type"),
                "want a union of strings, numbers and booleans: others are not supported",
            ));
        };
        let docs = self.docs(place, self.bundle.get(place));
        self.definitions.push(Definition { name: name.clone(), place: place.clone(), docs, shape });
        self.types.insert(place.clone(), Type::Named(name.clone()));
        Ok(Type::Named(name))
    }

    fn variants(
        &self,
        place: &Place,
        schema: &Value,
        values: &[&str],
    ) -> Result<Vec<Variant>, GenError> {
        let mut variants: Vec<Variant> = Vec::new();
        for wire in values {
            let Some(name) = names::pascal(wire) else {
                return Err(self
                    .bundle
                    .error(place, format!("{wire:?} gives no name for a Rust variant")));
            };
            if name == "Unknown" || variants.iter().any(|variant| variant.name == name) {
                return Err(self
                    .bundle
                    .error(place, format!("two variants would be called {name}")));
            }
            let text =
                schema.get("x-enum-descriptions").and_then(|texts| texts.get(wire)?.as_str());
            let text = text.map_or_else(
                || format!("`{wire}`"),
                |text| format!("`{wire}`: {}", decapitalise(text)),
            );
            variants.push(Variant { wire: (*wire).to_owned(), name, docs: vec![text] });
        }
        Ok(variants)
    }

    /// A type's paragraphs.
    fn docs(&self, place: &Place, schema: &Value) -> Vec<String> {
        let document = &self.bundle.manifest().document;
        let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
        let mut docs: Vec<String> =
            text("description").or(text("title")).map(str::to_owned).into_iter().collect();
        let event = self.bundle.events.contains(&place.file) && place.pointer.is_empty();
        docs.push(if event {
            format!(
                "Source: {}, `{}`, read {}.",
                document.name,
                wire_name(&place.file),
                document.read
            )
        } else {
            format!("Source: {}, read {}.", document.name, document.read)
        });
        docs
    }

    /// An annotation of the schema at `place`, or else of what it refers to.
    fn annotation_value(&self, place: &Place, keyword: &str) -> Option<&Value> {
        let mut place = place.clone();
        loop {
            if let Some(value) = self.bundle.get(&place).get(keyword) {
                return Some(value);
            }
            place = self.bundle.target(&place)?;
        }
    }

    fn annotation(&self, place: &Place, keyword: &str) -> Option<String> {
        self.annotation_value(place, keyword)?.as_str().map(str::to_owned)
    }

    /// Beside a `$ref` only annotations may stand: an assertion would need a type of its own.
    fn refuse_siblings(&self, place: &Place) -> Result<(), GenError> {
        let annotations = ["$ref", "$schema", "$comment", "title", "description"];
        let schema = self.bundle.get(place).as_object();
        let other = schema
            .into_iter()
            .flat_map(Map::keys)
            .find(|keyword| !annotations.contains(&keyword.as_str()) && !keyword.starts_with("x-"));
        match other {
            None => Ok(()),
            Some(keyword) => Err(self
                .bundle
                .error(&place.member(keyword), "only annotations may stand beside \"$ref\"")),
        }
    }

    /// A schema without `type` is any JSON, so nothing may hint at a type.
    fn refuse_untyped(&self, place: &Place, schema: &Value) -> Result<(), GenError> {
        let shaping = [
            "properties",
            "items",
            "enum",
            "const",
            "anyOf",
            "allOf",
            "format",
            "additionalProperties",
        ];
        match shaping.iter().find(|keyword| schema.get(**keyword).is_some()) {
            None => Ok(()),
            Some(keyword) => {
                Err(self.bundle.error(place, format!("want a \"type\" beside {keyword:?}")))
            }
        }
    }
}

/// The JSON types that a schema lists, null apart.
fn json_types(schema: &Value) -> (Vec<&str>, bool) {
    let listed: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let nullable = listed.contains(&"null");
    (listed.into_iter().filter(|name| *name != "null").collect(), nullable)
}

/// The type of a JSON type that needs no name.
fn simple(json: &str) -> Option<Type> {
    Some(match json {
        "string" => Type::String,
        "number" => Type::Number,
        "integer" => Type::Integer,
        "boolean" => Type::Boolean,
        _ => return None,
    })
}

/// The listed values of a string: `const`, `enum`, or `anyOf` with lists and patterns.
fn vocabulary(schema: &Value) -> Option<Vec<&str>> {
    if let Some(constant) = schema.get("const") {
        return constant.as_str().map(|value| vec![value]);
    }
    if let Some(values) = schema.get("enum") {
        return values.as_array()?.iter().map(Value::as_str).collect();
    }
    let mut values = Vec::new();
    for branch in schema.get("anyOf")?.as_array()? {
        let branch = branch.as_object()?;
        let allowed = ["enum", "const", "pattern", "type", "description", "title"];
        if !branch.keys().all(|keyword| allowed.contains(&keyword.as_str())) {
            return None;
        }
        if !branch.contains_key("pattern") {
            values.extend(match (branch.get("enum"), branch.get("const")) {
                (Some(values), None) => {
                    values.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?
                }
                (None, Some(value)) => vec![value.as_str()?],
                _ => return None,
            });
        }
    }
    (!values.is_empty()).then_some(values)
}

/// What a reader should know of a field that no table documents.
fn provenance(source: &str) -> Option<&'static str> {
    Some(match source {
        "prose" => "*Documented in running text.*",
        "example" => "*Documented by an example only.*",
        "vendor-code" => "*Documented by the vendor's public code only.*",
        "name" => "*Documented by its name only; the type follows the document's convention.*",
        _ => return None,
    })
}
