//! A vendor's folder of schemas into the one text that a validator takes.
//!
//! The generator reads more than this does: other drafts, and schemas that go by a name of their own.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use offhook::bundle::{Subschemas, subschemas};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// What tells that a folder is a vendor's.
const MANIFEST: &str = "vendor.json";

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

/// The schemas of the vendor whose folder it is, or of each that has a folder in it.
pub(crate) fn read(folder: &Path) -> Result<Vec<String>, String> {
    if folder.join(MANIFEST).is_file() {
        return Ok(vec![bundle(folder)?]);
    }
    let inner = sorted(folder)?.into_iter().filter(|path| path.join(MANIFEST).is_file());
    let bundles: Vec<String> = inner.map(|folder| bundle(&folder)).collect::<Result<_, _>>()?;
    if bundles.is_empty() {
        return Err(format!("want a folder with a {MANIFEST}, or of such folders, got another"));
    }
    Ok(bundles)
}

fn bundle(folder: &Path) -> Result<String, String> {
    let full = folder.canonicalize().map_err(|cause| cause.to_string())?;
    let vendor = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest = folder.join(MANIFEST);
    let manifest = serde_json::from_str(&text(&manifest)?)
        .map_err(|error| format!("{}: {error}", manifest.display()))?;
    let mut schemas = BTreeMap::new();
    collect(folder, "", &mut schemas)?;
    let bundle = Bundle { vendor, manifest, schemas };
    serde_json::to_string(&bundle).map_err(|error| error.to_string())
}

/// Adds the schemas below a folder, each under its path.
fn collect(
    folder: &Path,
    prefix: &str,
    schemas: &mut BTreeMap<String, Box<RawValue>>,
) -> Result<(), String> {
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let below = format!("{prefix}{name}");
        if path.is_dir() && below != "examples" {
            collect(&path, &format!("{below}/"), schemas)?;
        } else if below != MANIFEST && below.ends_with(".json") && path.is_file() {
            let in_file = |error: String| format!("{}: {error}", path.display());
            let raw: Box<RawValue> =
                serde_json::from_str(&text(&path)?).map_err(|error| in_file(error.to_string()))?;
            let schema = serde_json::from_str(raw.get());
            familiar(&schema.map_err(|error| in_file(error.to_string()))?).map_err(in_file)?;
            schemas.insert(below, raw);
        }
    }
    Ok(())
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
                value.as_array().into_iter().flatten().try_for_each(familiar)?
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

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
    });
    let mut entries = entries.map_err(|cause| format!("{}: {cause}", folder.display()))?;
    entries.sort();
    Ok(entries)
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|cause| format!("{}: {cause}", path.display()))
}
