//! `cargo xtask tidy`: lists what is left to do in the schemas.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use offhook_codegen::{tidy, tidy_summary};

use crate::folder;
use crate::terminal::{say, show_line};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the vendors' folders [default: schemas/ of this repository]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let schemas = folder(arguments.schemas.as_ref(), "schemas");
    let findings = tidy(&schemas)?;
    for finding in &findings {
        show_line(&finding.to_string());
    }
    let summary = tidy_summary(&schemas, &findings);
    if findings.is_empty() {
        show_line(&summary);
        return Ok(ExitCode::SUCCESS);
    }
    say(&summary);
    Ok(ExitCode::FAILURE)
}
