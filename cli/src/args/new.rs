//! `offhook new`.

use clap::Args;

use crate::args::SchemaFolder;

/// Begin the schema of an event
///
/// Writes VENDOR/EVENT.json with the members that every event of the vendor has, and a TODO wherever
/// a person must write. A new vendor gets a vendor.json, too. Replaces nothing.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct New {
    /// Vendor's folder
    #[arg(value_name = "VENDOR")]
    pub(crate) vendor: String,

    /// Event's name, as payloads have it
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,

    #[command(flatten)]
    pub(crate) schemas: SchemaFolder,
}

const EXAMPLES: &str = "\
Examples:
  offhook new acme call.parked                      schemas/acme/call.parked.json
  offhook new acme call.parked --schemas webhooks   webhooks/acme/call.parked.json

Exit status:
  0  the files were written
  2  wrong usage, or schemas that do not load
  3  something could not be written";
