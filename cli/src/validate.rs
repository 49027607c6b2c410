//! `offhook validate`: every payload through a validator and into a report.

use std::env;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;
use offhook_validator::{AnyVendor, Report, SchemaError, Validator};
use terminal_size::{Width, terminal_size_of};

use crate::args::{Cli, Format, Validate};
use crate::human::Human;
use crate::input;
use crate::json::Json;
use crate::reporter::{Reporter, say};
use crate::vendors::VENDORS;

/// What came of it all, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Every payload is valid.
    Valid,
    /// There was at least one violation.
    Invalid,
    /// Something could not be read or written.
    Incomplete,
    /// Nothing was checked: wrong usage, or a schema that does not load.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Valid => 0,
            Outcome::Invalid => 1,
            Outcome::Refused => 2,
            Outcome::Incomplete => 3,
        })
    }
}

/// Checks what the command line names.
pub(crate) fn run(args: &Validate) -> Outcome {
    if let Some(message) = unusable(args) {
        return refuse(&message);
    }
    let checker = match Checker::new(args.vendor.as_deref(), args.strict) {
        Ok(checker) => checker,
        Err(error) => {
            say(&format!("error: cannot load the schemas: {error}"));
            return Outcome::Refused;
        }
    };
    if args.paths.is_empty() && io::stdin().is_terminal() {
        say("note: reading one payload from standard input");
    }
    let stdout = io::stdout().lock();
    let terminal = stdout.is_terminal().then_some(&stdout);
    let mut reporter = reporter(args, terminal);
    let flush_each = terminal.is_some();
    let mut out = BufWriter::new(stdout);
    let mut count = 0_usize;
    let mut outcome = Outcome::Valid;
    let written = input::payloads(&args.paths).try_for_each(|payload| match payload {
        Ok(payload) => {
            count += 1;
            let report = checker.validate(&payload.body);
            if !report.is_valid() {
                outcome = outcome.max(Outcome::Invalid);
            }
            reporter.payload(&mut out, &payload, &report)?;
            if flush_each { out.flush() } else { Ok(()) }
        }
        Err(unreadable) => {
            outcome = Outcome::Incomplete;
            say(&format!("error: cannot read {}: {}", unreadable.source, unreadable.cause));
            Ok(())
        }
    });
    if let Err(cause) = written.and_then(|()| reporter.end(&mut out)).and_then(|()| out.flush()) {
        // Whoever closes a pipe has seen enough.
        if cause.kind() != io::ErrorKind::BrokenPipe {
            say(&format!("error: cannot write the report: {cause}"));
        }
        return Outcome::Incomplete;
    }
    if count == 0 && outcome == Outcome::Valid {
        say("note: there was nothing to check");
    }
    outcome
}

/// The reporter of the format that is asked for, on a terminal or not.
fn reporter(args: &Validate, terminal: Option<&StdoutLock<'_>>) -> Box<dyn Reporter> {
    if args.format == Format::Json {
        return Box::new(Json { show_values: args.show_values });
    }
    let colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let size = terminal.and_then(terminal_size_of);
    let width = size.map(|(Width(columns), _)| columns.into());
    Box::new(Human::new(width, colour && terminal.is_some(), args.show_values))
}

/// Says that the command line cannot be meant, as the command line's parser does.
fn refuse(message: &str) -> Outcome {
    let mut command = Cli::command();
    command.build();
    let validate = command.get_subcommands_mut().find(|command| command.get_name() == "validate");
    let error = match validate {
        Some(validate) => validate.error(ErrorKind::InvalidValue, message),
        None => command.error(ErrorKind::InvalidValue, message),
    };
    let _ = error.print();
    Outcome::Refused
}

/// What is wrong with arguments that are each right.
fn unusable(args: &Validate) -> Option<String> {
    if let Some(format) = args.format.missing() {
        return Some(format!(
            "the format '{format}' is not there yet: this version writes 'human' and 'json'"
        ));
    }
    (args.paths.iter().filter(|path| input::is_stdin(path)).count() > 1)
        .then(|| "standard input can be read only once: '-' is given several times".to_owned())
}

/// One vendor's validator, or one that finds out whose a payload is.
enum Checker {
    One(Box<Validator>),
    Any(AnyVendor),
}

impl Checker {
    /// Compiles no more schemas than are needed.
    fn new(vendor: Option<&str>, strict: bool) -> Result<Self, SchemaError> {
        let mut validators = Vec::new();
        for (name, schema) in VENDORS {
            if vendor.is_none_or(|vendor| vendor == name) {
                let validator = Validator::new(schema)?;
                validators.push(if strict { validator.strict() } else { validator });
            }
        }
        Ok(match validators.pop() {
            Some(one) if validators.is_empty() => Self::One(Box::new(one)),
            last => {
                validators.extend(last);
                Self::Any(AnyVendor::new(validators))
            }
        })
    }

    fn validate(&self, body: &[u8]) -> Report {
        match self {
            Self::One(validator) => validator.validate(body),
            Self::Any(vendors) => vendors.validate(body),
        }
    }
}
