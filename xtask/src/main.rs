//! The project's own commands. `cargo xtask gen` rewrites `generated/src` from `schemas/`.

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use offhook_codegen::{GenError, GeneratedFile};

/// What a developer of offhook runs.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Rewrites `generated/src` from `schemas/`
    Gen {
        /// Writes nothing, and fails if anything would change
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let Arguments { command: Command::Gen { check } } = Arguments::parse();
    match generate(check) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            eprintln!("nothing was written");
            ExitCode::from(2)
        }
    }
}

/// The pipeline, with a line a vendor for people.
fn generate(check: bool) -> Result<ExitCode, GenError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let out = root.join("generated/src");
    let vendors = offhook_codegen::generate(&root.join("schemas"))?;
    let files: Vec<GeneratedFile> =
        vendors.iter().flat_map(|vendor| &vendor.files).cloned().collect();
    let changes = offhook_codegen::compare(&files, &out)?;
    for vendor in &vendors {
        let rewritten = vendor
            .files
            .iter()
            .filter(|file| changes.written.contains(&out.join(&file.path)))
            .count();
        println!(
            "{}: {}, {}, {}, {rewritten} changed",
            vendor.name,
            count(vendor.events.len(), "event"),
            count(vendor.types, "type"),
            count(vendor.files.len(), "file"),
        );
    }
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    if !check {
        offhook_codegen::write(&files, &out)?;
        for path in &changes.removed {
            println!("removed {}", shown(path));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if changes.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    print!("{}", offhook_codegen::difference(&files, &out)?);
    for path in &changes.written {
        eprintln!("stale: {}", shown(path));
    }
    for path in &changes.removed {
        eprintln!("no longer made by any schema: {}", shown(path));
    }
    eprintln!("generated/src is not what schemas/ makes; run `cargo xtask gen`");
    Ok(ExitCode::FAILURE)
}

/// `1 event`, `2 events`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
