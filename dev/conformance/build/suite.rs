//! The groups of the JSON-Schema-Test-Suite, each a vendor with one schema: as modules, and as a
//! table of those that are accepted, refused, or set aside.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use offhook_codegen::{GenError, GeneratedFile};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::table;

/// Where the suite is, if not beside the repository.
const VARIABLE: &str = "JSON_SCHEMA_TEST_SUITE";

/// The drafts.
const DRAFTS: [Draft; 2] = [
    Draft { folder: "draft7", schema: "http://json-schema.org/draft-07/schema#" },
    Draft { folder: "draft2020-12", schema: "https://json-schema.org/draft/2020-12/schema" },
];

/// The vendor that every group is.
const VENDOR: &str = "suite";

/// Files that ask for another reading of the specification than offhook's.
const SET_ASIDE: [(&str, &str); 2] = [
    ("format.json", "formats are asserted; optional/format/*.json is run in its stead"),
    ("optional/content.json", "contentEncoding and contentMediaType are annotations"),
];

struct Draft {
    /// The folder in the suite's `tests`.
    folder: &'static str,
    /// How a schema says that it is of this draft.
    schema: &'static str,
}

/// A schema and what it is to make of instances.
#[derive(Deserialize)]
struct Group<'a> {
    description: String,
    /// As text, so that every number reaches codegen as it is spelt.
    #[serde(borrow)]
    schema: &'a RawValue,
    #[serde(borrow)]
    tests: &'a RawValue,
}

/// The Rust text in the making.
#[derive(Default)]
struct Tables {
    modules: String,
    accepted: String,
    refused: String,
    set_aside: String,
}

/// Writes `mod.rs` into `out`, and beside it what codegen makes of the groups.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed={VARIABLE}");
    let suite = folder();
    let mut tables = Tables::default();
    if let Some(suite) = &suite {
        println!("cargo:rerun-if-changed={}", suite.display());
        for draft in DRAFTS {
            let folder = suite.join("tests").join(draft.folder);
            for path in files(&folder)? {
                let name = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path)?;
                tables.add_file(out, &draft, &name, &serde_json::from_str::<Vec<_>>(&text)?)?;
            }
        }
    }
    let Tables { modules, accepted, refused, set_aside } = tables;
    let suite = suite.map(|path| path.display().to_string());
    let text = format!(
        "{modules}
/// The folder of the suite, if it was there.
pub const SUITE: Option<&str> = {suite:?};

/// The groups whose schemas codegen makes types of.
pub static ACCEPTED: &[Accepted] = &[
{accepted}];

/// The groups that codegen refuses.
pub static REFUSED: &[Refused] = &[
{refused}];

/// The files that are not run.
pub static SET_ASIDE: &[SetAside] = &[
{set_aside}];
"
    );
    fs::create_dir_all(out)?;
    Ok(fs::write(out.join("mod.rs"), text)?)
}

/// The suite: where the variable says, or beside the repository.
fn folder() -> Option<PathBuf> {
    let given = std::env::var_os(VARIABLE).map(PathBuf::from);
    let beside =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/json-schema-test-suite");
    given.into_iter().chain([beside]).find(|path| path.join("tests").is_dir())
}

/// The `*.json` below `folder`, in name order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    let mut found = Vec::new();
    for path in entries.iter().map(fs::DirEntry::path) {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    Ok(found)
}

impl Tables {
    fn add_file(
        &mut self,
        out: &Path,
        draft: &Draft,
        file: &str,
        groups: &[Group<'_>],
    ) -> Result<(), Box<dyn Error>> {
        let Draft { folder, schema } = draft;
        if let Some((_, why)) = SET_ASIDE.iter().find(|(name, _)| *name == file) {
            let place = format!("draft: {folder:?}, file: {file:?}, groups: {}", groups.len());
            writeln!(self.set_aside, "    SetAside {{ {place}, why: {why:?} }},")?;
            return Ok(());
        }
        for (index, group) in groups.iter().enumerate() {
            let module = format!("{folder}_{}_{index}", file.trim_end_matches(".json"))
                .replace(|character: char| !character.is_ascii_alphanumeric(), "_")
                .to_ascii_lowercase();
            let schemas = out.join("schemas").join(&module);
            write_vendor(&schemas.join(VENDOR), &declared(group.schema.get(), schema)?)?;
            let description = &group.description;
            let place = format!(
                "Group {{ draft: {folder:?}, file: {file:?}, description: {description:?} }}"
            );
            match offhook_codegen::generate(&schemas) {
                Ok(vendors) => {
                    let files: Vec<_> =
                        vendors.into_iter().flat_map(|vendor| vendor.files).collect();
                    self.accept(&place, &module, &files)?;
                    offhook_codegen::write(&files, &out.join(&module))?;
                    fs::write(out.join(&module).join("tests.json"), group.tests.get())?;
                }
                Err(error) => self.refuse(&place, &error)?,
            }
        }
        Ok(())
    }

    /// Adds a group whose schema is made `files` of, a vendor in `module`.
    fn accept(
        &mut self,
        place: &str,
        module: &str,
        files: &[GeneratedFile],
    ) -> Result<(), Box<dyn Error>> {
        writeln!(self.modules, "pub mod {module} {{\n    pub mod {VENDOR};\n}}")?;
        let vendor = format!("{module}::{VENDOR}");
        let tests = format!("include_str!(\"{module}/tests.json\")");
        for payload in table::payload_types(&vendor, table::schema_of(files)?)? {
            let accepted = &mut self.accepted;
            writeln!(
                accepted,
                "    Accepted {{ group: {place}, payload: {payload}, tests: {tests} }},"
            )?;
        }
        Ok(())
    }

    fn refuse(&mut self, place: &str, error: &GenError) -> std::fmt::Result {
        let pointer = error.faults()[0].pointer().unwrap_or_default();
        let message = error.to_string();
        // All files have the same name.
        let message = message.split_once("root.json").map_or("", |(_, message)| message);
        let refused = &mut self.refused;
        writeln!(
            refused,
            "    Refused {{ group: {place}, pointer: {pointer:?}, message: {message:?} }},"
        )
    }
}

/// A folder in offhook's layout with `schema` as the vendor's only payload.
fn write_vendor(folder: &Path, schema: &str) -> std::io::Result<()> {
    let manifest = r#"{
  "title": "Suite",
  "document": { "name": "JSON-Schema-Test-Suite", "read": "2026-01-01" },
  "discriminator": null
}
"#;
    fs::create_dir_all(folder)?;
    fs::write(folder.join("vendor.json"), manifest)?;
    fs::write(folder.join("root.json"), schema)
}

/// `schema` with its `$schema`, unless it is a boolean, which cannot have one.
fn declared(schema: &str, declaration: &str) -> serde_json::Result<String> {
    let Ok(mut members) = serde_json::from_str::<BTreeMap<&str, &RawValue>>(schema) else {
        return Ok(schema.to_owned());
    };
    let declaration = serde_json::value::to_raw_value(declaration)?;
    members.entry("$schema").or_insert(&declaration);
    serde_json::to_string(&members)
}
