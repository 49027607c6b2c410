//! Schemas from files: folders of one or several vendors, one schema file, or the text of a `SCHEMA`.

mod files;
mod normalize;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::draft::Draft;
use crate::fault::{Fault, SchemaError};
use crate::json::{self, Json, quoted, shown};
use crate::keyword;
use crate::location::Location;
use crate::manifest::{MANIFEST, Manifest};
use crate::set::bundle::ENDLESS;
use crate::set::check::{Findings, check};
use crate::set::cycle::endless_references;
use crate::set::{SchemaFile, SchemaSet, payload_name};

use normalize::{Normalized, normalize};

pub use files::{MAX_FILE_SIZE, read as read_file};
pub use normalize::reference;

/// Reads the schemas at `path`: a vendor's folder, a folder of such folders, a JSON Schema, or the
/// text of a `SCHEMA`. Sets are in the order of their folders' names.
///
/// A JSON Schema on its own is a vendor that names no events, with one payload: both are called
/// as the file is.
///
/// # Errors
///
/// All faults of all files: what cannot be read, is no JSON, or breaks the rules of its draft. What
/// only Rust types cannot express is none; see [`SchemaSet::inexpressible`].
pub fn load(path: &Path) -> Result<Vec<SchemaSet>, SchemaError> {
    if !files::is_folder(path)? {
        return Ok(vec![load_file(path)?]);
    }
    if path.join(MANIFEST).is_file() {
        return Ok(vec![load_vendor(path)?]);
    }
    let folders: Vec<PathBuf> =
        files::entries(path)?.into_iter().filter(|entry| entry.is_dir()).collect();
    if !folders.iter().any(|folder| folder.join(MANIFEST).is_file()) {
        let message = format!("expected a folder with a {MANIFEST}, or a folder of such folders");
        return Err(Fault::of_file(path, message).into());
    }
    let (mut sets, mut faults) = (Vec::new(), Vec::new());
    for folder in &folders {
        match load_vendor(folder) {
            Ok(set) => sets.push(set),
            Err(error) => faults.extend(error.into_faults()),
        }
    }
    faults.extend(twin_documents(&sets));
    if faults.is_empty() { Ok(sets) } else { Err(SchemaError::new(faults)) }
}

/// Reads one file: a `SCHEMA`, or a JSON Schema.
fn load_file(path: &Path) -> Result<SchemaSet, SchemaError> {
    let text = files::read(path)?;
    let malformed = |faults: Vec<json::Malformed>| {
        let faults = faults.into_iter();
        SchemaError::new(
            faults.map(|fault| Fault::new(path, &fault.pointer, fault.to_string())).collect(),
        )
    };
    let json = json::parse(&text).map_err(malformed)?;
    if SchemaSet::is_bundle(&json) {
        return SchemaSet::from_bundle(&text);
    }
    let members = json.as_object().into_iter().flatten();
    let is_schema = members
        .into_iter()
        .any(|(name, _)| Draft::ALL.iter().any(|draft| keyword::keyword(*draft, name).is_some()));
    if !is_schema {
        let message = format!(
            "expected a JSON Schema, the SCHEMA of a generated module, or a folder with a {MANIFEST}, found {}",
            if json.is_object() { "an object without a keyword".to_owned() } else { shown(&json) }
        );
        return Err(Fault::new(path, "", message).into());
    }
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let vendor = payload_name(&file, true).unwrap_or("schema").to_owned();
    let folder = path.parent().unwrap_or(Path::new(""));
    Sources {
        name: vendor.clone(),
        vendor,
        folder: folder.to_owned(),
        manifest: Manifest::default(),
        manifest_json: Json::Null,
        schemas: BTreeMap::from([(file, json)]),
        examples: BTreeMap::new(),
    }
    .into_set(Vec::new())
}

/// A vendor's files as they are on disk.
struct Sources {
    vendor: String,
    /// The folder's name.
    name: String,
    folder: PathBuf,
    manifest: Manifest,
    manifest_json: Json,
    schemas: BTreeMap<String, Json>,
    examples: BTreeMap<String, String>,
}

/// Reads the folder of one vendor.
fn load_vendor(folder: &Path) -> Result<SchemaSet, SchemaError> {
    let manifest_path = folder.join(MANIFEST);
    if !manifest_path.is_file() {
        let message = format!("expected a {MANIFEST} in every folder, found none");
        return Err(Fault::of_file(&manifest_path, message).into());
    }
    let mut faults = Vec::new();
    let (mut schemas, mut examples, mut manifest) = (BTreeMap::new(), BTreeMap::new(), None);
    for (file, path) in files::json_files(folder)? {
        let text = match files::read(&path) {
            Ok(text) => text,
            Err(error) => {
                faults.extend(error.into_faults());
                continue;
            }
        };
        if file.starts_with("examples/") {
            examples.insert(file, text);
            continue;
        }
        match json::parse(&text) {
            Ok(json) if file == MANIFEST => manifest = Some(json),
            Ok(json) => drop(schemas.insert(file, json)),
            Err(malformed) => faults.extend(
                malformed.iter().map(|fault| Fault::new(&path, &fault.pointer, fault.to_string())),
            ),
        }
    }
    let manifest_json = manifest.unwrap_or_default();
    let manifest = match Some(&manifest_json).filter(|json| !json.is_null()).map(Manifest::read) {
        Some(Ok(manifest)) => manifest,
        Some(Err(wrong)) => {
            let wrong = wrong.into_iter();
            faults.extend(wrong.map(|(pointer, it)| Fault::new(&manifest_path, &pointer, it)));
            Manifest::default()
        }
        None => Manifest::default(),
    };
    let name = folder.canonicalize().map_err(|error| SchemaError::unreadable(folder, error))?;
    let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let vendor = manifest.vendor.clone().unwrap_or_else(|| name.clone());
    Sources { vendor, name, folder: folder.to_owned(), manifest, manifest_json, schemas, examples }
        .into_set(faults)
}

impl Sources {
    /// Checks the files, and brings them into canonical form.
    fn into_set(self, mut faults: Vec<Fault>) -> Result<SchemaSet, SchemaError> {
        let Normalized { files, moved, referred, faults: dangling } = normalize(&self.schemas);
        let mut findings = Findings::default();
        for (file, schema) in &self.schemas {
            findings.merge(check(file, schema, &referred));
        }
        findings.faults.extend(dangling);
        let at = |(location, message): (Location, String)| {
            Fault::new(&self.folder.join(&location.file), &location.pointer, message)
        };
        let notes = findings.notes();
        faults.extend(std::mem::take(&mut findings.faults).into_iter().map(at));
        let mut inexpressible: Vec<Fault> = findings.inexpressible.into_iter().map(at).collect();
        let unknown_formats = findings.unknown_formats.into_iter().map(at).collect();
        inexpressible.extend(self.schemas.keys().chain(self.examples.keys()).filter_map(|file| {
            Some(Fault::new(&self.folder.join(file), "", files::unnameable(file)?))
        }));
        if faults.is_empty() {
            faults.extend(self.schemas.iter().filter_map(|(file, schema)| {
                let (pointer, message) = meta_schema_fault(schema)?;
                Some(Fault::new(&self.folder.join(file), &pointer, message))
            }));
        }
        let envelope = self.manifest.envelope.as_ref();
        if let Some(envelope) =
            envelope.filter(|it| !it.starts_with("shared/") || !files.contains_key(*it))
        {
            let message =
                format!("expected the path of a schema in shared/, found {}", quoted(envelope));
            faults.push(Fault::new(&self.folder.join(MANIFEST), "/envelope", message));
        }
        let endless = if faults.is_empty() {
            endless_references(
                &files.iter().map(|(file, schema)| (file.as_str(), schema)).collect(),
            )
        } else {
            Vec::new()
        };
        let drafts = self.schemas.iter();
        let drafts = drafts.filter_map(|(file, schema)| Some((file.clone(), Draft::of(schema)?)));
        let files = files.into_iter().map(|(file, json)| (file, SchemaFile::of_json(json)));
        let set = SchemaSet {
            vendor: self.vendor,
            folder: self.name,
            manifest: self.manifest,
            manifest_json: self.manifest_json,
            files: files.collect(),
            drafts: drafts.collect(),
            moved,
            source: self.folder,
            examples: self.examples,
            notes,
            inexpressible,
            unknown_formats,
        };
        faults.extend(endless.iter().map(|location| set.fault(location, ENDLESS)));
        faults.extend(twins(&set));
        if set.payload_files().next().is_none() {
            let message = "expected the schema of at least one event beside this file, found none";
            faults.push(set.manifest_fault("", message));
        }
        if faults.is_empty() { Ok(set) } else { Err(SchemaError::new(faults)) }
    }
}

/// Faults of sets that are of one vendor and one date, in the order of the sets.
fn twin_documents(sets: &[SchemaSet]) -> Vec<Fault> {
    let mut folders = BTreeMap::new();
    let mut faults = Vec::new();
    for set in sets {
        let edition = (set.vendor(), set.date());
        if let Some(other) = folders.insert(edition, set.folder()) {
            let message = format!(
                "expected a date that no other document of {} has, found {}, the date of {other}/",
                quoted(set.vendor()),
                set.date().map_or_else(|| "none".to_owned(), quoted),
            );
            faults.push(set.manifest_fault("/document", message));
        }
    }
    faults
}

/// Faults of payloads that two files are the schema of.
fn twins(set: &SchemaSet) -> Vec<Fault> {
    let payloads = set.payloads();
    let pairs = payloads.windows(2).filter(|pair| pair[0].name == pair[1].name);
    pairs
        .map(|pair| {
            let message = format!(
                "expected one schema for {}, found another one: {}",
                quoted(pair[1].name),
                pair[0].file
            );
            set.fault(&Location::root(pair[1].file), message)
        })
        .collect()
}

/// What the meta-schema of a schema's draft has against it: a JSON Pointer and a message.
///
/// The keyword table knows the shape of every keyword; this makes sure of it.
fn meta_schema_fault(schema: &Json) -> Option<(String, String)> {
    let value = schema.to_value();
    let checked = match Draft::of(schema)? {
        Draft::Draft4 => jsonschema::draft4::meta::validate(&value),
        Draft::Draft7 => jsonschema::draft7::meta::validate(&value),
        Draft::Draft202012 => jsonschema::draft202012::meta::validate(&value),
    };
    let error = checked.err()?;
    Some((error.instance_path().as_str().to_owned(), error.to_string()))
}
