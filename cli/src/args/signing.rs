//! Who signs, and with which secret.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use offhook_receiver::signature::Scheme;
use offhook_runtime::text::visible;

use crate::args::Schemas;
use crate::secrets;

#[derive(Args, Debug)]
pub(crate) struct Signing {
    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// Use this signature scheme, whatever the vendor's own is
    ///
    /// Without it, the scheme is the one that the vendor's `vendor.json` names.
    #[arg(long, value_name = "NAME", value_parser = scheme())]
    pub(crate) scheme: Option<Scheme>,

    #[arg(long, value_name = "VARIABLE", help = format!(
        "Take the secret from this environment variable, and not from {}",
        secrets::DEFAULT_VARIABLE
    ))]
    pub(crate) secret_env: Vec<String>,

    /// Take the secret from this file
    ///
    /// A line break at its end is not part of the secret. The secret itself cannot be given on the
    /// command line, where other users and the shell's history would see it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) secret_file: Vec<PathBuf>,
}

/// Reads the name of a scheme.
fn scheme() -> impl TypedValueParser<Value = Scheme> {
    let names = Scheme::ALL.iter().map(|scheme| scheme.name());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Scheme>())
}

/// Returns whether a text can be the value of a header, and be printed as it is.
pub(crate) fn fits_header(text: &str) -> bool {
    let is_shown = text.bytes().all(|byte| byte.is_ascii_graphic()) && visible(text) == text;
    !text.is_empty() && is_shown
}
