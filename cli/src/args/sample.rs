//! `offhook sample`.

use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};
use offhook_validator::Code;

use crate::args::at_least_one;
use crate::args::suggested::Suggested;
use crate::nearest::nearest;
use crate::vendors;

/// Makes payloads of an event, as its vendor would send them: valid ones, or some with one fault.
///
/// They are made of the event's schema and take after the examples in the vendor's document: the same
/// kinds of identifiers, numbers and times, nobody's own. Every one is checked before it is printed:
/// of a valid payload `offhook validate --strict` has nothing to say.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"))]
pub(crate) struct Sample {
    /// Use these schemas instead of those built in
    ///
    /// A vendor's folder with its `vendor.json`, a folder of such folders, or a `schema.json` as the
    /// generator writes it.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) schema: Vec<PathBuf>,

    /// Make the same payloads again
    ///
    /// One seed, one version of offhook and the same schemas give the same bytes on every machine.
    /// Without it, another one is taken each time, and told on standard error.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// How many to make, one a line
    ///
    /// Without it, one is made, and laid out for people.
    #[arg(long, short = 'n', value_name = "N", value_parser = at_least_one::<NonZero<u64>>)]
    pub(crate) count: Option<NonZero<u64>>,

    /// Put it on one line, too, if there is only one
    #[arg(long)]
    pub(crate) compact: bool,

    /// Make payloads with exactly one fault: of this code, or at this JSON Pointer
    ///
    /// The codes are those of `offhook validate`. `undocumented` and `advice` are notices: such a
    /// payload has one of these, and no violation. Of several payloads each has another fault, as long
    /// as there are others.
    #[arg(long = "break", value_name = "CODE|POINTER")]
    pub(crate) fault: Option<Fault>,

    #[arg(help = format!("Who sends it: {}", vendors::names().join(", ")))]
    #[arg(value_parser = Suggested(vendors::names), hide_possible_values = true)]
    pub(crate) vendor: String,

    /// What it reports, as `offhook events` lists it
    #[arg(value_parser = Suggested(vendors::events), hide_possible_values = true)]
    pub(crate) event: Option<String>,
}

/// The fault that a payload is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// One of this code, wherever.
    Of(Code),
    /// One at this JSON Pointer, whatever it is.
    At(String),
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if word.is_empty() || word.starts_with('/') {
            return Ok(Self::At(word.to_owned()));
        }
        word.parse().map(Self::Of).map_err(|_| {
            let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
            let near = nearest(word, codes.iter().copied());
            let tip = near.map(|near| format!("; did you mean '{near}'?")).unwrap_or_default();
            format!("want a JSON Pointer such as /id, or one of {}{tip}", codes.join(", "))
        })
    }
}

const EXAMPLES: &str = "\
Examples:
  offhook events --vendor dialstack                     which events there are
  offhook sample dialstack call.end                     one payload
  offhook sample dialstack call.end --seed 7            the same again, each time
  offhook sample dialstack call.end -n 1000             a thousand, one a line
  offhook sample dialstack call.end --break required    a required member is missing
  offhook sample dialstack call.end --break /data/status";

const MORE: &str = "\
Does your receiver answer what it must not take?
  offhook sample dialstack call.end --break type -n 20 |
    while read -r body; do curl -d \"$body\" localhost:8080/webhooks; done

Exit status:
  0  the payloads are made
  2  wrong usage, a schema that does not load, or no such payload found
  3  the payloads could not be written";
