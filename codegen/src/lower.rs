//! [`SchemaSet`] into [`Vendor`]: payloads, what they share, modules.

use std::collections::BTreeSet;

use crate::GenError;
use crate::ir::{
    Definition, Event, Example, Module, Shape, Struct, Type, TypeName, Vendor, type_places,
};
use crate::names;
use crate::shape::Lowering;
use crate::whole::Whole;
use crate::{boxes, docs};
use offhook_model::json::shown;
use offhook_model::{Graph, Location, Object, Order, SchemaSet, TypeSet};

/// The module of the example payloads.
pub(crate) const EXAMPLES_MODULE: &str = "examples";

/// Lowers a whole vendor.
pub(crate) fn lower(set: &SchemaSet, graph: &Graph, module: String) -> Result<Vendor, GenError> {
    let manifest = set.manifest();
    let document = docs::document(set)?;
    let discriminator = set.discriminator();
    let mut lowering = Lowering::new(set, graph)?;
    for file in set.payload_files() {
        if let Some(path) = &discriminator {
            let member = discriminator_of(set, file, path)?;
            lowering.discriminates(file, &member.object, &member.name);
        }
        lowering.expect_payload(file);
    }
    let envelope = shared(set, &mut lowering)?;
    check_id(set)?;
    let mut payloads = Vec::new();
    for file in set.payload_files() {
        payloads.push((file, lowering.payload(file)?));
    }
    let mut definitions = lowering.into_definitions()?;
    boxes::endless(&mut definitions);
    let events =
        payloads.into_iter().map(|(file, name)| event(set, &definitions, file, name)).collect();
    let modules = modules(set, definitions);
    Ok(Vendor {
        name: set.vendor().to_owned(),
        folder: set.folder().to_owned(),
        module,
        title: names::one_line(manifest.title.as_deref().unwrap_or(set.vendor())),
        document: names::one_line(&document.name),
        date: document.date.clone(),
        read: document.read.clone(),
        discriminator: discriminator.map(<[String]>::to_vec),
        envelope,
        events,
        sorts: manifest.order == Order::Sorted,
        schema: set.to_bundle(&type_places(&modules)),
        examples: examples(set),
        modules,
    })
}

fn examples(set: &SchemaSet) -> Vec<Example> {
    let examples = set.examples().into_iter().map(|example| Example {
        name: example.name.to_owned(),
        event: example.payload.map(|payload| payload.name).unwrap_or_default().to_owned(),
        text: example.text.to_owned(),
    });
    examples.collect()
}

/// Lowers what is in `shared/`, and returns the type of the envelope.
fn shared(set: &SchemaSet, lowering: &mut Lowering<'_>) -> Result<Option<TypeName>, GenError> {
    let mut envelope = None;
    for file in set.shared_files() {
        let root = Location::new(file, "");
        let whole = Whole::at(set, &root);
        let is_envelope = set.envelope() == Some(file);
        if !whole.key(set).0.is_empty() {
            let (ty, _) = lowering.at(&root)?;
            if let (true, Type::Named(name)) = (is_envelope, ty) {
                envelope = Some(name);
            }
        }
        if is_envelope && (envelope.is_none() || !whole.kinds(set).is_within(TypeSet::OBJECT)) {
            return Err(GenError::at(
                set,
                &root,
                "want the envelope to be an object with properties",
            ));
        }
        for keyword in ["$defs", "definitions"] {
            let definitions = root.child(keyword);
            let names = set.at(&definitions).as_object().into_iter().flat_map(Object::keys);
            for name in names {
                lowering.at(&definitions.child(name))?;
            }
        }
    }
    Ok(envelope)
}

/// The member that names the event in the schema `file`.
fn discriminator_of(set: &SchemaSet, file: &str, path: &[String]) -> Result<Member, GenError> {
    let name = set.payload_name(file);
    let member = sure_member(set, file, path, "names the event")?;
    // The last of the chain says most.
    let place = member.value.places.last().unwrap_or(&member.place).clone();
    match member.value.listed(set).as_deref() {
        Some([only]) if *only == name => Ok(member),
        Some([only]) if only.is_string() => {
            let at =
                if set.at(&place).get("const").is_some() { place.child("const") } else { place };
            let message = format!("want {name:?}, as the file is named, got {}", shown(only));
            Err(GenError::at(set, &at, message))
        }
        _ => {
            let message =
                format!("want {{\"type\": \"string\", \"const\": {name:?}}}, the event's name");
            Err(GenError::at(set, &place, message))
        }
    }
}

/// Every payload has the event's id, a string, where the manifest says: one without it could not be
/// told from another.
fn check_id(set: &SchemaSet) -> Result<(), GenError> {
    let Some(path) = set.id() else { return Ok(()) };
    let manifest = set.manifest();
    if manifest.discriminator.is_some() && manifest.envelope.is_none() {
        let message = "want an \"envelope\" that has the id: unknown events have one too";
        return Err(set.manifest_fault("/id", message).into());
    }
    for file in set.envelope().into_iter().chain(set.payload_files()) {
        let member = sure_member(set, file, path, "identifies the event")?;
        if member.value.kinds(set) != TypeSet::STRING {
            let message = "want {\"type\": \"string\"}: it identifies the event";
            return Err(GenError::at(set, &member.place, message));
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
    place: Location,
    /// What holds of its value.
    value: Whole,
}

/// The member at `path` in the schema `file`, which has a `duty`. Whoever meets the payload must
/// find it: every member on the way is required.
fn sure_member(
    set: &SchemaSet,
    file: &str,
    path: &[String],
    duty: &str,
) -> Result<Member, GenError> {
    let root = Location::new(file, "");
    let mut member = Member {
        object: Whole::nothing(),
        name: String::new(),
        value: Whole::at(set, &root),
        place: root,
    };
    for name in path {
        let Member { place, value: object, .. } = member;
        let members = object.members(set);
        let Some((_, value)) = members.into_iter().find(|(known, _)| known == name) else {
            let outside = match object.unions(set).first() {
                None => "",
                Some(_) => ", outside of the union",
            };
            let message = format!("want the property {name:?}, which {duty}{outside}");
            return Err(GenError::at(set, &place, message));
        };
        if !object.required(set).contains(name) {
            let message = format!("want {name:?} among the required members: it {duty}");
            return Err(GenError::at(set, &place, message));
        }
        if object.kinds(set) != TypeSet::OBJECT {
            let message = format!("want {{\"type\": \"object\"}}: a member of it {duty}");
            return Err(GenError::at(set, &place, message));
        }
        let place = value.places.first().cloned().unwrap_or(place);
        member = Member { object, name: name.clone(), place, value };
    }
    Ok(member)
}

fn event(set: &SchemaSet, definitions: &[Definition], file: &str, name: TypeName) -> Event {
    let definition = definitions.iter().find(|definition| definition.name == name);
    let fields = match definition.map(|definition| &definition.shape) {
        Some(Shape::Struct(Struct { fields, .. })) => fields.clone(),
        _ => Vec::new(),
    };
    let summary = names::one_line(&docs::summary(set, &Location::new(file, "")));
    Event {
        summary: names::first_sentence(&summary).to_owned(),
        wire: set.payload_name(file).to_owned(),
        name,
        file: file.to_owned(),
        fields,
    }
}

/// Sorts definitions into the modules of the files that they stand in.
fn modules(set: &SchemaSet, definitions: Vec<Definition>) -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    let mut taken = BTreeSet::from([EXAMPLES_MODULE.to_owned()]);
    for file in set.payload_files().chain(set.shared_files()) {
        let name = names::free(&names::module(file), "_", |name| taken.contains(name));
        taken.insert(name.clone());
        modules.push(Module { name, file: file.to_owned(), definitions: Vec::new() });
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
