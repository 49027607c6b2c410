//! All that was seen as JSON, which `offhook merge` reads again, with what it amounts to.

use std::io::{self, Write};

use serde::Serialize;

use crate::catalogue::Vendor;
use crate::drift::finding::{Finding, Presence, findings, presence};
use crate::drift::state::State;

/// What scripts get beside it.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    state: &'a State,
    findings: Vec<Finding<'a>>,
    presence: Vec<Presence<'a>>,
}

/// Writes the state, its findings and the fields that are always there.
pub(crate) fn write(out: &mut dyn Write, state: &State, vendors: &[Vendor]) -> io::Result<()> {
    let (findings, presence) = (findings(state), presence(state, vendors));
    serde_json::to_writer_pretty(&mut *out, &Told { state, findings, presence })?;
    writeln!(out)
}
