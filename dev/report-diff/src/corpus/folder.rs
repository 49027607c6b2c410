//! Folders of schemas that exist, as sets of the corpus.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use offhook_fuzz::Target;
use offhook_report_recorder::Instance;

use super::Set;

/// What tells that a folder is a vendor's.
const MANIFEST: &str = "vendor.json";

/// Returns a vendor's folder as a set: its schemas, its examples, and so many mutants of each.
pub(super) fn vendor(name: String, folder: &Path, mutants: u64) -> io::Result<Set> {
    let vendor = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let all = files(folder)?;
    let manifest = all.iter().find(|(path, _)| path == MANIFEST);
    let manifest = manifest.map(|(_, text)| serde_json::from_slice(text)).transpose()?;
    let manifest: serde_json::Value = manifest.unwrap_or_default();
    let names_events = !manifest["discriminator"].is_null();
    let mut instances = Vec::new();
    for (path, text) in &all {
        let Some(example) = path.strip_prefix("examples/") else { continue };
        let Some(example) = example.strip_suffix(".json") else { continue };
        let is_payload = all.iter().any(|(path, _)| *path == format!("{example}.json"));
        let payload = (is_payload && !names_events).then(|| example.to_owned());
        instances.push(Instance {
            expected: Some(true),
            payload: payload.clone(),
            ..Instance::new(format!("example/{example}"), text.clone())
        });
        for seed in 0..mutants {
            let body = Target::named("decode").mutated(text, seed);
            let name = format!("mutant/{example}/{seed}");
            instances.push(Instance { payload: payload.clone(), ..Instance::new(name, body) });
        }
    }
    let files = all.into_iter().map(|(path, text)| (format!("{vendor}/{path}"), text)).collect();
    Ok(Set { name, files, instances })
}

/// The vendors' folders in `folder`, in name order.
pub(super) fn vendors(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_vendor = |path: &PathBuf| path.join(MANIFEST).is_file();
    Ok(sorted(folder)?.into_iter().filter(is_vendor).collect())
}

/// The files below a folder: path and content, in name order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let below = files(&path)?.into_iter();
            found.extend(below.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            found.push((name, fs::read(&path)?));
        }
    }
    Ok(found)
}

/// The entries of a folder, in name order.
pub(super) fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path, as text.
pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
