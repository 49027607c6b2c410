//! `cargo xtask tidy`: what is still to do in the schemas, a line each.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use offhook_codegen::Finding;

use crate::terminal::{say, show_line};
use crate::{count, folder, shown};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the vendors' folders [default: schemas/ of this repository]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let schemas = folder(arguments.schemas.as_ref(), "schemas");
    let findings = offhook_codegen::tidy(&schemas)?;
    for Finding { file, pointer, message } in &findings {
        show_line(&format!("{}#{pointer}: {message}", shown(file)));
    }
    if findings.is_empty() {
        show_line(&format!("{}: nothing to tidy", shown(&schemas)));
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("{}: {} to tidy", shown(&schemas), count(findings.len(), "place")));
    Ok(ExitCode::FAILURE)
}
