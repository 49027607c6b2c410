//! `offhook tidy`: lists what is left to do in schemas.

use offhook_codegen::tidy_summary;

use crate::args::Tidy;
use crate::outcome::Outcome;
use crate::output::{Form, print, print_lines};
use crate::terminal::say;

/// Prints a line for each finding.
pub(crate) fn run(args: &Tidy) -> Outcome {
    let schemas = &args.schemas.path;
    let findings = match offhook_codegen::tidy(schemas) {
        Ok(findings) => findings,
        Err(error) => return Outcome::unloadable(&error.to_string()),
    };
    let summary = tidy_summary(schemas, &findings);
    if findings.is_empty() {
        return print_lines(&format!("{summary}\n"));
    }
    let told =
        print(Form::Text, |out| findings.iter().try_for_each(|finding| writeln!(out, "{finding}")));
    say(&summary);
    told.max(Outcome::Invalid)
}
