//! A set of schemas as one JSON text: the `SCHEMA` of a generated module.
//!
//! The text begins with a checksum of its rest. The generator writes it after it has checked the
//! schemas, so that a reader need not check them again, and parses each file when it is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use offhook_runtime::json::scan::{Scanner, Token};
use offhook_runtime::json::unescape;

use super::check::check;
use super::cycle::endless_references;
use crate::draft::Draft;
use crate::fault::{Fault, SchemaError};
use crate::json::{self, Json, Object, quoted};
use crate::keyword;
use crate::location::Location;
use crate::manifest::Manifest;
use crate::set::{SchemaFile, SchemaSet};

/// How a text with a checksum begins; 16 hexadecimal digits follow.
const START: &str = "{\"checksum\":\"";
const AFTER_CHECKSUM: &str = "\",";

impl SchemaSet {
    /// Reads the `SCHEMA` of a generated module.
    ///
    /// # Errors
    ///
    /// The text is no `SCHEMA`, or the generator has not written it as it is and a schema is broken.
    pub fn from_bundle(text: &str) -> Result<Self, SchemaError> {
        match trusted(text) {
            Some(parts) => Self::from_parts(text, parts),
            None => Self::from_unchecked(text),
        }
    }

    /// Whether a JSON value looks like a `SCHEMA`, and not like a schema.
    pub fn is_bundle(json: &Json) -> bool {
        json["vendor"].is_string() && json["schemas"].is_object()
    }

    fn from_parts(text: &str, parts: Parts) -> Result<Self, SchemaError> {
        let mut members = Object::new();
        for (name, span) in parts.members {
            let value = json::parse(&text[span]).map_err(|_| not_a_bundle("other JSON"))?;
            members.insert(name, value);
        }
        let files = parts.files.into_iter();
        let files = files.map(|(file, span)| (file, SchemaFile::of_text(&text[span]))).collect();
        Self::new(&Json::Object(members), files)
    }

    /// Reads a text that may say anything.
    fn from_unchecked(text: &str) -> Result<Self, SchemaError> {
        let json = json::parse(text).map_err(|faults| {
            let faults = faults.into_iter();
            let path = Path::new("SCHEMA");
            SchemaError::new(
                faults.map(|fault| Fault::new(path, &fault.pointer, fault.to_string())).collect(),
            )
        })?;
        if !Self::is_bundle(&json) {
            return Err(not_a_bundle("JSON without \"vendor\" and \"schemas\""));
        }
        let files = json["schemas"].as_object().into_iter().flatten();
        let files: BTreeMap<String, SchemaFile> = files
            .map(|(file, schema)| (file.clone(), SchemaFile::of_json(schema.clone())))
            .collect();
        let set = Self::new(&json, files)?;
        let faults = set.faults();
        if faults.is_empty() { Ok(set) } else { Err(SchemaError::new(faults)) }
    }

    fn new(members: &Json, files: BTreeMap<String, SchemaFile>) -> Result<Self, SchemaError> {
        let text = |name: &str| members[name].as_str().map(str::to_owned);
        let vendor = text("vendor").unwrap_or_default();
        let folder = text("folder").unwrap_or_else(|| vendor.clone());
        let source = PathBuf::from(&folder);
        let manifest = Manifest::of_bundle(members).map_err(|faults| {
            let faults = faults.into_iter();
            let path = source.join(crate::manifest::MANIFEST);
            SchemaError::new(
                faults.map(|(pointer, message)| Fault::new(&path, &pointer, message)).collect(),
            )
        })?;
        if let Some(envelope) = manifest.envelope.as_ref().filter(|it| !files.contains_key(*it)) {
            let message = format!("expected the path of a schema, found {}", quoted(envelope));
            let path = source.join(crate::manifest::MANIFEST);
            return Err(Fault::new(&path, "/envelope", message).into());
        }
        let mut manifest_json = members.clone();
        if let Some(members) = manifest_json.as_object_mut() {
            members.retain(|name, _| {
                !["checksum", "vendor", "folder", "types", "schemas"].contains(&name.as_str())
            });
        }
        Ok(Self {
            vendor,
            folder,
            manifest,
            manifest_json,
            files,
            drafts: BTreeMap::new(),
            moved: BTreeMap::new(),
            source,
            examples: BTreeMap::new(),
            notes: Vec::new(),
            inexpressible: Vec::new(),
            unknown_formats: Vec::new(),
        })
    }

    /// Everything that makes canonical schemas broken.
    fn faults(&self) -> Vec<Fault> {
        let none = BTreeSet::new();
        let mut faults = Vec::new();
        let mut open = Vec::new();
        for (file, schema) in self.files() {
            let found = check(file, schema, &none).faults;
            faults.extend(found.into_iter().map(|(at, message)| self.fault(&at, message)));
            open.push((Location::root(file), schema));
        }
        while let Some((location, schema)) = open.pop() {
            if let Some(target) = self.target(&location)
                && !self.get(&target).is_some_and(|it| it.is_object() || it.is_boolean())
            {
                let reference = schema["$ref"].to_string();
                let message = format!(
                    "expected a reference to a schema, found {reference}: there is none at {target}"
                );
                faults.push(self.fault(&location.child("$ref"), message));
            }
            open.extend(keyword::subschemas(Draft::Draft202012, &location, schema));
        }
        if faults.is_empty() {
            let files = self.files().collect();
            for location in endless_references(&files) {
                faults.push(self.fault(&location, ENDLESS));
            }
        }
        faults
    }

    /// Returns the text of the set's `SCHEMA`, in which `types` maps locations of schemas to the Rust
    /// types that are made of them.
    ///
    /// The manifest's members come first, then a line for each schema file, so that a difference
    /// between two versions is a line, too.
    pub fn to_bundle(&self, types: &Object) -> String {
        let mut rest = format!("\"vendor\":{}", quoted(&self.vendor));
        if self.folder != self.vendor {
            rest.extend([",\"folder\":", &quoted(&self.folder)]);
        }
        for (name, value) in self.manifest_json.as_object().into_iter().flatten() {
            if name != "vendor" {
                rest.extend([",", &quoted(name), ":", &value.to_string()]);
            }
        }
        let types = Json::Object(types.clone()).to_string();
        rest.extend([",\"types\":", &types, ",\"schemas\":{"]);
        for (index, (file, schema)) in self.files().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            rest.extend([comma, "\n", &quoted(file), ":", &schema.to_string()]);
        }
        rest.push_str("\n}}\n");
        format!("{START}{:016x}{AFTER_CHECKSUM}{rest}", checksum(&rest))
    }
}

/// The message about a reference that leads back to its own schema.
pub(crate) const ENDLESS: &str =
    "expected a reference that gets to an end, found one that leads back here";

fn not_a_bundle(found: &str) -> SchemaError {
    let message = format!("expected the SCHEMA of a generated module, found {found}");
    Fault::of_file(Path::new("SCHEMA"), message).into()
}

/// The byte ranges of a `SCHEMA`'s parts.
struct Parts {
    /// The members of the text but `schemas`, by name.
    members: Vec<(String, Range<usize>)>,
    files: Vec<(String, Range<usize>)>,
}

/// The parts of a text that the generator has written; `None` if somebody has changed it.
fn trusted(text: &str) -> Option<Parts> {
    let rest = text.strip_prefix(START)?;
    let (digits, rest) = rest.split_at_checked(16)?;
    let rest = rest.strip_prefix(AFTER_CHECKSUM)?;
    if u64::from_str_radix(digits, 16) != Ok(checksum(rest)) {
        return None;
    }
    let mut scanner = Scanner::new(text);
    scanner.next().ok()?;
    let mut parts = Parts { members: Vec::new(), files: Vec::new() };
    while let Member::Named(name, span) = member(text, &mut scanner, true)? {
        if name == "schemas" {
            while let Member::Named(file, span) = member(text, &mut scanner, false)? {
                parts.files.push((file, span));
            }
        } else if name != "checksum" {
            parts.members.push((name, span));
        }
    }
    Some(parts)
}

/// What comes next in an object.
enum Member {
    /// A member's name, and the bytes of its value.
    Named(String, Range<usize>),
    /// The end of the object.
    End,
}

/// The next member of the object at hand; of the one called `schemas` only its start, if `opens`.
fn member(text: &str, scanner: &mut Scanner<'_>, opens: bool) -> Option<Member> {
    let (token, span) = scanner.next().ok()??;
    if token != Token::Name {
        return Some(Member::End);
    }
    let name = unescape(&text[span]).into_owned();
    let (token, start) = scanner.next().ok()??;
    let mut end = start.end;
    if matches!(token, Token::ObjectStart | Token::ArrayStart) && !(opens && name == "schemas") {
        scanner.skip_container().ok()?;
        end = scanner.offset();
    }
    Some(Member::Named(name, start.start..end))
}

/// A number that changes with any part of a text. It guards against mistakes, not against intent.
///
/// FNV-1a, eight bytes at a time.
fn checksum(text: &str) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    for word in words {
        sum = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME);
        sum ^= sum >> 32;
    }
    for byte in rest {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(PRIME);
    }
    sum
}
