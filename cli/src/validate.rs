//! `offhook validate`: every payload through a validator and into a report.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::archive::{self, Shard, Taker};
use crate::args::{Format, Validate, refuse};
use crate::checker::Checker;
use crate::outcome::Outcome;
use crate::output::Form;
use crate::report::{self, Sink};
use crate::summary::Summary;
use crate::terminal::say;
use crate::totals::{Tally, Totals};

/// Checks what the command line names.
pub(crate) fn run(args: &Validate) -> Outcome {
    if let Some(message) = args.stored.unusable() {
        return refuse(&["validate"], message);
    }
    let loaded = args.schemas.load().map(|vendors| Checker::new(&vendors, args.strict));
    let checker = match loaded {
        Ok(checker) => checker,
        Err(message) => return Outcome::unloadable(&message),
    };
    let (render, sink) = report::of(args.format, args.show_values);
    let options = args.stored.options();
    let summary = args.summary.clone();
    let mut reporting =
        Reporting { sink, totals: Totals::default(), shard: options.shard, summary };
    let form = match args.format {
        Format::Human => Form::Styled,
        Format::Json | Format::Sarif => Form::Json,
        Format::Github => Form::Commands,
        Format::Junit => Form::Text,
    };
    archive::run(
        options,
        form,
        move |payload, out, tally: &mut Tally| {
            if let Some((validator, event)) = checker.clean(payload.body) {
                tally.add_clean(validator, event);
                render.clean(out, payload, validator, event);
            } else {
                let report = checker.validate(payload.body);
                tally.add(&report);
                render.report(out, payload, &report);
            }
        },
        &mut reporting,
    )
}

/// What was found so far, and where it goes.
struct Reporting {
    sink: Box<dyn Sink>,
    totals: Totals,
    shard: Shard,
    summary: Option<PathBuf>,
}

impl Taker<Tally> for Reporting {
    fn output(&mut self, out: &mut dyn Write, output: &[u8]) -> io::Result<()> {
        self.sink.write(out, output)
    }

    fn tally(&mut self, tally: Tally) {
        self.totals.merge(tally.into());
    }

    fn unreadable(&mut self, source: &str) {
        self.totals.unreadable.insert(source.to_owned());
    }

    fn end(&mut self, out: &mut dyn Write, complete: bool) -> io::Result<Outcome> {
        let summary = Summary::new(self.shard, complete, self.totals.clone());
        let mut outcome = if complete { summary.outcome() } else { Outcome::Interrupted };
        if let Some(path) = &self.summary
            && let Err(cause) = summary.write(path)
        {
            say(&format!("error: cannot write {}: {cause}", path.display()));
            outcome = outcome.max(Outcome::Incomplete);
        }
        self.sink.end(out, &self.totals, outcome)?;
        out.flush()?;
        if self.totals.payloads.all() == 0 && self.totals.unreadable.is_empty() {
            say("note: there was nothing to check; a directory stands for its *.json files");
        }
        Ok(outcome)
    }
}
