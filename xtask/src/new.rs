//! `cargo xtask new`: the first lines of a schema, which already pass `cargo xtask gen`.

use std::error::Error;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offhook_runtime::text::visible;
use serde_json::Value;

use crate::{folder, layout, print, print_lines, scaffold, shown};

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
        print(&shown(path));
    }
    print_lines(&next_steps(arguments, &schemas, files.len() > 1));
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
    let mut files = Vec::new();
    let manifest_path = home.join("vendor.json");
    let manifest = if manifest_path.exists() {
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
    files.push((home.join(format!("{event}.json")), layout::text(&schema)));
    Ok(files)
}

/// Writes all of `files` or none.
fn write(files: &[(PathBuf, String)]) -> Result<(), String> {
    for (i, (path, text)) in files.iter().enumerate() {
        let folder = path.parent().unwrap_or(path);
        let result = fs::create_dir_all(folder)
            .and_then(|()| fs::File::create_new(path))
            .and_then(|mut file| file.write_all(text.as_bytes()));
        if let Err(error) = result {
            remove(&files[..i]);
            return Err(match error.kind() {
                ErrorKind::AlreadyExists => {
                    format!("want a new event, got one that has a schema: {}", shown(path))
                }
                _ => at(path, &error),
            });
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
