//! Schemas of either draft, as somebody else may have written them, into plain draft 2020-12:
//! no `$id` and no anchor, every `$ref` a path and a pointer, tuples as `prefixItems`.
//!
//! What comes later knows one dialect and resolves references by splitting a string. A dangling
//! reference fails here, with its path and pointer; typify would only panic.

use std::collections::{BTreeMap, BTreeSet};

use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::GenError;
use crate::draft::{self, Draft};
use crate::explain::shown;
use crate::keyword::{self, Holds};
use crate::load::Sources;
use crate::place::Place;

/// What a URI's fragment cannot have as it is.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The URI of the vendor's folder.
const FOLDER: &str = "offhook:///";

/// A vendor's schemas in canonical form.
pub(crate) struct Canonical {
    /// By file.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// Where those schemas stood that stand elsewhere now.
    pub(crate) moved: BTreeMap<Place, Place>,
}

/// Brings every schema of a vendor into canonical form.
pub(crate) fn canonical(sources: &Sources) -> Result<Canonical, GenError> {
    let mut survey = Survey::new(sources);
    for (file, schema) in &sources.schemas {
        let place = Place::new(file, "");
        let context = Context {
            draft: sources.draft(file),
            root: place.clone(),
            bases: vec![file_uri(file)],
        };
        survey.resources.insert(file_uri(file).into_string(), Some(place.clone()));
        survey.visit(&place, &place, schema, &context);
    }
    survey.refuse_endless_references()?;
    let mut schemas = BTreeMap::new();
    for (file, schema) in &sources.schemas {
        schemas.insert(file.clone(), survey.write(&Place::new(file, ""), schema)?);
    }
    let moved = survey.schemas.into_iter().filter(|(source, known)| *source != known.canonical);
    let moved = moved.map(|(source, known)| (known.canonical, source)).collect();
    Ok(Canonical { schemas, moved })
}

/// All schemas of a vendor and what they are called.
struct Survey<'s> {
    sources: &'s Sources,
    schemas: BTreeMap<Place, Known<'s>>,
    /// Roots by URI; none where two claim one.
    resources: BTreeMap<String, Option<Place>>,
    /// By the root of their resource and their name.
    anchors: BTreeMap<(Place, String), Place>,
}

/// A schema that has been met.
struct Known<'s> {
    value: &'s Value,
    canonical: Place,
    context: Context,
}

/// What a schema's references depend on.
#[derive(Clone)]
struct Context {
    draft: Draft,
    /// The root of the schema's resource.
    root: Place,
    /// The URIs that the resource may go by, the likeliest first.
    bases: Vec<Uri<String>>,
}

impl<'s> Survey<'s> {
    fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            schemas: BTreeMap::new(),
            resources: BTreeMap::new(),
            anchors: BTreeMap::new(),
        }
    }

    /// Notes the schema at `place`, which will stand at `canonical`, and all below it.
    fn visit(&mut self, place: &Place, canonical: &Place, value: &'s Value, context: &Context) {
        let mut context = context.clone();
        let hides = hides_siblings(context.draft, value);
        if !hides {
            self.identify(place, value, &mut context);
        }
        let known = Known { value, canonical: canonical.clone(), context: context.clone() };
        self.schemas.insert(place.clone(), known);
        for (name, member) in value.as_object().into_iter().flatten() {
            if hides && !stays_beside_reference(name) {
                continue;
            }
            let at = place.member(name);
            let to = canonical.member(canonical_keyword(context.draft, value, name));
            for (below, schema) in keyword::schemas_in(context.draft, &at, name, member) {
                let rest = &below.pointer[at.pointer.len()..];
                let to = Place::new(&to.file, &format!("{}{rest}", to.pointer));
                self.visit(&below, &to, schema, &context);
            }
        }
    }

    /// Takes note of `$id` and `$anchor`.
    fn identify(&mut self, place: &Place, schema: &Value, context: &mut Context) {
        let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
        if let Some(id) = text("$id") {
            let (uri, anchor) = id.split_once('#').unwrap_or((id, ""));
            if !uri.is_empty() {
                let mut from = context.bases.clone();
                if place.pointer.is_empty() {
                    // Who wrote the `$id` may have taken the folder for its base.
                    from.extend(Uri::parse(FOLDER.to_owned()));
                }
                let mut bases: Vec<Uri<String>> = Vec::new();
                for base in from.iter().filter_map(|base| resolved(uri, base)) {
                    if !bases.contains(&base) {
                        bases.push(base);
                    }
                }
                for base in &bases {
                    let claim = self.resources.entry(base.as_str().to_owned());
                    let holder = claim.or_insert_with(|| Some(place.clone()));
                    if holder.as_ref().is_some_and(|holder| holder != place) {
                        *holder = None;
                    }
                }
                if place.pointer.is_empty() {
                    bases.push(file_uri(&place.file));
                }
                context.root = place.clone();
                context.bases = bases;
            }
            if !anchor.is_empty() {
                self.anchors.insert((context.root.clone(), anchor.to_owned()), place.clone());
            }
        }
        if let (Some(anchor), Draft::Draft202012) = (text("$anchor"), context.draft) {
            self.anchors.insert((context.root.clone(), anchor.to_owned()), place.clone());
        }
    }

    /// The schema that the one at `place` refers to.
    fn target(&self, place: &Place) -> Result<Option<Place>, GenError> {
        let Some(known) = self.schemas.get(place) else {
            return Ok(None);
        };
        let Some(reference) = known.value.get("$ref") else {
            return Ok(None);
        };
        let fails = |message: String| {
            let path = self.sources.path(&place.file);
            Err(GenError::at(&path, &place.member("$ref").pointer, message))
        };
        let Some(reference) = reference.as_str() else {
            return fails(format!("want a string, got {}", shown(reference)));
        };
        if UriRef::parse(reference).is_err() {
            return fails(format!(
                "want a URI reference, got {reference:?}: what a URI cannot have as it is needs percent-encoding"
            ));
        }
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let root = if uri.is_empty() {
            Some(known.context.root.clone())
        } else {
            let uris: Vec<_> =
                known.context.bases.iter().filter_map(|base| resolved(uri, base)).collect();
            match uris.iter().find_map(|uri| self.resources.get(uri.as_str())) {
                Some(None) => {
                    return fails(format!(
                        "want a reference to one schema, got {reference:?}, the \"$id\" of several"
                    ));
                }
                Some(root) => root.clone(),
                None => None,
            }
        };
        let Some(root) = root else {
            let remote =
                UriRef::parse(uri).is_ok_and(|uri| uri.has_scheme() || uri.has_authority());
            return fails(if remote {
                format!("want a schema of this vendor, got the remote reference {reference:?}")
            } else {
                format!(
                    "want a reference to a schema, got {reference:?}: there is no such file and no such \"$id\""
                )
            });
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        let target = match fragment.strip_prefix('/') {
            None if fragment.is_empty() => root,
            None => match self.anchors.get(&(root.clone(), fragment.to_string())) {
                Some(place) => place.clone(),
                None => {
                    return fails(format!(
                        "want a reference to a schema, got {reference:?}: {root} has no such anchor"
                    ));
                }
            },
            Some(tokens) => {
                let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
                tokens.split('/').fold(root, |place, token| place.member(&unescape(token)))
            }
        };
        if self.schemas.contains_key(&target) {
            return Ok(Some(target));
        }
        let file = self.sources.schemas.get(&target.file);
        let found = file.and_then(|schema| schema.pointer(&target.pointer));
        let found = if found.is_some() { "no schema" } else { "nothing" };
        fails(format!(
            "want a reference to a schema, got {reference:?}: there is {found} at {target}"
        ))
    }

    /// Whoever judges a value must get to an end: no schema leads back to itself without a step
    /// into a member or an element.
    fn refuse_endless_references(&self) -> Result<(), GenError> {
        let mut done = BTreeSet::new();
        for start in self.schemas.keys() {
            let mut path = Vec::new();
            self.descend(start, &mut path, &mut done)?;
        }
        Ok(())
    }

    fn descend<'p>(
        &'p self,
        place: &'p Place,
        path: &mut Vec<Place>,
        done: &mut BTreeSet<Place>,
    ) -> Result<(), GenError> {
        if done.contains(place) {
            return Ok(());
        }
        path.push(place.clone());
        if let Some(target) = self.target(place)? {
            if path.contains(&target) {
                let known = self.schemas.get(place);
                let reference = known.and_then(|known| known.value.get("$ref")).map(shown);
                return Err(GenError::at(
                    &self.sources.path(&place.file),
                    &place.member("$ref").pointer,
                    format!(
                        "want a reference that gets to an end, got {}, which leads back here",
                        reference.unwrap_or_default()
                    ),
                ));
            }
            let (target, _) =
                self.schemas.get_key_value(&target).unwrap_or((place, &self.schemas[place]));
            self.descend(target, path, done)?;
        }
        if let Some(Known { value, context, .. }) = self.schemas.get(place) {
            for (below, _) in in_place(context.draft, place, value) {
                if let Some((below, _)) = self.schemas.get_key_value(&below) {
                    self.descend(below, path, done)?;
                }
            }
        }
        path.pop();
        done.insert(place.clone());
        Ok(())
    }

    /// The schema at `place` in canonical form.
    fn write(&self, place: &Place, schema: &Value) -> Result<Value, GenError> {
        let (Some(members), Some(known)) = (schema.as_object(), self.schemas.get(place)) else {
            return Ok(schema.clone());
        };
        let draft = known.context.draft;
        let hides = hides_siblings(draft, schema);
        let mut written = Map::new();
        for (name, value) in members {
            let at = place.member(name);
            match name.as_str() {
                "$id" | "$anchor" => {}
                "$schema" => {
                    written.insert(name.clone(), draft::URI.into());
                }
                "$ref" => {
                    let target = self.target(place)?.map(|target| &self.schemas[&target].canonical);
                    let reference = target.map(|target| relative(&known.canonical.file, target));
                    written.insert(name.clone(), reference.into());
                }
                _ if hides && !stays_beside_reference(name) => {}
                "dependencies" if draft == Draft::Draft7 => {
                    let of_names = |value: &Value| value.is_array();
                    let members = value.as_object().into_iter().flatten();
                    let (names, schemas): (Vec<_>, Vec<_>) =
                        members.partition(|(_, value)| of_names(value));
                    if !names.is_empty() {
                        let names =
                            names.into_iter().map(|(name, list)| (name.clone(), list.clone()));
                        written
                            .insert("dependentRequired".to_owned(), Value::Object(names.collect()));
                    }
                    if !schemas.is_empty() {
                        let mut written_schemas = Map::new();
                        for (name, schema) in schemas {
                            written_schemas
                                .insert(name.clone(), self.write(&at.member(name), schema)?);
                        }
                        written
                            .insert("dependentSchemas".to_owned(), Value::Object(written_schemas));
                    }
                }
                _ => {
                    let value = self.write_keyword(draft, &at, name, value)?;
                    written.insert(canonical_keyword(draft, schema, name).to_owned(), value);
                }
            }
        }
        Ok(Value::Object(written))
    }

    fn write_keyword(
        &self,
        draft: Draft,
        at: &Place,
        name: &str,
        value: &Value,
    ) -> Result<Value, GenError> {
        match (keyword::holds(draft, name), value) {
            (Some(Holds::List | Holds::SchemaOrList), Value::Array(elements)) => elements
                .iter()
                .enumerate()
                .map(|(i, schema)| self.write(&at.member(&i.to_string()), schema))
                .collect(),
            (Some(Holds::Schema | Holds::SchemaOrList), schema) => self.write(at, schema),
            (Some(Holds::Members), Value::Object(members)) => {
                let mut written = Map::new();
                for (name, schema) in members {
                    written.insert(name.clone(), self.write(&at.member(name), schema)?);
                }
                Ok(Value::Object(written))
            }
            _ => Ok(value.clone()),
        }
    }
}

/// In draft-07 a reference makes what stands beside it void.
pub(crate) fn hides_siblings(draft: Draft, schema: &Value) -> bool {
    draft == Draft::Draft7 && schema.get("$ref").is_some()
}

/// What says nothing of the value that a reference is about.
pub(crate) fn stays_beside_reference(name: &str) -> bool {
    name == "$ref" || keyword::is_annotation(name)
}

/// What draft 2020-12 calls a keyword of `schema`.
fn canonical_keyword<'n>(draft: Draft, schema: &Value, name: &'n str) -> &'n str {
    let tuple = draft == Draft::Draft7 && schema.get("items").is_some_and(Value::is_array);
    match name {
        "items" if tuple => "prefixItems",
        "additionalItems" if tuple => "items",
        "dependencies" if draft == Draft::Draft7 => "dependentSchemas",
        name => name,
    }
}

/// The schemas that the value of the one at `place` is held against as well.
fn in_place<'s>(draft: Draft, place: &Place, schema: &'s Value) -> Vec<(Place, &'s Value)> {
    if hides_siblings(draft, schema) {
        return Vec::new();
    }
    let same_value = [
        "allOf",
        "anyOf",
        "dependencies",
        "dependentSchemas",
        "else",
        "if",
        "not",
        "oneOf",
        "then",
    ];
    let members = schema.as_object().into_iter().flatten();
    members
        .filter(|(name, _)| same_value.contains(&name.as_str()))
        .flat_map(|(name, value)| keyword::schemas_in(draft, &place.member(name), name, value))
        .collect()
}

fn file_uri(file: &str) -> Uri<String> {
    // The names of files are plain; were they not, the folder's URI would do.
    Uri::parse(format!("{FOLDER}{file}"))
        .or_else(|_| Uri::parse(FOLDER.to_owned()))
        .unwrap_or_else(|_| unreachable!("a constant that is a URI"))
}

/// `reference`, which has no fragment, as seen from `base`.
fn resolved(reference: &str, base: &Uri<String>) -> Option<Uri<String>> {
    UriRef::parse(reference).ok()?.resolve_against(base).ok()
}

/// How a schema in `file` refers to `target`.
fn relative(file: &str, target: &Place) -> String {
    let pointer = utf8_percent_encode(&target.pointer, ENCODED);
    if file == target.file {
        return format!("#{pointer}");
    }
    let mut from: Vec<&str> = file.split('/').collect();
    let mut to: Vec<&str> = target.file.split('/').collect();
    from.pop();
    while to.len() > 1 && from.first().is_some_and(|folder| folder == &to[0]) {
        from.remove(0);
        to.remove(0);
    }
    format!("{}{}#{pointer}", "../".repeat(from.len()), to.join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;
    use crate::place::Place;

    #[test]
    fn references_are_as_short_as_a_person_would_write_them() {
        let to = |file: &str, pointer: &str| Place::new(file, pointer);
        assert_eq!(relative("a.json", &to("a.json", "/$defs/x")), "#/$defs/x");
        assert_eq!(relative("a.json", &to("shared/b.json", "")), "shared/b.json#");
        assert_eq!(relative("shared/a.json", &to("shared/b.json", "/x")), "b.json#/x");
        assert_eq!(relative("a/b/c.json", &to("a/d/e.json", "/50%")), "../d/e.json#/50%25");
    }
}
