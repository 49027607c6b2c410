//! `cargo xtask new`: the first lines of a schema, which already pass `cargo xtask gen`.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offhook_runtime::text::visible;
use serde_json::Value;

use crate::terminal::{show, show_line};
use crate::{folder, layout, scaffold, shown};

/// The start and the end of a file's name until its text is complete.
const TEMPORARY: (&str, &str) = (".offhook-new-", ".tmp");

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The vendor's folder, which is made if need be
    vendor: String,
    /// The event's name, letter for letter as payloads have it
    event: String,
    /// The folder of the vendors' folders [default: schemas/ of this repository]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    check_name(&arguments.vendor)?;
    check_name(&arguments.event)?;
    let schemas = folder(arguments.schemas.as_ref(), "schemas");
    let files = files(&schemas.join(&arguments.vendor), &arguments.vendor, &arguments.event)?;
    write(&files)?;
    if let Err(error) = offhook_codegen::generate(&schemas) {
        remove(&files);
        return Err(format!("{error}; nothing was written, as `gen` would not pass").into());
    }
    for (path, _) in &files {
        show_line(&shown(path));
    }
    show(&next_steps(arguments, &schemas, files.len() > 1));
    Ok(ExitCode::SUCCESS)
}

/// A name becomes a file's, and stays itself on every system.
fn check_name(name: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if name.is_empty() || name.starts_with('.') || !name.bytes().all(plain) {
        return Err(format!(
            "want a name of letters, digits, \".\", \"_\" and \"-\" that does not begin with \".\", got {name:?}"
        ));
    }
    if name.eq_ignore_ascii_case("vendor") {
        return Err(format!(
            "want a name that vendor.json, the manifest, does not have, got {name:?}"
        ));
    }
    Ok(())
}

/// The event's schema, after the manifest if `home` has none: paths and texts.
fn files(home: &Path, vendor: &str, event: &str) -> Result<Vec<(PathBuf, String)>, String> {
    if home.is_symlink() {
        return Err(refused(home, "expected a folder, found a symbolic link"));
    }
    let mut files = Vec::new();
    let manifest_path = home.join("vendor.json");
    let manifest = if has_text(&manifest_path)? {
        read(&manifest_path)?
    } else {
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let manifest = scaffold::manifest(vendor, today);
        files.push((manifest_path, layout::text(&manifest)));
        manifest
    };
    let envelope = match manifest["envelope"].as_str() {
        Some(envelope) => read(&home.join(envelope))?,
        None => Value::Null,
    };
    let schema = scaffold::event(event, &manifest, &envelope);
    let path = home.join(format!("{event}.json"));
    if has_text(&path)? {
        return Err(known(&path));
    }
    files.push((path, layout::text(&schema)));
    Ok(files)
}

/// Returns whether there is a file that is not empty. Older versions left an empty one behind when
/// they were killed.
fn has_text(path: &Path) -> Result<bool, String> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(found.len() > 0),
        Ok(_) => Err(refused(path, "expected a file or nothing, found something else")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(at(path, &error)),
    }
}

/// What is in the way of a file or folder.
fn refused(path: &Path, why: &str) -> String {
    format!("{}: {why}; move it away, or choose another name", shown(path))
}

fn known(path: &Path) -> String {
    format!("want a new event, got one that has a schema: {}", shown(path))
}

/// Writes all of `files` or none.
fn write(files: &[(PathBuf, String)]) -> Result<(), String> {
    for (i, (path, text)) in files.iter().enumerate() {
        if let Err(error) = create(path, text) {
            remove(&files[..i]);
            return Err(match error.kind() {
                ErrorKind::AlreadyExists => known(path),
                _ => at(path, &error),
            });
        }
    }
    Ok(())
}

/// Makes a file with its whole text at once. There may be an empty one, but no other.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    remove_leftovers(folder)?;
    if fs::symlink_metadata(path).is_ok_and(|found| found.len() == 0) {
        fs::remove_file(path)?;
    }
    // Opened as any other file is, so that it gets the usual permissions.
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY.0)
        .suffix(TEMPORARY.1)
        .make_in(folder, |path| File::create_new(path))?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the temporary files that killed runs left in a folder.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_temporary = name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1);
        if is_temporary && fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Takes back what [`write()`] did. A folder goes only if nothing is left in it.
fn remove(files: &[(PathBuf, String)]) {
    for (path, _) in files {
        // Whatever goes wrong here, the error that led here is the one to report.
        let _ = fs::remove_file(path);
        let _ = path.parent().map(fs::remove_dir);
    }
}

fn read(path: &Path) -> Result<Value, String> {
    // To open a pipe would be to wait for somebody who writes into it.
    if !fs::metadata(path).map_err(|error| at(path, &error))?.is_file() {
        return Err(refused(path, "expected a file of JSON, found something else"));
    }
    let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
    serde_json::from_str(&text).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &dyn Error) -> String {
    format!("{}: {error}", shown(path))
}

/// What a person does from here.
fn next_steps(arguments: &Arguments, schemas: &Path, new_vendor: bool) -> String {
    let Arguments { vendor, event, schemas: asked } = arguments;
    let home = shown(&schemas.join(vendor));
    let home = visible(&home);
    let (input, output, built_in) = match asked {
        Some(folder) => {
            (format!(" --schemas {}", visible(&folder.display().to_string())), " --out DIR", false)
        }
        None => (String::new(), "", true),
    };
    let mut steps = format!(
        "next: replace every TODO, and write the event's members as schemas/README.md says
      put the document's example at {home}/examples/{event}.json
      run `cargo xtask gen{input}{output}`, and `cargo xtask tidy{input}` for what is missing
"
    );
    if new_vendor && built_in {
        steps.push_str(
            "      give the vendor a feature, a module line and a line of the command: CONTRIBUTING.md\n",
        );
    }
    steps
}
