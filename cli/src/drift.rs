//! `offhook drift`: what traffic has that the documents lack.

mod clock;
mod cut;
mod finding;
mod json;
mod outline;
mod page;
mod profile;
mod state;
mod suggest;
mod table;
mod tally;

use std::io::{self, Write};

use crate::archive::{self, Taker};
use crate::args::{Drift, DriftFormat, refuse};
use crate::catalogue::Vendor;
use crate::checker::Checker;
use crate::outcome::Outcome;
use crate::output::Form;
use crate::terminal::{Terminal, say};

pub(crate) use finding::outcome;
pub(crate) use state::State;

/// Goes through what the command line names.
pub(crate) fn run(args: &Drift) -> Outcome {
    if let Some(message) = args.stored.unusable() {
        return refuse(&["drift"], message);
    }
    let loaded = args.schemas.load();
    let loaded = loaded.map(|vendors| (Checker::new(&vendors, false), vendors.read()));
    let (checker, vendors) = match loaded {
        Ok(loaded) => loaded,
        Err(message) => return Outcome::unloadable(&message),
    };
    let options = args.stored.options();
    let known = tally::Known::new(&vendors);
    let mut watching = Watching { state: State::new(options.shard), vendors, args };
    archive::run(
        options,
        form(args.format),
        move |payload, _, state: &mut State| tally::add(state, &known, &checker, payload),
        &mut watching,
    )
}

/// What was seen so far.
struct Watching<'a> {
    state: State,
    vendors: Vec<Vendor>,
    args: &'a Drift,
}

impl Taker<State> for Watching<'_> {
    fn output(&mut self, out: &mut dyn Write, output: &[u8]) -> io::Result<()> {
        out.write_all(output)
    }

    fn tally(&mut self, tally: State) {
        self.state.add(tally);
    }

    fn unreadable(&mut self, source: &str) {
        self.state.unreadable.insert(source.to_owned());
    }

    fn end(&mut self, out: &mut dyn Write, complete: bool) -> io::Result<Outcome> {
        self.state.complete = complete;
        if self.state.payloads() == 0 && self.state.unreadable.is_empty() {
            say("note: there was nothing to look at");
        }
        show(out, &self.state, &self.vendors, self.args.format)?;
        if let Some(folder) = &self.args.suggest
            && let Err(message) = suggest::write(folder, &self.state, &self.vendors)
        {
            say(&format!("error: cannot write {message}"));
            return Ok(Outcome::Incomplete);
        }
        Ok(outcome(&self.state))
    }
}

/// What the lines of a format are.
pub(crate) fn form(format: DriftFormat) -> Form {
    match format {
        DriftFormat::Human => Form::Styled,
        DriftFormat::Json => Form::Json,
        DriftFormat::Html => Form::Text,
    }
}

/// Writes what was seen.
pub(crate) fn show(
    out: &mut dyn Write,
    state: &State,
    vendors: &[Vendor],
    format: DriftFormat,
) -> io::Result<()> {
    match format {
        DriftFormat::Human => table::write(out, state, vendors, Terminal::of_stdout()),
        DriftFormat::Json => json::write(out, state, vendors),
        DriftFormat::Html => page::write(out, state, vendors),
    }
}
