//! Small schema sets, and the changes that an edit of one makes.

mod cost;
mod manifests;
mod sharing;
mod soundness;
mod values;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::diff::change::Change;
use crate::diff::{changes, load};

/// The files of a vendor, by path; those of every set are there already.
type Files = Vec<(String, Value)>;

/// Returns the changes between two sets of files.
fn diff(old: &Files, new: &Files) -> Vec<Change> {
    let folder = tempfile::tempdir().expect("a folder");
    let loaded = [("old", old), ("new", new)].map(|(name, files)| {
        let path = folder.path().join(name);
        write(&path, "vendor.json", &manifest());
        for (file, content) in files {
            write(&path, file, content);
        }
        load(path.to_str().expect("UTF-8")).expect("schemas that load")
    });
    changes(&loaded[0], &loaded[1]).expect("the same vendor")
}

fn write(folder: &Path, file: &str, content: &Value) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content.to_string()).expect("a file");
}

fn manifest() -> Value {
    json!({
        "title": "Acme",
        "document": { "name": "Webhooks", "read": "2026-01-01" },
        "discriminator": "/type"
    })
}

/// The schema of an event that has these members beside its name.
fn event(name: &str, members: &Value) -> (String, Value) {
    let mut properties = json!({ "type": { "const": name } });
    for (name, member) in members.as_object().expect("members") {
        properties[name] = member.clone();
    }
    let schema = json!({ "type": "object", "properties": properties, "required": ["type"] });
    (format!("{name}.json"), schema)
}

/// Returns a line a change: whom it breaks, where, and what changed.
fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        let event = change.event.as_deref().unwrap_or("*");
        let Change { pointer, what, .. } = change;
        match &change.schema {
            Some(schema) => {
                format!("{}: {schema} in {}: {what}", change.breaks(), change.used_by.len())
            }
            None => format!("{}: {event}{pointer}: {what}", change.breaks()),
        }
    };
    changes.iter().map(line).collect()
}

/// Returns the lines of an edit of one member, `/v` of event `a`.
fn member(old: &Value, new: &Value) -> Vec<String> {
    let files = |schema: &Value| vec![event("a", &json!({ "v": schema }))];
    let lines = lines(&diff(&files(old), &files(new)));
    lines.into_iter().map(|line| line.replace(": a/v: ", ": ")).collect()
}
