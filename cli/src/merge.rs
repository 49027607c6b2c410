//! `offhook merge`: what several runs have written into what one would have written.

use std::fs;

use offhook_runtime::text::visible;

use crate::args::{DriftFormat, Merge, refuse};
use crate::catalogue::Vendor;
use crate::drift;
use crate::outcome::Outcome;
use crate::output::print;
use crate::summary::Summary;
use crate::terminal::say;
use crate::vendors::Vendors;

/// What a run has written.
enum Sum {
    Validate(Box<Summary>),
    Drift(Box<drift::State>),
}

/// Adds up what the command line names.
pub(crate) fn run(args: &Merge) -> Outcome {
    let mut sum = None;
    for path in &args.files {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(cause) => {
                say(&format!("error: cannot read {}: {cause}", path.display()));
                return Outcome::Incomplete;
            }
        };
        let own = read(&String::from_utf8_lossy(&text)).and_then(|own| match sum.take() {
            None => Ok(own),
            Some(sum) => add(sum, own),
        });
        match own {
            Ok(own) => sum = Some(own),
            Err(message) => {
                let message = format!("{}: {message}", path.display());
                return refuse(&["merge"], &visible(&message));
            }
        }
    }
    let vendors = Vendors::load(&args.schema, None).map(|vendors| vendors.read());
    let vendors = match vendors {
        Ok(vendors) => vendors,
        Err(message) => return Outcome::unloadable(&message),
    };
    match sum {
        Some(Sum::Validate(_)) if args.format == DriftFormat::Html => {
            refuse(&["merge"], "'html' is for what `offhook drift` has written")
        }
        Some(sum) => show(&sum, &vendors, args.format),
        None => Outcome::Refused,
    }
}

fn read(text: &str) -> Result<Sum, String> {
    if let Some(state) = drift::State::read(text) {
        return state.map(|state| Sum::Drift(Box::new(state)));
    }
    Summary::read(text).map(|summary| Sum::Validate(Box::new(summary)))
}

fn add(sum: Sum, other: Sum) -> Result<Sum, String> {
    match (sum, other) {
        (Sum::Validate(mut sum), Sum::Validate(other)) => {
            sum.merge(*other)?;
            Ok(Sum::Validate(sum))
        }
        (Sum::Drift(mut sum), Sum::Drift(other)) => {
            sum.merge(*other)?;
            Ok(Sum::Drift(sum))
        }
        _ => Err("expected files of one command, found others before".to_owned()),
    }
}

fn show(sum: &Sum, vendors: &[Vendor], format: DriftFormat) -> Outcome {
    let shown = print(drift::form(format), |out| match sum {
        Sum::Validate(sum) if format == DriftFormat::Json => write!(out, "{}", sum.text()?),
        Sum::Validate(sum) => writeln!(out, "{}", sum.totals),
        Sum::Drift(sum) => drift::show(out, sum, vendors, format),
    });
    let (missing, outcome) = match sum {
        Sum::Validate(sum) => (sum.missing(), sum.outcome()),
        Sum::Drift(sum) => (sum.missing(), drift::outcome(sum)),
    };
    if !missing.is_empty() {
        say(&format!("note: still missing: {}", missing.join(", ")));
    }
    outcome.max(shown)
}
