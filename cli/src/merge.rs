//! `offhook merge`: the summaries of several runs into one.

use crate::args::{Merge, refuse};
use crate::outcome::Outcome;
use crate::summary::Summary;
use crate::terminal::say;

/// Adds up what the command line names.
pub(crate) fn run(args: &Merge) -> Outcome {
    let mut sum: Option<Summary> = None;
    for path in &args.files {
        let read = Summary::read(path).and_then(|read| match &mut sum {
            Some(sum) => sum.merge(read),
            None => {
                sum = Some(read);
                Ok(())
            }
        });
        if let Err(message) = read {
            return refuse(&["merge"], &format!("{}: {message}", path.display()));
        }
    }
    let Some(sum) = sum else {
        return Outcome::Refused;
    };
    println!("{}", sum.totals);
    let missing = sum.missing();
    if !missing.is_empty() {
        say(&format!("note: still missing: {}", missing.join(", ")));
    }
    if let Some(path) = &args.summary
        && let Err(cause) = sum.write(path)
    {
        say(&format!("error: cannot write {}: {cause}", path.display()));
        return Outcome::Incomplete;
    }
    sum.outcome()
}
