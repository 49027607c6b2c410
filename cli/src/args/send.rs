//! `offhook send`.

use std::num::NonZero;

use clap::{Arg, Args};
use ureq::http::Uri;

use crate::args::{Paths, Signing, at_least_one};

/// Signs payloads and posts them to a receiver, as their vendors would.
///
/// Each goes out byte for byte as it stands, one after the other, and again where it is not
/// acknowledged, signed anew each time. A line tells of each attempt.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"), mut_arg("paths", payloads))]
pub(crate) struct Send {
    #[command(flatten)]
    pub(crate) signing: Signing,

    /// How often to try; without it, as often as the vendor does
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZero<u32>>)]
    pub(crate) attempts: Option<NonZero<u32>>,

    /// Wait only a hundredth of the vendor's time between attempts
    #[arg(long)]
    pub(crate) fast: bool,

    /// How long an attempt may take; without it, as long as the vendor waits
    #[arg(long, value_name = "SECONDS", value_parser = at_least_one::<NonZero<u32>>)]
    pub(crate) timeout: Option<NonZero<u32>>,

    /// The receiver's address: http:// or https://
    #[arg(value_name = "URL", value_parser = url)]
    pub(crate) url: Uri,

    #[command(flatten)]
    pub(crate) paths: Paths,
}

fn payloads(paths: Arg) -> Arg {
    paths.help("The payloads; without any, standard input").long_help(
        "The payloads; without any, standard input\n\nWhat stands for which payloads is as with \
         `offhook validate`. A compressed file is sent decompressed; nothing else of the bytes \
         changes.",
    )
}

/// Reads the address of a receiver.
fn url(text: &str) -> Result<Uri, String> {
    let uri = text.parse::<Uri>().ok();
    let fits = |uri: &Uri| {
        let scheme = uri.scheme_str();
        (scheme == Some("http") || cfg!(feature = "https") && scheme == Some("https"))
            && uri.host().is_some_and(|host| !host.is_empty())
    };
    uri.filter(fits)
        .ok_or_else(|| "want an address such as http://localhost:8080/webhooks".to_owned())
}

const EXAMPLES: &str = "\
Examples:
  offhook send http://localhost:8080/webhooks call.json
  offhook send --fast http://localhost:8080 schemas/dialstack/examples
  offhook sample dialstack call.end | offhook send http://localhost:8080
  offhook sample dialstack call.end -n 20 | offhook send --lines http://localhost:8080 -";

const MORE: &str = "\
What each vendor does with a delivery that no 2xx acknowledges:
  dialstack     5 attempts, 60 s apart, each of 30 s at most
  voiceblender  3 attempts, 2 s and then 4 s apart, each of 10 s at most
  daily, standard-webhooks: not documented; here 1 attempt of 30 s, and 60 s between more of them

Redirects are not followed, and no proxy is used, whatever the environment says.

Exit status:
  0  every payload was acknowledged with a 2xx
  1  at least one was answered otherwise, the last time too
  2  wrong usage, no such secret, or a payload whose vendor cannot be told; the rest is still sent
  3  something could not be read, or was not answered at all; the rest is still sent";
