//! `offhook sign`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::args::{Signing, fits_header};

/// Prints the headers with which its vendor would send a payload, with a valid signature.
///
/// One `Name: value` a line, as `curl -H @FILE` and `offhook verify --headers FILE` read them.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"))]
pub(crate) struct Sign {
    #[command(flatten)]
    pub(crate) signing: Signing,

    /// When to have signed it, in seconds since 1970; without it, now
    ///
    /// VoiceBlender signs no time.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) at: Option<u64>,

    /// The delivery's id, where the scheme has one (standard-webhooks); without it, one is made up
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(crate) id: Option<String>,

    /// The payload; without it, standard input
    ///
    /// Its bytes are signed as they stand: the body that is sent must be the same, down to a line
    /// break at the end.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "-", hide_default_value = true)]
    pub(crate) file: PathBuf,
}

/// Reads what can stand in a header.
fn id(text: &str) -> Result<String, String> {
    fits_header(text)
        .then(|| text.to_owned())
        .ok_or_else(|| "want visible ASCII characters, no space".to_owned())
}

const EXAMPLES: &str = "\
Examples:
  export OFFHOOK_SECRET=whsec_…                    from where the vendor's console shows it
  offhook sign call.json                           signed now, with that secret
  offhook sign --secret-file dialstack.txt call.json
  offhook sign --at 1700000000 call.json           long ago: a receiver must refuse it
  offhook sign --scheme standard-webhooks --id msg_1 any.json";

const MORE: &str = "\
Send it with curl:
  offhook sign call.json > headers
  curl -H @headers --data-binary @call.json localhost:8080/webhooks

Exit status:
  0  the headers are printed
  2  wrong usage, no such secret, or a payload whose vendor cannot be told
  3  something could not be read or written";
