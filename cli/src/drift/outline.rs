//! An event's fields as a tree, along which payloads are walked: whatever has no name of its own in
//! the document, elements and members of maps, is one field under the name `*`. A member that is
//! called `*` is another field, under `~2`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::catalogue::{Event, Json, Schema, Step, field_name, field_token};
use crate::drift::cut::cut;

/// What the document knows of a value's parts.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    members: BTreeMap<String, Outline>,
    /// Of elements, and of members that no name is documented for.
    any: Option<Box<Outline>>,
}

impl Outline {
    pub(crate) fn new(event: Event<'_>) -> Self {
        let any = event.schema().and_then(|schema| open(&schema));
        let mut outline = Self { any, ..Self::default() };
        for field in event.fields() {
            let place = field.path.iter().fold(&mut outline, |outline, step| match step {
                Step::Member(name) => outline.members.entry(name.clone()).or_default(),
                Step::Any => outline.any.get_or_insert_default(),
            });
            if place.any.is_none() {
                place.any = open(&field.schema);
            }
        }
        outline
    }

    /// One step further, and under which name.
    fn step<'o, 'n>(
        outline: Option<&'o Self>,
        name: &'n str,
        in_array: bool,
    ) -> (Cow<'n, str>, Option<&'o Self>) {
        let member = outline.and_then(|outline| outline.members.get(name));
        match (member, outline.and_then(|outline| outline.any.as_deref())) {
            (_, any) if in_array => ("*".into(), any),
            (Some(member), _) => (escaped(name), Some(member)),
            (None, Some(any)) => ("*".into(), Some(any)),
            (None, None) => (escaped(name), None),
        }
    }

    /// Gives every value in `payload` to `take`, with the pointer of its field.
    pub(crate) fn walk<'p>(
        outline: Option<&Self>,
        payload: &'p Value,
        take: &mut dyn FnMut(&str, &'p Value),
    ) {
        walk(outline, payload, &mut String::new(), take);
    }

    /// The field that a JSON Pointer into `payload` leads to.
    pub(crate) fn field(outline: Option<&Self>, payload: &Value, pointer: &str) -> String {
        let mut field = String::new();
        let (mut outline, mut value) = (outline, Some(payload));
        for token in pointer.split('/').skip(1) {
            let name = field_name(token);
            let in_array = value.is_some_and(Value::is_array);
            value = value.and_then(|value| match value {
                Value::Array(elements) => elements.get(name.parse::<usize>().ok()?),
                other => other.get(&*name),
            });
            let (name, next) = Self::step(outline, &name, in_array);
            field.extend(["/", &name]);
            outline = next;
        }
        field
    }
}

fn walk<'p>(
    outline: Option<&Outline>,
    value: &'p Value,
    pointer: &mut String,
    take: &mut dyn FnMut(&str, &'p Value),
) {
    let mut inside = |name: &str, value: &'p Value, in_array: bool| {
        let (name, outline) = Outline::step(outline, name, in_array);
        let length = pointer.len();
        pointer.extend(["/", &*name]);
        take(pointer, value);
        walk(outline, value, pointer, take);
        pointer.truncate(length);
    };
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| inside(name, value, false));
        }
        Value::Array(elements) => elements.iter().for_each(|value| inside("", value, true)),
        _ => {}
    }
}

/// What is known of the members of an object that may have any: nothing, but that they may be there.
fn open(schema: &Schema<'_>) -> Option<Box<Outline>> {
    let is_open = |schema: &Schema<'_>| {
        schema.own("additionalProperties").is_some_and(Json::is_true)
            || schema.own("patternProperties").is_some()
    };
    schema.all().iter().any(is_open).then(Box::default)
}

/// A name as it stands in a pointer, cut where it is too long to be documented.
fn escaped(name: &str) -> Cow<'_, str> {
    match cut(name) {
        Cow::Borrowed(name) => field_token(name),
        Cow::Owned(name) => field_token(&name).into_owned().into(),
    }
}
