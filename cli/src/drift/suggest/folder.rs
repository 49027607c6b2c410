//! Writes suggested schemas into a folder, after it has checked all of them.
//!
//! A file that is already there is replaced only if everything in it is in the new one as well.
//! Nothing is written through a link, and nothing that does not load.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use offhook_runtime::text::{visible, visible_json};
use serde::Serialize as _;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value};

use crate::catalogue::{Draft, Json};
use crate::checker::Checker;
use crate::vendors::Vendors;
use offhook_model::MANIFEST;
use offhook_model::json::pretty;
use offhook_model::location::tokens;

/// The start and the end of a temporary file's name.
const TEMPORARY: (&str, &str) = (".offhook-drift-", ".tmp");

/// A vendor's schemas with what was added to them.
pub(super) struct Suggestion {
    pub(super) draft: Draft,
    pub(super) discriminator: Option<String>,
    /// The events that were added.
    pub(super) events: Vec<String>,
}

/// A file to be written, with its path inside the folder.
struct Change {
    path: PathBuf,
    /// What the file holds now, if there is one.
    old: Option<Vec<u8>>,
    text: String,
}

/// Writes all suggestions, or nothing if a check of one of them fails.
pub(super) fn write(folder: &Path, suggestions: &[Suggestion]) -> Result<(), String> {
    if folder.join(MANIFEST).is_file() {
        let why =
            "expected a folder of vendors' folders, found one of them; name the one around it";
        return Err(at(folder, why));
    }
    let mut changes = Vec::new();
    let mut vendors = BTreeSet::new();
    for suggestion in suggestions {
        let files: Vec<_> = suggestion.draft.files().collect();
        let vendor = files.first().and_then(|(path, _)| path.split('/').next());
        if !vendors.insert(vendor.unwrap_or_default().to_lowercase()) {
            let vendor = Path::new(vendor.unwrap_or_default());
            return Err(at(
                vendor,
                "two vendors have this name; suggest schemas for one at a time",
            ));
        }
        for (path, text) in &files {
            changes.extend(change(folder, path, text)?);
        }
        check_that_it_loads(folder, suggestion, &files)?;
    }
    let folders: BTreeSet<_> = changes.iter().filter_map(|change| change.path.parent()).collect();
    for inside in folders {
        let path = folder.join(inside);
        remove_leftovers(&path).map_err(|cause| at(&path, cause))?;
    }
    for Change { path, old, text } in changes {
        if existing(folder, &path)? != old {
            return Err(at(&folder.join(path), "another program has changed it; run this again"));
        }
        let path = folder.join(path);
        replace(&path, &text).map_err(|cause| at(&path, cause))?;
    }
    Ok(())
}

/// What must be written at `path` below `folder`; nothing if it is already there.
fn change(folder: &Path, path: &str, text: &str) -> Result<Option<Change>, String> {
    let inside = PathBuf::from(path);
    let parts: Vec<_> = inside.components().collect();
    if !parts.iter().all(|part| matches!(part, Component::Normal(_))) {
        return Err(at(&inside, "this path leads out of the folder; give its vendor another name"));
    }
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    let is_schema = inside.extension().is_some_and(|extension| extension == "json");
    if parts.len() < 2 || is_hidden || !is_schema {
        return Err(at(
            &inside,
            "expected the path of a schema, found another; give it another name",
        ));
    }
    let change = |old, text| Some(Change { path: inside.clone(), old, text });
    let refused = |why| at(&folder.join(&inside), format!("{why}; choose an empty folder"));
    let Some(old) = existing(folder, &inside)? else {
        let other = in_another_case(&folder.join(&inside)).map_err(|cause| at(folder, cause))?;
        if other {
            return Err(refused("there is a file whose name differs only in case"));
        }
        return Ok(change(None, text.to_owned()));
    };
    let (Some(old_json), Ok(new_json)) = (json(&old), offhook_model::json::parse(text)) else {
        return Err(refused("expected a file of JSON to extend, found other text"));
    };
    if old_json == new_json {
        // Its layout stays as it is.
        return Ok(None);
    }
    if parts.len() == 2 && inside.ends_with(MANIFEST) {
        return Err(refused("this manifest differs from the vendor's"));
    }
    if !extends(&new_json, &old_json, "") {
        return Err(refused("this file has something that the suggestion lacks"));
    }
    let text = laid_out_as(&old, &old_json, &new_json);
    let text = text.ok_or_else(|| refused("this file's formatting would be lost"))?;
    Ok(change(Some(old), text))
}

/// Lays out `new` as the text `old` is. Returns `None` if the layout is not a known one.
fn laid_out_as(old: &[u8], old_json: &Json, new: &Json) -> Option<String> {
    let old = visible_json(str::from_utf8(old).ok()?);
    let lay_out = |json: &Json, indent: Option<&str>| {
        let text = indent.map_or_else(|| Some(pretty(json)), |indent| indented(json, indent));
        Some(visible_json(&text?).into_owned())
    };
    let mut layouts = [None, Some("  "), Some("    "), Some("\t")].into_iter();
    let found = layouts.find(|indent| lay_out(old_json, *indent).is_some_and(|text| text == old));
    lay_out(new, found?)
}

/// A file's text with every element and member on a line of its own, as `jq` writes it.
fn indented(json: &Json, indent: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let formatter = PrettyFormatter::with_indent(indent.as_bytes());
    json.serialize(&mut Serializer::with_formatter(&mut bytes, formatter)).ok()?;
    bytes.push(b'\n');
    String::from_utf8(bytes).ok()
}

/// The bytes of the file at `path` below `folder`, if there is one. Refuses links, and whatever is
/// neither a file nor a folder.
fn existing(folder: &Path, path: &Path) -> Result<Option<Vec<u8>>, String> {
    let mut place = folder.to_owned();
    let mut parts = path.components().peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found.file_type(),
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(at(&place, cause)),
        };
        let (want, fits) = match parts.peek() {
            Some(_) => ("a folder", found.is_dir()),
            None => ("a file", found.is_file()),
        };
        if !fits {
            let other = if found.is_symlink() { "a link" } else { "something else" };
            let message = format!("expected {want}, found {other}; choose an empty folder");
            return Err(at(&place, message));
        }
    }
    fs::read(&place).map(Some).map_err(|cause| at(&place, cause))
}

/// Whether there is a file that has the name on systems that ignore the case of names.
fn in_another_case(path: &Path) -> io::Result<bool> {
    let name = path.file_name().unwrap_or_default();
    let mut names = names(path.parent().unwrap_or(path))?.into_iter();
    Ok(names.any(|other| other != name && other.eq_ignore_ascii_case(name)))
}

/// Removes the temporary files that a killed run left in a folder.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for name in names(folder)? {
        let text = name.to_string_lossy();
        let path = folder.join(&name);
        let is_temporary = text.starts_with(TEMPORARY.0) && text.ends_with(TEMPORARY.1);
        if is_temporary && fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
            match fs::remove_file(path) {
                Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(cause),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Returns the names of a folder's entries. A folder that does not exist has no entries.
fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    match fs::read_dir(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.map(|entry| Ok(entry?.file_name())).collect(),
    }
}

fn json(bytes: &[u8]) -> Option<Json> {
    offhook_model::json::parse(str::from_utf8(bytes).ok()?).ok()
}

/// Whether everything in `old`, the value of `keyword`, is in `new` as well.
fn extends(new: &Json, old: &Json, keyword: &str) -> bool {
    match (new, old) {
        (Json::Object(new), Json::Object(old)) => {
            old.iter().all(|(name, old)| new.get(name).is_some_and(|new| extends(new, old, name)))
        }
        // Types are added in the order in which traffic has them.
        (Json::Array(new), Json::Array(old)) if keyword == "type" => {
            old.iter().all(|old| new.contains(old))
        }
        (Json::Array(new), Json::Array(old)) => {
            new.len() >= old.len() && new.iter().zip(old).all(|(new, old)| extends(new, old, ""))
        }
        (Json::Array(new), old) if keyword == "type" => new.contains(old),
        (new, old) => new == old,
    }
}

/// Loads a copy of what the vendor's folder will hold, and looks for the new events in it.
fn check_that_it_loads(
    folder: &Path,
    suggestion: &Suggestion,
    files: &[(String, String)],
) -> Result<(), String> {
    let Some((vendor, _)) = files.first().and_then(|(path, _)| path.split_once('/')) else {
        return Ok(());
    };
    let copy = tempfile::tempdir().map_err(|cause| format!("a temporary folder: {cause}"))?;
    let loaded = copy_json(&folder.join(vendor), &copy.path().join(vendor))
        .and_then(|()| {
            files.iter().try_for_each(|(path, text)| put(&copy.path().join(path), text.as_bytes()))
        })
        .map_err(|cause| cause.to_string())
        .and_then(|()| Vendors::load(&[copy.path().join(vendor)], None))
        .map(|vendors| Checker::new(&vendors, false));
    let checker = loaded.map_err(|message| {
        let shown =
            message.replace(&copy.path().display().to_string(), &folder.display().to_string());
        at(&folder.join(vendor), format!("with the additions, this does not load: {shown}"))
    })?;
    let pointer = suggestion.discriminator.as_deref().unwrap_or_default();
    for event in &suggestion.events {
        let named = tokens(pointer)
            .map(Cow::into_owned)
            .collect::<Vec<_>>()
            .into_iter()
            .rfold(Value::from(event.as_str()), |value, name| {
                Value::Object(Map::from_iter([(name, value)]))
            });
        if checker.validate(named.to_string().as_bytes()).event() != Some(event) {
            let message =
                format!("{event} would not be read as that event; choose an empty folder");
            return Err(at(&folder.join(vendor), message));
        }
    }
    Ok(())
}

/// Copies the files of JSON from a folder, if there is one.
fn copy_json(from: &Path, to: &Path) -> io::Result<()> {
    for name in names(from)? {
        let (entry, to) = (from.join(&name), to.join(&name));
        if entry.is_dir() && !entry.is_symlink() {
            copy_json(&entry, &to)?;
        } else if entry.extension().is_some_and(|end| end == "json") && entry.is_file() {
            put(&to, &fs::read(&entry)?)?;
        }
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, bytes)
}

/// Gives a file its whole text at once, and again if another run removes the temporary file.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    match replace_once(path, text) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => replace_once(path, text),
        replaced => replaced,
    }
}

fn replace_once(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    // Opened as any other file is, so that it gets the usual permissions.
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY.0)
        .suffix(TEMPORARY.1)
        .make_in(folder, |path| File::create_new(path))?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::symlink_metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path).map_err(|error| error.error).map(drop)
}

fn at(path: &Path, message: impl std::fmt::Display) -> String {
    format!("{}: {}", visible(&path.to_string_lossy()), visible(&message.to_string()))
}
