//! Secrets, from the places that a command line may name: never from itself, which others can see.
//!
//! Where a place has no secret, its name is not told either: it may be the secret itself, given where
//! its place was wanted.

use std::env::{self, VarError};
use std::fmt;
use std::fs::File;
use std::path::PathBuf;
use std::str;

use offhook_receiver::signature::{Scheme, Signer};
use offhook_runtime::text::visible;
use zeroize::Zeroizing;

use crate::args::Signing;
use crate::obstacle::Obstacle;
use crate::whole::bounded;

/// The environment variable that is asked where no place is named.
pub(crate) const DEFAULT_VARIABLE: &str = "OFFHOOK_SECRET";

/// How long the file of a secret may be; those of vendors have some dozens of bytes.
const MOST: usize = 1 << 16;

/// A secret, and where it is from.
pub(crate) struct Secret {
    pub(crate) place: Place,
    pub(crate) text: Zeroizing<String>,
}

/// Where a secret is from.
#[derive(Debug)]
pub(crate) enum Place {
    Variable(String),
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => f.write_str(&visible(name)),
            Self::File(path) => f.write_str(&visible(&path.to_string_lossy())),
        }
    }
}

impl Secret {
    /// Signs with it as a scheme does, unless the scheme does not take it.
    pub(crate) fn signer(&self, scheme: Scheme) -> Result<Signer, String> {
        Signer::new(scheme, &self.text)
            .map_err(|error| format!("{}: {error} (the scheme is {scheme})", self.place))
    }
}

/// The secrets that the command line names: those of variables come before those of files.
pub(crate) fn read(args: &Signing) -> Result<Vec<Secret>, Obstacle> {
    if args.secret_env.is_empty() && args.secret_file.is_empty() {
        return match variable(DEFAULT_VARIABLE) {
            Ok(secret) => Ok(vec![secret]),
            Err(VarError::NotPresent) => Err(Obstacle::Usage(format!(
                "want a secret: set {DEFAULT_VARIABLE}, or name another environment variable with \
                 --secret-env, or a file with --secret-file"
            ))),
            Err(VarError::NotUnicode(_)) => Err(not_text(DEFAULT_VARIABLE)),
        };
    }
    let variables = args.secret_env.iter().enumerate().map(|(at, name)| {
        let option = || named("--secret-env", at, args.secret_env.len());
        variable(name).map_err(|error| match error {
            VarError::NotPresent => Obstacle::Usage(format!(
                "want the name of an environment variable that is set, with {}; the secret itself \
                 does not belong on the command line",
                option()
            )),
            VarError::NotUnicode(_) => not_text(&option()),
        })
    });
    let files = args.secret_file.iter().enumerate().map(|(at, path)| {
        let option = || named("--secret-file", at, args.secret_file.len());
        let bytes = File::open(path).and_then(|file| bounded(file, MOST)).map(Zeroizing::new);
        let bytes = bytes.map_err(|cause| {
            Obstacle::Unreadable(format!("the file that {} names: {cause}", option()))
        })?;
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let text = str::from_utf8(bytes).map_err(|_| not_text(&option()))?;
        Ok(Secret { place: Place::File(path.clone()), text: Zeroizing::new(text.to_owned()) })
    });
    variables.chain(files).collect()
}

/// The one secret to sign with.
pub(crate) fn one(args: &Signing) -> Result<Secret, Obstacle> {
    let mut secrets = read(args)?;
    match secrets.pop() {
        Some(secret) if secrets.is_empty() => Ok(secret),
        _ => Err(Obstacle::Usage("expected one secret to sign with, found several".to_owned())),
    }
}

fn variable(name: &str) -> Result<Secret, VarError> {
    // What is no name of a variable is not asked for: it would panic on some systems.
    if name.is_empty() || name.contains(['=', '\0']) {
        return Err(VarError::NotPresent);
    }
    let text = Zeroizing::new(env::var(name)?);
    Ok(Secret { place: Place::Variable(name.to_owned()), text })
}

/// An option, and which one it is of several.
fn named(option: &str, at: usize, of: usize) -> String {
    if of == 1 { option.to_owned() } else { format!("{option} (number {})", at + 1) }
}

fn not_text(place: &str) -> Obstacle {
    Obstacle::Usage(format!("expected a secret in UTF-8 from {place}, found other bytes"))
}
