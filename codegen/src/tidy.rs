//! What is still to do in schemas that generate all the same, as a list of [`Finding`]s.
//!
//! Everything here is about people: where a member is known from, what it means, and what nobody
//! uses. What would make a wrong type is for [`generate`](crate::generate) to refuse.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use offhook_model::message::count;
use offhook_model::{Draft, Example, Json, Location, MANIFEST, SchemaSet, keyword};
use offhook_runtime::text::visible;

use crate::GenError;

/// The members that a file begins with.
const HEADER: [&str; 3] = ["$schema", "title", "description"];

/// What somebody has left to write.
const UNWRITTEN: &str = "TODO";

/// One thing that is still to do in a folder of schemas.
///
/// `Display` gives the file, the JSON Pointer as a fragment, and what is expected:
/// `schemas/acme/call.end.json#/properties/id: expected an "x-source", here or where its "$ref" leads,
/// found none`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, as it was reached from the folder given.
    pub file: PathBuf,
    /// The JSON Pointer of the place in it.
    pub pointer: String,
    /// What was expected there, and what was found.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display().to_string();
        let [file, pointer, message] = [&file, &self.pointer, &self.message].map(|it| visible(it));
        write!(f, "{file}#{pointer}: {message}")
    }
}

/// Everything that is still to do below `schemas`, in the order of files and pointers.
///
/// - Every schema file begins with `$schema` (draft 2020-12), `title` and `description`.
/// - Every property has an `x-source` and a `description`, every definition a `description`, each
///   by itself or where its `$ref` leads. A condition or branch that speaks of a property again
///   need not repeat them.
/// - No title and no description has a `TODO` in it.
/// - A reference leads to every definition, and into every file in `shared/`.
/// - Every event has an example, and every example an event.
///
/// ```no_run
/// let findings = offhook_codegen::tidy(std::path::Path::new("schemas"))?;
/// for finding in &findings {
///     println!("{finding}");
/// }
/// # Ok::<(), offhook_codegen::GenError>(())
/// ```
///
/// # Errors
///
/// The first schema, manifest or example that cannot be read, is no JSON, or has a reference that
/// leads nowhere.
pub fn tidy(schemas: &Path) -> Result<Vec<Finding>, GenError> {
    let mut findings = Vec::new();
    for set in &offhook_model::load(schemas)? {
        let mut vendor = Vendor { set, findings: Vec::new() };
        vendor.check_manifest();
        for (file, schema) in set.files() {
            let root = Location::root(file);
            vendor.check_header(&root, schema);
            vendor.check_texts(&root, schema);
            vendor.check_members(&root, schema, &[]);
        }
        vendor.check_uses();
        vendor.check_examples();
        findings.append(&mut vendor.findings);
    }
    findings.sort();
    Ok(findings)
}

/// Returns a line that says how many things are still to do below `schemas`.
pub fn tidy_summary(schemas: &Path, findings: &[Finding]) -> String {
    let schemas = schemas.display().to_string();
    match findings.len() {
        0 => format!("{}: nothing to tidy", visible(&schemas)),
        number => format!("{}: {} to tidy", visible(&schemas), count(number, "place")),
    }
}

/// One vendor's folder, and what was found in it so far.
struct Vendor<'b> {
    set: &'b SchemaSet,
    findings: Vec<Finding>,
}

impl Vendor<'_> {
    fn find(&mut self, place: &Location, message: impl Into<String>) {
        let message = message.into();
        let fault = self.set.fault(place, message.as_str());
        let pointer = fault.pointer().unwrap_or_default().to_owned();
        self.findings.push(Finding { file: fault.path().to_owned(), pointer, message });
    }

    /// A file begins with its dialect, and what it is about.
    fn check_header(&mut self, root: &Location, schema: &Json) {
        let draft = Draft::Draft202012;
        let found = self.set.draft(&root.file);
        if schema.get("$schema").is_none() {
            self.find(root, format!("expected the \"$schema\" {:?}, found none", draft.uri()));
        } else if found != draft {
            let message = format!("expected {:?}, found {:?}", draft.uri(), found.uri());
            self.find(&root.child("$schema"), message);
        }
        for keyword in ["title", "description"] {
            if text(schema, keyword).is_none() {
                self.find(root, format!("expected a {keyword:?} of the file, found none"));
            }
        }
        let members = schema.as_object().into_iter().flatten();
        let first: Vec<&str> = members.map(|(name, _)| name.as_str()).take(HEADER.len()).collect();
        if first != HEADER && HEADER.iter().all(|name| schema.get(name).is_some()) {
            let (expected, found) = (listed(&HEADER), listed(&first));
            self.find(root, format!("expected {expected} first and in this order, found {found}"));
        }
    }

    fn check_manifest(&mut self) {
        let place = Location::root(MANIFEST);
        let manifest = self.set.manifest();
        self.check_text(&place.child("title"), manifest.title.as_deref().unwrap_or_default());
        if let Some(document) = &manifest.document {
            self.check_text(&place.child("document").child("name"), &document.name);
        }
    }

    /// Every text for people is finished, in conditions and in advice too.
    fn check_texts(&mut self, place: &Location, schema: &Json) {
        for keyword in ["title", "description"] {
            if let Some(text) = text(schema, keyword) {
                self.check_text(&place.child(keyword), text);
            }
        }
        let meanings = schema.get("x-enum-descriptions").and_then(Json::as_object);
        for (value, text) in meanings.into_iter().flatten() {
            let at = place.child("x-enum-descriptions").child(value);
            self.check_text(&at, text.as_str().unwrap_or_default());
        }
        for (place, schema) in subschemas(place, schema) {
            self.check_texts(&place, schema);
        }
    }

    fn check_text(&mut self, at: &Location, text: &str) {
        if text.contains(UNWRITTEN) {
            self.find(at, format!("expected a finished text, found a {UNWRITTEN} in it"));
        }
    }

    /// Properties and definitions in and below the schema at `place`; those at `outer` are about
    /// the same value, so what they say of a member need not be said again.
    fn check_members(&mut self, place: &Location, schema: &Json, outer: &[Location]) {
        let mut about = outer.to_vec();
        about.push(place.clone());
        for (part, schema) in subschemas(place, schema) {
            let tail = &part.pointer[place.pointer.len()..];
            match tail.split('/').nth(1).unwrap_or_default() {
                "if" | "not" | "contains" | "propertyNames" | "x-advice" => {}
                "allOf" | "anyOf" | "oneOf" | "then" | "else" | "dependentSchemas" => {
                    self.check_members(&part, schema, &about);
                }
                "$defs" | "definitions" => {
                    self.check_annotation(&part, std::slice::from_ref(&part), "description");
                    self.check_members(&part, schema, &[]);
                }
                // No value is left of it that could have a meaning.
                "properties" if *schema == Json::Bool(false) => {}
                keyword => {
                    let again = self.parts(&about, tail);
                    if keyword == "properties" {
                        self.check_annotation(&part, &again, "description");
                        self.check_annotation(&part, &again, "x-source");
                    }
                    self.check_members(&part, schema, &again);
                }
            }
        }
    }

    /// One of the schemas at `again`, which are about the same member as the one at `at`, says
    /// what is expected. If none does, that is said once a file, of the one that is least nested.
    fn check_annotation(&mut self, at: &Location, again: &[Location], annotation: &str) {
        let depth = |place: &Location| place.pointer.matches('/').count();
        let first = again
            .iter()
            .filter(|place| place.file == at.file)
            .min_by_key(|place| (depth(place), (*place).clone()));
        if first == Some(at) && !again.iter().any(|place| self.says(place, annotation)) {
            let article = if annotation.starts_with('x') { "an" } else { "a" };
            let expected = format!("{article} {annotation:?}, here or where its \"$ref\" leads");
            self.find(at, format!("expected {expected}, found none"));
        }
    }

    /// Whether the schema at `place`, or one that it refers to, has a text under `annotation`.
    fn says(&self, place: &Location, annotation: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = Some(place.clone());
        while let Some(place) = next {
            if text(self.set.at(&place), annotation).is_some() {
                return true;
            }
            next = self.set.target(&place).filter(|_| seen.insert(place));
        }
        false
    }

    /// The parts `tail` of the schemas at `places`, and of all that must hold together with these.
    fn parts(&self, places: &[Location], tail: &str) -> Vec<Location> {
        let mut open = places.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(place) = open.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            open.extend(self.set.target(&place));
            let branches = self.set.at(&place)["allOf"].as_array();
            let count = branches.map_or(0, <[Json]>::len);
            open.extend((0..count).map(|i| place.child("allOf").child(&i.to_string())));
        }
        let parts = seen.iter().map(|place| below(place, tail));
        parts.filter(|part| !self.set.at(part).is_null()).collect()
    }

    /// Definitions, and files in `shared/`, that no event leads to.
    fn check_uses(&mut self) {
        let set = self.set;
        let used = self.used();
        for (file, schema) in set.files() {
            let root = Location::new(file, "");
            if is_shared(file) && used.iter().all(|place| place.file != file) {
                self.find(&root, "expected a \"$ref\" that leads into this file, found none");
                continue;
            }
            let mut open = vec![(root, schema)];
            while let Some((place, schema)) = open.pop() {
                for (part, schema) in subschemas(&place, schema) {
                    if is_definition(&place, &part) && !used.iter().any(|used| inside(used, &part))
                    {
                        self.find(&part, "expected a \"$ref\" that leads here, found none");
                    } else {
                        open.push((part, schema));
                    }
                }
            }
        }
    }

    /// Where events and the envelope begin, and where references lead from there.
    fn used(&self) -> BTreeSet<Location> {
        let set = self.set;
        let roots = set.payload_files().chain(set.envelope());
        let mut open: Vec<Location> = roots.map(|file| Location::new(file, "")).collect();
        let mut used = BTreeSet::new();
        while let Some(place) = open.pop() {
            if !used.insert(place.clone()) {
                continue;
            }
            let schema = set.at(&place);
            let mut below = vec![(place, schema)];
            while let Some((place, schema)) = below.pop() {
                open.extend(set.target(&place));
                let parts = subschemas(&place, schema).into_iter();
                below.extend(parts.filter(|(part, _)| !is_definition(&place, part)));
            }
        }
        used
    }

    fn check_examples(&mut self) {
        let set = self.set;
        let mut bare: BTreeSet<&str> = set.payload_files().collect();
        for Example { file, name, payload, .. } in set.examples() {
            match payload {
                Some(payload) => drop(bare.remove(payload.file)),
                None => self.find(
                    &Location::new(file, ""),
                    format!(
                        "expected an example of an event, as <event>.json or <event>.<variant>.json, found {name:?}"
                    ),
                ),
            }
        }
        for file in bare {
            let event = set.payload_name(file);
            let message = format!(
                "expected examples/{event}.json or examples/{event}.<variant>.json, found neither"
            );
            self.find(&Location::new(file, ""), message);
        }
    }
}

/// The schemas directly below the one at `place`.
fn subschemas<'v>(place: &Location, schema: &'v Json) -> Vec<(Location, &'v Json)> {
    keyword::subschemas(Draft::Draft202012, place, schema)
}

/// A text that is there and not blank.
fn text<'v>(schema: &'v Json, keyword: &str) -> Option<&'v str> {
    schema.get(keyword)?.as_str().filter(|text| !text.trim().is_empty())
}

/// `"a", "b"`.
fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}

fn is_shared(file: &str) -> bool {
    file.starts_with("shared/")
}

/// Whether the schema at `part` stands in the definitions of the one at `place`.
fn is_definition(place: &Location, part: &Location) -> bool {
    let keyword = part.pointer[place.pointer.len()..].split('/').nth(1);
    matches!(keyword, Some("$defs" | "definitions"))
}

/// Whether `place` is `outer`, or stands in it.
fn inside(place: &Location, outer: &Location) -> bool {
    place.file == outer.file
        && place
            .pointer
            .strip_prefix(&outer.pointer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn below(place: &Location, tail: &str) -> Location {
    Location { file: place.file.clone(), pointer: format!("{}{tail}", place.pointer) }
}
