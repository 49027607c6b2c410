//! A vendor's and an event's name into the first lines of their files, which pass [`generate`].
//!
//! Whatever a person must decide is a `TODO` in them; [`tidy`](crate::tidy()) lists what is left.

mod error;
mod event;
mod files;
mod manifest;

use std::path::{Path, PathBuf};

use offhook_model::{Fault, Json, MANIFEST, json};
use offhook_runtime::text::visible;

use crate::command_line::CommandLine;
use crate::{GenError, generate};

pub use error::ScaffoldError;
use files::File;

/// An event to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// The folder of the vendors' folders. It need not exist.
    pub schemas: &'a Path,
    /// The vendor's folder. It need not exist.
    pub vendor: &'a str,
    /// The event's name, as payloads have it.
    pub name: &'a str,
    /// The day on which the vendor's document was read, as YYYY-MM-DD. Only a new vendor needs it.
    pub read: &'a str,
}

/// The files that an event began with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffolded {
    /// The vendor's manifest, if the vendor is new.
    pub manifest: Option<PathBuf>,
    /// The event's schema.
    pub schema: PathBuf,
    /// Where the document's example belongs.
    pub example: PathBuf,
}

impl Scaffolded {
    /// Returns the paths that were written, a line for each, with invisible characters escaped.
    pub fn files(&self) -> String {
        let mut lines = String::new();
        for path in self.manifest.iter().chain([&self.schema]) {
            lines.push_str(&visible(&path.display().to_string()));
            lines.push('\n');
        }
        lines
    }

    /// Returns what a person does from here, on lines with invisible characters escaped.
    pub fn next_steps(&self, command_line: &CommandLine<'_>) -> String {
        format!(
            "next: replace every TODO, and write the event's members
      put the document's example at {}
      run `{}`, and `{}` for what is missing
",
            visible(&self.example.display().to_string()),
            command_line.generate(),
            command_line.tidy(),
        )
    }
}

/// Writes the first lines of an event's schema, and of its vendor's manifest if there is none.
///
/// The schema has the members that the manifest's envelope and discriminator ask for. Each file gets
/// its whole text at once. Replaces nothing but empty files.
///
/// ```no_run
/// use std::path::Path;
///
/// use offhook_codegen::{NewEvent, begin_event};
///
/// let (schemas, read) = (Path::new("schemas"), "2026-11-21");
/// let event = NewEvent { schemas, vendor: "acme", name: "call.end", read };
/// print!("{}", begin_event(&event)?.files());
/// # Ok::<(), offhook_codegen::ScaffoldError>(())
/// ```
///
/// # Errors
///
/// Names that cannot be those of files, an event that has a schema already, and anything that
/// [`generate`] would refuse. Then nothing is left behind.
pub fn begin_event(event: &NewEvent<'_>) -> Result<Scaffolded, ScaffoldError> {
    let NewEvent { schemas, vendor, name, .. } = *event;
    check_name(vendor)?;
    check_name(name)?;
    let home = schemas.join(vendor);
    let files = first_files(&home, event)?;
    files::write_all(&files)?;
    if let Err(error) = generate(schemas) {
        files::remove_all(&files);
        return Err(ScaffoldError::Refused(error));
    }
    let file = format!("{name}.json");
    Ok(Scaffolded {
        manifest: (files.len() > 1).then(|| home.join(MANIFEST)),
        schema: home.join(&file),
        example: home.join("examples").join(&file),
    })
}

/// Fails if a name cannot be a file's, or would be another one on some systems.
fn check_name(name: &str) -> Result<(), ScaffoldError> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let refuse = |expected| Err(ScaffoldError::Name { name: name.to_owned(), expected });
    if name.is_empty() || name.starts_with('.') || !name.bytes().all(is_plain) {
        return refuse(
            "a name of letters, digits, \".\", \"_\" and \"-\" that does not begin with \".\"",
        );
    }
    if format!("{name}.json").eq_ignore_ascii_case(MANIFEST) {
        return refuse("a name other than that of vendor.json, the manifest");
    }
    Ok(())
}

/// The event's schema, after the manifest if the folder `home` has none.
fn first_files(home: &Path, event: &NewEvent<'_>) -> Result<Vec<File>, ScaffoldError> {
    if home.is_symlink() {
        return Err(ScaffoldError::InTheWay {
            path: home.to_owned(),
            expected: "a folder",
            found: "a symbolic link",
        });
    }
    let mut files = Vec::new();
    let manifest_path = home.join(MANIFEST);
    let manifest = if files::has_text(&manifest_path)? {
        read(&manifest_path)?
    } else {
        let manifest = manifest::manifest(event.vendor, event.read);
        files.push(File { path: manifest_path, text: json::pretty(&manifest) });
        manifest
    };
    let envelope = match manifest["envelope"].as_str() {
        Some(envelope) => read(&home.join(envelope))?,
        None => Json::Null,
    };
    let schema = event::schema(event.name, &manifest, &envelope);
    let path = home.join(format!("{}.json", event.name));
    if files::has_text(&path)? {
        return Err(ScaffoldError::Exists(path));
    }
    files.push(File { path, text: json::pretty(&schema) });
    Ok(files)
}

fn read(path: &Path) -> Result<Json, ScaffoldError> {
    let text = offhook_model::read_file(path).map_err(GenError::from)?;
    let parsed = json::parse(&text).map_err(|malformed| {
        let fault = |it: &json::Malformed| Fault::new(path, &it.pointer, it.to_string());
        GenError::new(malformed.iter().map(fault).collect())
    });
    Ok(parsed?)
}

/// `queue.call_ended` as a person would write it: `queue call ended`.
fn words(name: &str) -> String {
    name.split(['.', '_', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An object with these members, in this order.
fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
