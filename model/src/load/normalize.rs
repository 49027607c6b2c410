//! Schemas of any draft into canonical ones: draft 2020-12 without `$id` and anchors, every `$ref` a
//! relative path and a JSON Pointer.
//!
//! Later stages know one dialect and resolve a reference by splitting a string. Every reference that
//! leads nowhere is a fault here, with its file and pointer.

use std::collections::{BTreeMap, BTreeSet};

use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::draft::Draft;
use crate::json::{Json, Object, quoted, shown};
use crate::keyword::{self, FORMATS, Keyword, Shape};
use crate::location::{Location, tokens};

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

/// What an IRI may have as it is, and a URI may not; control characters are encoded by the way.
const NOT_ASCII: &AsciiSet = &AsciiSet::EMPTY;

/// The URI of the vendor's folder.
const FOLDER: &str = "offhook:///";

/// A vendor's schemas in canonical form, as far as that could be made.
pub(crate) struct Normalized {
    /// By file.
    pub(crate) files: BTreeMap<String, Json>,
    /// Where a canonical schema stood that stands elsewhere in its source.
    pub(crate) moved: BTreeMap<Location, Location>,
    /// Where references lead, in the sources.
    pub(crate) referred: BTreeSet<Location>,
    /// References that lead nowhere.
    pub(crate) faults: Vec<(Location, String)>,
}

/// Brings every schema file of a vendor into canonical form.
pub(crate) fn normalize(sources: &BTreeMap<String, Json>) -> Normalized {
    let mut survey = Survey::new(sources);
    for (file, schema) in sources {
        let root = Location::root(file);
        let context = Context {
            draft: Draft::of(schema).unwrap_or(Draft::Draft202012),
            root: root.clone(),
            bases: vec![file_uri(file)],
        };
        survey.resources.insert(file_uri(file).into_string(), Some(root.clone()));
        survey.visit(&root, &root, schema, &context);
    }
    survey.resolve();
    let files = sources
        .iter()
        .map(|(file, schema)| (file.clone(), survey.write(&Location::root(file), schema)))
        .collect();
    let Survey { schemas, targets, faults, .. } = survey;
    let moved = schemas.into_iter().filter(|(source, known)| *source != known.canonical);
    let moved = moved.map(|(source, known)| (known.canonical, source)).collect();
    let referred = targets.into_values().collect();
    Normalized { files, moved, referred, faults }
}

/// All schemas of a vendor, and what they are called.
struct Survey<'s> {
    sources: &'s BTreeMap<String, Json>,
    schemas: BTreeMap<Location, Known<'s>>,
    /// Roots by URI; `None` where two claim one.
    resources: BTreeMap<String, Option<Location>>,
    /// By the root of their resource and their name.
    anchors: BTreeMap<(Location, String), Location>,
    /// Schemas whose references are not resolved yet.
    open: Vec<Location>,
    /// Where the reference of a schema leads.
    targets: BTreeMap<Location, Location>,
    faults: Vec<(Location, String)>,
}

/// A schema that has been met.
struct Known<'s> {
    value: &'s Json,
    canonical: Location,
    context: Context,
}

/// What a schema's references depend on.
#[derive(Clone)]
struct Context {
    draft: Draft,
    /// The root of the schema's resource.
    root: Location,
    /// The URIs that the resource may go by, the likeliest first.
    bases: Vec<Uri<String>>,
}

impl<'s> Survey<'s> {
    fn new(sources: &'s BTreeMap<String, Json>) -> Self {
        Self {
            sources,
            schemas: BTreeMap::new(),
            resources: BTreeMap::new(),
            anchors: BTreeMap::new(),
            open: Vec::new(),
            targets: BTreeMap::new(),
            faults: Vec::new(),
        }
    }

    /// Records the schema at `location`, and all below it. Its canonical location is `canonical`.
    fn visit(
        &mut self,
        location: &Location,
        canonical: &Location,
        value: &'s Json,
        context: &Context,
    ) {
        let mut context = context.clone();
        let hides_siblings = context.draft.hides_siblings(value);
        if !hides_siblings {
            self.identify(location, value, &mut context);
        }
        if value.get("$ref").is_some() {
            self.open.push(location.clone());
        }
        let known = Known { value, canonical: canonical.clone(), context: context.clone() };
        self.schemas.insert(location.clone(), known);
        for (name, member) in value.as_object().into_iter().flatten() {
            let Some(keyword) = keyword::keyword(context.draft, name) else { continue };
            if hides_siblings && !keyword::is_annotation(name) {
                continue;
            }
            let at = location.child(name);
            let to = canonical.child(canonical_name(context.draft, value, name));
            for (below, schema) in keyword.subschemas(&at, member) {
                let to = moved_below(&at, &to, &below);
                self.visit(&below, &to, schema, &context);
            }
        }
    }

    /// Takes note of `$id` and `$anchor`.
    fn identify(&mut self, location: &Location, schema: &Json, context: &mut Context) {
        let text = |keyword: &str| schema.get(keyword).and_then(Json::as_str);
        if let Some(id) = text(context.draft.id_keyword()) {
            let (uri, anchor) = id.split_once('#').unwrap_or((id, ""));
            if !uri.is_empty() {
                let mut from = context.bases.clone();
                if location.pointer.is_empty() {
                    // Whoever wrote the `$id` may have taken the folder for its base.
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
                    let holder = claim.or_insert_with(|| Some(location.clone()));
                    if holder.as_ref().is_some_and(|holder| holder != location) {
                        *holder = None;
                    }
                }
                if location.pointer.is_empty() {
                    bases.push(file_uri(&location.file));
                }
                context.root = location.clone();
                context.bases = bases;
            }
            if !anchor.is_empty() {
                self.anchors.insert((context.root.clone(), anchor.to_owned()), location.clone());
            }
        }
        if let (Some(anchor), Draft::Draft202012) = (text("$anchor"), context.draft) {
            self.anchors.insert((context.root.clone(), anchor.to_owned()), location.clone());
        }
    }

    /// Resolves every reference. What one leads to may be a schema with references itself.
    fn resolve(&mut self) {
        while let Some(location) = self.open.pop() {
            match self.target(&location) {
                Ok(target) => {
                    if !self.schemas.contains_key(&target) {
                        self.visit_grouped(&target);
                    }
                    self.targets.insert(location, target);
                }
                Err(message) => self.faults.push((location.child("$ref"), message)),
            }
        }
    }

    /// Notes the schema at `target`, which stands in a member that is no keyword.
    fn visit_grouped(&mut self, target: &Location) {
        let Some((around, known)) = self.around(target) else { return };
        let rest = &target.pointer[around.pointer.len()..];
        let canonical = Location {
            file: known.canonical.file.clone(),
            pointer: [&known.canonical.pointer, rest].concat(),
        };
        let (value, context) = (known.value.pointer(rest), known.context.clone());
        if let Some(value) = value {
            self.visit(target, &canonical, value, &context);
        }
    }

    /// The innermost schema around a location.
    fn around(&self, location: &Location) -> Option<(&Location, &Known<'s>)> {
        let mut at = location.clone();
        loop {
            if let Some(found) = self.schemas.get_key_value(&at) {
                return Some(found);
            }
            if at.pointer.is_empty() {
                return None;
            }
            at = at.parent();
        }
    }

    /// The schema that the `$ref` of the one at `location` leads to, or why there is none.
    fn target(&self, location: &Location) -> Result<Location, String> {
        let known = &self.schemas[location];
        let value = &known.value["$ref"];
        let Some(reference) = value.as_str() else {
            return Err(format!("expected a string, found {}", shown(value)));
        };
        let found = quoted(reference);
        // People write other letters as they are, as an IRI would have them.
        let reference = &*utf8_percent_encode(reference, NOT_ASCII).to_string();
        if UriRef::parse(reference).is_err() {
            return Err(format!(
                "expected a URI reference, found {found}; percent-encode what a URI cannot have"
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
                    return Err(format!(
                        "expected a reference to one schema, found {found}, the \"$id\" of several"
                    ));
                }
                Some(root) => root.clone(),
                None => None,
            }
        };
        let Some(root) = root else {
            let is_remote =
                UriRef::parse(uri).is_ok_and(|uri| uri.has_scheme() || uri.has_authority());
            return Err(if is_remote {
                format!("expected a schema of this vendor, found the remote reference {found}")
            } else {
                format!(
                    "expected a reference to a schema, found {found}: there is no such file and no such \"$id\""
                )
            });
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        let target = match fragment.strip_prefix('/') {
            None if fragment.is_empty() => root,
            None => match self.anchors.get(&(root.clone(), fragment.to_string())) {
                Some(location) => location.clone(),
                None => {
                    return Err(format!(
                        "expected a reference to a schema, found {found}: {root} has no such anchor"
                    ));
                }
            },
            Some(_) => tokens(&fragment).fold(root, |location, token| location.child(&token)),
        };
        if self.schemas.contains_key(&target) {
            return Ok(target);
        }
        let file = self.sources.get(&target.file);
        match file.and_then(|schema| schema.pointer(&target.pointer)) {
            Some(schema)
                if self.is_grouped(&target) && (schema.is_object() || schema.is_boolean()) =>
            {
                Ok(target)
            }
            found_there => {
                let what = if found_there.is_some() { "no schema" } else { "nothing" };
                Err(format!(
                    "expected a reference to a schema, found {found}: there is {what} at {target}"
                ))
            }
        }
    }

    /// Whether a location is below a member that is no keyword and no annotation of a known kind,
    /// as in `definitions/group/name`. What is there may be a schema.
    fn is_grouped(&self, location: &Location) -> bool {
        let Some((around, known)) = self.around(location) else { return false };
        let mut below = tokens(&location.pointer[around.pointer.len()..]);
        below.next().is_some_and(|name| {
            let is_keyword = |draft| keyword::keyword(draft, &name).is_some();
            !is_keyword(known.context.draft) && !name.starts_with("x-")
        })
    }

    /// The schema at `location` in canonical form.
    fn write(&self, location: &Location, schema: &Json) -> Json {
        let (Some(members), Some(known)) = (schema.as_object(), self.schemas.get(location)) else {
            return schema.clone();
        };
        let draft = known.context.draft;
        let hides_siblings = draft.hides_siblings(schema);
        let mut written = Object::new();
        for (name, value) in members {
            let at = location.child(name);
            let keyword = keyword::keyword(draft, name);
            if hides_siblings && name != "$ref" && !keyword::is_annotation(name) {
                continue;
            }
            match (name.as_str(), keyword) {
                ("$id" | "$anchor" | "id", Some(_)) => {}
                ("$schema", _) => {
                    written.insert(name.clone(), Draft::Draft202012.uri().into());
                }
                ("$ref", _) => {
                    let target = self.targets.get(location);
                    let target = target.and_then(|target| self.schemas.get(target));
                    let reference =
                        target.map(|target| reference(&known.canonical.file, &target.canonical));
                    written.insert(name.clone(), reference.map_or(Json::Null, Json::from));
                }
                // What it asserts in another draft, it must not assert in a canonical schema.
                (_, None) if keyword::canonical(name).is_some() => {}
                (_, None) => drop(written.insert(name.clone(), self.write_group(&at, value))),
                ("dependencies", Some(_)) => self.write_dependencies(&at, value, &mut written),
                ("format", Some(_)) if !is_known_format(value) => {}
                ("minimum" | "maximum", Some(_)) if is_exclusive(draft, schema, name) => {
                    let exclusive =
                        if name == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
                    written.insert(exclusive.to_owned(), value.clone());
                }
                ("exclusiveMinimum" | "exclusiveMaximum", Some(_)) if draft == Draft::Draft4 => {}
                (_, Some(keyword)) => {
                    let value = self.write_keyword(keyword, &at, value);
                    written.insert(canonical_name(draft, schema, name).to_owned(), value);
                }
            }
        }
        Json::Object(written)
    }

    fn write_keyword(&self, keyword: &Keyword, at: &Location, value: &Json) -> Json {
        match (keyword.shape, value) {
            (Shape::SchemaList | Shape::SchemaOrList, Json::Array(elements)) => elements
                .iter()
                .enumerate()
                .map(|(index, schema)| self.write(&at.element(index), schema))
                .collect(),
            (Shape::Schema | Shape::SchemaOrList, schema) => self.write(at, schema),
            (Shape::SchemaMap | Shape::PatternMap, Json::Object(members)) => members
                .iter()
                .map(|(name, schema)| (name.clone(), self.write(&at.child(name), schema)))
                .collect(),
            _ => value.clone(),
        }
    }

    /// `dependencies` as the two keywords that have taken its place.
    fn write_dependencies(&self, at: &Location, value: &Json, written: &mut Object) {
        let members = value.as_object().into_iter().flatten();
        let (names, schemas): (Vec<_>, Vec<_>) = members.partition(|(_, value)| value.is_array());
        if !names.is_empty() {
            let names = names.into_iter().map(|(name, list)| (name.clone(), list.clone()));
            written.insert("dependentRequired".to_owned(), names.collect());
        }
        if !schemas.is_empty() {
            let schemas = schemas
                .into_iter()
                .map(|(name, schema)| (name.clone(), self.write(&at.child(name), schema)));
            written.insert("dependentSchemas".to_owned(), schemas.collect());
        }
    }

    /// A member that is no keyword, with the schemas in it to which references lead.
    fn write_group(&self, at: &Location, value: &Json) -> Json {
        if self.schemas.contains_key(at) {
            return self.write(at, value);
        }
        match value {
            Json::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), self.write_group(&at.child(name), value)))
                .collect(),
            Json::Array(elements) => elements
                .iter()
                .enumerate()
                .map(|(index, value)| self.write_group(&at.element(index), value))
                .collect(),
            scalar => scalar.clone(),
        }
    }
}

fn is_known_format(format: &Json) -> bool {
    format.as_str().is_some_and(|format| FORMATS.contains(&format))
}

/// Whether the bound `name` excludes its value, as draft 04 has it.
fn is_exclusive(draft: Draft, schema: &Json, name: &str) -> bool {
    let exclusive = if name == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
    draft == Draft::Draft4 && schema[exclusive].is_true()
}

/// What draft 2020-12 calls a keyword of `schema`.
fn canonical_name<'n>(draft: Draft, schema: &Json, name: &'n str) -> &'n str {
    let is_tuple = draft != Draft::Draft202012 && schema["items"].is_array();
    match name {
        "items" if is_tuple => "prefixItems",
        "additionalItems" if is_tuple => "items",
        "dependencies" => "dependentSchemas",
        name => name,
    }
}

/// Where `below`, which is in `from`, stands once `from` stands at `to`.
fn moved_below(from: &Location, to: &Location, below: &Location) -> Location {
    let rest = &below.pointer[from.pointer.len()..];
    Location { file: to.file.clone(), pointer: [&to.pointer, rest].concat() }
}

fn file_uri(file: &str) -> Uri<String> {
    // Files have plain names; if one had not, the folder's URI would do.
    Uri::parse(format!("{FOLDER}{file}"))
        .or_else(|_| Uri::parse(FOLDER.to_owned()))
        .unwrap_or_else(|_| unreachable!("a constant that is a URI"))
}

/// Returns `reference`, which has no fragment, as seen from `base`.
fn resolved(reference: &str, base: &Uri<String>) -> Option<Uri<String>> {
    UriRef::parse(reference).ok()?.resolve_against(base).ok()
}

/// Returns the canonical `$ref` by which a schema in `file` refers to `target`.
///
/// ```
/// use offhook_model::Location;
///
/// let target = Location::new("shared/envelope.json", "/properties/a~1b%");
/// let reference = offhook_model::reference("call.end.json", &target);
/// assert_eq!(reference, "shared/envelope.json#/properties/a~1b%25");
/// assert_eq!(Location::resolve("call.end.json", &reference), target);
/// ```
pub fn reference(file: &str, target: &Location) -> String {
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
    use std::collections::BTreeMap;

    use super::{normalize, reference};
    use crate::json::parse;
    use crate::location::Location;

    fn canonical(text: &str) -> String {
        let schema = parse(text).expect("JSON");
        let normalized = normalize(&BTreeMap::from([("a.json".to_owned(), schema)]));
        assert_eq!(normalized.faults, []);
        normalized.files["a.json"].to_string()
    }

    #[test]
    fn references_are_as_short_as_a_person_would_write_them() {
        let to = Location::new;
        assert_eq!(reference("a.json", &to("a.json", "/$defs/x")), "#/$defs/x");
        assert_eq!(reference("a.json", &to("shared/b.json", "")), "shared/b.json#");
        assert_eq!(reference("shared/a.json", &to("shared/b.json", "/x")), "b.json#/x");
        assert_eq!(reference("a/b/c.json", &to("a/d/e.json", "/50%")), "../d/e.json#/50%25");
    }

    #[test]
    fn draft_04_has_bounds_that_exclude_and_ignores_what_came_later() {
        let uri = "http://json-schema.org/draft-04/schema#";
        let schema = format!(
            r#"{{"$schema":"{uri}","id":"http://x.test/","minimum":1,"exclusiveMinimum":true,"maximum":5,"exclusiveMaximum":false,"const":1,"if":false}}"#
        );
        assert_eq!(
            canonical(&schema),
            r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","exclusiveMinimum":1,"maximum":5}"#
        );
    }

    #[test]
    fn a_reference_may_lead_into_a_group_of_definitions() {
        let schema = r##"{"$ref":"#/definitions/group/name","definitions":{"group":{"name":{"$id":"n.json","$ref":"#/$defs/x","$defs":{"x":true}}}}}"##;
        assert_eq!(
            canonical(schema),
            r##"{"$ref":"#/definitions/group/name","definitions":{"group":{"name":{"$ref":"#/definitions/group/name/$defs/x","$defs":{"x":true}}}}}"##
        );
    }
}
