//! `offhook verify`.

use std::path::PathBuf;

use clap::{Arg, ArgGroup, Args, ValueHint};

use crate::args::{Listing, Signing};

/// Tells whether a delivery is genuine: signed by somebody who has the secret.
///
/// If not, it says what is wrong, and tries the usual mistakes: a body that was written anew, a line
/// break more or less at its end, a secret in another encoding. Neither a secret nor the signature
/// that would have been right is ever shown.
#[derive(Args, Debug)]
#[command(
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{MORE}"),
    group(ArgGroup::new("delivery").required(true).args(["headers", "capture"])),
    mut_arg("vendor", told_by_headers)
)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) signing: Signing,

    /// The delivery's headers, one `Name: value` a line
    ///
    /// A request line before them is passed over, and so is what follows a blank line. `-` is standard
    /// input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) headers: Option<PathBuf>,

    /// The delivery as a whole: an HTTP/1.x request as it came over the wire
    ///
    /// Its lines may end in LF alone. A chunked body is put together, and what follows the length that
    /// `Content-Length` says is passed over. `-` is standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) capture: Option<PathBuf>,

    /// How far the time of signing may be from now, before or after
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(crate) tolerance: u64,

    /// Do not mind when it was signed, as of an old capture
    #[arg(long, conflicts_with = "tolerance")]
    pub(crate) any_time: bool,

    /// Take this for the present time, in seconds since 1970
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) now: Option<i64>,

    /// How to tell it
    #[arg(long, value_enum, default_value_t = Listing::Human)]
    pub(crate) format: Listing,

    /// The delivery's body, if `--headers` has its headers; without it, standard input
    #[arg(value_name = "BODY", value_hint = ValueHint::FilePath, conflicts_with = "capture")]
    pub(crate) body: Option<PathBuf>,
}

/// A scheme has headers of its own.
fn told_by_headers(vendor: Arg) -> Arg {
    vendor.help("Who is said to have sent it").long_help(
        "Who is said to have sent it\n\nWithout it, the scheme is the one whose header is there.",
    )
}

const EXAMPLES: &str = "\
Examples:
  export OFFHOOK_SECRET=whsec_…                        from where the vendor's console shows it
  offhook verify --headers headers.txt body.json       headers and body, each from a file
  offhook verify --capture request.http                a request as it came over the wire
  offhook verify --any-time --capture old.http         whenever that was
  offhook verify --secret-env OLD --secret-env NEW --capture request.http";

const MORE: &str = "\
`--format json` prints one object with
  genuine, scheme       whether it is, and by which scheme it was held
  secret                where the secret is from with which a signature matches
  signed_at, now        in seconds since 1970
  error                 missing, malformed, too_old, too_new or no_match
  header                the one that is missing or malformed
  mistake               the usual one that explains why nothing matches
  matches               whether a signature does, whenever it was made
  message               what is wrong, for people

Exit status:
  0  genuine
  1  not genuine
  2  wrong usage, no such secret, or a scheme that cannot be told
  3  something could not be read or written";
