//! [`Bundle`] into [`Vendor`]: payloads, what they share, modules.

use std::collections::BTreeSet;

use serde_json::Map;

use crate::GenError;
use crate::bundle::Bundle;
use crate::explain::shown;
use crate::ir::{
    Definition, Event, Example, Module, Shape, Struct, Type, TypeName, Vendor, type_places,
};
use crate::kinds::Kinds;
use crate::manifest::Order;
use crate::names;
use crate::place::Place;
use crate::shape::Lowering;
use crate::whole::Whole;
use crate::{boxes, docs};

/// The module of the example payloads.
pub(crate) const EXAMPLES_MODULE: &str = "examples";

/// Lowers a whole vendor.
pub(crate) fn lower(bundle: &Bundle, module: String) -> Result<Vendor, GenError> {
    let manifest = bundle.manifest();
    let discriminator = bundle.discriminator();
    let mut lowering = Lowering::new(bundle)?;
    for file in &bundle.events {
        if let Some(path) = &discriminator {
            let member = discriminator_of(bundle, file, path)?;
            lowering.discriminates(file, &member.object, &member.name);
        }
        lowering.expect_payload(file);
    }
    let envelope = shared(bundle, &mut lowering)?;
    check_id(bundle)?;
    let mut payloads = Vec::new();
    for file in &bundle.events {
        payloads.push((file, lowering.payload(file)?));
    }
    let mut definitions = lowering.into_definitions()?;
    boxes::endless(&mut definitions);
    let events =
        payloads.into_iter().map(|(file, name)| event(bundle, &definitions, file, name)).collect();
    let modules = modules(bundle, definitions);
    Ok(Vendor {
        name: bundle.name().to_owned(),
        module,
        title: names::one_line(&manifest.title),
        document: names::one_line(&manifest.document.name),
        read: manifest.document.read.clone(),
        discriminator,
        envelope,
        events,
        sorts: manifest.order == Order::Sorted,
        schema: bundle.text(&type_places(&modules)),
        examples: examples(bundle),
        modules,
    })
}

fn examples(bundle: &Bundle) -> Vec<Example> {
    let examples = bundle.examples().into_iter().map(|example| Example {
        name: example.name.to_owned(),
        event: example.event.map(|file| bundle.event_name(file)).unwrap_or_default().to_owned(),
        text: example.content.text.clone(),
    });
    examples.collect()
}

/// Lowers what is in `shared/`, and returns the type of the envelope.
fn shared(bundle: &Bundle, lowering: &mut Lowering<'_>) -> Result<Option<TypeName>, GenError> {
    let mut envelope = None;
    for file in &bundle.shared {
        let root = Place::new(file, "");
        let whole = Whole::at(bundle, &root);
        let is_envelope = bundle.manifest().envelope.as_ref() == Some(file);
        if !whole.key(bundle).0.is_empty() {
            let (ty, _) = lowering.at(&root)?;
            if let (true, Type::Named(name)) = (is_envelope, ty) {
                envelope = Some(name);
            }
        }
        if is_envelope && (envelope.is_none() || !whole.kinds(bundle).within(Kinds::OBJECT)) {
            return Err(bundle.error(&root, "want the envelope to be an object with properties"));
        }
        for keyword in ["$defs", "definitions"] {
            let definitions = root.member(keyword);
            let names = bundle.get(&definitions).as_object().into_iter().flat_map(Map::keys);
            for name in names {
                lowering.at(&definitions.member(name))?;
            }
        }
    }
    Ok(envelope)
}

/// The member that names the event in the schema `file`.
fn discriminator_of(bundle: &Bundle, file: &str, path: &[String]) -> Result<Member, GenError> {
    let name = bundle.event_name(file);
    let member = sure_member(bundle, file, path, "names the event")?;
    // The last of the chain says most.
    let place = member.value.places.last().unwrap_or(&member.place).clone();
    match member.value.listed(bundle).as_deref() {
        Some([only]) if *only == name => Ok(member),
        Some([only]) if only.is_string() => {
            let at = if bundle.get(&place).get("const").is_some() {
                place.member("const")
            } else {
                place
            };
            let message = format!("want {name:?}, as the file is named, got {}", shown(only));
            Err(bundle.error(&at, message))
        }
        _ => {
            let message =
                format!("want {{\"type\": \"string\", \"const\": {name:?}}}, the event's name");
            Err(bundle.error(&place, message))
        }
    }
}

/// Every payload has the event's id, a string, where the manifest says: one without it could not be
/// told from another.
fn check_id(bundle: &Bundle) -> Result<(), GenError> {
    let Some(path) = bundle.id() else { return Ok(()) };
    let manifest = bundle.manifest();
    if manifest.discriminator.is_some() && manifest.envelope.is_none() {
        let message = "want an \"envelope\" that has the id: unknown events have one too";
        return Err(GenError::at(&bundle.path("vendor.json"), "/id", message));
    }
    for file in manifest.envelope.iter().chain(&bundle.events) {
        let member = sure_member(bundle, file, &path, "identifies the event")?;
        if member.value.kinds(bundle) != Kinds::STRING {
            let message = "want {\"type\": \"string\"}: it identifies the event";
            return Err(bundle.error(&member.place, message));
        }
    }
    Ok(())
}

/// A member of a payload that every payload has.
struct Member {
    /// What holds of the object that has it.
    object: Whole,
    name: String,
    /// Where it is described.
    place: Place,
    /// What holds of its value.
    value: Whole,
}

/// The member at `path` in the schema `file`, which has a `duty`. Whoever meets the payload must
/// find it: every member on the way is required.
fn sure_member(
    bundle: &Bundle,
    file: &str,
    path: &[String],
    duty: &str,
) -> Result<Member, GenError> {
    let root = Place::new(file, "");
    let mut member = Member {
        object: Whole::nothing(),
        name: String::new(),
        value: Whole::at(bundle, &root),
        place: root,
    };
    for name in path {
        let Member { place, value: object, .. } = member;
        let members = object.members(bundle);
        let Some((_, value)) = members.into_iter().find(|(known, _)| known == name) else {
            let outside = match object.unions(bundle).first() {
                None => "",
                Some(_) => ", outside of the union",
            };
            let message = format!("want the property {name:?}, which {duty}{outside}");
            return Err(bundle.error(&place, message));
        };
        if !object.required(bundle).contains(name) {
            let message = format!("want {name:?} among the required members: it {duty}");
            return Err(bundle.error(&place, message));
        }
        if object.kinds(bundle) != Kinds::OBJECT {
            let message = format!("want {{\"type\": \"object\"}}: a member of it {duty}");
            return Err(bundle.error(&place, message));
        }
        let place = value.places.first().cloned().unwrap_or(place);
        member = Member { object, name: name.clone(), place, value };
    }
    Ok(member)
}

fn event(bundle: &Bundle, definitions: &[Definition], file: &str, name: TypeName) -> Event {
    let definition = definitions.iter().find(|definition| definition.name == name);
    let fields = match definition.map(|definition| &definition.shape) {
        Some(Shape::Struct(Struct { fields, .. })) => fields.clone(),
        _ => Vec::new(),
    };
    let summary = names::one_line(&docs::summary(bundle, &Place::new(file, "")));
    Event {
        summary: names::first_sentence(&summary).to_owned(),
        wire: bundle.event_name(file).to_owned(),
        name,
        file: file.to_owned(),
        fields,
    }
}

/// Sorts definitions into the modules of the files that they stand in.
fn modules(bundle: &Bundle, definitions: Vec<Definition>) -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    let mut taken = BTreeSet::from([EXAMPLES_MODULE.to_owned()]);
    for file in bundle.events.iter().chain(&bundle.shared) {
        let name = names::free(&names::module(file), "_", |name| taken.contains(name));
        taken.insert(name.clone());
        modules.push(Module { name, file: file.clone(), definitions: Vec::new() });
    }
    for definition in definitions {
        if let Some(module) = modules.iter_mut().find(|module| module.file == definition.place.file)
        {
            module.definitions.push(definition);
        }
    }
    modules.retain(|module| !module.definitions.is_empty());
    modules
}
