//! Any schema text: types that parse, and a `SCHEMA` that a validator takes; or an error that names
//! its file.
//!
//! What is read is a JSON object of a vendor's files, each a path and its content; a string is the
//! text of a file that may be no JSON. What is no such object is the text of a schema.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use offhook_codegen::{GeneratedVendor, generate, tidy};
use offhook_test_support::invariants::Shown;
use offhook_validator::Validator;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The vendor of all schemas.
const VENDOR: &str = "acme";

/// Of the path and content of a vendor that has nothing of its own.
const MANIFEST: &str =
    r#"{"title":"Acme","document":{"name":"Webhooks","read":"2026-01-01"},"discriminator":null}"#;

/// More files than this are no more interesting.
const MOST_FILES: usize = 32;

pub(crate) fn run(data: &[u8]) {
    let _shown = Shown(data);
    let folder = tempfile::tempdir().expect("a folder for the schemas");
    if write(data, &folder.path().join(VENDOR)).is_err() {
        return; // Two paths that no file system has both.
    }
    match generate(folder.path()) {
        Ok(vendors) => vendors.iter().for_each(check),
        Err(error) => {
            assert!(error.faults()[0].path().starts_with(folder.path()), "{error}");
            assert!(
                error.faults()[0].pointer().is_none_or(|at| at.is_empty() || at.starts_with('/'))
            );
        }
    }
    if let Err(error) = tidy(folder.path()) {
        assert!(error.faults()[0].path().starts_with(folder.path()), "{error}");
    }
}

fn check(vendor: &GeneratedVendor) {
    for file in &vendor.files {
        let extension = Path::new(&file.path).extension().and_then(|extension| extension.to_str());
        match extension {
            Some("rs") => {
                if let Err(error) = syn::parse_file(&file.text) {
                    panic!("{} does not parse: {error}\n{}", file.path, file.text);
                }
            }
            Some("json") if file.path.ends_with("/json_schemas.json") => {
                if let Err(error) = serde_json::from_str::<IgnoredAny>(&file.text) {
                    panic!("{} is no JSON: {error}", file.path);
                }
            }
            Some("json") => {
                if let Err(error) = Validator::new(&file.text) {
                    panic!("{} is no SCHEMA: {error}", file.path);
                }
            }
            other => panic!("{}: expected Rust or JSON, found {other:?}", file.path),
        }
    }
}

fn write(data: &[u8], folder: &Path) -> io::Result<()> {
    let files = serde_json::from_slice::<BTreeMap<String, &RawValue>>(data);
    let files = files.into_iter().flatten().filter(|(path, _)| is_inside(path)).take(MOST_FILES);
    let mut written = false;
    for (path, content) in files {
        let text: Result<String, _> = serde_json::from_str(content.get());
        let text = text.unwrap_or_else(|_| content.get().to_owned());
        put(&folder.join(path), text.as_bytes())?;
        written = true;
    }
    if !written {
        put(&folder.join("vendor.json"), MANIFEST.as_bytes())?;
        put(&folder.join("a.json"), data)?;
    }
    Ok(())
}

fn put(path: &Path, text: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

/// Whether a path leads to a file inside its folder.
fn is_inside(path: &str) -> bool {
    let plain = |part| matches!(part, Component::Normal(_));
    !path.is_empty() && Path::new(path).components().all(plain)
}

/// The vendors, each event for itself, and the cases of codegen's own tests.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seeds = Vec::new();
    for vendor in folders(&root.join("schemas")) {
        let mut files = Map::new();
        read(&vendor, "", &mut files);
        let is_event = |path: &str| path != "vendor.json" && !path.contains('/');
        for event in files.keys().filter(|path| is_event(path)) {
            let own = |(path, _): &(&String, &Value)| {
                *path == event || !is_event(path) && !path.starts_with("examples/")
            };
            let files = files.iter().filter(own).map(|(path, file)| (path.clone(), file.clone()));
            seeds.push(Value::Object(files.collect()).to_string().into_bytes());
        }
    }
    for cases in ["golden", "reject"] {
        for case in folders(&root.join("codegen/tests").join(cases)) {
            for vendor in folders(&case.join("schemas")) {
                let mut files = Map::new();
                read(&vendor, "", &mut files);
                seeds.push(Value::Object(files).to_string().into_bytes());
            }
        }
    }
    seeds
}

/// The folders in a folder, in name order; none where there is none.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders = entries(folder);
    folders.retain(|path| path.is_dir());
    folders
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The files below a folder, each a path and its content.
fn read(folder: &Path, prefix: &str, files: &mut Map<String, Value>) {
    for path in entries(folder) {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let json = serde_json::from_str(&text).unwrap_or(Value::String(text));
            files.insert(name, json);
        }
    }
}
