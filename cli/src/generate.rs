//! `offhook gen`: writes the Rust modules that schemas make.

use offhook_codegen::{CommandLine, GenError, GeneratedVendor, Plan};

use crate::args::Gen;
use crate::outcome::Outcome;
use crate::output::print_lines;
use crate::terminal::say_lines;

/// Generates, and writes or compares.
pub(crate) fn run(args: &Gen) -> Outcome {
    let vendors = match offhook_codegen::generate(&args.schemas.path) {
        Ok(vendors) => vendors,
        Err(error) => return Outcome::unloadable(&error.to_string()),
    };
    bring_to_disk(args, vendors).unwrap_or_else(|error| {
        say_lines(&format!("error: {error}"));
        Outcome::Incomplete
    })
}

fn bring_to_disk(args: &Gen, vendors: Vec<GeneratedVendor>) -> Result<Outcome, GenError> {
    let plan = Plan::of_tree(vendors, &args.out)?;
    let summary = plan.summary();
    if !args.check {
        return Ok(print_lines(&(summary + &plan.write()?)));
    }
    if plan.is_up_to_date() {
        return Ok(print_lines(&summary));
    }
    let told = print_lines(&(summary + &plan.difference()?));
    let (schemas, out) = (args.schemas.named(), Some(&*args.out));
    let command_line = CommandLine { program: "offhook", schemas, out };
    say_lines(plan.stale(&args.schemas.path, &command_line).trim_end());
    Ok(told.max(Outcome::Invalid))
}
