//! A vendor's folder of schemas into the one text that a validator takes.
//!
//! The generator reads more than this does: other drafts, and schemas that go by a name of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use offhook_runtime::schema::{Subschemas, subschemas};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::catalogue::{Example, MANIFEST, Vendor};

/// Where its example payloads lie.
const EXAMPLES: &str = "examples";

/// What only the generator understands.
const FOREIGN: [&str; 5] = ["$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveRef"];

/// A vendor's `SCHEMA`, as the generator writes it.
#[derive(Serialize)]
struct Bundle {
    vendor: String,
    #[serde(flatten)]
    manifest: BTreeMap<String, Value>,
    schemas: BTreeMap<String, Box<RawValue>>,
}

/// The schemas of the vendor whose folder it is, or of each that has a folder in it; with that folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    if folder.join(MANIFEST).is_file() {
        return Ok(vec![(bundle(folder)?, folder.to_owned())]);
    }
    let inner = sorted(folder)?.into_iter().filter(|path| path.join(MANIFEST).is_file());
    let bundles: Vec<_> =
        inner.map(|folder| Ok((bundle(&folder)?, folder))).collect::<Result<_, String>>()?;
    if bundles.is_empty() {
        return Err(format!("want a folder with a {MANIFEST}, or of such folders, got another"));
    }
    Ok(bundles)
}

/// The example payloads in the folder of `vendor`, in name order; without those of no event.
pub(crate) fn examples(folder: &Path, vendor: &Vendor) -> Result<Vec<Example>, String> {
    let folder = folder.join(EXAMPLES);
    let mut examples = Vec::new();
    if folder.is_dir() {
        for (below, path) in files(&folder)? {
            let Some(name) = below.strip_suffix(".json") else { continue };
            // Where payloads name their event, folders are there for order only.
            let is_named = vendor.discriminator.is_some();
            let short = name.rsplit('/').next().filter(|_| is_named).unwrap_or(name);
            if let Some(event) = vendor.event_of(short) {
                let [name, event] = [name, event.name].map(str::to_owned);
                examples.push(Example { name, event, text: text(&path)? });
            }
        }
    }
    examples.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(examples)
}

fn bundle(folder: &Path) -> Result<String, String> {
    let full = folder.canonicalize().map_err(|cause| cause.to_string())?;
    let vendor = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest = folder.join(MANIFEST);
    let manifest = serde_json::from_str(&text(&manifest)?)
        .map_err(|error| format!("{}: {error}", manifest.display()))?;
    let mut schemas = BTreeMap::new();
    for (below, path) in files(folder)? {
        let is_schema = below != MANIFEST && !below.starts_with(&format!("{EXAMPLES}/"));
        if is_schema && path.extension().is_some_and(|extension| extension == "json") {
            let in_file = |error: String| format!("{}: {error}", path.display());
            let raw: Box<RawValue> =
                serde_json::from_str(&text(&path)?).map_err(|error| in_file(error.to_string()))?;
            let schema = serde_json::from_str(raw.get());
            familiar(&schema.map_err(|error| in_file(error.to_string()))?).map_err(in_file)?;
            schemas.insert(below, raw);
        }
    }
    let bundle = Bundle { vendor, manifest, schemas };
    serde_json::to_string(&bundle).map_err(|error| error.to_string())
}

/// Whether there is nothing in a schema that only the generator understands.
fn familiar(schema: &Value) -> Result<(), String> {
    let Some(members) = schema.as_object() else {
        return Ok(());
    };
    for (keyword, value) in members {
        if FOREIGN.contains(&keyword.as_str()) {
            return Err(format!(
                "`{keyword}` is only understood by the generator: run `cargo xtask gen --schemas … --out …`, and give the schema.json that it writes"
            ));
        }
        match subschemas(keyword) {
            None => {}
            Some(Subschemas::One) => familiar(value)?,
            Some(Subschemas::List) => {
                value.as_array().into_iter().flatten().try_for_each(familiar)?;
            }
            Some(Subschemas::Named) => {
                value
                    .as_object()
                    .into_iter()
                    .flat_map(|all| all.values())
                    .try_for_each(familiar)?;
            }
        }
    }
    Ok(())
}

/// All that is below a folder and is no folder, each with its path inside of it.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let mut found = Vec::new();
    add_files(folder, "", &mut BTreeSet::new(), &mut found)?;
    Ok(found)
}

/// Adds what is below a folder; `read` are the folders read so far, without links.
fn add_files(
    folder: &Path,
    prefix: &str,
    read: &mut BTreeSet<PathBuf>,
    found: &mut Vec<(String, PathBuf)>,
) -> Result<(), String> {
    let target = folder.canonicalize();
    let target = target.map_err(|cause| format!("{}: {cause}", folder.display()))?;
    // Links could lead around in a circle, or to one folder in a million ways.
    if !read.insert(target) {
        let folder = folder.display();
        return Err(format!(
            "{folder}: expected a folder of schemas, found a link to one that was already read; \
             remove the link"
        ));
    }
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            add_files(&path, &format!("{below}/"), read, found)?;
        } else {
            found.push((below, path));
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
    });
    let mut entries = entries.map_err(|cause| format!("{}: {cause}", folder.display()))?;
    entries.sort();
    Ok(entries)
}

fn text(path: &Path) -> Result<String, String> {
    let failed = |cause: io::Error| format!("{}: {cause}", path.display());
    // To open a pipe would be to wait for somebody who writes into it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        let path = path.display();
        return Err(format!(
            "{path}: expected a file of JSON, found neither a file nor a folder; move it away"
        ));
    }
    fs::read_to_string(path).map_err(failed)
}
