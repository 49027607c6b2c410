//! [`Bundle`] into [`Vendor`]: decides what Rust each schema becomes, and names it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::GenError;
use crate::bundle::Bundle;
use crate::check::wire_name;
use crate::ir::{
    Definition, Event, Field, Module, Presence, Shape, Type, TypeName, Vendor, type_places,
};
use crate::keyword::json_types;
use crate::place::Place;
use crate::{docs, names, refuse, vocabulary};

/// How many arrays may stand one inside the other. An array that leads back to itself has no end.
const MAX_ARRAYS: usize = 8;

/// Lowers a whole vendor.
pub(crate) fn lower(bundle: &Bundle) -> Result<Vendor, GenError> {
    let manifest = bundle.manifest();
    let discriminator = bundle.discriminator();
    let mut lowering = Lowering {
        bundle,
        discriminators: BTreeMap::new(),
        types: BTreeMap::new(),
        taken: names::RESERVED.iter().map(|name| ((*name).to_owned(), None)).collect(),
        definitions: Vec::new(),
        arrays: 0,
    };
    for file in &bundle.events {
        lowering.find_discriminator(file, discriminator.as_deref())?;
    }
    let mut envelope = None;
    for file in &bundle.shared {
        let root = Place::new(file, "");
        if bundle.get(&root).get("properties").is_some() {
            let name = names::pascal(wire_name(file));
            let ty = lowering.ty(&root, &name.unwrap_or_default())?.0;
            if manifest.envelope.as_ref() == Some(file)
                && let Type::Named(name) = ty
            {
                envelope = Some(name);
            }
        }
        if manifest.envelope.as_ref() == Some(file) && envelope.is_none() {
            return Err(bundle.error(&root, "want the envelope to be an object with properties"));
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
        events.push(lowering.event(file)?);
    }
    let definitions = lowering.definitions;
    refuse::endless_structs(bundle, &definitions)?;
    refuse::idle_names(bundle, &definitions)?;
    let modules = modules(bundle, definitions)?;
    Ok(Vendor {
        name: bundle.name().to_owned(),
        title: names::one_line(&manifest.title),
        document: names::one_line(&manifest.document.name),
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
            return Err(bundle.error(
                &Place::new(file, ""),
                "want a file whose name can be a Rust module's; this one's is a word that Rust or the generated code needs",
            ));
        };
        if let Some(other) = seen.insert(name.clone(), file.clone()) {
            return Err(bundle.error(
                &Place::new(file, ""),
                format!(
                    "want a name that differs in more than case and punctuation from {other}: both would be the module {name}"
                ),
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
    /// Where the schemas of the events' discriminators stand, and each event's type.
    discriminators: BTreeMap<Place, TypeName>,
    /// Types made so far, by the place of their schema.
    types: BTreeMap<Place, Type>,
    /// Names in use, with the place that uses them; none for those of the module itself.
    taken: BTreeMap<TypeName, Option<Place>>,
    definitions: Vec<Definition>,
    /// How many arrays the schema at hand stands in, up to the nearest object.
    arrays: usize,
}

impl Lowering<'_> {
    /// Notes where the event's name stands, so that it is read as such from wherever it is met.
    fn find_discriminator(&mut self, file: &str, path: Option<&[String]>) -> Result<(), GenError> {
        let root = Place::new(file, "");
        let name = self.event_name(&root)?;
        if let Some(path) = path {
            let mut place = root;
            for member in path {
                place = self.bundle.follow(&place).member("properties").member(member);
            }
            self.discriminators.insert(self.bundle.follow(&place), name);
        }
        Ok(())
    }

    fn event_name(&self, root: &Place) -> Result<TypeName, GenError> {
        let name = self.name(root, &names::pascal(wire_name(&root.file)).unwrap_or_default())?;
        if name == "Unknown" {
            let message = "want a type name other than Unknown, the variant for undocumented events; give another one with \"x-rust-name\"";
            return Err(self.bundle.error(root, message));
        }
        Ok(name)
    }

    fn event(&mut self, file: &str) -> Result<Event, GenError> {
        let place = Place::new(file, "");
        if self.bundle.target(&place).is_some() {
            let message = "want the event's own object here, got a reference";
            return Err(self.bundle.error(&place.member("$ref"), message));
        }
        let wire = wire_name(file).to_owned();
        let name = self.event_name(&place)?;
        self.ty(&place, &name)?;
        let definition = self.definitions.iter().find(|definition| definition.place == place);
        let Some(Definition { shape: Shape::Struct(fields), .. }) = definition else {
            return Err(self.bundle.error(&place, "want an event to be an object with properties"));
        };
        let text = |keyword: &str| self.bundle.get(&place).get(keyword).and_then(Value::as_str);
        let summary = text("description").or(text("title")).unwrap_or_default();
        Ok(Event {
            summary: names::first_sentence(&names::one_line(summary)).to_owned(),
            wire,
            name,
            file: file.to_owned(),
            fields: fields.clone(),
        })
    }

    /// The type's name: what the schema asks for, or `mechanical`.
    fn name(&self, place: &Place, mechanical: &str) -> Result<TypeName, GenError> {
        let asked = self.bundle.get(place).get("x-rust-name").and_then(Value::as_str);
        match asked {
            None if names::is_type(mechanical) => Ok(mechanical.to_owned()),
            None => Err(self.bundle.error(
                place,
                "want a name that can be a Rust type's; give one with \"x-rust-name\"",
            )),
            Some(name) if names::is_type(name) => Ok(name.to_owned()),
            Some(name) => Err(self.bundle.error(
                &place.member("x-rust-name"),
                format!("want a name for a Rust type, such as \"CallStatus\", got {name:?}"),
            )),
        }
    }

    /// Claims a name for the definition at `place`.
    fn claim(&mut self, place: &Place, mechanical: &str) -> Result<TypeName, GenError> {
        let name = self.name(place, mechanical)?;
        match self.taken.insert(name.clone(), Some(place.clone())) {
            None => Ok(name),
            Some(other) => {
                let other = other
                    .map_or_else(|| "the generated code".to_owned(), |place| place.to_string());
                Err(self.bundle.error(
                    place,
                    format!(
                        "want a type name of its own, got {name}, which {other} has; give another one with \"x-rust-name\""
                    ),
                ))
            }
        }
    }

    /// The type of the schema at `place`, and whether it takes null. `hint` names it if it needs a
    /// name.
    fn ty(&mut self, place: &Place, hint: &str) -> Result<(Type, bool), GenError> {
        if let Some(target) = self.bundle.target(place) {
            refuse::siblings(self.bundle, place)?;
            let hint = target.pointer.rsplit('/').next().unwrap_or_default();
            let hint = if hint.is_empty() { wire_name(&target.file) } else { hint };
            let hint = names::pascal(hint).unwrap_or_default();
            return self.ty(&target, &hint);
        }
        let schema = match self.bundle.get(place) {
            Value::Bool(true) => return Ok((Type::Any, false)),
            Value::Bool(false) => {
                return Err(self
                    .bundle
                    .error(place, "want a schema that some value fits, got false"));
            }
            schema => schema,
        };
        if let Some(event) = self.discriminators.get(place) {
            return Ok((Type::Discriminator(event.clone()), false));
        }
        let (types, nullable) = json_types(schema);
        let ty = match types.as_slice() {
            [] if nullable => {
                let message = "want another type beside null, which says nothing";
                return Err(self.bundle.error(&place.member("type"), message));
            }
            [] => {
                refuse::untyped(self.bundle, place, schema)?;
                Type::Any
            }
            [one] => self.single(place, schema, one, hint)?,
            several if several.contains(&"integer") && several.contains(&"number") => {
                let message = "want \"number\" without \"integer\", which it includes";
                return Err(self.bundle.error(&place.member("type"), message));
            }
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
                if let Some(values) = vocabulary::listed_strings(self.bundle, place, schema)? {
                    let variants = vocabulary::variants(self.bundle, place, schema, &values)?;
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
                if self.arrays == MAX_ARRAYS {
                    let message =
                        format!("want at most {MAX_ARRAYS} arrays, one inside the other, got more");
                    return Err(self.bundle.error(place, message));
                }
                self.arrays += 1;
                let item = self.ty(&items, &format!("{hint}Item"))?;
                self.arrays -= 1;
                match item {
                    (item, false) => Ok(Type::Array(Box::new(item))),
                    (_, true) => Err(self
                        .bundle
                        .error(&items, "want items that are never null: others are not supported")),
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
        refuse::hidden_members(self.bundle, place)?;
        let arrays = std::mem::take(&mut self.arrays);
        // The struct stands before the types of its fields, and a field may lead back to it.
        let name = self.claim(place, hint)?;
        let ty = Type::Named(name.clone());
        self.types.insert(place.clone(), ty.clone());
        let index = self.definitions.len();
        self.definitions.push(Definition {
            name: name.clone(),
            place: place.clone(),
            docs: docs::definition(self.bundle, place, schema),
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
                        "want a name that differs in more than case and punctuation from {:?}, got {wire:?}: both would be the field {}",
                        other.wire, field.name
                    ),
                ));
            }
            fields.push(field);
        }
        self.definitions[index].shape = Shape::Struct(fields);
        self.arrays = arrays;
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
            return Err(self
                .bundle
                .error(at, format!("want a name that can be a Rust field's, got {wire:?}")));
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
        Ok(Field {
            wire: wire.to_owned(),
            name,
            docs: docs::field(self.bundle, at),
            ty,
            presence,
            sensitive: docs::sensitive(self.bundle, at),
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
        let docs = docs::definition(self.bundle, place, self.bundle.get(place));
        self.definitions.push(Definition { name: name.clone(), place: place.clone(), docs, shape });
        self.types.insert(place.clone(), Type::Named(name.clone()));
        Ok(Type::Named(name))
    }
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
