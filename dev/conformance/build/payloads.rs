//! A table of payload types: those of the built-in vendors, and those that codegen makes of the
//! schemas of its golden cases, as modules.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::table;

/// Writes `mod.rs` into `out`, and beside it what codegen makes of the golden cases.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut table = String::new();
    for vendor in folders(&root.join("generated/src"), "schema.json")? {
        let path = vendor.join("schema.json");
        println!("cargo:rerun-if-changed={}", path.display());
        let module = format!("offhook::{}", name(&vendor));
        add(&mut table, &name(&vendor), &module, &fs::read_to_string(path)?)?;
    }
    let mut modules = String::new();
    let cases = root.join("codegen/tests/golden");
    println!("cargo:rerun-if-changed={}", cases.display());
    for case in folders(&cases, "schemas")? {
        let case_name = name(&case);
        writeln!(modules, "pub mod {case_name} {{")?;
        let mut files = Vec::new();
        for vendor in offhook_codegen::generate(&case.join("schemas"))? {
            writeln!(modules, "    pub mod {};", vendor.module)?;
            let module = format!("{case_name}::{}", vendor.module);
            let schema = table::schema_of(&vendor.files)?;
            add(&mut table, &format!("golden/{case_name}"), &module, schema)?;
            files.extend(vendor.files);
        }
        writeln!(modules, "}}")?;
        offhook_codegen::write(&files, &out.join(case_name))?;
    }
    let text = format!(
        "{modules}
/// The payload types, each with what its schemas belong to.
pub static PAYLOADS: &[(&str, PayloadType)] = &[
{table}];
"
    );
    Ok(fs::write(out.join("mod.rs"), text)?)
}

/// Adds a line for each payload of a vendor.
fn add(table: &mut String, owner: &str, module: &str, schema: &str) -> Result<(), Box<dyn Error>> {
    for payload in table::payload_types(module, schema)? {
        writeln!(table, "    ({owner:?}, {payload}),")?;
    }
    Ok(())
}

/// The folders in `folder` that have `content`, in name order.
fn folders(folder: &Path, content: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join(content).exists() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
