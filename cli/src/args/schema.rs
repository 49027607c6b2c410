//! `offhook schema`.

use clap::{Args, Subcommand, ValueEnum};

use crate::args::Listing;

/// Questions about schemas themselves.
#[derive(Args, Debug)]
pub(crate) struct Schema {
    #[command(subcommand)]
    pub(crate) command: SchemaCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    Diff(Diff),
}

/// Compare two versions of a vendor's schemas, and see whom the changes break.
///
/// A change breaks receivers if payloads may now be what they never were. It breaks senders, and
/// those who write fixtures, if payloads may no longer be what they were. Other words for the same
/// payloads are no change. A change is undecided where nobody can prove either, as with another
/// pattern. An edit of a definition that several fields use is one change.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    /// The version before: a vendor's folder, its schema.json, or the name of a vendor that is built
    /// in
    #[arg(value_name = "OLD")]
    pub(crate) old: String,

    /// The version after
    #[arg(value_name = "NEW")]
    pub(crate) new: String,

    /// Whose breakage counts for the exit status
    #[arg(long = "for", value_name = "WHOM", value_enum, default_value_t = Whom::All)]
    pub(crate) whom: Whom,

    /// How to tell the changes
    #[arg(long, value_enum, default_value_t = Listing::Human)]
    pub(crate) format: Listing,
}

/// Whom a change can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Whom {
    /// Receivers and senders
    All,
    /// Those who receive payloads
    Receivers,
    /// Those who send payloads, or write fixtures
    Senders,
}

const EXAMPLES: &str = "\
Examples:
  offhook schema diff dialstack schemas/dialstack          what was built in, and a folder
  offhook schema diff --for receivers old/acme new/acme    only what receivers must know
  git worktree add ../before v1.2.0 && \\
    offhook schema diff ../before/schemas/acme schemas/acme

Exit status:
  0  no change is known to break anybody; some may be undecided
  1  a breaking change
  2  wrong usage, or a schema that does not load";
