//! `cargo xtask new`: begins the schema of an event.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offhook_codegen::{CommandLine, NewEvent, begin_event};

use crate::terminal::show;
use crate::{PROGRAM, folder};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Vendor's folder; a new one gets a manifest
    vendor: String,
    /// Event's name, as payloads have it
    event: String,
    /// Folder of the vendors' folders [default: schemas/ of this repository]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let named = arguments.schemas.as_deref();
    let schemas = folder(arguments.schemas.as_ref(), "schemas");
    let read = Timestamp::now().to_zoned(TimeZone::UTC).date().to_string();
    let begun = begin_event(&NewEvent {
        schemas: &schemas,
        vendor: &arguments.vendor,
        name: &arguments.event,
        read: &read,
    })?;
    show(&begun.files());
    let out = named.map(|_| Path::new("DIR"));
    show(&begun.next_steps(&CommandLine { program: PROGRAM, schemas: named, out }));
    show("      schemas/README.md has the rules for schemas\n");
    if begun.manifest.is_some() && named.is_none() {
        show("      CONTRIBUTING.md says where else a new vendor needs a line\n");
    }
    Ok(ExitCode::SUCCESS)
}
