//! The groups of the JSON-Schema-Test-Suite, each a vendor with one schema: as modules, and as a
//! table of those that are accepted, refused, or set aside.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{refusal, table};

/// Where the suite is, if not beside the repository.
const VARIABLE: &str = "JSON_SCHEMA_TEST_SUITE";

/// The drafts: the folder in the suite's `tests`, and how a schema says that it is of this draft.
const DRAFTS: [(&str, &str); 2] = [
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
];

/// The vendor that every group is.
const VENDOR: &str = "suite";

/// Files that ask for another reading of the specification than offhook's.
const SET_ASIDE: [(&str, &str); 2] = [
    ("format.json", "formats are asserted; optional/format/*.json is run in its stead"),
    ("optional/content.json", "contentEncoding and contentMediaType are annotations"),
];

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
        for (draft, declaration) in DRAFTS {
            let folder = suite.join("tests").join(draft);
            for path in files(&folder)? {
                let file = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
                add_file(&mut tables, out, draft, declaration, &path, &file)?;
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

fn add_file(
    tables: &mut Tables,
    out: &Path,
    draft: &str,
    declaration: &str,
    path: &Path,
    file: &str,
) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let groups: Vec<Group<'_>> = serde_json::from_str(&text)?;
    if let Some((_, why)) = SET_ASIDE.iter().find(|(name, _)| *name == file) {
        let count = groups.len();
        let set_aside = &mut tables.set_aside;
        return Ok(writeln!(
            set_aside,
            "    SetAside {{ draft: {draft:?}, file: {file:?}, groups: {count}, why: {why:?} }},"
        )?);
    }
    for (index, group) in groups.iter().enumerate() {
        let description = &group.description;
        let place =
            format!("Group {{ draft: {draft:?}, file: {file:?}, description: {description:?} }}");
        let module = format!("{draft}_{}_{index}", file.trim_end_matches(".json"))
            .replace(|character: char| !character.is_ascii_alphanumeric(), "_")
            .to_ascii_lowercase();
        let folder = out.join("schemas").join(&module);
        write_vendor(&folder.join(VENDOR), declaration, group.schema)?;
        match offhook_codegen::generate(&folder) {
            Ok(vendors) => {
                let files: Vec<_> = vendors.into_iter().flat_map(|vendor| vendor.files).collect();
                offhook_codegen::write(&files, &out.join(&module))?;
                fs::write(out.join(&module).join("tests.json"), group.tests.get())?;
                writeln!(tables.modules, "pub mod {module} {{\n    pub mod {VENDOR};\n}}")?;
                let path = format!("{module}::{VENDOR}");
                for payload in table::payload_types(&path, table::schema_of(&files)?)? {
                    writeln!(
                        tables.accepted,
                        "    Accepted {{ group: {place}, payload: {payload}, \
                         tests: include_str!(\"{module}/tests.json\") }},"
                    )?;
                }
            }
            Err(error) => {
                let keyword = error.pointer().and_then(refusal::keyword).unwrap_or_default();
                let message = error.to_string();
                let message = message.rsplit_once("root.json").map_or("", |(_, message)| message);
                writeln!(
                    tables.refused,
                    "    Refused {{ group: {place}, keyword: {keyword:?}, message: {message:?} }},"
                )?;
            }
        }
    }
    Ok(())
}

/// A folder in offhook's layout with `schema` as the vendor's only payload.
fn write_vendor(folder: &Path, declaration: &str, schema: &RawValue) -> Result<(), Box<dyn Error>> {
    let manifest = r#"{
  "title": "Suite",
  "document": { "name": "JSON-Schema-Test-Suite", "read": "2026-01-01" },
  "discriminator": null
}
"#;
    fs::create_dir_all(folder)?;
    fs::write(folder.join("vendor.json"), manifest)?;
    Ok(fs::write(folder.join("root.json"), declared(schema.get(), declaration)?)?)
}

/// `schema` with its `$schema`, unless it is a boolean, which cannot have one.
fn declared(schema: &str, declaration: &str) -> Result<String, Box<dyn Error>> {
    let Ok(mut members) = serde_json::from_str::<BTreeMap<&str, &RawValue>>(schema) else {
        return Ok(schema.to_owned());
    };
    let declaration = serde_json::value::to_raw_value(declaration)?;
    members.entry("$schema").or_insert(&declaration);
    Ok(serde_json::to_string(&members)?)
}
