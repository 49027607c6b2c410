//! `cargo xtask gen`: writes the modules that the schemas make.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use offhook_codegen::{CommandLine, Plan, generate};

use crate::terminal::{say_lines, show};
use crate::{PROGRAM, folder};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    // `generated/src` is for our own vendors: others would take their place.
    /// Folder of the vendors' folders [default: schemas/ of this repository]
    #[arg(long, value_name = "DIR", requires = "out")]
    schemas: Option<PathBuf>,
    /// Folder of the modules [default: generated/src of this repository]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; fail with a difference if anything would change
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let schemas = folder(arguments.schemas.as_ref(), "schemas");
    let out = folder(arguments.out.as_ref(), "generated/src");
    let vendors = generate(&schemas)?;
    // Our own crate declares its modules by hand, each behind a feature.
    let plan = if arguments.out.is_some() { Plan::of_tree } else { Plan::of_modules };
    let plan = plan(vendors, &out)?;
    show(&plan.summary());
    if !arguments.check {
        show(&plan.write()?);
        return Ok(ExitCode::SUCCESS);
    }
    if plan.is_up_to_date() {
        return Ok(ExitCode::SUCCESS);
    }
    show(&plan.difference()?);
    let command_line = CommandLine {
        program: PROGRAM,
        schemas: arguments.schemas.as_deref(),
        out: arguments.out.as_deref(),
    };
    say_lines(&plan.stale(&schemas, &command_line));
    Ok(ExitCode::FAILURE)
}
